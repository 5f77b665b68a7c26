import { type Amendment, Amendments } from './amendments.ts';

/** One entry of a log whose entries are numbered 1, 2, 3, ... without gaps, in commit order. */
export interface LogEvent {
  seq: number;
}

/** Newest events kept in memory for each listened-to log, for all its readers together. */
export const windowLimit = 256;

/**
 * What a newer event means for the older ones that are kept in memory: gives what each of them is from now on. Null when it
 * means nothing, as for most.
 */
export type AmendEarlier<Event extends LogEvent> = (event: Event) => Amendment<Event> | null;

/**
 * The newest events of one log, without a gap, the last of them at `head`. Events that arrive ahead of a missing one
 * wait beside it until the gap is closed. Pure: it knows neither broker nor database.
 */
export class EventWindow<Event extends LogEvent> {
  /** For copies of events that are not in the window: those up to `head`, and no other. */
  readonly amendments = new Amendments<Event>();
  readonly #amendEarlier: AmendEarlier<Event>;
  #head = 0;
  #first = 1;
  #events: Event[] = [];
  #early = new Map<number, Event>();

  constructor(amendEarlier: AmendEarlier<Event> = () => null) {
    this.#amendEarlier = amendEarlier;
  }

  /** Every event up to this `seq` exists and can be read, here or in the database. */
  get head(): number {
    return this.#head;
  }

  /** The oldest `seq` that may be read: what came before is no longer retained. */
  get first(): number {
    return this.#first;
  }

  /** Whether an event is known whose predecessor is not. */
  get hasGap(): boolean {
    return this.#early.size > 0;
  }

  /** Takes an event in whatever order it comes; one that is known already changes nothing. */
  accept(event: Event): void {
    if (event.seq <= this.#head) return;
    // A gap that can't be closed (the database is away) must not fill the memory: what is dropped here is read later.
    if (this.#early.size >= windowLimit) this.#early.clear();
    this.#early.set(event.seq, event);
    this.#closeGap();
  }

  /** Learns from the database that the log goes on up to `head`, without having the events. */
  raiseHead(head: number): void {
    if (head <= this.#head) return;
    this.#head = head;
    this.#events = [];
    this.amendments.forget();
    for (const seq of this.#early.keys()) if (seq <= head) this.#early.delete(seq);
    this.#closeGap();
  }

  /** Learns that what came before `first` is no longer retained, and forgets it. Whoever has copies reads what is left anew. */
  raiseFirst(first: number): void {
    if (first <= this.#first) return;
    this.#first = first;
    this.amendments.forget();
    this.#events = this.#events.filter(({ seq }) => seq >= first);
  }

  /** The event after a position, as it is now; null when there is none yet, or when the database must be asked for it. */
  next(position: number): Event | null {
    return this.#events[position - this.#head + this.#events.length] ?? null;
  }

  #closeGap(): void {
    for (let next = this.#early.get(this.#head + 1); next; next = this.#early.get(this.#head + 1)) {
      this.#early.delete(next.seq);
      this.#head = next.seq;
      const amend = this.#amendEarlier(next);
      if (amend !== null) {
        this.#events = this.#events.map(amend);
        this.amendments.add(amend);
      }
      this.#events.push(next);
      if (this.#events.length > windowLimit) this.#events.shift();
    }
  }
}
