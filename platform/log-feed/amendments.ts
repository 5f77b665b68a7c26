/** What an earlier event becomes by a newer one. */
export type Amendment<Event> = (earlier: Event) => Event;

/** With more amendments behind it than this, a copy is given up: it is cheaper to read it anew. */
const amendmentsLimit = 256;

/**
 * What the newer events of a log have lately said of the earlier ones, for whoever keeps copies of these. A copy remembers how many
 * amendments there had been when its reading from the database began: by those that follow it becomes what the database has now.
 */
export class Amendments<Event> {
  #latest: Amendment<Event>[] = [];
  #count = 0;

  /** How many there have been so far. */
  get count(): number {
    return this.#count;
  }

  add(amendment: Amendment<Event>): void {
    this.#count += 1;
    this.#latest.push(amendment);
    if (this.#latest.length > amendmentsLimit) this.#latest.shift();
  }

  /** Events have been missed, and amendments may be among them: no copy that exists is good any more. */
  forget(): void {
    this.#count += 1;
    this.#latest = [];
  }

  /** Those that came after the first `count` of them, oldest first; null when they are not known any more. */
  after(count: number): readonly Amendment<Event>[] | null {
    const missing = this.#count - count;
    if (missing > this.#latest.length) return null;
    return this.#latest.slice(this.#latest.length - missing);
  }
}
