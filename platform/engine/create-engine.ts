import type { Logger } from 'pino';
import type { Engine } from './engine.ts';
import { createMemoryEngine } from './memory.ts';
import { createRedisEngine } from './redis.ts';

export interface EngineSettings {
  /** Null for the memory engine, which serves a single process. */
  redisUrl: string | null;
  prefix: string;
  logger: Logger;
}

/** Makes the engine that the settings ask for. Throws on a malformed URL or prefix. */
export function createEngine({ redisUrl, prefix, logger }: EngineSettings): Engine {
  return redisUrl === null ? createMemoryEngine({ logger }) : createRedisEngine({ url: redisUrl, prefix, logger });
}
