import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolError } from '../tools/command-line.ts';
import { subgraphDatabaseUrl } from '../tools/databases.ts';
import { startEmbeddedPostgres } from '../tools/embedded-postgres.ts';
import { migrate } from '../tools/migrate.ts';
import { findPostmaster } from '../tools/postmaster.ts';
import { findRedisServer, startRedisServer } from '../tools/redis-server.ts';
import { subgraphNames } from '../tools/stack.ts';
import { type CpuMeter, processTreeMeter } from './cpu.ts';

/** What a stack needs around it, empty and for one run of a bench. */
export interface Surroundings {
  /** Names the server and the base name of the databases, which are migrated. */
  databaseUrl: string;
  /** Null for the memory engine. */
  redisUrl: string | null;
  /** CPU of the servers, where the platform tells it. */
  meters: Record<string, CpuMeter>;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL in a temporary directory, which writes as safely as one in production does, and, when wanted, a Redis.
 * @throws ToolError when Redis is wanted and there is none
 */
export async function startSurroundings({ withRedis }: { withRedis: boolean }): Promise<Surroundings> {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-bench-'));
  const running: (() => Promise<void>)[] = [() => rm(directory, { recursive: true, force: true })];
  const stop = async () => {
    for (const stopOne of running.splice(0).reverse()) await stopOne();
  };
  const meters: Record<string, CpuMeter> = {};
  const addMeter = (name: string, pid: number | undefined) => {
    const meter = pid === undefined ? null : processTreeMeter(pid);
    if (meter !== null) meters[name] = meter;
  };
  try {
    const postgres = await startEmbeddedPostgres({ directory });
    running.push(postgres.stop);
    addMeter('PostgreSQL', (await findPostmaster(join(directory, 'postgres')))?.pid);
    for (const name of subgraphNames) await migrate(name, subgraphDatabaseUrl(postgres.url, name));
    let redisUrl: string | null = null;
    if (withRedis) {
      const binary = findRedisServer();
      if (binary === null) throw new ToolError('There is no redis-server or valkey-server on the PATH.');
      const redis = await startRedisServer({ binary, directory });
      running.push(redis.stop);
      addMeter('Redis', redis.pid);
      redisUrl = redis.url;
    }
    return { databaseUrl: postgres.url, redisUrl, meters, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
