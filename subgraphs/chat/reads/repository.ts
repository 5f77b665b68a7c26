import type { KeyPage } from '../../../platform/connection.ts';
import { lowestId } from '../../../platform/identifiers.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { MessagePlace } from '../messages/record.ts';
import { isHidden } from '../rooms/hidden.ts';

/** Where a member's read mark has come to. */
export interface MovedMark {
  /** The `seq` of the last message that others see as read. */
  seenSeq: number;
  /** Whether they see it. */
  sendsReadReceipts: boolean;
}

/** Moves a member's read mark forward to the last message at or before a `seq`. Resolves to null when it was there already. */
export async function moveMarkForward(
  transaction: Prisma.TransactionClient,
  { roomId, seq }: MessagePlace,
  userId: string,
  readAt: Date,
): Promise<MovedMark | null> {
  const [moved] = await transaction.$queryRaw<MovedMark[]>`
    UPDATE room_member SET read_message_number = target.number, read_seq = target.seq,
      seen_at = CASE WHEN target.seq > seen_seq THEN ${readAt} ELSE seen_at END, seen_seq = greatest(seen_seq, target.seq)
    FROM (SELECT seq, number FROM message WHERE room_id = ${roomId}::uuid AND seq <= ${seq} ORDER BY seq DESC LIMIT 1)
      AS target
    WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid AND read_message_number < target.number
    RETURNING seen_seq AS "seenSeq", coalesce((
      SELECT sends_read_receipts FROM chat_settings WHERE user_id = ${userId}::uuid), true) AS "sendsReadReceipts"`;
  return moved ?? null;
}

/** Moves a member's read mark back to just before a message. Resolves to whether that message was read. */
export async function moveMarkBack(
  transaction: Prisma.TransactionClient,
  { roomId, seq }: MessagePlace,
  userId: string,
): Promise<boolean> {
  const count = await transaction.$executeRaw`
    UPDATE room_member SET read_message_number = target.number - 1, read_seq = coalesce((
      SELECT seq FROM message WHERE room_id = ${roomId}::uuid AND seq < ${seq} ORDER BY seq DESC LIMIT 1), 0)
    FROM (SELECT number FROM message WHERE room_id = ${roomId}::uuid AND seq = ${seq}) AS target
    WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid AND read_message_number >= target.number`;
  return count > 0;
}

/** Messages that mention a member, or everybody, after the `mark` of a row `unread`: each by its number, once. */
const mentionsAfterMark = (userId: string) => Prisma.sql`
  SELECT number FROM message_mention AS mention
  WHERE mention.user_id = ${userId}::uuid AND mention.room_id = unread.room_id AND mention.number > mark AND is_current
  UNION
  SELECT number FROM room_mention AS mention
  WHERE mention.room_id = unread.room_id AND mention.number > mark AND author_id <> ${userId}::uuid`;

export interface UnreadMentions {
  roomId: string;
  count: number;
}

/**
 * How many unread messages mention a member, or everybody, in each of these rooms: counted, not kept, so that it is right
 * whatever happened to the messages. A room without any is not there.
 */
export async function countUnreadMentions(
  transaction: Prisma.TransactionClient,
  userId: string,
  roomIds: readonly string[],
): Promise<UnreadMentions[]> {
  return transaction.$queryRaw<UnreadMentions[]>`
    SELECT unread.room_id AS "roomId", count(*)::int AS count
    FROM (
      SELECT room_id, greatest(read_message_number, expired_message_number) AS mark
      FROM room_member JOIN room ON room.id = room_id
      WHERE user_id = ${userId}::uuid AND room_id = ANY(${roomIds}::uuid[])
    ) AS unread CROSS JOIN LATERAL (
      ${mentionsAfterMark(userId)}
    ) AS mention
    GROUP BY unread.room_id`;
}

export interface UnreadTotals {
  unreadCount: number;
  unreadMentionCount: number;
  unreadRoomCount: number;
}

/** The same for all rooms that somebody finds among theirs together, one statement however many there are. */
export async function countUnreadTotals(transaction: Prisma.TransactionClient, userId: string): Promise<UnreadTotals> {
  const [totals] = await transaction.$queryRaw<UnreadTotals[]>`
    SELECT coalesce(sum(message_count - mark), 0)::int AS "unreadCount", coalesce(sum(mentions), 0)::int AS "unreadMentionCount",
           count(*)::int AS "unreadRoomCount"
    FROM (
      SELECT room_id, message_count, greatest(read_message_number, expired_message_number) AS mark
      FROM room_member JOIN room ON room.id = room_id WHERE user_id = ${userId}::uuid AND NOT ${isHidden(userId)}
    ) AS unread CROSS JOIN LATERAL (
      SELECT count(*) AS mentions FROM (
        ${mentionsAfterMark(userId)}
      ) AS mention
    ) AS mentioned
    WHERE message_count > mark`;
  return totals ?? { unreadCount: 0, unreadMentionCount: 0, unreadRoomCount: 0 };
}

/** How far a member has read. */
export interface ReadReceiptRecord {
  roomId: string;
  userId: string;
  seq: number;
  readAt: Date;
}

/** The same page of the receipts of many rooms, by the ids of their members; one more for each than the page wants. */
export async function pageReadReceipts(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<string>,
): Promise<ReadReceiptRecord[]> {
  return transaction.$queryRaw<ReadReceiptRecord[]>`
    SELECT room_id AS "roomId", user_id AS "userId", seen_seq AS seq, seen_at AS "readAt"
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT room_member.* FROM room_member LEFT JOIN chat_settings USING (user_id)
      WHERE room_id = wanted.id AND user_id > ${page.after ?? lowestId}::uuid
        AND has_seen AND sends_read_receipts IS NOT FALSE
      ORDER BY user_id LIMIT ${page.limit + 1}) AS member
    ORDER BY room_id, user_id`;
}
