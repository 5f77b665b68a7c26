interface Held<Value> {
  value: Value;
  expiresAt: number;
}

/** Entries that vanish at a time of their own, without a timer each. `now` is a clock in milliseconds. */
export class ExpiringMap<Value> {
  readonly #now: () => number;
  readonly #held = new Map<string, Held<Value>>();
  #sweepAtSize = 1_024;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What takes up memory: expired entries that have not been swept yet are counted. */
  get size(): number {
    return this.#held.size;
  }

  get(key: string): Held<Value> | undefined {
    const held = this.#held.get(key);
    return held !== undefined && held.expiresAt > this.#now() ? held : undefined;
  }

  set(key: string, value: Value, lifetimeMilliseconds: number): Held<Value> {
    if (this.#held.size >= this.#sweepAtSize) this.#sweep();
    const held = { value, expiresAt: this.#now() + lifetimeMilliseconds };
    this.#held.set(key, held);
    return held;
  }

  delete(key: string): void {
    this.#held.delete(key);
  }

  clear(): void {
    this.#held.clear();
  }

  /** Sweeping only when the map has doubled since the last time keeps the cost of each `set` constant. */
  #sweep(): void {
    const now = this.#now();
    for (const [key, held] of this.#held) {
      if (held.expiresAt <= now) this.#held.delete(key);
    }
    this.#sweepAtSize = Math.max(1_024, this.#held.size * 2);
  }
}
