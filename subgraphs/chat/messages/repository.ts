import type { KeyPage } from '../../../platform/connection.ts';
import { highestSeq } from '../../../platform/cursor.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import { firstSeqOf } from '../retention/first-seq.ts';
import {
  hashMessageName,
  type MentionRecord,
  type MessageName,
  type MessagePlace,
  type MessageRecord,
  type MessageRow,
  type ThreadRecord,
  toExpiredMessageRecord,
  toMessageRecord,
} from './record.ts';

/** The columns of a `MessageRow`, of a table or subquery that is called message. */
export const messageColumns = Prisma.sql`
  message.room_id AS "roomId", message.seq, message.id, author_id AS "authorId", webhook_id AS "webhookId", sealed_text AS "sealedText",
  sealed_attachments AS "sealedAttachments", reply_to_seq AS "replyToSeq", message.root_seq AS "rootSeq",
  forwarded_from_id AS "forwardedFromId", edit_count AS "editCount", edited_at AS "editedAt",
  deleted_at AS "deletedAt", created_at AS "createdAt"`;

/** The message that an author has sent to a room under a name. What retention has removed looks like a deleted one. */
export async function findMessageByClientId(
  transaction: Prisma.TransactionClient,
  name: MessageName,
): Promise<MessageRecord | null> {
  const { roomId, authorId, clientMessageId } = name;
  const row = await transaction.message.findUnique({
    where: { roomId_authorId_clientMessageId: { roomId, authorId, clientMessageId } },
  });
  if (row !== null) {
    const room = await transaction.room.findUnique({ where: { id: roomId }, select: { firstSeq: true } });
    return row.seq < (room?.firstSeq ?? 1) ? toExpiredMessageRecord(row, authorId) : toMessageRecord(row);
  }
  const nameHash = hashMessageName(name);
  const expired = await transaction.expiredMessage.findUnique({ where: { roomId_nameHash: { roomId, nameHash } } });
  return expired && toExpiredMessageRecord(expired, authorId);
}

export async function findMessages(
  transaction: Prisma.TransactionClient,
  ids: readonly string[],
): Promise<MessageRecord[]> {
  const rows = await transaction.$queryRaw<MessageRow[]>`
    SELECT ${messageColumns} FROM message
    WHERE id = ANY(${ids}::uuid[]) AND seq >= ${firstSeqOf(Prisma.sql`message.room_id`)}`;
  return rows.map(toMessageRecord);
}

export async function findMessagesBySeq(
  transaction: Prisma.TransactionClient,
  roomId: string,
  seqs: readonly number[],
): Promise<MessageRecord[]> {
  const rows = await transaction.$queryRaw<MessageRow[]>`
    SELECT ${messageColumns} FROM message
    WHERE room_id = ${roomId}::uuid AND seq = ANY(${seqs}::int[]) AND seq >= ${firstSeqOf(Prisma.sql`${roomId}::uuid`)}`;
  return rows.map(toMessageRecord);
}

/** The same page of messages of many rooms, one statement for all; one message more for each than the page wants. */
export async function pageMessages(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<number>,
): Promise<MessageRecord[]> {
  const order = page.direction === 'forward' ? Prisma.sql`seq` : Prisma.sql`seq DESC`;
  const rows = await transaction.$queryRaw<MessageRow[]>`
    SELECT ${messageColumns}
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM message
      WHERE room_id = wanted.id AND seq > ${page.after ?? 0} AND seq < ${page.before ?? highestSeq}
        AND seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}
      ORDER BY ${order} LIMIT ${page.limit + 1}) AS message
    ORDER BY room_id, ${order}`;
  return rows.map(toMessageRecord);
}

/** A place in a room, and how many messages to read before it and from it on. */
export interface PlaceToReadAround {
  roomId: string;
  /** A `seq`, or the first message at this time or after it. */
  place: { seq: number } | { at: Date };
  before: number;
  after: number;
}

/** In the order of the log, one message more on each side than was asked for if there is one. */
export interface MessagesAround {
  before: MessageRecord[];
  after: MessageRecord[];
}

/**
 * The messages around places of rooms, one statement for all. The place of a time is found by halving what is left of the log: events have their times in the order of their
 * `seq`, but for those of the same moment, so it takes 20 looks in a log of a million. What
 * retention has removed in this moment is earlier than any time.
 */
