import { Prisma } from '../../../prisma/chat/client/client.ts';

/**
 * Where the log of a room begins, as a part of a statement: what stands before it is on its way out, and nobody reads it any
 * more. Every statement that reads messages or what belongs to them for somebody has it as a condition.
 */
export function firstSeqOf(roomId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT first_seq FROM room WHERE room.id = ${roomId})`;
}

/** A room of which something is to be removed. */
export interface ExpiringRoom {
  roomId: string;
  /** Whether its oldest event is older than the room's setting allows. */
  isDue: boolean;
}

/** The rooms, in the order of their ids, that are due or have something left that nobody reads any more. */
export async function findExpiringRooms(
  transaction: Prisma.TransactionClient,
  { now, after, limit }: { now: Date; after: string; limit: number },
): Promise<ExpiringRoom[]> {
  return transaction.$queryRaw<ExpiringRoom[]>`
    SELECT "roomId", "isDue" FROM (
      SELECT id AS "roomId",
        EXISTS (SELECT FROM room_event WHERE room_id = room.id AND seq = first_seq
                  AND occurred_at < ${now}::timestamptz - retention_days * interval '24 hours') AS "isDue",
        first_seq > 1 AND EXISTS (SELECT FROM room_event WHERE room_id = room.id AND seq < first_seq) AS "hasRemains"
      FROM room
      WHERE id > ${after}::uuid AND deleted_at IS NULL AND (retention_days IS NOT NULL OR first_seq > 1)
    ) AS candidate
    WHERE "isDue" OR "hasRemains" ORDER BY "roomId" LIMIT ${limit}`;
}

/** The number of days that a room keeps its messages, under the room's lock; null for ever, and for a room that is gone. */
export async function findRetentionDays(transaction: Prisma.TransactionClient, roomId: string): Promise<number | null> {
  const room = await transaction.room.findUnique({ where: { id: roomId }, select: { retentionDays: true } });
  return room?.retentionDays ?? null;
}

/**
 * The last `seq` of a room's log that is older than a time: 0 when there is none. Events are in the order of time, so it halves
 * the log until it has the place, and reads one row of the primary key each time. The clocks of processes differ a little: of
 * the last `disorderSpan` events it is the last before the first that is not older.
 */
export async function findLastBefore(
  transaction: Prisma.TransactionClient,
  roomId: string,
  time: Date,
  disorderSpan: number,
): Promise<number> {
  const [row] = await transaction.$queryRaw<{ seq: number }[]>`
    WITH RECURSIVE search(older, younger) AS (
      SELECT first_seq - 1, head_seq + 1 FROM room WHERE id = ${roomId}::uuid
      UNION ALL
      SELECT CASE WHEN occurred_at < ${time}::timestamptz THEN seq ELSE older END,
             CASE WHEN occurred_at < ${time}::timestamptz THEN younger ELSE seq END
      FROM search JOIN room_event ON room_id = ${roomId}::uuid AND seq = older + (younger - older) / 2
      WHERE younger - older > 1
    ), found AS (
      SELECT older AS seq FROM search WHERE younger - older = 1
    )
    SELECT coalesce((
      SELECT min(event.seq) - 1 FROM room_event AS event
      WHERE room_id = ${roomId}::uuid AND event.seq > found.seq - ${disorderSpan} AND event.seq <= found.seq
        AND occurred_at >= ${time}::timestamptz
    ), found.seq) AS seq FROM found`;
  return row?.seq ?? 0;
}

/**
 * Lets a room's log begin after a `seq`, under the room's lock. Resolves to whether that is further than it was. The number of
 * the last message before it is what unread messages and mentions are counted from.
 */
export async function raiseFirstSeq(
  transaction: Prisma.TransactionClient,
  roomId: string,
  lastExpiredSeq: number,
): Promise<boolean> {
  const raised = await transaction.$executeRaw`
    UPDATE room SET first_seq = ${lastExpiredSeq} + 1, expired_message_number = greatest(expired_message_number, (
      SELECT number FROM message WHERE room_id = ${roomId}::uuid AND seq <= ${lastExpiredSeq} ORDER BY seq DESC LIMIT 1))
    WHERE id = ${roomId}::uuid AND first_seq <= ${lastExpiredSeq}`;
  return raised === 1;
}

/** Holds the removal in a room until the transaction ends. Resolves to false while another process has it. */
export async function tryHoldRemoval(transaction: Prisma.TransactionClient, roomId: string): Promise<boolean> {
  const [row] = await transaction.$queryRaw<{ isHeld: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('retention ' || ${roomId}::text, 0)) AS "isHeld"`;
  return row?.isHeld ?? false;
}

