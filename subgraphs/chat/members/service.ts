import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { requireAllowed, requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone, Failure } from '../failure.ts';
import { changeRoom } from '../log/change-room.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { JoinRoomInput, LeaveRoomInput } from '../schema.types.ts';
import { type BanRecord, isMuted, type MemberRecord } from './record.ts';
import { countMembers, deleteMember, insertMember } from './repository.ts';

/** The use cases of membership, for one request: coming, going, and looking around. */
export function createMemberService(dependencies: ChatDependencies, request: ChatRequest) {
  const { now } = dependencies;
  const { viewer, loaders } = request;

  async function joinRoom({ roomId }: JoinRoomInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    await requireKnownAccount(dependencies, userId);
    await changeRoom(
      dependencies,
      request,
      roomId,
      async ({ transaction, room, member, accounts, occurredAt, append }) => {
        requireAllowed(viewer, 'room:join', room);
        if (member !== null) return;
        if (!accounts.has(userId)) throw accountGone();
        await insertMember(transaction, { roomId, userId, joinedAt: occurredAt, messageCount: room.messageCount });
        append('MEMBER_JOINED', {});
      },
      { accountIds: [userId] },
    );
    return { room: await loaders.loadRoom(roomId) };
  }

  async function leaveRoom({ roomId }: LeaveRoomInput): Promise<{ room: RoomRecord | null }> {
    await changeRoom(dependencies, request, roomId, async ({ transaction, room, member, append }) => {
      // Whoever has left and asks again gets the same answer.
      if (member === null) return;
      requireAllowed(viewer, 'room:leave', room);
      if (member.role === 'OWNER' && (await countMembers(transaction, roomId)) > 1) {
        throw new Failure('ROOM_OWNER_MUST_HAND_OVER', 'Hand the room over to another member first.', ['roomId']);
      }
      await deleteMember(transaction, roomId, member.userId);
      append('MEMBER_LEFT', { userId: member.userId });
    });
    return { room: await loaders.loadRoom(roomId) };
  }

  async function pageMembers(room: RoomRecord, args: PageArguments): Promise<Connection<MemberRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('members', room.id, cursor));
    const rows = can(viewer, 'members:list', room) ? await loaders.memberPage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, userId }) => encodeCursor('members', roomId, userId),
      (row) => row,
    );
  }

  async function pageBans(room: RoomRecord, args: PageArguments): Promise<Connection<BanRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('bans', room.id, cursor));
    const rows = can(viewer, 'bans:list', room) ? await loaders.banPage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, userId }) => encodeCursor('bans', roomId, userId),
      (row) => row,
    );
  }

  return {
    joinRoom,
    leaveRoom,
    pageMembers,
    pageBans,
    isMuted: (member: MemberRecord) => isMuted(member, now()),
  };
}
