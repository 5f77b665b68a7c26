import type { KeyPage } from '../../../platform/connection.ts';
import { highestSeq } from '../../../platform/cursor.ts';
import { nothingOnConflict } from '../../../platform/database.ts';
import type { EventEnvelope } from '../../../platform/events.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import { type MessageRecord, type MessageRow, toMessageRecord } from './record.ts';

/** The columns of a `MessageRow`, of a table or subquery that is called message. */
const messageColumns = Prisma.sql`
  room_id AS "roomId", seq, message.id, author_id AS "authorId", sealed_text AS "sealedText", created_at AS "createdAt"`;

export interface NewMessage {
  id: string;
  roomId: string;
  authorId: string;
  clientMessageId: string;
  sealedText: Uint8Array;
  sentAt: Date;
  /** That of the room when it was decided that the author may send. */
  standingVersion: number;
  /** Written to the outbox with the `seq` that the message gets. */
  event: EventEnvelope<'chat.message.sent'>;
}

/**
 * Stores a message and all that goes with it as one statement: the next `seq` (the room row stays locked until the
 * commit, so commit order is `seq` order), the log's event, the author's read state, the outbox row. Resolves to null
 * and changes nothing when the author has a message of this `clientMessageId` already, is no member, or when somebody may have
 * lost a right since it was decided that the author may send: the room's row is locked and looked at as it is then, which
 * other tables that the same statement reads are not. In slow mode a message itself takes a right: to send another one.
 */
export async function insertMessage(
  transaction: Prisma.TransactionClient,
  message: NewMessage,
): Promise<MessageRecord | null> {
  const { id, roomId, authorId, clientMessageId, sealedText, sentAt, standingVersion, event } = message;
  const [row] = await nothingOnConflict(
    'message_room_id_author_id_client_message_id_key',
    transaction.$queryRaw<{ seq: number }[]>`
      WITH advanced AS (
        UPDATE room SET head_seq = head_seq + 1, message_count = message_count + 1,
          standing_version = standing_version + CASE WHEN slow_mode_seconds > 0 THEN 1 ELSE 0 END
        WHERE id = ${roomId}::uuid AND standing_version = ${standingVersion} AND archived_at IS NULL
          AND EXISTS (SELECT FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${authorId}::uuid)
          AND NOT EXISTS (SELECT FROM message WHERE room_id = ${roomId}::uuid AND author_id = ${authorId}::uuid
                            AND client_message_id = ${clientMessageId})
        RETURNING id, head_seq, message_count
      ), sent AS (
        INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, sealed_text, created_at)
        SELECT id, head_seq, ${id}::uuid, ${authorId}::uuid, ${clientMessageId}, message_count, ${sealedText}::bytea,
               ${sentAt}
        FROM advanced
        RETURNING room_id, seq, number
      ), read AS (
        UPDATE room_member SET read_message_number = sent.number, last_sent_at = ${sentAt}
        FROM sent WHERE room_member.room_id = sent.room_id AND user_id = ${authorId}::uuid
      ), published AS (
        INSERT INTO outbox (event_id, envelope, occurred_at)
        SELECT ${event.id}::uuid, jsonb_set(${JSON.stringify(event)}::jsonb, '{payload,seq}', to_jsonb(seq)), ${sentAt}
        FROM sent
      )
      INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
      SELECT room_id, seq, 'MESSAGE_SENT', ${authorId}::uuid, ${sentAt} FROM sent
      RETURNING seq`,
  );
  return row === undefined
    ? null
    : toMessageRecord({ id, roomId, seq: row.seq, authorId, sealedText, createdAt: sentAt });
}

export async function findMessageByClientId(
  transaction: Prisma.TransactionClient,
  roomId: string,
  authorId: string,
  clientMessageId: string,
): Promise<MessageRecord | null> {
  const row = await transaction.message.findUnique({
    where: { roomId_authorId_clientMessageId: { roomId, authorId, clientMessageId } },
  });
  return row && toMessageRecord(row);
}

export async function findMessages(
  transaction: Prisma.TransactionClient,
  ids: readonly string[],
): Promise<MessageRecord[]> {
  return (await transaction.message.findMany({ where: { id: { in: [...ids] } } })).map(toMessageRecord);
}

export async function findMessagesBySeq(
  transaction: Prisma.TransactionClient,
  roomId: string,
  seqs: readonly number[],
): Promise<MessageRecord[]> {
  return (await transaction.message.findMany({ where: { roomId, seq: { in: [...seqs] } } })).map(toMessageRecord);
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
      ORDER BY ${order} LIMIT ${page.limit + 1}) AS message
    ORDER BY room_id, ${order}`;
  return rows.map(toMessageRecord);
}
