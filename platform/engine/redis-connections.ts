import { once } from 'node:events';
import { Cluster, Command, Redis } from 'ioredis';
import type { Logger } from 'pino';
import { backoffMilliseconds } from '../backoff.ts';
import { redisScripts } from './redis-scripts.ts';
import { parseRedisUrl, type RedisAddress } from './redis-url.ts';

export type RedisClient = Redis | Cluster;

/** A connection attempt that takes longer has failed. */
const connectTimeoutMilliseconds = 2_000;
/** A connection that owes an answer for this long is dead, even if TCP has not noticed. Blocking reads must be shorter. */
const silenceTimeoutMilliseconds = 10_000;
/** How often a cluster's map of slots is read again without cause. */
const slotsRefreshMilliseconds = 5_000;
/** A client that is told to close waits this long for the other side. */
const closeTimeoutMilliseconds = 1_000;

export interface RedisConnectionsOptions {
  url: string;
  /** Names the connections in `CLIENT LIST`. */
  prefix: string;
  logger: Logger;
  commandTimeoutMilliseconds: number;
}

/**
 * Makes every connection of the engine: one for commands, and as many for subscribing and for blocking reads as others
 * ask for. Those others close what they asked for.
 */
export class RedisConnections {
  readonly #options: RedisConnectionsOptions;
  readonly #address: RedisAddress;
  readonly #commands: RedisClient;
  #phase: 'connecting' | 'ready' | 'away' | 'closed' = 'connecting';
  #connectionError: Error | undefined;
  readonly #firstAttempt = Promise.withResolvers<void>();

