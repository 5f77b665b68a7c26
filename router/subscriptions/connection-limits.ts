/** How many connections that carry subscriptions, WebSockets and streams over HTTP, there may be. */
export interface ConnectionLimits {
  /** By address: see `networkOf`. */
  perAddress: ConnectionLimit;
  perUser: ConnectionLimit;
}

/** Counts the connections that each name has open, up to a limit. */
export class ConnectionLimit {
  readonly #limit: number;
  readonly #open = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  isReached(name: string): boolean {
    return (this.#open.get(name) ?? 0) >= this.#limit;
  }

  /** Counts one more, whether or not the limit is reached. Returns what counts it off again, once. */
  count(name: string): () => void {
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#open.get(name) ?? 0) - 1;
      if (left > 0) this.#open.set(name, left);
      else this.#open.delete(name);
    };
  }
}
