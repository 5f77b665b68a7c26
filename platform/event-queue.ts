export interface EventQueueOptions {
  /** Values that may wait. With one more, which is left out, the queue ends: what waits is still handed out. */
  limit?: number;
  /** The queue was left, or has overflowed: no value needs to come any more. Called once. */
  onLeave?(): void;
  /** The size of what waits, or is handed out and not done with, has changed by so much. */
  onResized?(change: number): void;
  /** Whoever takes values has done with the last one, and asks for another one while nothing waits. */
  onIdle?(): void;
}

interface Waiting<Value> {
  value: Value;
  size: number;
}

/**
 * Values that wait for somebody who takes them one by one, in their order. A value with a subject takes the place of an older
 * one of the same subject. Leaving the queue ends it at once, a `next()` that waits included.
 */
export class EventQueue<Value> implements AsyncIterableIterator<Value> {
  readonly #options: EventQueueOptions;
  readonly #values = new Map<string | number, Waiting<Value>>();
  #pushed = 0;
  #size = 0;
  /** What was handed out last, until the next is asked for. */
  #inUse: Waiting<Value> | null = null;
  #phase: 'open' | 'ended' | 'left' = 'open';
  /** What comes after all that waits. */
  #error: unknown = null;
  #wake: () => void = () => undefined;

  constructor(options: EventQueueOptions = {}) {
    this.#options = options;
  }

  /** How many values wait. */
  get length(): number {
    return this.#values.size;
  }

  /** Nothing waits, and whoever takes values has asked for another one since the last. */
  get isIdle(): boolean {
    return this.#values.size === 0 && this.#inUse === null;
  }

  /**
   * @param size in whatever unit `onResized` counts
   * @param subject of which only the newest value counts; null for a value that counts by itself
   */
  push(value: Value, size = 0, subject: string | null = null): void {
    if (this.#phase !== 'open') return;
    const { limit = Number.POSITIVE_INFINITY } = this.#options;
    // To its end: of two values of a subject that differ, the newer one is to come after everything that was before it.
    if (subject !== null) this.#remove(subject);
    if (this.#values.size >= limit) {
      this.end();
      this.#leave();
      return;
    }
    this.#pushed += 1;
    this.#values.set(subject ?? this.#pushed, { value, size });
    this.#size += size;
    this.#tellChange(size);
    this.#wake();
  }

  /** Leaves out the value that has waited longest. */
  dropOldest(): void {
    for (const key of this.#values.keys()) {
      this.#remove(key);
      return;
    }
  }

  /** After the values that wait, the queue is done, or fails when there is an error. */
  end(error: unknown = null): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'ended';
    this.#error = error;
    this.#wake();
  }

  /** What was handed out last has no size any more. Asking for the next value says so as well. */
  countOff(): void {
    const size = this.#inUse?.size ?? 0;
    if (this.#inUse) this.#inUse.size = 0;
    this.#tellChange(-size);
  }

  async next(): Promise<IteratorResult<Value>> {
    const wasInUse = this.#inUse !== null;
    this.countOff();
    this.#inUse = null;
    if (wasInUse && this.isIdle && this.#phase === 'open') this.#options.onIdle?.();
    for (;;) {
      for (const [key, waiting] of this.#values) {
        this.#values.delete(key);
        this.#size -= waiting.size;
        this.#inUse = waiting;
        return { done: false, value: waiting.value };
      }
      if (this.#phase !== 'open') {
        const error = this.#error;
        this.#error = null;
        if (error !== null) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async return(): Promise<IteratorResult<Value>> {
    const size = this.#size;
    this.#values.clear();
    this.#size = 0;
    this.#tellChange(-size);
    this.countOff();
    this.end();
    this.#error = null;
    this.#leave();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #leave(): void {
    if (this.#phase === 'left') return;
    this.#phase = 'left';
    this.#options.onLeave?.();
  }

  #remove(key: string | number): void {
    const waiting = this.#values.get(key);
    if (waiting === undefined) return;
    this.#values.delete(key);
    this.#size -= waiting.size;
    this.#tellChange(-waiting.size);
  }

  #tellChange(change: number): void {
    if (change !== 0) this.#options.onResized?.(change);
  }
}
