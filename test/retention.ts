import { pino } from 'pino';
import { expect } from 'vitest';
import { openPool } from '../platform/database.ts';
import { LogFeed } from '../platform/log-feed/log-feed.ts';
import type { RoomEventRecord } from '../subgraphs/chat/log/record.ts';
import { readBounds, readEvents } from '../subgraphs/chat/log/repository.ts';
import { openDatabase } from '../subgraphs/chat/repository.ts';
import { subgraphDatabaseUrl } from '../tools/databases.ts';
import type { TestClient } from './client.ts';
import { startTestStack } from './harness.ts';
import { mutate } from './mutations.ts';

const logger = pino({ level: 'silent' });

/** A stack in which things happened long ago, and processes that remove what its rooms no longer keep. */
export type RetentionScene = Awaited<ReturnType<typeof startRetentionScene>>;

export async function startRetentionScene(environment: Record<string, string> = {}) {
  // No heartbeat: what readers hear of, they hear of by the notice.
  const stack = await startTestStack({
    environment: { FEED_HEARTBEAT_MILLISECONDS: '60000', ...environment },
  });
  const owner = await stack.register('owner');
  const closing: (() => Promise<unknown>)[] = [];

  const query = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  /** What one process has, with connections of its own. */
  function openProcess() {
    const connectionString = subgraphDatabaseUrl(stack.databases.url, 'chat');
    const pool = openPool({ connectionString, maximumConnections: 4, logger });
    const database = openDatabase(pool);
    const feed = new LogFeed<RoomEventRecord>({
      kind: 'room',
      engine: stack.engine,
      source: {
        readBounds: (roomIds) => readBounds(database, roomIds),
        readEvents: (roomId, afterSeq, limit) => readEvents(database, roomId, afterSeq, limit),
      },
      logger,
      heartbeatMilliseconds: 60_000,
    });
    closing.push(async () => {
      await feed.stop();
      await database.$disconnect();
      await pool.end();
    });
    return { database, feed, now: () => new Date() };
  }

  async function setRetention(roomId: string, retentionDays: number): Promise<void> {
    const { userErrors } = await mutate(owner, 'updateRoom', { roomId, settings: { retentionDays } }, '');
    expect(userErrors).toEqual([]);
  }

  /** Makes everything in a room up to a `seq` older. */
  async function age(roomId: string, seq: number, days = 10): Promise<void> {
    for (const [table, column] of [
      ['room_event', 'occurred_at'],
      ['message', 'created_at'],
    ] as const) {
      await query(
        `UPDATE ${table} SET ${column} = ${column} - $3 * interval '1 day' WHERE room_id = $1 AND seq <= $2`,
        [roomId, seq, days],
      );
    }
  }

  /** Fills a room with so many messages, as old as that, behind what there is. */
  async function fill(roomId: string, count: number, days: number): Promise<void> {
    await query(
      `WITH room AS (
         UPDATE room SET head_seq = head_seq + $2, message_count = message_count + $2 WHERE id = $1
         RETURNING head_seq - $2 AS seq, message_count - $2 AS number
       ), numbers AS (SELECT generate_series(1, $2::int) AS step), sent AS (
         INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, created_at)
         SELECT $1, seq + step, gen_random_uuid(), $3, 'filled-' || number + step, number + step, now() - $4 * interval '1 day'
         FROM room CROSS JOIN numbers
       )
       INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
       SELECT $1, seq + step, 'MESSAGE_SENT', $3, now() - $4 * interval '1 day' FROM room CROSS JOIN numbers`,
      [roomId, count, owner.userId, days],
    );
  }

  const readRoom = (client: TestClient, roomId: string, selection: string) =>
    client.run(`query ($id: ID!) { room(id: $id) { ${selection} } }`, { id: roomId });

  async function textsOf(client: TestClient, roomId: string): Promise<string[]> {
    const { messages } = await readRoom(client, roomId, 'messages(first: 100) { nodes { text } }');
    return messages.nodes.map(({ text }: { text: string }) => text);
  }

  /** The rows of a room before a `seq`. */
  async function countBefore(roomId: string, seq: number): Promise<number> {
    const [row] = await query<{ count: number }>(
      `SELECT (SELECT count(*) FROM message WHERE room_id = $1 AND seq < $2)::int
            + (SELECT count(*) FROM room_event WHERE room_id = $1 AND seq < $2)::int AS count`,
      [roomId, seq],
    );
    return row?.count ?? 0;
  }

  async function stop(): Promise<void> {
    for (const close of closing) await close();
    await stack.stop();
  }

  return { stack, owner, query, openProcess, setRetention, age, fill, readRoom, textsOf, countBefore, stop };
}

/** Follows a room, with the texts of edited messages. */
export const roomEventsWithEdits = `subscription ($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) { seq ... on MessageEdited { message { text } } }
}`;
export const cursorAt = (roomId: string, seq: number) => Buffer.from(`room:${roomId}:${seq}`).toString('base64url');
