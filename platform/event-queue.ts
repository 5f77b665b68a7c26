/**
 * Values that wait for somebody who takes them one by one. Bounded: past `limit` waiting values the queue drops them all
 * and fails with `overflow()`. Leaving it ends it at once, a `next()` that waits included.
 */
export class EventQueue<Value> implements AsyncIterableIterator<Value> {
  readonly #limit: number;
  readonly #overflow: () => Error;
  readonly #onLeave: () => void;
  #values: Value[] = [];
  #end: { error: unknown } | null = null;
  #waiting: ((wake: undefined) => void) | null = null;

  constructor(limit: number, overflow: () => Error, onLeave: () => void) {
    this.#limit = limit;
    this.#overflow = overflow;
    this.#onLeave = onLeave;
  }

  get size(): number {
    return this.#values.length;
  }

  push(value: Value): void {
    if (this.#end) return;
    this.#values.push(value);
    if (this.#values.length > this.#limit) {
      this.#values = [];
      this.end(this.#overflow());
      this.#onLeave();
    }
    this.#wake();
  }

  /** After the values that wait, the queue is done, or fails when there is an error. */
  end(error: unknown = null): void {
    this.#end ??= { error };
    this.#wake();
  }

  async next(): Promise<IteratorResult<Value>> {
    for (;;) {
      const value = this.#values.shift();
      if (value !== undefined) return { done: false, value };
      if (this.#end) {
        const { error } = this.#end;
        this.#end = { error: null };
        if (error !== null) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<undefined>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  async return(): Promise<IteratorResult<Value>> {
    this.#values = [];
    this.end();
    this.#onLeave();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #wake(): void {
    this.#waiting?.(undefined);
    this.#waiting = null;
  }
}
