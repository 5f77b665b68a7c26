import type { Logger } from 'pino';
import { startConsumer } from './consumer.ts';
import type { AppendOptions, Engine, Subscription, Tail } from './engine.ts';
import { ExpiringMap } from './expiring-map.ts';
import { ListenerQueue } from './listener-queue.ts';
import { MemoryLog } from './memory-log.ts';
import { createMemoryDeliverySource, startMemoryTail } from './memory-readers.ts';
import { OpenSubscriptions } from './open-subscriptions.ts';

export interface MemoryEngineOptions {
  logger: Logger;
  /** The clock of counters, key lifetimes and log retention, in milliseconds since 1970; `Date.now` unless told. */
  now?: () => number;
}

export interface MemoryEngine extends Engine {
  /** Does what a restart of a broker without persistence does, so that tests can show what must survive it. */
  loseMemory(): void;
}

/** The engine of a single process. Its promises are those of `Engine`; nothing outlives the process. */
export function createMemoryEngine(options: MemoryEngineOptions): MemoryEngine {
  return new InProcessEngine(options);
}

class InProcessEngine implements MemoryEngine {
  readonly kind = 'memory';
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #channels = new Map<string, Set<ListenerQueue>>();
  readonly #logs = new Map<string, MemoryLog>();
  readonly #subscriptions = new OpenSubscriptions();
  readonly #counters: ExpiringMap<number>;
  readonly #keys: ExpiringMap<string>;
  #phase: 'running' | 'stopping' | 'stopped' = 'running';

  constructor(options: MemoryEngineOptions) {
    this.#logger = options.logger;
    this.#now = options.now ?? (() => Date.now());
    this.#counters = new ExpiringMap(this.#now);
    this.#keys = new ExpiringMap(this.#now);
  }

  async publish(channel: string, message: string): Promise<void> {
    this.#requireNotStopped();
    // A turn of the event loop for each message, as with a broker: a listener never runs inside its publisher's call,
    // and one that is quick, but asynchronous, keeps up with a burst.
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        for (const queue of this.#channels.get(channel) ?? []) queue.push(message);
        resolve();
      });
    });
  }

  async subscribe(channel: string, listener: Parameters<Engine['subscribe']>[1]): Promise<Subscription> {
    this.#requireRunning();
    const queue = new ListenerQueue(listener, this.#logger);
    const queues = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, queues.add(queue));
    return this.#subscriptions.add({
      stop: () => {
        queues.delete(queue);
        if (queues.size === 0 && this.#channels.get(channel) === queues) this.#channels.delete(channel);
        return queue.stop();
      },
    });
  }

  async append(log: string, values: readonly string[], options: AppendOptions): Promise<boolean> {
    this.#requireNotStopped();
    return this.#log(log).append(values, options);
  }

  async position(log: string): Promise<number | null> {
    this.#requireNotStopped();
    return this.#log(log).position;
  }

  async consume(log: string, group: string, options: Parameters<Engine['consume']>[2]): Promise<Subscription> {
    this.#requireRunning();
    const source = createMemoryDeliverySource(this.#log(log), group, options);
    return this.#subscriptions.add(startConsumer(source, options, this.#logger));
  }

  async tail(log: string, since: Date, onEntry: Parameters<Engine['tail']>[2]): Promise<Tail> {
    this.#requireRunning();
    return this.#subscriptions.add(startMemoryTail(this.#log(log), since, onEntry, this.#logger));
  }

  async increment(counter: string, windowMilliseconds: number): ReturnType<Engine['increment']> {
    this.#requireNotStopped();
    const held = this.#counters.get(counter) ?? this.#counters.set(counter, 0, windowMilliseconds);
    held.value += 1;
    return { count: held.value, resetsInMilliseconds: Math.max(held.expiresAt - this.#now(), 0) };
  }

  async resetCounter(counter: string): Promise<void> {
    this.#requireNotStopped();
    this.#counters.delete(counter);
  }

  async setKey(
    key: string,
    value: string,
    lifetimeMilliseconds: number,
    options: { onlyIfAbsent?: boolean } = {},
  ): Promise<boolean> {
    this.#requireNotStopped();
    if (options.onlyIfAbsent && this.#keys.get(key) !== undefined) return false;
    this.#keys.set(key, value, lifetimeMilliseconds);
    return true;
  }

  async getKey(key: string): Promise<string | null> {
    this.#requireNotStopped();
    return this.#keys.get(key)?.value ?? null;
  }

  async deleteKey(key: string): Promise<void> {
    this.#requireNotStopped();
    this.#keys.delete(key);
  }

  async ping(): Promise<void> {
    this.#requireNotStopped();
  }

  async stop(): Promise<void> {
    if (this.#phase === 'running') this.#phase = 'stopping';
    // Handlers in progress may still need the engine.
    await this.#subscriptions.stopAll();
    this.#phase = 'stopped';
  }

  loseMemory(): void {
    for (const log of this.#logs.values()) log.loseMemory();
    this.#counters.clear();
    this.#keys.clear();
    for (const queues of this.#channels.values()) for (const queue of queues) queue.announceGap();
  }

  #log(name: string): MemoryLog {
    let log = this.#logs.get(name);
    if (log === undefined) {
      log = new MemoryLog(this.#now);
      this.#logs.set(name, log);
    }
    return log;
  }

  #requireRunning(): void {
    if (this.#phase !== 'running') throw new Error('The engine is stopped.');
  }

  #requireNotStopped(): void {
    if (this.#phase === 'stopped') throw new Error('The engine is stopped.');
  }
}
