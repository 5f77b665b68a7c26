import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { describe, inject } from 'vitest';
import { createEngine } from '../platform/engine/create-engine.ts';
import type { Engine } from '../platform/engine/engine.ts';
import { dropDatabase, maintenanceDatabaseUrl, subgraphDatabaseUrl, withClient } from '../tools/databases.ts';
import {
  type Service,
  type Stack,
  type StackOptions,
  type SubgraphName,
  startStack,
  startSubgraph,
  subgraphNames,
} from '../tools/stack.ts';
import { TestClient } from './client.ts';
import { redisServer, startTestRedis, type TestRedis } from './redis.ts';

export { eventually } from './eventually.ts';

/** One database for each subgraph, empty but for its tables. */
export interface TestDatabases {
  url: string;
  /** Runs SQL in the database of one subgraph. */
  query<Row extends object>(subgraph: SubgraphName, sql: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** Copies the migrated databases of this run. */
export async function createDatabases(): Promise<TestDatabases> {
  const templateUrl = inject('templateUrl');
  const url = new URL(templateUrl);
  url.pathname = `/chorus_test_${randomBytes(6).toString('hex')}`;
  await withClient(maintenanceDatabaseUrl(templateUrl), async (client) => {
    for (const name of subgraphNames) {
      const [copy, template] = [url.href, templateUrl].map((base) => databaseName(subgraphDatabaseUrl(base, name)));
      await client.query(`CREATE DATABASE ${copy} TEMPLATE ${template} ${inject('copyStrategy')}`);
    }
  });
  const pools = new Map<SubgraphName, pg.Pool>();
  return {
    url: url.href,
    async query<Row extends object>(name: SubgraphName, sql: string, values: unknown[] = []) {
      const pool = pools.get(name) ?? openTestPool(subgraphDatabaseUrl(url.href, name));
      pools.set(name, pool);
      return (await pool.query<Row>(sql, values)).rows;
    },
    async drop() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      for (const name of subgraphNames) await dropDatabase(subgraphDatabaseUrl(url.href, name));
    },
  };
}

/** Connections that tests leave idle end soon, and keep no process alive. */
function openTestPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 8, idleTimeoutMillis: 5_000, allowExitOnIdle: true });
  // Some tests end all connections of a database; the pool replaces those that were its own.
  pool.on('error', () => undefined);
  return pool;
}

function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

export interface TestStackOptions {
  /** The databases to use, which stay the caller's; without them the stack has databases of its own. */
  databases?: TestDatabases;
  /** The engine to run on, with a Redis of the stack's own where it needs one; the memory engine unless told. */
  engine?: EngineUnderTest;
  /** The Redis to run on, which stays the caller's. */
  redis?: TestRedis | undefined;
  /** Two stacks with the same prefix see each other. */
  prefix?: string;
  /** Settings of the services, as in the environment. */
  environment?: Record<string, string>;
}

/** The whole of Chorus in this process, on free ports, with real databases and a real engine. */
export interface TestStack {
  url: string;
  readonly databases: TestDatabases;
  engine: Engine;
  /** Undefined with the memory engine. */
  readonly redis: TestRedis | undefined;
  subgraphs: Record<SubgraphName, Service>;
  /** Somebody who is signed out. */
  guest: TestClient;
  /** Registers somebody under a name that nobody else has. */
  register(name?: string): Promise<TestClient>;
  /** Signs in somebody who has registered, on another device. */
  signIn(login: string, password?: string): Promise<TestClient>;
  stopSubgraph(name: SubgraphName): Promise<void>;
  /** Starts a stopped subgraph again, where it was. */
  restartSubgraph(name: SubgraphName): Promise<void>;
  /** Also ends what is the stack's own: its Redis and its databases. */
  stop(): Promise<void>;
}

const logLevel = process.env['TEST_LOG_LEVEL'] ?? 'silent';

/** For tests that wait for what nobody tells of, as after a crash: with these, an idle stack takes a twentieth of a core. */
export const fastPolls = { OUTBOX_POLL_MILLISECONDS: '100', SCHEDULE_POLL_MILLISECONDS: '100' };