  constructor(options: RedisConnectionsOptions) {
    this.#options = options;
    this.#address = parseRedisUrl(options.url);
    this.#commands = this.#createClient('commands', { maxRetriesPerRequest: 0 });
    this.#commands.on('ready', () => this.#enter('ready'));
    this.#commands.on('close', () => this.#enter('away'));
    this.#commands.on('error', (error) => {
      this.#connectionError = error;
    });
  }

  get cluster(): boolean {
    return this.#address.cluster;
  }

  /**
   * Sends commands. Rejects at once while the connection is known to be lost and after the command timeout at the
   * latest, so nothing piles up here while Redis is away. After a rejection the command may or may not have run.
   */
  async command<Reply>(send: (client: RedisClient) => Promise<Reply>): Promise<Reply> {
    const deadline = Promise.withResolvers<never>();
    const milliseconds = this.#options.commandTimeoutMilliseconds;
    const timer = setTimeout(
      () => deadline.reject(new Error(`Redis gave no answer in ${milliseconds} ms.`)),
      milliseconds,
    );
    try {
      if (this.#phase === 'connecting') await Promise.race([this.#firstAttempt.promise, deadline.promise]);
      if (this.#phase === 'closed') throw new Error('The engine is stopped.');
      if (this.#phase !== 'ready') throw new Error('Redis is away.', { cause: this.#connectionError });
      return await Promise.race([send(this.#commands), deadline.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A client for one blocking read at a time. Its command waits while Redis is away. */
  createReader(): RedisClient {
    return this.#createClient('reader', { maxRetriesPerRequest: null });
  }

  /**
   * A connection to one node for subscribing. It reconnects by itself, but does not subscribe again by itself: who
   * asked for it must know when that has happened, and can't learn it from ioredis.
   */
  createSubscriber(node: string): Redis {
    const portAt = node.lastIndexOf(':');
    return watch(
      new Redis({
        ...this.#nodeOptions('subscriber'),
        host: node.slice(0, portAt),
        port: Number(node.slice(portAt + 1)),
        retryStrategy: backoffMilliseconds,
        maxRetriesPerRequest: 0,
        enableOfflineQueue: false,
        autoResubscribe: false,
        autoResendUnfulfilledCommands: false,
      }),
      'subscriber',
      this.#options.logger,
    );
  }

  /** The node, as `host:port`, that serves a key or sharded channel; null while the cluster's map is unknown. */
  nodeOf(key: string): string | null {
    if (!(this.#commands instanceof Cluster)) return addressOf(this.#address.nodes[0]);
    const slot = new Command('ssubscribe', [key]).getSlot();
    return (slot === null ? null : this.#commands.slots[slot]?.[0]) ?? null;
  }

  /** Has the cluster's map read again. */
  refreshNodes(): void {
    if (this.#commands instanceof Cluster && this.#phase === 'ready') this.#commands.refreshSlotsCache();
  }

  onNodesRefreshed(listener: () => void): void {
    if (this.#commands instanceof Cluster) this.#commands.on('refresh', listener);
  }

  async close(): Promise<void> {
    this.#enter('closed');
    await closeClient(this.#commands);
  }

  #enter(phase: 'ready' | 'away' | 'closed'): void {
    if (this.#phase !== 'closed') this.#phase = phase;
    this.#firstAttempt.resolve();
  }

  #createClient(purpose: string, options: { maxRetriesPerRequest: number | null }): RedisClient {
    const nodeOptions = { ...this.#nodeOptions(purpose), ...options };
    const { nodes, cluster, tls, database } = this.#address;
    const client = cluster
      ? new Cluster(nodes, {
          clusterRetryStrategy: backoffMilliseconds,
          slotsRefreshInterval: slotsRefreshMilliseconds,
          slotsRefreshTimeout: connectTimeoutMilliseconds,
          redisOptions: nodeOptions,
          scripts: redisScripts,
          // A certificate is for a name, so names must stay names.
          ...(tls && { dnsLookup: (name, found) => found(null, name) }),
        })
      : new Redis({
          ...nodes[0],
          ...nodeOptions,
          db: database,
          retryStrategy: backoffMilliseconds,
          scripts: redisScripts,
        });
    return watch(client, purpose, this.#options.logger);
  }

  #nodeOptions(purpose: string) {
    const { username, password, tls } = this.#address;
    return {
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(tls && { tls: {} }),
      connectionName: `${this.#options.prefix}-${purpose}`,
      connectTimeout: connectTimeoutMilliseconds,
      socketTimeout: silenceTimeoutMilliseconds,
    };
  }
}

/**
 * Closes a client, and resolves when the other side has seen the end of all its connections. Whoever waits for one of its answers must
 * not rely on getting one: between two attempts to connect ioredis neither rejects what waits nor says that it has ended, hence the bound.
 */
export async function closeClient(client: RedisClient): Promise<void> {
  // A cluster says that it has ended with the first of its connections, which may be one that was never opened.
  const connections = client instanceof Cluster ? [client, ...client.nodes('all')] : [client];
  const open = connections.filter(({ status }) => status !== 'end' && status !== 'reconnecting');
  const signal = AbortSignal.timeout(closeTimeoutMilliseconds);
  const ended = open.map((connection) => once(connection, 'end', { signal }).catch(() => {}));
  if (client.status !== 'end') client.disconnect();
  await Promise.all(ended);
}

function addressOf(node: { host: string; port: number } | undefined): string | null {
  return node === undefined ? null : `${node.host}:${node.port}`;
}

/** Logs when a client loses its connection and when it has it back, not each attempt in between. */
function watch<Client extends RedisClient>(client: Client, purpose: string, logger: Logger): Client {
  let phase: 'connecting' | 'connected' | 'lost' = 'connecting';
  const lose = (error?: Error): void => {
    if (phase !== 'lost') logger.warn({ error, connection: purpose }, 'the connection to Redis is lost; reconnecting');
    phase = 'lost';
  };
  client.on('error', lose);
  client.on('reconnecting', () => lose());
  client.on('ready', () => {
    if (phase === 'lost') logger.info({ connection: purpose }, 'the connection to Redis is back');
    phase = 'connected';
  });
  return client;
}
