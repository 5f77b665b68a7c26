import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPool } from '../../platform/database.ts';
import { startRelay } from '../../platform/durable-events/relay.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { createMemoryEngine } from '../../platform/engine/memory.ts';
import { createRedisEngine } from '../../platform/engine/redis.ts';
import type { EventEnvelope } from '../../platform/events.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import {
  createDatabases,
  describeEachEngine,
  eventually,
  fastPolls,
  startTestStack,
  type TestDatabases,
  type TestStack,
} from '../harness.ts';
import { describeWithRedis, startTestRedis, type TestRedis } from '../redis.ts';

/** Writes an event as a use case does whose process dies before it can wake the relay. */
async function commitUnpublished(databases: TestDatabases, event: EventEnvelope): Promise<void> {
  await databases.query('auth', 'INSERT INTO outbox (event_id, envelope, occurred_at) VALUES ($1, $2, now())', [
    event.id,
    JSON.stringify(event),
  ]);
}

function registered(userId: string, username: string): EventEnvelope<'auth.user.registered'> {
  return {
    id: randomUUID(),
    name: 'auth.user.registered',
    version: 1,
    occurredAt: new Date().toISOString(),
    trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    payload: { userId, username },
  };
}

async function profilesOf(databases: TestDatabases, userId: string): Promise<{ display_name: string }[]> {
  return databases.query('user', 'SELECT display_name FROM profile WHERE user_id = $1', [userId]);
}

async function deadLettersOf(
  databases: TestDatabases,
  eventId: string,
): Promise<{ error: string; attempts: number }[]> {
  return databases.query('user', 'SELECT error, attempts FROM dead_letter WHERE event_id = $1', [eventId]);
}

describeEachEngine('durable events', (engine) => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ engine, environment: fastPolls });
  });

  afterAll(() => stack?.stop());

  it('arrive once, although the process died between its commit and the publication', async () => {
    const userId = randomUUID();
    await commitUnpublished(stack.databases, registered(userId, 'left_behind'));
    await eventually(async () =>
      expect(await profilesOf(stack.databases, userId)).toEqual([{ display_name: 'left_behind' }]),
    );
  });

  it('have one effect when they are published twice', async () => {
    const user = await stack.register();
    await user.run('mutation { updateProfile(input: { displayName: "Mine" }) { userErrors { code } } }');
    await stack.databases.query('auth', 'UPDATE outbox SET published_position = NULL');
    const marker = randomUUID();
    await commitUnpublished(stack.databases, registered(marker, 'marker'));
    // The marker is behind the repeats in the log: when it has arrived, they have.
    await eventually(async () => expect(await profilesOf(stack.databases, marker)).toHaveLength(1));
    expect(await profilesOf(stack.databases, user.userId)).toEqual([{ display_name: 'Mine' }]);
  });

  it('that can not be handled become dead letters, hold nothing up, and can be replayed', async () => {
    const poison = registered(randomUUID(), 'poison');
    // The database refuses this name: the handler fails each time.
    await stack.databases.query(
      'user',
      "ALTER TABLE profile ADD CONSTRAINT no_poison CHECK (display_name <> 'poison')",
    );
    await commitUnpublished(stack.databases, poison);
    const behind = randomUUID();
    await commitUnpublished(stack.databases, registered(behind, 'behind'));
    await eventually(async () => expect(await profilesOf(stack.databases, behind)).toHaveLength(1));
    const [letter] = await eventually(async () => {
      const letters = await deadLettersOf(stack.databases, poison.id);
      expect(letters).toHaveLength(1);
      return letters;
    }, 30_000);
    expect(letter?.error).toContain('no_poison');
    expect(letter?.attempts).toBe(5);
    const metrics = await (await fetch(new URL('/metrics', stack.subgraphs.user.url))).text();
    expect(metrics).toMatch(/^chorus_dead_letters\{service="user"\} 1$/m);

    await stack.databases.query('user', 'ALTER TABLE profile DROP CONSTRAINT no_poison');
    await replay(stack.databases, 'user', poison.id);
    expect(await profilesOf(stack.databases, poison.payload.userId)).toHaveLength(1);
    expect(await deadLettersOf(stack.databases, poison.id)).toEqual([]);
  });

  it('carry the trace of the request that caused them', async () => {
    const trace = '00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01';
    const input = { username: 'traced', email: 'traced@example.org', password: 'long enough' };
    await stack.guest.send(
      'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }',
      { input },
      { traceparent: trace },
    );
    const rows = await stack.databases.query('auth', "SELECT FROM outbox WHERE envelope->>'trace' = $1", [trace]);
    expect(rows).toHaveLength(1);
  });

  it('carry ids and handles, and no personal text', async () => {
    const user = await stack.register('private');
    const roomId = await user.createRoom('PUBLIC', 'a private name');
    await user.sendMessage(roomId, 'a private text');
    for (const subgraph of ['auth', 'chat'] as const) {
      const rows = await stack.databases.query(subgraph, 'SELECT envelope FROM outbox');
      expect(JSON.stringify(rows)).not.toMatch(/a private|example\.org/);
    }
  });
});

