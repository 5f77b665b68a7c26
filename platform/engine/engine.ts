/**
 * The one door to the message broker. Two implementations keep the same promises, and one contract suite
 * (`test/integration/engine.test.ts`) holds both to them: `redis.ts` for every real deployment and `memory.ts` for a
 * single process. PostgreSQL is the truth: whatever an engine holds may vanish at any moment without losing anything
 * that a user did.
 */

export interface Subscription {
  /**
   * Ends a subscription, a consumer or a tail. Resolves when no listener of it runs any more, so a listener must not
   * wait for it inside its own call. Safe to call twice.
   */
  stop(): Promise<void>;
}

export interface Tail extends Subscription {
  /**
   * Resolves when everything that the log held when `tail` was called has been handed over. Waits while the broker is away;
   * a tail that is stopped before leaves it open.
   */
  readonly caughtUp: Promise<void>;
}

export interface ChannelListener {
  /**
   * One published message. Messages of a channel arrive in the order in which the broker took them. A listener that
   * returns a promise gets its next message when that promise settles; others are not held up by it. What it throws is
   * logged, and the next message goes on.
   */
  onMessage(message: string): void | Promise<void>;
  /**
   * Messages may have been missed: the connection to the broker was lost and is back, or this listener fell more than
   * `listenerQueueLimit` messages behind and its queue was dropped. The listener must read the truth from the database.
   */
  onGap(): void;
}

export interface LogEntry {
  /** The broker's id of the entry: unique in its log, growing in order of appending. */
  id: string;
  value: string;
}

export interface Delivery extends LogEntry {
  /** 1 at the first delivery to the group, one more at each redelivery. */
  attempt: number;
}

export interface AppendOptions {
  /** The producer's position once these entries are in the log. */
  position: number;
  /** What `position()` answered when the producer decided what to append. */
  after: number | null;
  /** How old the log's entries may become: this append drops those that are older. */
  retentionMilliseconds: number;
}

export interface ConsumeOptions {
  /**
   * A member that holds a delivery and has given no sign of life for this long is dead, and the delivery goes to another.
   * Members give signs of life by themselves, so a handler may take longer than this.
   */
  abandonedAfterMilliseconds: number;
  /** How long a failed delivery waits before it is tried again. Entries behind it are not held up. */
  retryDelayMilliseconds: number;
  /**
   * A failed delivery with this attempt number goes to `onPoison` instead of being tried again. So does one whose member
   * died at it: an entry that kills its consumers must not do so for ever.
   */
  maximumAttempts: number;
  /**
   * Entries that this member handles at the same time; 1 unless told. Only a group of one member with 1 sees the entries
   * in order, and only as long as none fails.
   */
  concurrency?: number;
  /** Handles one entry. When it resolves the entry is done for the group; when it rejects the entry is tried again later. */
  onEntry(delivery: Delivery): Promise<void>;
  /**
   * An entry failed for the last time. When this resolves the entry is done for the group; when it rejects (the database
   * is down, say) the entry stays and goes through `onEntry` again after the retry delay.
   */
  onPoison(delivery: Delivery, error: unknown): Promise<void>;
}

export interface CounterState {
  count: number;
  /** Milliseconds until the window ends and the count is 0 again. */
  resetsInMilliseconds: number;
}

export interface Engine {
  readonly kind: 'memory' | 'redis';

  /** Sends to everybody who listens now, to nobody else. Rejects when the broker can't be reached. */
  publish(channel: string, message: string): Promise<void>;
  /**
   * Listens to a channel. When the promise resolves every message published from now on arrives. Two listeners on one
   * channel are independent: one leaving does not affect the other. While the broker is away the promise waits for it,
   * and rejects when the engine is stopped meanwhile.
   */
  subscribe(channel: string, listener: ChannelListener): Promise<Subscription>;

  /**
   * Appends entries to a durable log, all or none, and with them, atomically, the producer's own position: a number
   * that tells a producer after a loss of the broker's memory how much of what it appended is still there. Resolves to
   * false and changes nothing when the log's position is no longer `after`: then the broker has lost memory since the
   * producer asked, or somebody else has appended, and the producer must ask again.
   */
  append(log: string, values: readonly string[], options: AppendOptions): Promise<boolean>;
  /** The position that came with the last append, or null when the log has no memory of one. */
  position(log: string): Promise<number | null>;
  /**
   * Consumes a log as a member of a consumer group: each entry is handled by one member, at least once. A new group
   * starts with the oldest entry retained. A consumer outlives restarts and memory loss of the broker, after which its
   * group starts again with the oldest entry. Resolves at once, whether the broker is there or not.
   */
  consume(log: string, group: string, options: ConsumeOptions): Promise<Subscription>;
  /**
   * Reads a log without a group: every entry appended since `since`, by the broker's clock, and then each new one, in
   * order. Survives restarts of the broker. Resolves at once, whether the broker is there or not.
   */
  tail(log: string, since: Date, onEntry: (entry: LogEntry) => void): Promise<Tail>;

  /** Adds one to a counter that vanishes `windowMilliseconds` after its first increment. */
  increment(counter: string, windowMilliseconds: number): Promise<CounterState>;
  /** Lets a counter start again at 0. */
  resetCounter(counter: string): Promise<void>;

  /** Sets a short-lived key. With `onlyIfAbsent`, resolves to false and changes nothing when the key exists. */
  setKey(
    key: string,
    value: string,
    lifetimeMilliseconds: number,
    options?: { onlyIfAbsent?: boolean },
  ): Promise<boolean>;
  getKey(key: string): Promise<string | null>;
  deleteKey(key: string): Promise<void>;

  /** Resolves when the broker answers. */
  ping(): Promise<void>;
  /** Stops every subscription, consumer and tail, then closes the connections. Whatever is asked later rejects. */
  stop(): Promise<void>;
}

/** Messages that may wait for one listener before its queue is dropped and `onGap` is called. */
export const listenerQueueLimit = 1_000;
