import type { Pool } from 'pg';
import type { EventEnvelope } from '../../../../platform/events.ts';
import { Prisma } from '../../../../prisma/chat/client/client.ts';
import { hashMessageName, type MessageName, type MessageRecord, toMessageRecord } from '../record.ts';

export interface NewMessage extends MessageName {
  id: string;
  /** The webhook that is its author; null for a member. */
  webhookId: string | null;
  sealedText: Uint8Array;
  sealedAttachments: Uint8Array | null;
  reply: ReplyPlace | null;
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

/** What a message answers, in the same room. */
export interface ReplyPlace {
  toSeq: number;
  /** The message that began the thread. */
  rootSeq: number;
  /** Its author, who takes part in the thread from the first answer on; null when there has been one. */
  rootAuthorId: string | null;
}

/** Whether a room that somebody else is changing is waited for, or left to another time. */
export type WhenLocked = 'wait' | 'skip';

/** What became of a message. */
export type Insertion =
  | { outcome: 'stored'; message: MessageRecord }
  /** Nothing has changed: see `InsertMessages`. */
  | { outcome: 'refused' }
  /** Somebody else holds the room, or it is gone. */
  | { outcome: 'skipped' };

/**
 * The statement that stores messages and all that goes with each: the next `seq` (the room row stays locked until the commit,
 * so commit order is `seq` order), the log's event, the author's read state, the mentions, the thread that it answers in, the
 * outbox row.
 *
 * Everything comes as one JSON document, so that the statement is the same for any number of messages, and is planned once.
 */
function insertion(messages: readonly NewMessage[], whenLocked: WhenLocked): Prisma.Sql {
  const skipping = whenLocked === 'skip' ? Prisma.sql`SKIP LOCKED` : Prisma.empty;
  const hasReadAll = Prisma.sql`(numbered.is_author_there OR read_message_number = numbered.number - 1)`;
  return Prisma.sql`
    WITH given AS MATERIALIZED (
      SELECT * FROM json_to_recordset(${JSON.stringify(messages.map(toRow))}::json) AS given (
        place int, id uuid, room_id uuid, author_id uuid, webhook_id uuid, client_message_id text, name_hash bytea,
        sealed_text bytea, sealed_attachments bytea, reply_to_seq int, root_seq int, root_author_id uuid,
        forwarded_from_id uuid, sent_at timestamptz, is_author_there boolean, standing_version int, words bigint[],
        mentions_room boolean, mentioned_user_ids uuid[], event_id uuid, event jsonb)
    ), locked AS MATERIALIZED (
      SELECT id, standing_version, archived_at FROM room WHERE id IN (SELECT room_id FROM given)
      ORDER BY id FOR NO KEY UPDATE ${skipping}
    ), accepted AS MATERIALIZED (
      SELECT given.*, row_number() OVER (PARTITION BY given.room_id ORDER BY place) AS turn
      FROM given JOIN locked ON locked.id = given.room_id
      WHERE locked.standing_version = given.standing_version AND archived_at IS NULL
        AND CASE WHEN webhook_id IS NULL
          THEN EXISTS (SELECT FROM room_member WHERE room_id = given.room_id AND user_id = given.author_id)
          ELSE EXISTS (SELECT FROM webhook WHERE id = given.webhook_id AND room_id = given.room_id AND revoked_at IS NULL) END
        AND (SELECT count(*) FROM message WHERE room_id = given.room_id AND author_id = given.author_id
               AND client_message_id = given.client_message_id) = 0
        AND (SELECT count(*) FROM expired_message WHERE room_id = given.room_id AND name_hash = given.name_hash) = 0
    ), advanced AS (
      UPDATE room SET head_seq = head_seq + added, message_count = message_count + added,
        standing_version = standing_version + CASE WHEN slow_mode_seconds > 0 THEN 1 ELSE 0 END
      FROM (SELECT room_id, count(*)::int AS added FROM accepted GROUP BY room_id) AS addition
      WHERE id = room_id
      RETURNING id, head_seq - added AS seq_before, message_count - added AS number_before
    ), numbered AS MATERIALIZED (
      SELECT accepted.*, (seq_before + turn)::int AS seq, (number_before + turn)::int AS number
      FROM accepted JOIN advanced ON advanced.id = accepted.room_id
    ), sent AS (
      INSERT INTO message (room_id, seq, id, author_id, webhook_id, client_message_id, number, sealed_text, sealed_attachments,
                           reply_to_seq, root_seq, forwarded_from_id, created_at, words)
      SELECT room_id, seq, id, author_id, webhook_id, client_message_id, number, sealed_text, sealed_attachments,
             reply_to_seq, root_seq, forwarded_from_id, sent_at, words FROM numbered
    ), read AS (
      UPDATE room_member SET last_sent_at = numbered.sent_at,
        read_message_number = CASE WHEN ${hasReadAll} THEN numbered.number ELSE read_message_number END,
        read_seq = CASE WHEN ${hasReadAll} THEN numbered.seq ELSE read_seq END,
        seen_seq = CASE WHEN ${hasReadAll} THEN numbered.seq ELSE seen_seq END,
        seen_at = CASE WHEN numbered.is_author_there THEN numbered.sent_at ELSE seen_at END
      FROM numbered WHERE room_member.room_id = numbered.room_id AND user_id = numbered.author_id
    ), mentioned AS (
      INSERT INTO message_mention (room_id, seq, user_id, number)
      SELECT room_id, seq, user_id, number FROM numbered CROSS JOIN unnest(mentioned_user_ids) AS person(user_id)
    ), mentioned_all AS (
      INSERT INTO room_mention (room_id, number, seq, author_id)
      SELECT room_id, number, seq, author_id FROM numbered WHERE mentions_room
    ), indexed AS (
      INSERT INTO message_word (room_id, word, message_id, seq)
      SELECT room_id, word, id, seq FROM numbered CROSS JOIN unnest(words) AS word
    ), replied AS (
      INSERT INTO thread_reply (room_id, root_seq, seq)
      SELECT room_id, root_seq, seq FROM numbered WHERE root_seq IS NOT NULL
    ), participated AS (
      INSERT INTO thread_participant (room_id, root_seq, user_id)
      SELECT DISTINCT room_id, root_seq, user_id
      FROM numbered CROSS JOIN LATERAL (VALUES (root_author_id), (author_id)) AS person(user_id)
      WHERE root_seq IS NOT NULL AND user_id IS NOT NULL
      ON CONFLICT DO NOTHING RETURNING room_id, root_seq
    ), threaded AS (
      INSERT INTO thread (room_id, root_seq, reply_count, participant_count, last_reply_at)
      SELECT room_id, root_seq, count(*), (
          SELECT count(*) FROM participated
          WHERE participated.room_id = numbered.room_id AND participated.root_seq = numbered.root_seq), max(sent_at)
      FROM numbered WHERE root_seq IS NOT NULL GROUP BY room_id, root_seq
      ON CONFLICT (room_id, root_seq) DO UPDATE SET reply_count = thread.reply_count + excluded.reply_count,
        participant_count = thread.participant_count + excluded.participant_count,
        last_reply_at = excluded.last_reply_at
    ), published AS (
      INSERT INTO outbox (event_id, envelope, occurred_at)
      SELECT event_id, jsonb_set(event, '{payload,seq}', to_jsonb(seq)), sent_at FROM numbered ORDER BY place
    ), logged AS (
      INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
      SELECT room_id, seq, 'MESSAGE_SENT', author_id, sent_at FROM numbered
    )
    SELECT seq, locked.id IS NULL AS "isSkipped"
    FROM given LEFT JOIN locked ON locked.id = given.room_id LEFT JOIN numbered USING (place) ORDER BY place`;
}

/** What `insertion` gives back for each message, in their order. */
interface InsertionRow {
  seq: number | null;
  isSkipped: boolean;
}

/**
 * Stores messages as one statement: at most one of an author in a room. One is refused, and changes nothing, when its author has
 * a message of this `clientMessageId` already, is neither a member nor a webhook that can be used, or when somebody may have
 * lost a right since it was decided that the author may send: the room's row is locked and looked at as it is then, which other
 * tables that the same statement reads are not. In slow mode a message itself takes a right: to send another one.
 * @throws the violation of a unique key when one of them was stored at the same moment: then none of them is
 */
export type InsertMessages = (messages: readonly NewMessage[], whenLocked: WhenLocked) => Promise<Insertion[]>;

/** By itself, and past Prisma: what stores every message is not to be translated each time. */
export function createInsertion(pool: Pool): InsertMessages {
  return async (messages, whenLocked) => {
    const { text, values } = insertion(messages, whenLocked);
    const { rows } = await pool.query<InsertionRow>({ name: `messages-${whenLocked}`, text, values });
    return messages.map((message, place) => toInsertion(message, rows[place]));
  };
}

/** The same for one message, within a transaction that holds its room. Resolves to null when it is refused. */
export async function insertMessage(
  transaction: Prisma.TransactionClient,
  message: NewMessage,
): Promise<MessageRecord | null> {
  const [row] = await transaction.$queryRaw<InsertionRow[]>(insertion([message], 'wait'));
  const inserted = toInsertion(message, row);
  return inserted.outcome === 'stored' ? inserted.message : null;
}

function toInsertion(message: NewMessage, row: InsertionRow | undefined): Insertion {
  if (row === undefined || row.isSkipped) return { outcome: 'skipped' };
  if (row.seq === null) return { outcome: 'refused' };
  const stored = toMessageRecord({
    ...message,
    seq: row.seq,
    replyToSeq: message.reply?.toSeq ?? null,
    rootSeq: message.reply?.rootSeq ?? null,
    editCount: 0,
    editedAt: null,
    deletedAt: null,
    createdAt: message.sentAt,
  });
  return { outcome: 'stored', message: stored };
}

function toRow(message: NewMessage, place: number): Record<string, unknown> {
  const { reply, event } = message;
  return {
    place,
    id: message.id,
    room_id: message.roomId,
    author_id: message.authorId,
    webhook_id: message.webhookId,
    client_message_id: message.clientMessageId,
    name_hash: toHex(hashMessageName(message)),
    sealed_text: toHex(message.sealedText),
    sealed_attachments: message.sealedAttachments && toHex(message.sealedAttachments),
    reply_to_seq: reply?.toSeq ?? null,
    root_seq: reply?.rootSeq ?? null,
    root_author_id: reply?.rootAuthorId ?? null,
    forwarded_from_id: message.forwardedFromId,
    sent_at: message.sentAt,
    is_author_there: message.isAuthorThere,
    standing_version: message.standingVersion,
    words: message.words.map(String),
    mentions_room: message.mentionsRoom,
    mentioned_user_ids: event.payload.mentionedUserIds,
    event_id: event.id,
    event,
  };
}

/** Bytes as PostgreSQL reads them (https://www.postgresql.org/docs/current/datatype-binary.html). */
function toHex(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}