/** Runs the command that an operator would. */
async function replay(databases: TestDatabases, subgraph: string, id: string): Promise<void> {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const environment = { ...process.env, DATABASE_URL: databases.url };
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['tools/dead-letters.ts', ...args], { env: environment });
  expect((await run()).stdout).toContain(id);
  expect((await run('replay', subgraph, id)).stdout).toContain('handled');
  expect((await run()).stdout).toContain(`${subgraph}: none`);
}

describeWithRedis('a Redis that loses its memory', () => {
  let databases: TestDatabases;
  let redis: TestRedis;

  beforeAll(async () => {
    [databases, redis] = await Promise.all([createDatabases(), startTestRedis()]);
  });

  afterAll(async () => {
    await redis?.stop();
    await databases?.drop();
  });

  describe('before anybody has read what was published', () => {
    let stack: TestStack;
    let user: TestClient;

    it('gets the events again, and each has its effect once', async () => {
      stack = await startTestStack({ databases, redis, prefix: 'flushed', environment: fastPolls });
      user = await stack.register('flushed');
      await stack.stopSubgraph('user');
      const late = await stack.register('late');
      // Auth has published the registration, and the only consumer that has not read it yet is down.
      await eventually(async () => {
        const waiting = await databases.query('auth', 'SELECT FROM outbox WHERE published_position IS NULL');
        expect(waiting).toEqual([]);
      });
      await redis.flush();
      await stack.restartSubgraph('user');
      await eventually(async () => expect(await profilesOf(databases, late.userId)).toHaveLength(1));
      expect(await profilesOf(databases, user.userId)).toHaveLength(1);
    });

    it('does not bring revoked sessions back to life, at a router that starts afterwards either', async () => {
      await user.run('mutation { logout { user { id } } }');
      await redis.flush();
      const another = await startTestStack({ databases, redis, prefix: 'flushed', environment: fastPolls });
      const authorization = `Bearer ${user.accessToken}`;
      await eventually(async () => {
        const answers = await Promise.all(
          [stack, another].map(({ guest }) => guest.send('{ viewer { id } }', {}, { authorization })),
        );
        expect(answers.map(({ status }) => status)).toEqual([401, 401]);
      });
      await another.stop();
      await stack.stop();
    });
  });
});

/** The engine under test, and how its broker loses its memory. */
function createForgetfulEngine(redis: TestRedis | undefined): { engine: Engine; loseMemory(): Promise<void> } {
  const logger = pino({ level: 'silent' });
  if (redis !== undefined) {
    const engine = createRedisEngine({ url: redis.url, prefix: 'forgetful', logger });
    return { engine, loseMemory: () => redis.flush() };
  }
  const engine = createMemoryEngine({ logger });
  return { engine, loseMemory: async () => engine.loseMemory() };
}

describeEachEngine('a broker that loses its memory just before an append', ({ startRedis }) => {
  it('gets what it lost as well as what was to be appended', async () => {
    const [databases, redis] = await Promise.all([createDatabases(), startRedis()]);
    const { engine, loseMemory } = createForgetfulEngine(redis);
    const logger = pino({ level: 'silent' });
    const connectionString = subgraphDatabaseUrl(databases.url, 'auth');
    const pool = openPool({ connectionString, maximumConnections: 2, logger });
    const lost = Promise.withResolvers<void>();
    let phase: 'remembering' | 'about to forget' | 'forgotten' = 'remembering';
    const forgetting: Pick<Engine, 'append' | 'position'> = {
      position: (log) => engine.position(log),
      append: async (...append) => {
        if (phase === 'about to forget') {
          phase = 'forgotten';
          await loseMemory();
          lost.resolve();
        }
        return engine.append(...append);
      },
    };
    const settings = { OUTBOX_POLL_MILLISECONDS: 50, OUTBOX_RETENTION_HOURS: 24 };
    const relay = startRelay({ log: 'auth', pool, engine: forgetting, logger, settings });
    onTestFinished(async () => {
      await relay.stop();
      await Promise.all([pool.end(), engine.stop()]);
      await Promise.all([redis?.stop(), databases.drop()]);
    });
    const events = ['first', 'second', 'third'].map((name) => registered(randomUUID(), name));
    const [first, second, third] = events as [EventEnvelope, EventEnvelope, EventEnvelope];

    await commitUnpublished(databases, first);
    await commitUnpublished(databases, second);
    await eventually(async () => expect(await engine.position('auth')).toBe(2));
    phase = 'about to forget';
    await commitUnpublished(databases, third);
    await lost.promise;
    const held: string[] = [];
    await engine.tail('auth', new Date(0), ({ value }) => held.push((JSON.parse(value) as EventEnvelope).id));
    await eventually(() => expect(held).toEqual(events.map(({ id }) => id)));
    expect(await engine.position('auth')).toBe(3);
  });
});
