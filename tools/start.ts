import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine } from '../platform/engine/create-engine.ts';
import type { Engine } from '../platform/engine/engine.ts';
import { createLogger } from '../platform/logger.ts';
import { SettingsError } from '../platform/settings.ts';
import { formatElapsed, ToolError } from './command-line.ts';
import { subgraphDatabaseUrl, withoutPassword } from './databases.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { readStartSettings, type StartSettings } from './env.ts';
import { migrate } from './migrate.ts';
import { findRedisServer, startRedisServer } from './redis-server.ts';
import { readOrCreateEncryptionKeys, readOrCreateSecret } from './secrets.ts';
import { startStack, subgraphNames } from './stack.ts';

type Stop = () => Promise<void>;

/** What has been started, in order; stopped in reverse. */
const running: Stop[] = [];
const startedAt = performance.now();

/** A line of progress: what was done, and how long after the beginning. */
function report(text: string): void {
  console.log(`[${formatElapsed(startedAt).padStart(7)}] ${text}`);
}

async function startDatabase({ DATABASE_URL, DATA_DIR }: StartSettings): Promise<string> {
  if (DATABASE_URL) {
    report(`database: PostgreSQL at ${withoutPassword(DATABASE_URL)} (DATABASE_URL)`);
    return DATABASE_URL;
  }
  const postgres = await startEmbeddedPostgres({ directory: DATA_DIR, onProgress: report });
  running.push(postgres.stop);
  report(`database: embedded PostgreSQL on port ${postgres.port} (${postgres.origin}), data in ${DATA_DIR}`);
  return postgres.url;
}

async function migrateAll(databaseUrl: string): Promise<void> {
  for (const subgraph of subgraphNames) {
    const { created, applied } = await migrate(subgraph, subgraphDatabaseUrl(databaseUrl, subgraph));
    if (created) report(`${subgraph}: database created`);
    for (const name of applied) report(`${subgraph}: migrated to ${name}`);
  }
}

async function startEngine(settings: StartSettings): Promise<Engine> {
  const redisUrl = settings.REDIS_URL ?? (await startPrivateRedis(settings.DATA_DIR));
  if (settings.REDIS_URL)
    report(`engine: Redis at ${settings.REDIS_URL.split(',').map(withoutPassword).join(', ')} (REDIS_URL)`);
  if (redisUrl === null) report('engine: memory (no REDIS_URL, and no redis-server or valkey-server on the PATH)');
  const logger = createLogger('engine', settings.LOG_LEVEL);
  const engine = createEngine({ redisUrl, prefix: settings.REDIS_PREFIX, logger });
  running.push(() => engine.stop());
  return engine;
}

async function startPrivateRedis(dataDirectory: string): Promise<string | null> {
  const binary = findRedisServer();
  if (binary === null) return null;
  const directory = join(dataDirectory, 'redis');
  await mkdir(directory, { recursive: true });
  const redis = await startRedisServer({ binary, directory });
  running.push(redis.stop);
  report(`engine: a private Redis on port ${redis.port} (${binary})`);
  return redis.url;
}

type ReadSecret = (dataDirectory: string) => Promise<string>;

/** The secrets that the services need, each as a data directory keeps its own. */
const secrets: Record<string, ReadSecret> = {
  VIEWER_SECRET: (dataDirectory) => readOrCreateSecret(dataDirectory, 'viewer'),
  SIGNING_KEY_SECRET: (dataDirectory) => readOrCreateSecret(dataDirectory, 'signing-key'),
  ACCOUNT_SECRET: (dataDirectory) => readOrCreateSecret(dataDirectory, 'account'),
  CHAT_ENCRYPTION_KEYS: readOrCreateEncryptionKeys,
};

/**
 * The environment of the services. A secret that it neither sets nor names a file for is the data directory's own, made
 * once. An empty one counts as not set, as everywhere (platform/settings.ts).
 */
async function completeEnvironment(dataDirectory: string): Promise<NodeJS.ProcessEnv> {
  const environment = { ...process.env };
  for (const [setting, read] of Object.entries(secrets)) {
    if (environment[setting] || environment[`${setting}_FILE`]) continue;
    environment[setting] = await read(dataDirectory);
  }
  return environment;
}

async function start(): Promise<void> {
  const settings = readStartSettings();
  const databaseUrl = await startDatabase(settings);
  await migrateAll(databaseUrl);
  const engine = await startEngine(settings);
  const stack = await startStack({
    databaseUrl,
    engine,
    host: settings.HOST,
    port: settings.PORT,
    environment: await completeEnvironment(settings.DATA_DIR),
    createLogger: (service) => createLogger(service, settings.LOG_LEVEL),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new ToolError(`Port ${settings.PORT} is taken. Set PORT to another, or to 0 for a free one.`);
  });
  running.push(stack.stop);
  for (const name of subgraphNames) report(`${name}: ${stack.subgraphs[name].url}`);
  await answerFirstQuery(stack.url);
  const origin = new URL(stack.url).origin;
  const mailbox = await findMailbox(stack.subgraphs.auth.url);
  console.log(`
Chorus is up; it answered its first query ${formatElapsed(startedAt)} after the start.

  GraphQL, HTTP and WebSocket  ${stack.url}
  Apollo Sandbox               ${stack.url}   (in a browser)
  GraphiQL, works offline      ${origin}/graphiql
  state of the subgraphs       ${origin}/services${mailbox && `\n  mails that would be sent     ${mailbox}`}

npm run tour shows what it does. Ctrl-C stops it; the data stays.`);
}

/** Where mails can be read that nothing sends: only in development, without SMTP. Empty when there is no such page. */
async function findMailbox(authUrl: string): Promise<string> {
  const { href } = new URL('/mailbox', authUrl);
  const response = await fetch(href, { method: 'HEAD' });
  return response.ok ? href : '';
}

async function answerFirstQuery(url: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { id displayName } }' }),
  });
  const { errors } = (await response.json()) as { errors?: { message: string }[] };
  if (errors) throw new ToolError(`The first query failed: ${errors.map(({ message }) => message).join(', ')}`);
}

async function stop(): Promise<void> {
  for (const stopOne of running.splice(0).reverse()) await stopOne();
}

/** A stop that takes longer ends the process all the same. */
const stopLimitMilliseconds = 25_000;

/** Stops in order on Ctrl-C or SIGTERM: what is still starting is waited for, so that nothing is left behind. */
function stopOnSignal(starting: Promise<void>): void {
  let isStopping = false;
  const onSignal = async () => {
    // A second Ctrl-C means now.
    if (isStopping) process.exit(1);
    isStopping = true;
    console.log('\nStopping.');
    setTimeout(() => process.exit(1), stopLimitMilliseconds).unref();
    await starting;
    await stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

const starting = start().catch(async (error: unknown) => {
  const isExplained = error instanceof ToolError || error instanceof SettingsError;
  console.error(isExplained ? error.message : error);
  await stop();
  process.exit(1);
});
stopOnSignal(starting);
await starting;
