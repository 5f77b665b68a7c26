import type { Pool } from 'pg';
import { newId } from '../../platform/identifiers.ts';
import { createKeyEncryption } from '../../subgraphs/chat/encryption/key-encryption.ts';
import { createRoomEncryption } from '../../subgraphs/chat/encryption/room-encryption.ts';
import { serviceSettingsSchema } from '../../subgraphs/chat/env.ts';
import { openDatabase } from '../../subgraphs/chat/repository.ts';
import type { Person } from './client.ts';

const batchSize = 5_000;

export interface FillOptions {
  messages: number;
  text: string;
  /** The setting CHAT_ENCRYPTION_KEYS of the stack. */
  encryptionKeys: string;
  onProgress(done: number): void;
}

/** Fills a room with messages that can be opened, behind what there is. They are found by no search. */
export async function fillRoom(pool: Pool, { roomId, userId }: Person, options: FillOptions): Promise<void> {
  const keys = serviceSettingsSchema.shape.CHAT_ENCRYPTION_KEYS.parse(options.encryptionKeys);
  const database = openDatabase(pool);
  const encryption = createRoomEncryption(database, createKeyEncryption(keys));
  for (let done = 0; done < options.messages; done += batchSize) {
    const count = Math.min(batchSize, options.messages - done);
    const ids = Array.from({ length: count }, newId);
    const seal = (id: string) => encryption.seal({ roomId, field: 'message.text', rowId: id }, 1, options.text);
    const sealed = (await Promise.all(ids.map(seal))).map((bytes) => Buffer.from(bytes));
    await pool.query(insertBatch, [roomId, userId, ids, sealed, count]);
    options.onProgress(done + count);
  }
  await pool.query('VACUUM (ANALYZE) message, room_event');
  await database.$disconnect();
}

const insertBatch = `WITH room AS (
    UPDATE room SET head_seq = head_seq + $5, message_count = message_count + $5 WHERE id = $1
    RETURNING head_seq - $5 AS seq, message_count - $5 AS number
  ), batch AS (
    SELECT * FROM unnest($3::uuid[], $4::bytea[]) WITH ORDINALITY AS entry(id, sealed_text, step)
  ), sent AS (
    INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, sealed_text, created_at)
    SELECT $1, seq + step, id, $2, id, number + step, sealed_text, now() FROM room CROSS JOIN batch
  )
  INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
  SELECT $1, seq + step, 'MESSAGE_SENT', $2, now() FROM room CROSS JOIN batch`;