/** The events of a range of a log, `from` included, that are to be removed. */
export interface ExpiredRange {
  roomId: string;
  from: number;
  /** The first that is not in it. */
  end: number;
}

/** The oldest events that are left before the beginning of a room's log; null when there are none. */
export async function findExpiredRange(
  transaction: Prisma.TransactionClient,
  roomId: string,
  limit: number,
): Promise<ExpiredRange | null> {
  const [row] = await transaction.$queryRaw<ExpiredRange[]>`
    SELECT room_id AS "roomId", seq AS from, least(seq + ${limit}, ${firstSeqOf(Prisma.sql`${roomId}::uuid`)}) AS end
    FROM room_event WHERE room_id = ${roomId}::uuid AND seq < ${firstSeqOf(Prisma.sql`${roomId}::uuid`)}
    ORDER BY seq LIMIT 1`;
  return row ?? null;
}

/** What hangs on a message, and the column that names it. Of a thread it is the message that began it. */
const tablesOfMessages = [
  ['message_edit', 'seq'],
  ['message_mention', 'seq'],
  ['reaction', 'message_seq'],
  ['reaction_count', 'message_seq'],
  ['pin', 'message_seq'],
  ['thread_reply', 'root_seq'],
  ['thread_participant', 'root_seq'],
  ['thread', 'root_seq'],
] as const;

/**
 * Removes up to `limit` rows from each table of what hangs on the messages of a range and before it. Resolves to whether
 * nothing is left of it: any number of people may have reacted to one message.
 */
export async function deleteBelongings(
  transaction: Prisma.TransactionClient,
  { roomId, end }: ExpiredRange,
  limit: number,
): Promise<boolean> {
  let isDone = true;
  for (const [table, seq] of tablesOfMessages) {
    const deleted = await transaction.$executeRaw`
      DELETE FROM ${Prisma.raw(table)} WHERE room_id = ${roomId}::uuid AND ctid = ANY(ARRAY(
        SELECT ctid FROM ${Prisma.raw(table)} WHERE room_id = ${roomId}::uuid AND ${Prisma.raw(seq)} < ${end}
        LIMIT ${limit}))`;
    if (deleted === limit) isDone = false;
  }
  return isDone;
}

/**
 * Removes the messages of a range with what search finds them by, and then their events: as long as one is there, the range is
 * known as one that is not done. What is kept of a message is the hash of its name (see `hashMessageName`), its id and its place.
 */
export async function deleteMessages(
  transaction: Prisma.TransactionClient,
  { roomId, from, end }: ExpiredRange,
): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM message_word USING (
      SELECT id, word FROM message CROSS JOIN unnest(words) AS word
      WHERE room_id = ${roomId}::uuid AND seq >= ${from} AND seq < ${end}
    ) AS entry
    WHERE message_word.room_id = ${roomId}::uuid AND message_word.word = entry.word AND message_id = entry.id`;
  await transaction.$executeRaw`
    WITH gone AS (
      DELETE FROM message WHERE room_id = ${roomId}::uuid AND seq >= ${from} AND seq < ${end}
      RETURNING room_id, seq, id, author_id, client_message_id, created_at, number
    ), mentions_all AS (
      DELETE FROM room_mention USING gone
      WHERE room_mention.room_id = gone.room_id AND room_mention.number = gone.number
    )
    INSERT INTO expired_message (room_id, name_hash, seq, id, created_at)
    SELECT room_id, sha256(convert_to(concat(room_id, '|', author_id, '|', client_message_id), 'UTF8')), seq, id, created_at
    FROM gone ON CONFLICT DO NOTHING`;
  await transaction.$executeRaw`
    DELETE FROM room_event WHERE room_id = ${roomId}::uuid AND seq >= ${from} AND seq < ${end}`;
}
