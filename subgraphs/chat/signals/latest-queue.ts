interface Waiting<Value> {
  value: Value;
  afterSeq: number;
}

/**
 * What waits for one subscriber: the newest value of each key, in the order in which the keys came. However slow the subscriber,
 * it holds no more than `limit` values; past that the one that has waited longest goes. A value that belongs to a moment of a
 * log waits until `advance` has reached it.
 */
export class LatestQueue<Value> implements AsyncIterableIterator<Value> {
  readonly #limit: number;
  readonly #onEnd: () => void;
  readonly #waiting = new Map<string, Waiting<Value>>();
  #position = 0;
  #phase: 'open' | 'failed' | 'ended' = 'open';
  #failure: unknown;
  #wake: () => void = () => undefined;

  /** @param onEnd called once, when it has ended by whatever side. */
  constructor(limit: number, onEnd: () => void) {
    this.#limit = limit;
    this.#onEnd = onEnd;
  }

  get size(): number {
    return this.#waiting.size;
  }

  push(key: string, value: Value, afterSeq = 0): void {
    if (this.#phase !== 'open') return;
    if (!this.#waiting.has(key) && this.#waiting.size >= this.#limit) {
      for (const oldest of this.#waiting.keys()) {
        this.#waiting.delete(oldest);
        break;
      }
    }
    this.#waiting.set(key, { value, afterSeq });
    this.#wake();
  }

  /** The log has been read up to here. */
  advance(position: number): void {
    this.#position = Math.max(this.#position, position);
    this.#wake();
  }

  /** Ends it for a reason: the next reading fails, and what still waits is not handed out. */
  fail(failure: unknown): void {
    if (this.#phase !== 'open') return;
    this.#failure = failure;
    this.#finish('failed');
  }

  async next(): Promise<IteratorResult<Value>> {
    while (this.#phase === 'open') {
      for (const [key, { value, afterSeq }] of this.#waiting) {
        if (afterSeq > this.#position) continue;
        this.#waiting.delete(key);
        return { done: false, value };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#phase === 'ended') return { done: true, value: undefined };
    this.#phase = 'ended';
    throw this.#failure;
  }

  async return(): Promise<IteratorResult<Value>> {
    if (this.#phase === 'open') this.#finish('ended');
    this.#phase = 'ended';
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(phase: 'failed' | 'ended'): void {
    this.#phase = phase;
    this.#waiting.clear();
    this.#wake();
    this.#onEnd();
  }
}