export const testEnvironment = {
  VIEWER_SECRET: 'a secret for the viewer header of tests',
  SIGNING_KEY_SECRET: 'a secret for the signing keys of tests',
  ACCOUNT_SECRET: 'a secret for the accounts of the tests',
  CHAT_ENCRYPTION_KEYS: `tests:${Buffer.alloc(32, 'key').toString('base64')}`,
  // One address registers everybody, and opens all sockets.
  REGISTRATIONS_PER_HOUR: '100000',
  SOCKETS_PER_ADDRESS: '100000',
  SOCKETS_PER_USER: '100000',
  // Nobody balances load between the routers of tests; those who stop one do not want to wait.
  DRAIN_MILLISECONDS: '0',
  OUTBOX_POLL_MILLISECONDS: '500',
  // Fast enough for tests that wait for the fallback when the live path is cut.
  FEED_HEARTBEAT_MILLISECONDS: '200',
  DATABASE_MAX_CONNECTIONS: '10',
};

export async function startTestStack(options: TestStackOptions = {}): Promise<TestStack> {
  // What is the stack's own ends when something does not start; once all have started, with the stack.
  await using starting = new AsyncDisposableStack();
  const databases = options.databases ?? starting.adopt(await createDatabases(), (own) => own.drop());
  const redis = options.redis ?? starting.adopt(await options.engine?.startRedis(), (own) => own?.stop());
  const createLogger = (service: string) => pino({ name: service, level: logLevel });
  const prefix = options.prefix ?? `test-${randomBytes(4).toString('hex')}`;
  const engine = createEngine({ redisUrl: redis?.url ?? null, prefix, logger: createLogger('engine') });
  starting.defer(() => engine.stop());
  const stackOptions: StackOptions = {
    databaseUrl: databases.url,
    engine,
    host: '127.0.0.1',
    port: 0,
    environment: { ...testEnvironment, ...options.environment },
    createLogger,
  };
  const stack = await startStack(stackOptions);
  const running = new Map<SubgraphName, Service>(subgraphNames.map((name) => [name, stack.subgraphs[name]]));
  const clients: TestClient[] = [];
  starting.defer(async () => {
    await Promise.all(clients.map((client) => client.disconnect()));
    await stopAll(stack, running);
  });
  const openClient = () => {
    const client = new TestClient(stack.url);
    clients.push(client);
    return client;
  };
  const owned = starting.move();
  return {
    url: stack.url,
    databases,
    engine,
    redis,
    subgraphs: stack.subgraphs,
    guest: openClient(),
    async register(name = 'user') {
      const client = openClient();
      // One in 131,072 passwords is taken for a common one that is none: then another name, and with it another password.
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.register(`${name}_${randomBytes(5).toString('hex')}`);
          return client;
        } catch (error) {
          if (attempt === 3 || !(error as Error).message.includes('PASSWORD_COMMON')) throw error;
        }
      }
    },
    async signIn(login, password) {
      const client = openClient();
      await client.signIn(login, password);
      return client;
    },
    async stopSubgraph(name) {
      await running.get(name)?.stop();
      running.delete(name);
    },
    async restartSubgraph(name) {
      const port = Number(new URL(stack.subgraphs[name].url).port);
      running.set(name, await startSubgraph(name, stackOptions, port));
    },
    stop: () => owned.disposeAsync(),
  };
}

async function stopAll(stack: Stack, running: ReadonlyMap<SubgraphName, Service>): Promise<void> {
  await stack.router.stop();
  for (const service of running.values()) await service.stop();
}

/** One engine that a suite runs on: gives the Redis to use, or none for the memory engine. */
export interface EngineUnderTest {
  kind: 'memory' | 'redis';
  /** Starts what the engine needs. Undefined for the memory engine. */
  startRedis(): Promise<TestRedis | undefined>;
}

/** Runs a suite once for each engine. Without a Redis on the PATH its half is skipped, loudly. */
export function describeEachEngine(name: string, suite: (engine: EngineUnderTest) => void): void {
  describe(`${name} (memory engine)`, () => suite({ kind: 'memory', startRedis: async () => undefined }));
  const redisName = `${name} (redis engine)`;
  if (redisServer !== null) {
    describe(redisName, () => suite({ kind: 'redis', startRedis: startTestRedis }));
    return;
  }
  console.warn(`SKIPPED for want of redis-server or valkey-server on the PATH: ${redisName}`);
  describe.skip(`${redisName} (skipped: no redis-server or valkey-server on the PATH)`, () =>
    suite({ kind: 'redis', startRedis: startTestRedis }));
}
