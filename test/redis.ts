import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe } from 'vitest';
import { findFreePort } from '../tools/free-port.ts';
import { findRedisServer, type RedisServer, startRedisServer } from '../tools/redis-server.ts';
import { eventually } from './eventually.ts';

/** A Redis of a test's own, one node or a cluster, that can crash and come back at the same address. */
export interface TestRedis {
  url: string;
  /** Forgets all keys, as `FLUSHALL` does; connections stay. */
  flush(): Promise<void>;
  /** Ends every server by SIGKILL. */
  crash(): Promise<void>;
  /** Starts what has crashed again, at the same ports and without what it knew. Resolves when it takes commands. */
  comeBack(): Promise<void>;
  /** Ends the servers and removes their files. */
  stop(): Promise<void>;
}

const clusterSize = 3;
const slotCount = 16_384;

export const redisServer = findRedisServer();

/** A suite that needs Redis. Without one on the PATH it is skipped, and says so twice: nobody must take it for passed. */
export function describeWithRedis(name: string, suite: () => void): void {
  if (redisServer !== null) {
    describe(name, suite);
    return;
  }
  console.warn(`SKIPPED for want of redis-server or valkey-server on the PATH: ${name}`);
  describe.skip(`${name} (skipped: no redis-server or valkey-server on the PATH)`, suite);
}

export async function startTestRedis(): Promise<TestRedis> {
  const node = await startNode([]);
  return {
    url: node.server.url,
    flush: () => flush(node),
    crash: () => node.server.kill(),
    comeBack: () => node.startAgain(),
    stop: () => node.remove(),
  };
}

/** Three masters that share the slots, without replicas. */
export async function startTestRedisCluster(): Promise<TestRedis> {
  const nodes = await Promise.all(Array.from({ length: clusterSize }, startClusterNode));
  await formCluster(nodes);
  return {
    url: nodes.map((node) => node.server.url).join(','),
    async flush() {
      await Promise.all(nodes.map(flush));
    },
    async crash() {
      await Promise.all(nodes.map((node) => node.server.kill()));
    },
    async comeBack() {
      await Promise.all(nodes.map((node) => node.startAgain()));
      await untilClusterServes(nodes);
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.remove()));
    },
  };
}

interface TestNode {
  server: RedisServer;
  startAgain(): Promise<void>;
  remove(): Promise<void>;
}

async function startNode(extraArguments: readonly string[]): Promise<TestNode> {
  if (redisServer === null) throw new Error('There is no redis-server and no valkey-server on the PATH.');
  const directory = await mkdtemp(join(tmpdir(), 'chorus-redis-'));
  const options = { binary: redisServer, directory, arguments: extraArguments };
  const node: TestNode = {
    server: await startRedisServer(options),
    async startAgain() {
      node.server = await startRedisServer({ ...options, port: node.server.port });
    },
    async remove() {
      await node.server.kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return node;
}

async function startClusterNode(): Promise<TestNode> {
  // The port of the cluster bus is the server's plus 10,000 unless told, which may be more than there are ports.
  const busPort = await findFreePort();
  return startNode([
    ...['--cluster-enabled', 'yes', '--cluster-config-file', 'nodes.conf', '--cluster-port', String(busPort)],
    ...['--cluster-node-timeout', '2000', '--loglevel', 'notice'],
  ]);
}

/** Gives each node its share of the slots and makes them known to each other. */
async function formCluster(nodes: readonly TestNode[]): Promise<void> {
  const first = nodes[0] as TestNode;
  const busPort = Number(
    await ask(first, (client) => client.config('GET', 'cluster-port').then((reply) => (reply as string[])[1])),
  );
  for (const [index, node] of nodes.entries()) {
    const from = Math.floor((index * slotCount) / nodes.length);
    const to = Math.floor(((index + 1) * slotCount) / nodes.length) - 1;
    await ask(node, async (client) => {
      await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
      if (node !== first) await client.call('CLUSTER', 'MEET', '127.0.0.1', first.server.port, busPort);
    });
  }
  await untilClusterServes(nodes);
}

/** Each node must see all slots served by nodes that all others know. */
async function untilClusterServes(nodes: readonly TestNode[]): Promise<void> {
  await eventually(async () => {
    for (const node of nodes) {
      const info = String(await ask(node, (client) => client.call('CLUSTER', 'INFO')));
      const complete = info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes.length}`);
      if (!complete) throw new Error(`The cluster is not complete: ${info}`);
    }
  }, 20_000);
}

async function flush(node: TestNode): Promise<void> {
  await ask(node, (client) => client.flushall());
}

/** Runs commands on one node over a connection of their own. */
async function ask<Reply>(node: TestNode, commands: (client: Redis) => Promise<Reply>): Promise<Reply> {
  const client = new Redis(node.server.url);
  try {
    return await commands(client);
  } finally {
    client.disconnect();
  }
}
