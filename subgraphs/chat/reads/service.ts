import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { requireRoom, requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure, messageNotFound, notAMember } from '../failure.ts';
import { can, canReadOwn, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { MarkRoomReadInput, MarkRoomUnreadInput } from '../schema.types.ts';
import { moveMarkBack, moveMarkForward, type ReadReceiptRecord, type UnreadTotals } from './repository.ts';

/**
 * The use cases of read state, for one request. A read mark is its member's own and no part of the room: moving it takes no
 * lock of the room and leaves no event in its log.
 */
export function createReadService({ database, signals, now }: ChatDependencies, request: ChatRequest) {
  const { viewer, loaders } = request;

  async function markRoomRead({ roomId, seq }: MarkRoomReadInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const room = await requireMember(roomId);
    if (seq < 0 || seq > room.headSeq) {
      throw new Failure('SEQ_INVALID', `The newest event of the room is number ${room.headSeq}.`, ['seq']);
    }
    const moved = await moveMarkForward(database, { roomId, seq }, userId, now());
    if (moved !== null) {
      signals.publishReadState(userId, roomId);
      const signal = { roomId, userId, seq: moved.seenSeq, afterSeq: room.headSeq };
      if (moved.sendsReadReceipts && !room.isBlocked) signals.publishReadMark(signal);
    }
    return moved === null ? { room: await loaders.loadRoom(roomId) } : showRoom(roomId);
  }

  async function markRoomUnread({ roomId, fromMessageId }: MarkRoomUnreadInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    await requireMember(roomId);
    const message = await loaders.knownMessage.load(fromMessageId);
    if (message === null || message.roomId !== roomId) throw messageNotFound('fromMessageId');
    if (await moveMarkBack(database, message, userId)) signals.publishReadState(userId, roomId);
    return showRoom(roomId);
  }

  async function requireMember(roomId: string): Promise<RoomRecord> {
    const room = await requireRoom(request, roomId);
    if (!can(viewer, 'read-mark:move', room)) throw notAMember();
    return room;
  }

  async function showRoom(roomId: string): Promise<{ room: RoomRecord | null }> {
    loaders.knownRoom.clear(roomId);
    loaders.unreadMentions.clear(roomId);
    return { room: await loaders.loadRoom(roomId) };
  }

  async function countMentions({ id, role }: RoomRecord): Promise<number> {
    return role === null ? 0 : loaders.unreadMentions.load(id);
  }

  async function totals(userId: string): Promise<UnreadTotals | null> {
    return canReadOwn(viewer, userId) ? loaders.unreadTotals.load(userId) : null;
  }

  async function pageReceipts(room: RoomRecord, args: PageArguments): Promise<Connection<ReadReceiptRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('receipts', room.id, cursor));
    const rows = can(viewer, 'receipts:list', room) ? await loaders.receiptPage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, userId }) => encodeCursor('receipts', roomId, userId),
      (row) => row,
    );
  }

  return { markRoomRead, markRoomUnread, countMentions, totals, pageReceipts };
}

/** Sending the own message marks the room read, so only the messages after the read mark count, and those that are still there. */
export function countUnread({ role, messageCount, readMessageNumber, expiredMessageNumber }: RoomRecord): number {
  return role === null ? 0 : messageCount - Math.max(readMessageNumber ?? 0, expiredMessageNumber);
}
