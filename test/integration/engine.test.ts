import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { describeWithRedis, startTestRedis, startTestRedisCluster } from '../redis.ts';
import { createMemoryBroker, createRedisBroker, type TestBroker } from './engine/brokers.ts';
import { channelsContract } from './engine/channels.ts';
import { clusterContract } from './engine/cluster.ts';
import { consumersContract } from './engine/consumers.ts';
import { countersAndKeysContract } from './engine/counters-and-keys.ts';
import { deathsContract, departuresContract } from './engine/deaths.ts';
import { logsContract } from './engine/logs.ts';
import { absenceContract, outagesContract } from './engine/outages.ts';

/** One broker for a whole suite; its engines live for one test. */
function suiteOver(
  create: () => Promise<TestBroker>,
  contracts: readonly ((broker: () => TestBroker) => void)[],
): void {
  let broker: TestBroker;
  beforeAll(async () => {
    broker = await create();
  });
  afterEach(() => broker.nextTest());
  afterAll(() => broker?.stop());
  for (const contract of contracts) contract(() => broker);
}

const common = [channelsContract, logsContract, consumersContract, countersAndKeysContract, departuresContract];
const apart = [deathsContract, absenceContract];

describe('the memory engine', () => suiteOver(async () => createMemoryBroker(), [...common, outagesContract]));

describeWithRedis('the Redis engine at a single node', () =>
  suiteOver(() => createRedisBroker(startTestRedis), [...common, outagesContract, ...apart]),
);

describeWithRedis('the Redis engine at a cluster', () =>
  suiteOver(() => createRedisBroker(startTestRedisCluster), [...common, clusterContract, outagesContract, ...apart]),
);
