import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeRoom, rowsPerBatch, startPurging } from '../../subgraphs/chat/rooms/purge.ts';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import { mutate } from '../mutations.ts';
import { type RetentionScene, startRetentionScene } from '../retention.ts';

const purged = { rows: 0, isPurged: true };

describe('what is left of a deleted room', () => {
  let scene: RetentionScene;

  beforeAll(async () => {
    scene = await startRetentionScene({ RETENTION_INTERVAL_SECONDS: '1' });
  });

  afterAll(() => scene?.stop());

  async function stateOf(roomId: string) {
    const [state] = await scene.query(
      `SELECT (SELECT count(*)::int FROM message WHERE room_id = $1) AS rows, purged_at IS NOT NULL AS "isPurged"
       FROM room WHERE id = $1`,
      [roomId],
    );
    return state;
  }

  const until = (roomId: string) => expect.poll(() => stateOf(roomId), { timeout: 10_000 });

  /** A room as `deleteRoom` leaves it at its commit, with more messages than one batch removes. */
  async function bury(): Promise<string> {
    const roomId = await scene.owner.createRoom();
    await scene.fill(roomId, 2 * rowsPerBatch + 1, 1);
    await scene.stack.stopSubgraph('chat');
    await scene.query('UPDATE room SET deleted_at = now() WHERE id = $1', [roomId]);
    return roomId;
  }

  const inTransaction = (work: (client: pg.Client) => Promise<void>) =>
    withClient(subgraphDatabaseUrl(scene.stack.databases.url, 'chat'), async (client) => {
      await client.query('BEGIN');
      await work(client);
      await client.query('ROLLBACK');
    });

  it('goes after the answer to whoever has deleted it', async () => {
    const roomId = await scene.owner.createRoom();
    await scene.owner.sendMessage(roomId, 'held');
    await inTransaction(async (client) => {
      await client.query('SELECT FROM message WHERE room_id = $1 FOR UPDATE', [roomId]);
      expect(await mutate(scene.owner, 'deleteRoom', { roomId }, 'roomId')).toEqual({ roomId, userErrors: [] });
      expect(await scene.readRoom(scene.owner, roomId, 'id')).toBeNull();
      expect(await stateOf(roomId)).toEqual({ rows: 1, isPurged: false });
    });
    await until(roomId).toEqual(purged);
  });

  it('goes by the next round when the first try has failed', async () => {
    const roomId = await scene.owner.createRoom();
    await scene.owner.sendMessage(roomId, 'refused');
    // A sequence remembers also what is rolled back.
    await scene.query('CREATE SEQUENCE refusal');
    await scene.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN PERFORM nextval(''refusal''); RAISE EXCEPTION ''not now''; END'`);
    await scene.query('CREATE TRIGGER refusing BEFORE DELETE ON message FOR EACH ROW EXECUTE FUNCTION refuse()');
    expect(await mutate(scene.owner, 'deleteRoom', { roomId }, 'roomId')).toEqual({ roomId, userErrors: [] });
    await expect.poll(() => scene.query('SELECT is_called FROM refusal')).toEqual([{ is_called: true }]);
    expect(await stateOf(roomId)).toEqual({ rows: 1, isPurged: false });
    await scene.query('DROP FUNCTION refuse CASCADE');
    await until(roomId).toEqual(purged);
  });

  it('stays when the process stops, and goes when the next one starts', async () => {
    const roomId = await bury();
    const process = scene.openProcess();
    let batches = 0;
    await purgeRoom(process, roomId, () => {
      batches += 1;
      return batches === 1;
    });
    const half = { rows: rowsPerBatch + 1, isPurged: false };
    expect(await stateOf(roomId)).toEqual(half);
    const purging = startPurging(process, pino({ level: 'silent' }), 3_600_000);
    purging.begin(roomId);
    await purging.stop();
    expect(await stateOf(roomId)).toEqual(half);
    await scene.stack.restartSubgraph('chat');
    await until(roomId).toEqual(purged);
  });

  it('is called gone only by the process that has removed the last of it', async () => {
    const roomId = await bury();
    const process = scene.openProcess();
    await inTransaction(async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('purge ' || $1::text, 0))", [roomId]);
      await purgeRoom(process, roomId);
      expect(await stateOf(roomId)).toEqual({ rows: 2 * rowsPerBatch + 1, isPurged: false });
    });
    await Promise.all([purgeRoom(process, roomId), purgeRoom(scene.openProcess(), roomId)]);
    expect(await stateOf(roomId)).toEqual(purged);
    await scene.stack.restartSubgraph('chat');
  });
});
