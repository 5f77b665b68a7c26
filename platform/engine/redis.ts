import type { Logger } from 'pino';
import { startConsumer } from './consumer.ts';
import type { Engine } from './engine.ts';
import { OpenSubscriptions } from './open-subscriptions.ts';
import { RedisChannels } from './redis-channels.ts';
import { RedisConnections } from './redis-connections.ts';
import { RedisDeliverySource } from './redis-consumer.ts';
import { createRedisKeys } from './redis-keys.ts';
import { startRedisTail } from './redis-log.ts';
import { RedisReader } from './redis-reader.ts';

export interface RedisEngineOptions {
  /** `redis://` or `rediss://`; several, separated by commas, or one with `?cluster=true`, for a cluster. */
  url: string;
  /** Begins every key and channel, so that several deployments can share one Redis. Must not be empty. */
  prefix: string;
  logger: Logger;
  /** When a command that got no answer rejects; 2,000 unless told. */
  commandTimeoutMilliseconds?: number;
}

/**
 * The engine of real deployments: Redis 7.0 or later, or Valkey, as one node or as a cluster with sharded pub/sub.
 * Returns at once; connections are made in the background and for ever made again. Throws on a malformed URL or prefix.
 *
 * While Redis is away commands reject: at once when the connection is known to be lost, otherwise within the command
 * timeout. Subscriptions, consumers and tails wait instead, and go on when it is back.
 */
export function createRedisEngine(options: RedisEngineOptions): Engine {
  const { logger, prefix } = options;
  const keys = createRedisKeys(prefix);
  const connections = new RedisConnections({ commandTimeoutMilliseconds: 2_000, ...options });
  const channels = new RedisChannels(connections, logger);
  const subscriptions = new OpenSubscriptions();
  let stopping: Promise<void> | null = null;

  function requireRunning(): void {
    if (stopping !== null) throw new Error('The engine is stopped.');
  }

  async function stopAll(): Promise<void> {
    // Consumers still tell Redis what became of their last entries, so the command connection goes last.
    await subscriptions.stopAll();
    await channels.close();
    await connections.close();
  }

  return {
    kind: 'redis',

    async publish(channel, message) {
      const key = keys.channel(channel);
      await connections.command((client) =>
        connections.cluster ? client.spublish(key, message) : client.publish(key, message),
      );
    },

    async subscribe(channel, listener) {
      requireRunning();
      return subscriptions.add(await channels.subscribe(keys.channel(channel), listener));
    },

    async append(log, values, { position, after, retentionMilliseconds }) {
      const [logKey, positionKey] = [keys.log(log), keys.position(log)];
      const appended = await connections.command((client) =>
        client.appendToLog(logKey, positionKey, position, after ?? '', retentionMilliseconds, ...values),
      );
      return appended === 1;
    },

    async position(log) {
      const value = await connections.command((client) => client.get(keys.position(log)));
      return value === null ? null : Number(value);
    },

    async consume(log, group, consumeOptions) {
      requireRunning();
      const source = new RedisDeliverySource(connections, { ...consumeOptions, log: keys.log(log), group }, logger);
      return subscriptions.add(startConsumer(source, consumeOptions, logger));
    },

    async tail(log, since, onEntry) {
      requireRunning();
      const reader = new RedisReader(connections.createReader(), logger);
      return subscriptions.add(startRedisTail(reader, keys.log(log), since, onEntry, logger));
    },

    async increment(counter, windowMilliseconds) {
      const [count, resetsInMilliseconds] = await connections.command((client) =>
        client.incrementCounter(keys.counter(counter), windowMilliseconds),
      );
      return { count, resetsInMilliseconds };
    },

    async resetCounter(counter) {
      await connections.command((client) => client.del(keys.counter(counter)));
    },

    async setKey(key, value, lifetimeMilliseconds, { onlyIfAbsent = false } = {}) {
      const name = keys.key(key);
      const reply = await connections.command((client) =>
        onlyIfAbsent
          ? client.set(name, value, 'PX', lifetimeMilliseconds, 'NX')
          : client.set(name, value, 'PX', lifetimeMilliseconds),
      );
      return reply === 'OK';
    },

    getKey: (key) => connections.command((client) => client.get(keys.key(key))),

    async deleteKey(key) {
      await connections.command((client) => client.del(keys.key(key)));
    },

    async ping() {
      await connections.command((client) => client.ping());
    },

    stop() {
      stopping ??= stopAll();
      return stopping;
    },
  };
}
