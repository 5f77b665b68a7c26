import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { newId } from '../../platform/identifiers.ts';

// The rows that one message is, by `pg` and nothing else: one prepared statement, without a question whether the sender may.

/** What a message that chat has written looks like: the peer writes as much. */
export interface MessageShape {
  sealedTextBytes: number;
  words: number;
}

/** Who sends where: a member of a room. */
export interface BareSender {
  roomId: string;
  userId: string;
}

const insertRows = `WITH advanced AS (
    UPDATE room SET head_seq = head_seq + 1, message_count = message_count + 1 WHERE id = $1
    RETURNING id, head_seq, message_count
  ), sent AS (
    INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, sealed_text, created_at, words)
    SELECT id, head_seq, $2, $3, $4, message_count, $5, $6, $7::bigint[] FROM advanced RETURNING room_id, seq, number
  ), read AS (
    UPDATE room_member SET read_message_number = sent.number, last_sent_at = $6
    FROM sent WHERE room_member.room_id = sent.room_id AND user_id = $3
  ), indexed AS (
    INSERT INTO message_word (room_id, word, message_id, seq)
    SELECT room_id, word, $2, seq FROM sent CROSS JOIN unnest($7::bigint[]) AS word
  ), published AS (
    INSERT INTO outbox (event_id, envelope, occurred_at)
    SELECT $8, jsonb_set($9::jsonb, '{payload,seq}', to_jsonb(seq)), $6 FROM sent
  )
  INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
  SELECT room_id, seq, 'MESSAGE_SENT', $3, $6 FROM sent`;

/** Writes the rows of one message. */
export async function insertMessageRows(pool: Pool, sender: BareSender, shape: MessageShape): Promise<void> {
  const { roomId, userId } = sender;
  const [messageId, eventId, now] = [newId(), newId(), new Date()];
  const payload = { messageId, roomId, seq: 0, authorId: userId, mentionedUserIds: [] };
  const trace = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  const event = { id: eventId, name: 'chat.message.sent', version: 1, occurredAt: now.toISOString(), trace, payload };
  const values = [
    ...[roomId, messageId, userId, randomUUID(), randomBytes(shape.sealedTextBytes), now, makeWords(shape.words)],
    ...[eventId, JSON.stringify(event)],
  ];
  const { rowCount } = await pool.query({ name: 'insert-message-rows', text: insertRows, values });
  if (rowCount !== 1) throw new Error('A message was not written.');
}

/** Numbers as keyed hashes give them. */
function makeWords(count: number): string[] {
  const seed = randomBytes(16);
  return Array.from({ length: count }, (_, index) =>
    createHash('sha256').update(seed).update(String(index)).digest().readBigInt64BE().toString(),
  );
}

/** The shape of the newest message of a room. */
export async function readMessageShape(pool: Pool, roomId: string): Promise<MessageShape> {
  const { rows } = await pool.query<MessageShape>(
    `SELECT length(sealed_text) AS "sealedTextBytes", coalesce(cardinality(words), 0) AS words
     FROM message WHERE room_id = $1 ORDER BY seq DESC LIMIT 1`,
    [roomId],
  );
  if (rows[0] === undefined) throw new Error('The room has no message.');
  return rows[0];
}

/** How many rows each table of chat has. */
export async function countRows(pool: Pool): Promise<Record<string, number>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relispartition`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${name}"`);
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}
