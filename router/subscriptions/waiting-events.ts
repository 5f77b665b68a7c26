/** Events that may wait in the router for a slow client. Past it the subscription ends, to be resumed. */
const waitingEventsLimit = 1_000;
/** The same in characters of JSON, whatever the events. One event may be larger. */
const waitingSizeLimit = 1024 * 1024;
/** Subjects of which the newest event waits. Past it the one that has waited longest goes. */
const waitingSubjectsLimit = 256;

interface Waiting<Value> {
  value: Value;
  size: number;
}

/**
 * What waits for one client that takes it piece by piece. An event with a subject takes the place of an older one of the same
 * subject, so however slow the client, there is never more than the newest of each. Of all others none is left out: past a limit
 * everything is dropped and the queue fails with `overflow()`. Leaving it ends it at once, a `next()` that waits included.
 */
export class WaitingEvents<Value> implements AsyncIterableIterator<Value> {
  readonly #overflow: () => Error;
  readonly #onLeave: () => void;
  readonly #values = new Map<string | symbol, Waiting<Value>>();
  #size = 0;
  #end: { error: unknown } | null = null;
  #wake: () => void = () => undefined;

  constructor(overflow: () => Error, onLeave: () => void) {
    this.#overflow = overflow;
    this.#onLeave = onLeave;
  }

  get size(): number {
    return this.#values.size;
  }

  /**
   * @param size about so many characters of JSON
   * @param subject null for an event that is not to be left out
   */
  push(value: Value, size: number, subject: string | null = null): void {
    if (this.#end) return;
    const key = subject ?? Symbol();
    // To its end: of two events of a subject that differ, the newer one is to come after everything that was before it.
    this.#remove(key);
    this.#values.set(key, { value, size });
    this.#size += size;
    if (subject !== null) this.#dropOldest();
    else if (this.#values.size > waitingEventsLimit || this.#isTooLarge()) {
      this.#clear();
      this.end(this.#overflow());
      this.#onLeave();
    }
    this.#wake();
  }

  /** After what waits, the queue is done, or fails when there is an error. */
  end(error: unknown = null): void {
    this.#end ??= { error };
    this.#wake();
  }

  async next(): Promise<IteratorResult<Value>> {
    for (;;) {
      for (const [key, { value }] of this.#values) {
        this.#remove(key);
        return { done: false, value };
      }
      if (this.#end) {
        const { error } = this.#end;
        this.#end = { error: null };
        if (error !== null) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async return(): Promise<IteratorResult<Value>> {
    this.#clear();
    this.end();
    this.#onLeave();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #dropOldest(): void {
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= waitingSubjectsLimit && !this.#isTooLarge()) return;
      this.#remove(oldest);
    }
  }

  #isTooLarge(): boolean {
    return this.#size > waitingSizeLimit && this.#values.size > 1;
  }

  #remove(key: string | symbol): void {
    this.#size -= this.#values.get(key)?.size ?? 0;
    this.#values.delete(key);
  }

  #clear(): void {
    this.#values.clear();
    this.#size = 0;
  }
}
