import { pino } from 'pino';
import type { Engine } from '../../../platform/engine/engine.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../platform/engine/memory.ts';
import { createRedisEngine } from '../../../platform/engine/redis.ts';
import type { TestRedis } from '../../redis.ts';

/** What the contract suite needs of a broker, whichever it is. */
export interface TestBroker {
  kind: 'memory' | 'redis';
  /** Null in memory. */
  url: string | null;
  /** Another engine at this broker, as another process would have it; in memory the only one of its prefix. */
  connect(prefix?: string): Engine;
  /** The prefix of the running test. */
  prefix(): string;
  /** Forgets everything while connections stay. */
  flush(): Promise<void>;
  crash(): Promise<void>;
  comeBack(): Promise<void>;
  /** Stops the engines of the test that ends, and gives the next one a prefix of its own. */
  nextTest(): Promise<void>;
  stop(): Promise<void>;
}

export const logger = pino({ level: 'silent' });

export function createMemoryBroker(): TestBroker {
  let prefix = 0;
  const engines = new Map<string, MemoryEngine>();
  const loseMemory = async (): Promise<void> => {
    for (const engine of engines.values()) engine.loseMemory();
  };
  const broker: TestBroker = {
    kind: 'memory',
    url: null,
    prefix: () => `test-${prefix}`,
    connect(name = broker.prefix()) {
      const engine = engines.get(name) ?? createMemoryEngine({ logger });
      engines.set(name, engine);
      return engine;
    },
    flush: loseMemory,
    crash: loseMemory,
    async comeBack() {},
    async nextTest() {
      await Promise.all([...engines.values()].map((engine) => engine.stop()));
      engines.clear();
      prefix += 1;
    },
    async stop() {},
  };
  return broker;
}

export async function createRedisBroker(start: () => Promise<TestRedis>): Promise<TestBroker> {
  const redis = await start();
  let prefix = 0;
  const engines: Engine[] = [];
  const broker: TestBroker = {
    kind: 'redis',
    url: redis.url,
    prefix: () => `test-${prefix}`,
    connect(name = broker.prefix()) {
      const engine = createRedisEngine({ url: redis.url, prefix: name, logger });
      engines.push(engine);
      return engine;
    },
    flush: () => redis.flush(),
    crash: () => redis.crash(),
    comeBack: () => redis.comeBack(),
    async nextTest() {
      await Promise.all(engines.splice(0).map((engine) => engine.stop()));
      prefix += 1;
    },
    stop: () => redis.stop(),
  };
  return broker;
}