export async function findMessagesAround(
  transaction: Prisma.TransactionClient,
  places: readonly PlaceToReadAround[],
): Promise<MessagesAround[]> {
  const seqs = places.map(({ place }) => ('seq' in place ? place.seq : null));
  const times = places.map(({ place }) => ('at' in place ? place.at.toISOString() : null));
  const rows = await transaction.$queryRaw<(MessageRow & { index: number; isBefore: boolean })[]>`
    SELECT wanted.index::int, is_before AS "isBefore", ${messageColumns}
    FROM unnest(${places.map(({ roomId }) => roomId)}::uuid[], ${seqs}::int[], ${times}::timestamptz[],
                ${places.map(({ before }) => before)}::int[], ${places.map(({ after }) => after)}::int[])
      WITH ORDINALITY AS wanted(id, seq, at, before_count, after_count, index)
    CROSS JOIN LATERAL (
      SELECT wanted.seq AS place WHERE wanted.seq IS NOT NULL
      UNION ALL (
        WITH RECURSIVE halved (low, high) AS (
          SELECT first_seq, head_seq + 1 FROM room WHERE room.id = wanted.id AND wanted.seq IS NULL
          UNION ALL
          SELECT CASE WHEN occurred_at >= wanted.at THEN low ELSE middle + 1 END,
                 CASE WHEN occurred_at >= wanted.at THEN middle ELSE high END
          FROM halved CROSS JOIN LATERAL (SELECT low + (high - low) / 2 AS middle) AS half
            LEFT JOIN room_event ON room_id = wanted.id AND room_event.seq = middle
          WHERE low < high
        )
        SELECT low FROM halved WHERE low = high)
    ) AS found CROSS JOIN LATERAL (
      (SELECT true AS is_before, message.* FROM message
       WHERE room_id = wanted.id AND message.seq < found.place AND message.seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}
       ORDER BY message.seq DESC LIMIT wanted.before_count + 1)
      UNION ALL
      (SELECT false, message.* FROM message
       WHERE room_id = wanted.id AND message.seq >= found.place AND message.seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}
       ORDER BY message.seq LIMIT wanted.after_count + 1)
    ) AS message
    ORDER BY wanted.index, message.seq`;
  const found = Map.groupBy(rows, ({ index }) => index);
  return places.map((_place, index) => {
    const around = found.get(index + 1) ?? [];
    return {
      before: around.filter(({ isBefore }) => isBefore).map(toMessageRecord),
      after: around.filter(({ isBefore }) => !isBefore).map(toMessageRecord),
    };
  });
}

/** The same page of the answers in many threads, each named by the message that began it. */
export async function pageReplies(
  transaction: Prisma.TransactionClient,
  roots: readonly MessagePlace[],
  page: KeyPage<number>,
): Promise<MessageRecord[]> {
  const rows = await transaction.$queryRaw<MessageRow[]>`
    SELECT ${messageColumns}
    FROM unnest(${roots.map(({ roomId }) => roomId)}::uuid[], ${roots.map(({ seq }) => seq)}::int[]) AS wanted(id, number)
      CROSS JOIN LATERAL (
        SELECT * FROM thread_reply
        WHERE room_id = wanted.id AND root_seq = wanted.number AND seq > ${page.after ?? 0}
          AND root_seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}
        ORDER BY seq LIMIT ${page.limit + 1}) AS reply
      JOIN message ON message.room_id = reply.room_id AND message.seq = reply.seq
    ORDER BY message.room_id, message.seq`;
  return rows.map(toMessageRecord);
}

/** Messages of several rooms by their place. */
export async function findMessagesAt(
  transaction: Prisma.TransactionClient,
  places: readonly MessagePlace[],
): Promise<MessageRecord[]> {
  const rows = await transaction.$queryRaw<MessageRow[]>`
    SELECT ${messageColumns}
    FROM unnest(${places.map(({ roomId }) => roomId)}::uuid[], ${places.map(({ seq }) => seq)}::int[])
      AS wanted(id, number) JOIN message ON room_id = wanted.id AND seq = wanted.number
    WHERE seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}`;
  return rows.map(toMessageRecord);
}

/** Those whom the texts that the messages have now mention. */
export async function findMentions(
  transaction: Prisma.TransactionClient,
  places: readonly MessagePlace[],
): Promise<MentionRecord[]> {
  return transaction.$queryRaw<MentionRecord[]>`
    SELECT room_id AS "roomId", seq, user_id AS "userId"
    FROM message_mention JOIN unnest(${places.map(({ roomId }) => roomId)}::uuid[], ${places.map(({ seq }) => seq)}::int[])
      AS wanted(id, place) ON room_id = wanted.id AND seq = wanted.place
    WHERE is_current ORDER BY room_id, seq, user_id`;
}

/** Those of the messages that mention everybody. */
export async function findRoomMentions(
  transaction: Prisma.TransactionClient,
  places: readonly MessagePlace[],
): Promise<MessagePlace[]> {
  return transaction.$queryRaw<MessagePlace[]>`
    SELECT room_mention.room_id AS "roomId", room_mention.seq
    FROM unnest(${places.map(({ roomId }) => roomId)}::uuid[], ${places.map(({ seq }) => seq)}::int[]) AS wanted(id, place)
      JOIN message ON message.room_id = wanted.id AND message.seq = wanted.place
      JOIN room_mention ON room_mention.room_id = message.room_id AND room_mention.number = message.number`;
}

/** The threads that these messages began: of those that nobody has answered there is none. */
export async function findThreads(
  transaction: Prisma.TransactionClient,
  roots: readonly MessagePlace[],
): Promise<ThreadRecord[]> {
  return transaction.$queryRaw<ThreadRecord[]>`
    SELECT room_id AS "roomId", root_seq AS "rootSeq", reply_count AS "replyCount",
           participant_count AS "participantCount", last_reply_at AS "lastReplyAt"
    FROM thread JOIN unnest(${roots.map(({ roomId }) => roomId)}::uuid[], ${roots.map(({ seq }) => seq)}::int[])
      AS wanted(id, number) ON room_id = wanted.id AND root_seq = wanted.number
    WHERE root_seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}`;
}
