import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { requireAllowed, requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone, Failure } from '../failure.ts';
import { changeRoom, type RoomChange } from '../log/change-room.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { buryRooms } from '../rooms/repository.ts';
import type { JoinRoomInput, LeaveRoomInput } from '../schema.types.ts';
import { addMember } from './joining.ts';
import { type BanRecord, isMuted, type MemberRecord } from './record.ts';
import { deleteMember } from './repository.ts';

/** The use cases of membership, for one request: coming, going, and looking around. */
export function createMemberService(dependencies: ChatDependencies, request: ChatRequest) {
  const { now, purging } = dependencies;
  const { viewer, loaders } = request;

  async function joinRoom({ roomId }: JoinRoomInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    await requireKnownAccount(dependencies, userId);
    await changeRoom(
      dependencies,
      request,
      roomId,
      async (change) => {
        requireAllowed(viewer, 'room:join', change.room);
        if (change.member !== null) return;
        if (!change.accounts.has(userId)) throw accountGone();
        await addMember(change, userId);
      },
      { accountIds: [userId] },
    );
    return { room: await loaders.loadRoom(roomId) };
  }

  async function leaveRoom({ roomId }: LeaveRoomInput): Promise<{ room: RoomRecord | null }> {
    const leave = async ({ transaction, room, member, occurredAt, append }: RoomChange) => {
      // Whoever has left and asks again gets the same answer.
      if (member === null) return false;
      requireAllowed(viewer, 'room:leave', room);
      const isLast = room.memberCount === 1;
      if (member.role === 'OWNER' && !isLast) {
        throw new Failure('ROOM_OWNER_MUST_HAND_OVER', 'Hand the room over to another member first.', ['roomId']);
      }
      await deleteMember(transaction, roomId, member.userId);
      append('MEMBER_LEFT', { userId: member.userId });
      if (!isLast) return false;
      // Whoever came next would find a room that nobody can run; and of others nobody could read what is kept.
      await buryRooms(transaction, [roomId], occurredAt);
      append('ROOM_DELETED', {});
      return true;
    };
    const isDeleted = await changeRoom(dependencies, request, roomId, leave);
    if (isDeleted) purging.begin(roomId);
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
