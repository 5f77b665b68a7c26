import type { KeyPage } from '../../../platform/connection.ts';
import { highestSeq } from '../../../platform/cursor.ts';
import { nothingOnConflict } from '../../../platform/database.ts';
import type { EventEnvelope } from '../../../platform/events.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import { firstSeqOf } from '../retention/first-seq.ts';
import {
  hashMessageName,
  type MessageName,
  type MessagePlace,
  type MessageRecord,
  type MessageRow,
  type ThreadRecord,
  toExpiredMessageRecord,
  toMessageRecord,
} from './record.ts';

/** The columns of a `MessageRow`, of a table or subquery that is called message. */
const messageColumns = Prisma.sql`
  message.room_id AS "roomId", message.seq, message.id, author_id AS "authorId", sealed_text AS "sealedText",
  sealed_attachments AS "sealedAttachments", reply_to_seq AS "replyToSeq", message.root_seq AS "rootSeq",
  forwarded_from_id AS "forwardedFromId", edit_count AS "editCount", edited_at AS "editedAt",
  deleted_at AS "deletedAt", created_at AS "createdAt"`;

export interface NewMessage extends MessageName {
  id: string;
  sealedText: Uint8Array;
  sealedAttachments: Uint8Array | null;
  /** The `seq` of the message that it answers and of the one that began their thread, in the same room. */
  reply: { toSeq: number; rootSeq: number } | null;
  forwardedFromId: string | null;
  sentAt: Date;
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
 * and changes nothing when the author has a message of this `clientMessageId` already, is no member, or when somebody may have
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
    clientMessageId,
    sealedText,
    sealedAttachments,
    reply,
    forwardedFromId,
    sentAt,
    standingVersion,
    words,
    mentionsRoom,
    event,
  } = message;
  const { mentionedUserIds } = event.payload;
  const nameHash = hashMessageName(message);
  const [row] = await nothingOnConflict(
    // Each partition has an index of its own name, which PostgreSQL makes up.
    /^message_\d\d_room_id_author_id_client_message_id_idx$/,
    transaction.$queryRaw<{ seq: number }[]>`
      WITH advanced AS (
        UPDATE room SET head_seq = head_seq + 1, message_count = message_count + 1,
          standing_version = standing_version + CASE WHEN slow_mode_seconds > 0 THEN 1 ELSE 0 END
        WHERE id = ${roomId}::uuid AND standing_version = ${standingVersion} AND archived_at IS NULL
          AND EXISTS (SELECT FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${authorId}::uuid)
          AND NOT EXISTS (SELECT FROM message WHERE room_id = ${roomId}::uuid AND author_id = ${authorId}::uuid
                            AND client_message_id = ${clientMessageId})
          AND NOT EXISTS (SELECT FROM expired_message WHERE room_id = ${roomId}::uuid AND name_hash = ${nameHash}::bytea)
        RETURNING id, head_seq, message_count
      ), sent AS (
        INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, sealed_text, sealed_attachments,
                             reply_to_seq, root_seq, forwarded_from_id, created_at, words)
        SELECT id, head_seq, ${id}::uuid, ${authorId}::uuid, ${clientMessageId}, message_count, ${sealedText}::bytea,
               ${sealedAttachments}::bytea, ${reply?.toSeq ?? null}::int, ${reply?.rootSeq ?? null}::int,
               ${forwardedFromId}::uuid, ${sentAt}, ${words}::bigint[]
        FROM advanced
        RETURNING room_id, seq, id, author_id, number, root_seq
      ), read AS (
        UPDATE room_member SET read_message_number = sent.number, last_sent_at = ${sentAt}
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
  const { roomId, authorId } = name;
  const row = await transaction.message.findUnique({ where: { roomId_authorId_clientMessageId: name } });
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
