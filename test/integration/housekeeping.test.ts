import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPool } from '../../platform/database.ts';
import { createEngine } from '../../platform/engine/create-engine.ts';
import {
  addressMemoryMilliseconds,
  apiKeyMemoryMilliseconds,
  cleanUp,
  startHousekeeping,
} from '../../subgraphs/auth/housekeeping.ts';
import { type Database, openDatabase } from '../../subgraphs/auth/repository.ts';
import { followSigningKeys } from '../../subgraphs/auth/signing-keys/signing-keys.ts';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import { createDatabases, eventually, type TestDatabases } from '../harness.ts';

const accountId = '01900000-0000-7000-8000-000000000000';
const now = new Date('2026-06-01T12:00:00.000Z');
const logger = pino({ level: 'silent' });

let databases: TestDatabases;
let pool: ReturnType<typeof openPool>;
let database: Database;

beforeAll(async () => {
  databases = await createDatabases();
  const connectionString = subgraphDatabaseUrl(databases.url, 'auth');
  pool = openPool({ connectionString, maximumConnections: 4, logger });
  database = openDatabase(pool);
});

afterAll(async () => {
  vi.useRealTimers();
  await database?.$disconnect();
  await pool?.end();
  await databases?.drop();
});

const query = (sql: string, values: unknown[] = []) => databases.query('auth', sql, values);

/** Two times that are a millisecond apart: what ended at the first is to go, what ends at the second stays. */
const around = (milliseconds: number) => [
  new Date(now.getTime() - milliseconds - 1),
  new Date(now.getTime() - milliseconds + 1),
];
const namesIn = async (table: string, column: string) =>
  (await query(`SELECT ${column} AS name FROM ${table} ORDER BY 1`)).map((row) => (row as { name: unknown }).name);

describe('housekeeping', () => {
  it('forgets what has ended, and keeps what lives', async () => {
    await query(
      `INSERT INTO account (id, username, username_normalized, created_at) VALUES ($1, 'somebody', 'somebody', $2)`,
      [accountId, now],
    );
    const [past, future] = around(0);
    await query(
      `INSERT INTO ticket (hash, purpose, account_id, data, created_at, expires_at)
       VALUES ('\\x00', 'VERIFY_EMAIL', $1, '{}', $2, $2), ('\\x01', 'VERIFY_EMAIL', $1, '{}', $2, $3)`,
      [accountId, past, future],
    );
    const [ended, live] = [accountId.replace(/.$/, '1'), accountId.replace(/.$/, '2')];
    await query(
      `INSERT INTO session (id, account_id, created_at, expires_at, last_used_at, authenticated_at, methods, rotated_at)
       VALUES ($2, $1, $4, $4, $4, $4, '{}', $4), ($3, $1, $4, $5, $4, $4, '{}', $4)`,
      [accountId, ended, live, past, future],
    );
    await query(
      `INSERT INTO refresh_token (hash, session_id, generation, created_at, expires_at)
       VALUES ('\\x00', $1, 0, $3, $3), ('\\x01', $2, 0, $3, $3), ('\\x02', $2, 1, $3, $4)`,
      [ended, live, past, future],
    );
    const [forgotten, remembered] = around(addressMemoryMilliseconds);
    await query(
      "INSERT INTO known_address (account_id, hash, last_used_at) VALUES ($1, '\\x00', $2), ($1, '\\x01', $3)",
      [accountId, forgotten, remembered],
    );
    const [longAgo, lately] = around(apiKeyMemoryMilliseconds);
    const keys: [string, Date | null | undefined, Date | null | undefined][] = [
      ['ended long ago', longAgo, null],
      ['expired long ago', null, longAgo],
      ['ended lately', lately, null],
      ['expired lately', null, lately],
      ['lives', null, null],
      ['lives for a time', null, future],
    ];
    for (const [name, revokedAt, expiresAt] of keys) {
      await query(
        `INSERT INTO api_key (id, account_id, hash, name, scopes, created_at, revoked_at, expires_at)
         VALUES (gen_random_uuid(), $1, sha256($2::text::bytea), $2, '{}', $3, $4, $5)`,
        [accountId, name, longAgo, revokedAt, expiresAt],
      );
    }
    await cleanUp(database, now);
    expect(await namesIn('ticket', "encode(hash, 'hex')")).toEqual(['01']);
    expect(await namesIn('session', 'id')).toEqual([live]);
    expect(await namesIn('refresh_token', "encode(hash, 'hex')")).toEqual(['02']);
    expect(await namesIn('known_address', "encode(hash, 'hex')")).toEqual(['01']);
    expect(await namesIn('api_key', 'name')).toEqual(['ended lately', 'expired lately', 'lives', 'lives for a time']);
    expect(await namesIn('account', 'id')).toEqual([accountId]);
  });
});

describe('stopping waits for work in progress', () => {
  /** Runs a service whose work has begun and can't end, and tells what had happened when it was allowed to. */
  async function stopDuring(
    lock: string,
    intervalMilliseconds: number,
    start: () => Promise<{ stop(): Promise<void> }>,
  ): Promise<string[]> {
    const happened: string[] = [];
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const service = await start();
    await withClient(subgraphDatabaseUrl(databases.url, 'auth'), async (client) => {
      await client.query(`BEGIN; ${lock}`);
      vi.advanceTimersByTime(intervalMilliseconds);
      vi.useRealTimers();
      await eventually(async () => {
        const waiting = await query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        expect(waiting).toHaveLength(1);
      });
      const stopped = service.stop().then(() => happened.push('stopped'));
      // Long enough for a stop that waits for nothing.
      await query('SELECT 1');
      happened.push('released');
      await client.query('COMMIT');
      await stopped;
    });
    return happened;
  }

  it('of housekeeping', async () => {
    const happened = await stopDuring('LOCK TABLE ticket', 600_000, async () =>
      startHousekeeping(database, logger, () => now),
    );
    expect(happened).toEqual(['released', 'stopped']);
  });

  it('of the review of signing keys', async () => {
    const engine = createEngine({ redisUrl: null, prefix: 'housekeeping', logger });
    const settings = { SIGNING_KEY_SECRET: 'a secret for the signing keys of tests', SIGNING_KEY_ROTATION_DAYS: 30 };
    const happened = await stopDuring('SELECT pg_advisory_xact_lock(4812002)', 30_000, () =>
      followSigningKeys({ database, engine, settings, logger, now: () => now }),
    );
    expect(happened).toEqual(['released', 'stopped']);
    await engine.stop();
  });
});
