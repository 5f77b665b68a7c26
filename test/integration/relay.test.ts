import type { Pool } from 'pg';
import { type Logger, pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../../platform/database.ts';
import { outboxGauge } from '../../platform/durable-events/metrics.ts';
import { type Relay, relayLock, startRelay } from '../../platform/durable-events/relay.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { createMemoryEngine } from '../../platform/engine/memory.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import { createDatabases, eventually, type TestDatabases } from '../harness.ts';

const [debug, info, warn] = [20, 30, 40];

describe('the relay of an outbox', () => {
  let databases: TestDatabases;
  let pool: Pool;
  let levels: number[];
  let logger: Logger;
  let broker: ReturnType<typeof createMemoryEngine>;
  let relays: Relay[];
  let connections: number;
  let polls: number;

  beforeEach(async () => {
    databases = await createDatabases();
    levels = [];
    logger = pino({ level: 'debug' }, { write: (line: string) => void levels.push(JSON.parse(line).level) });
    const connectionString = subgraphDatabaseUrl(databases.url, 'auth');
    pool = openPool({ connectionString, maximumConnections: 4, logger });
    connections = 0;
    polls = 0;
    pool.on('connect', () => {
      connections += 1;
    });
    broker = createMemoryEngine({ logger: pino({ level: 'silent' }) });
    relays = [];
  });

  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await pool.end();
    await broker.stop();
    await databases.drop();
  });

  /** Starts a relay whose appends go through `append`. */
  function start(
    engine: Engine,
    append: Engine['append'] = (...parameters) => engine.append(...parameters),
    pollMilliseconds = 20,
  ): Relay {
    const settings = { OUTBOX_POLL_MILLISECONDS: pollMilliseconds, OUTBOX_RETENTION_HOURS: 1 };
    const position: Engine['position'] = (log) => {
      polls += 1;
      return engine.position(log);
    };
    const relay = startRelay({ log: 'auth', pool, logger, engine: { position, append }, settings });
    relays.push(relay);
    return relay;
  }

  async function commit(count: number): Promise<void> {
    await databases.query(
      'auth',
      `INSERT INTO outbox (event_id, envelope, occurred_at)
       SELECT gen_random_uuid(), '{}', now() FROM generate_series(1, $1::int)`,
      [count],
    );
  }

  it('tells of an outage once, keeps its connections, and publishes everything when it is over', async () => {
    let isAway = true;
    start(broker, async (...parameters) => {
      if (isAway) throw new Error('away');
      return broker.append(...parameters);
    });
    await commit(1_200);
    await eventually(() => expect(levels.length).toBeGreaterThan(10));
    const registry = new Registry();
    outboxGauge(registry, pool);
    expect(await registry.metrics()).toContain('chorus_outbox_waiting 1200');
    expect(levels).toEqual([warn, ...levels.slice(1).map(() => debug)]);
    isAway = false;
    await eventually(() => expect(levels.at(-1)).toBe(info));
    expect(await broker.position('auth')).toBe(1_200);
    expect(connections).toBeLessThanOrEqual(2);
  });

  it('replaces a database connection that is lost in the middle of a batch', async () => {
    let isFirst = true;
    start(broker, async (...parameters) => {
      if (isFirst) {
        isFirst = false;
        const others = 'datname = current_database() AND pid <> pg_backend_pid()';
        await databases.query('auth', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`);
      }
      return broker.append(...parameters);
    });
    await commit(3);
    await eventually(async () => expect(await broker.position('auth')).toBeGreaterThanOrEqual(3));
    await eventually(async () => {
      const waiting = await databases.query('auth', 'SELECT FROM outbox WHERE published_position IS NULL');
      expect(waiting).toEqual([]);
    });
  });

  it('waits for its turn only when there is something to do', async () => {
    await commit(3);
    start(broker);
    await eventually(async () => expect(await broker.position('auth')).toBe(3));
    const other = await pool.connect();
    await other.query(`SELECT pg_advisory_lock(${relayLock})`);
    const before = polls;
    await eventually(() => expect(polls).toBeGreaterThan(before + 3));
    await commit(1);
    await eventually(async () => {
      const waitsForLock = `SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted`;
      expect((await other.query(waitsForLock)).rowCount).toBe(1);
    });
    expect(await broker.position('auth')).toBe(3);
    await other.query(`SELECT pg_advisory_unlock(${relayLock})`);
    other.release();
    await eventually(async () => expect(await broker.position('auth')).toBe(4));
  });

  it('does not hammer a broker whose position changes all the time', async () => {
    let refusals = 12;
    start(broker, async (...parameters) => {
      refusals -= 1;
      return refusals >= 0 ? false : broker.append(...parameters);
    });
    await commit(3);
    await eventually(async () => expect(await broker.position('auth')).toBe(3));
    // Five in a row make one failed attempt; the rest waited for the next poll.
    await eventually(() => expect(levels).toEqual([warn, debug, info]));
  });

  it('forgets what is past the retention, however much, but for the newest', async () => {
    await commit(2_500);
    const relay = start(broker);
    await eventually(async () => expect(await broker.position('auth')).toBe(2_500));
    await databases.query('auth', "UPDATE outbox SET occurred_at = now() - interval '2 hours'");
    await commit(3);
    relay.wake();
    await eventually(async () => {
      const left = await databases.query('auth', 'SELECT published_position AS "position" FROM outbox ORDER BY id');
      expect(left).toEqual([{ position: '2501' }, { position: '2502' }, { position: '2503' }]);
    });
  });

  it('forgets also when it is woken all the time', async () => {
    await commit(2);
    const relay = start(broker);
    await eventually(async () => expect(await broker.position('auth')).toBe(2));
    await databases.query('auth', "UPDATE outbox SET occurred_at = now() - interval '2 hours'");
    await eventually(async () => {
      relay.wake();
      const left = await databases.query('auth', 'SELECT published_position AS "position" FROM outbox');
      expect(left).toEqual([{ position: '2' }]);
    });
  });

  it('serves two brokers on one outbox, also when one starts empty after old rows were forgotten', async () => {
    const other = createMemoryEngine({ logger: pino({ level: 'silent' }) });
    const longPollMilliseconds = 60_000;
    const relay = start(broker, undefined, longPollMilliseconds);
    await commit(10);
    relay.wake();
    await eventually(async () => expect(await broker.position('auth')).toBe(10));
    await databases.query('auth', 'DELETE FROM outbox WHERE published_position <= 5');
    const otherRelay = start(other, undefined, longPollMilliseconds);
    await eventually(async () => expect(await other.position('auth')).toBe(10));
    await commit(2);
    otherRelay.wake();
    await eventually(async () => expect(await other.position('auth')).toBe(12));
    const seen: string[] = [];
    await broker.tail('auth', new Date(0), ({ value }) => seen.push(value));
    relay.wake();
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(12));
    await other.stop();
  });
});
