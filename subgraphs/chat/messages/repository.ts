import type { KeyPage } from '../../../platform/connection.ts';
import { highestSeq } from '../../../platform/cursor.ts';
import { nothingOnConflict } from '../../../platform/database.ts';
import type { EventEnvelope } from '../../../platform/events.ts';
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

export interface NewMessage extends MessageName {
  id: string;
  /** The webhook that is its author; null for a member. */
  webhookId: string | null;
  sealedText: Uint8Array;
  sealedAttachments: Uint8Array | null;
  /** The `seq` of the message that it answers and of the one that began their thread, in the same room. */
  reply: { toSeq: number; rootSeq: number } | null;
  forwardedFromId: string | null;
  sentAt: Date;
  /** Whether its author was in the room to send it, and so has read what came before. */
  isAuthorThere: boolean;
  /** That of the room when it was decided that the author may send. */
  standingVersion: number;
  /** What search finds the message by, each once. */
  words: readonly bigint[];
  /** Whether it mentions everybody in the room. */
  mentionsRoom: boolean;
  /** Its `mentionedUserIds` are remembered. Written to the outbox with the `seq` that the message gets. */
  event: EventEnvelope<'chat.message.sent'>;
}

/**
 * Stores a message and all that goes with it as one statement: the next `seq` (the room row stays locked until the
 * commit, so commit order is `seq` order), the log's event, the author's read state, the mentions, the thread that it
 * answers in, the outbox row. Resolves to null
 * and changes nothing when the author has a message of this `clientMessageId` already, is neither a member nor a webhook that
 * can be used, or when somebody may have
 * lost a right since it was decided that the author may send: the room's row is locked and looked at as it is then, which
 * other tables that the same statement reads are not. In slow mode a message itself takes a right: to send another one.
 */
export async function insertMessage(
  transaction: Prisma.TransactionClient,
  message: NewMessage,
): Promise<MessageRecord | null> {
  const {
    id,
    roomId,
    authorId,
    webhookId,
    clientMessageId,
    sealedText,
    sealedAttachments,
    reply,
    forwardedFromId,
    sentAt,
    isAuthorThere,
    standingVersion,
    words,
    mentionsRoom,
    event,
  } = message;
  const { mentionedUserIds } = event.payload;
  const nameHash = hashMessageName(message);
  const hasReadAll = Prisma.sql`(${isAuthorThere} OR read_message_number = sent.number - 1)`;
  const author =
    webhookId === null
      ? Prisma.sql`SELECT FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${authorId}::uuid`
      : Prisma.sql`SELECT FROM webhook WHERE id = ${webhookId}::uuid AND room_id = ${roomId}::uuid AND revoked_at IS NULL`;
  const [row] = await nothingOnConflict(
    // Each partition has an index of its own name, which PostgreSQL makes up.
    /^message_\d\d_room_id_author_id_client_message_id_idx$/,
    transaction.$queryRaw<{ seq: number }[]>`
      WITH advanced AS (
        UPDATE room SET head_seq = head_seq + 1, message_count = message_count + 1,
          standing_version = standing_version + CASE WHEN slow_mode_seconds > 0 THEN 1 ELSE 0 END
        WHERE id = ${roomId}::uuid AND standing_version = ${standingVersion} AND archived_at IS NULL
          AND EXISTS (${author})
          AND NOT EXISTS (SELECT FROM message WHERE room_id = ${roomId}::uuid AND author_id = ${authorId}::uuid
                            AND client_message_id = ${clientMessageId})
          AND NOT EXISTS (SELECT FROM expired_message WHERE room_id = ${roomId}::uuid AND name_hash = ${nameHash}::bytea)
        RETURNING id, head_seq, message_count
      ), sent AS (
        INSERT INTO message (room_id, seq, id, author_id, webhook_id, client_message_id, number, sealed_text, sealed_attachments,
                             reply_to_seq, root_seq, forwarded_from_id, created_at, words)
        SELECT id, head_seq, ${id}::uuid, ${authorId}::uuid, ${webhookId}::uuid, ${clientMessageId}, message_count, ${sealedText}::bytea,
               ${sealedAttachments}::bytea, ${reply?.toSeq ?? null}::int, ${reply?.rootSeq ?? null}::int,
               ${forwardedFromId}::uuid, ${sentAt}, ${words}::bigint[]
        FROM advanced
        RETURNING room_id, seq, id, author_id, number, root_seq
      ), read AS (
        UPDATE room_member SET last_sent_at = ${sentAt},
          read_message_number = CASE WHEN ${hasReadAll} THEN sent.number ELSE read_message_number END,
          read_seq = CASE WHEN ${hasReadAll} THEN sent.seq ELSE read_seq END,
          seen_seq = CASE WHEN ${hasReadAll} THEN sent.seq ELSE seen_seq END,
          seen_at = CASE WHEN ${isAuthorThere} THEN ${sentAt} ELSE seen_at END
        FROM sent WHERE room_member.room_id = sent.room_id AND user_id = ${authorId}::uuid
      ), mentioned AS (
        INSERT INTO message_mention (room_id, seq, user_id, number)
        SELECT room_id, seq, user_id, number FROM sent CROSS JOIN unnest(${mentionedUserIds}::uuid[]) AS person(user_id)
      ), mentioned_all AS (
        INSERT INTO room_mention (room_id, number, seq, author_id)
        SELECT room_id, number, seq, author_id FROM sent WHERE ${mentionsRoom}
      ), indexed AS (
        INSERT INTO message_word (room_id, word, message_id, seq)
        SELECT room_id, word, id, seq FROM sent CROSS JOIN unnest(${words}::bigint[]) AS word
      ), replied AS (
        INSERT INTO thread_reply (room_id, root_seq, seq)
        SELECT room_id, root_seq, seq FROM sent WHERE root_seq IS NOT NULL
      ), participated AS (
        INSERT INTO thread_participant (room_id, root_seq, user_id)
        SELECT root.room_id, root.seq, person.user_id
        FROM sent JOIN message AS root ON root.room_id = sent.room_id AND root.seq = sent.root_seq
          CROSS JOIN LATERAL (VALUES (root.author_id), (${authorId}::uuid)) AS person(user_id)
        ON CONFLICT DO NOTHING RETURNING user_id
      ), threaded AS (
        INSERT INTO thread (room_id, root_seq, reply_count, participant_count, last_reply_at)
        SELECT room_id, root_seq, 1, (SELECT count(*) FROM participated), ${sentAt} FROM sent WHERE root_seq IS NOT NULL
        ON CONFLICT (room_id, root_seq) DO UPDATE SET reply_count = thread.reply_count + 1,
          participant_count = thread.participant_count + excluded.participant_count,
          last_reply_at = excluded.last_reply_at
      ), published AS (
        INSERT INTO outbox (event_id, envelope, occurred_at)
        SELECT ${event.id}::uuid, jsonb_set(${JSON.stringify(event)}::jsonb, '{payload,seq}', to_jsonb(seq)), ${sentAt}
        FROM sent
      )
      INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
      SELECT room_id, seq, 'MESSAGE_SENT', ${authorId}::uuid, ${sentAt} FROM sent
      RETURNING seq`,
  );
  if (row === undefined) return null;
  return toMessageRecord({
    id,
    roomId,
    seq: row.seq,
    authorId,
    webhookId,
    sealedText,
    sealedAttachments,
    replyToSeq: reply?.toSeq ?? null,
    rootSeq: reply?.rootSeq ?? null,
    forwardedFromId,
    editCount: 0,
    editedAt: null,
    deletedAt: null,
    createdAt: sentAt,
  });
}

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
