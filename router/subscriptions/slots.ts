/** Counts what each name has open, up to a limit. */
export class Slots {
  readonly #limit: number;
  readonly #taken = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  isFull(name: string): boolean {
    return (this.#taken.get(name) ?? 0) >= this.#limit;
  }

  /** Takes one, whether or not there is one left. Returns what gives it back, once. */
  take(name: string): () => void {
    this.#taken.set(name, (this.#taken.get(name) ?? 0) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (this.#taken.get(name) ?? 0) - 1;
      if (left > 0) this.#taken.set(name, left);
      else this.#taken.delete(name);
    };
  }
}
