import type { LogEvent } from './event-window.ts';
import type { OpenLog } from './open-log.ts';

/** How a page is asked for: events that all existed, or had been removed by retention, when its reading began. */
export interface HistoryPageOptions<Event extends LogEvent> {
  log: OpenLog<Event>;
  firstSeq: number;
  lastSeq: number;
  /** By the clock of whoever keeps the page. */
  startedAt: number;
  read(): Promise<Event[]>;
}

/**
 * Events of a log as one statement gives them, for all readers that need them. What they show is amended as long as
 * anybody holds the page, as it is in the log's window; a page of which it is not known what has become of its events shows nothing.
 */
export class HistoryPage<Event extends LogEvent> {
  readonly log: OpenLog<Event>;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly startedAt: number;
  /** Rejects when the database can't be read. */
  readonly loaded: Promise<void>;
  #phase: 'loading' | 'loaded' | 'failed' = 'loading';
  #events: Event[] = [];
  #amendmentCount: number;

  constructor({ log, firstSeq, lastSeq, startedAt, read }: HistoryPageOptions<Event>) {
    this.log = log;
    this.firstSeq = firstSeq;
    this.lastSeq = lastSeq;
    this.startedAt = startedAt;
    // Before the reading begins: an amendment that comes in the meantime may be in what is read, or not.
    this.#amendmentCount = log.window.amendments.count;
    this.loaded = this.#load(read);
  }

  get phase(): 'loading' | 'loaded' | 'failed' {
    return this.#phase;
  }

  /** Whether the page shows its events as the database would. */
  get isCurrent(): boolean {
    return this.log.window.amendments.after(this.#amendmentCount) !== null;
  }

  /** Whether the page answers for an event: if the event is not there, it is no longer retained. */
  answersFor(seq: number): boolean {
    return this.firstSeq <= seq && seq <= this.lastSeq && this.isCurrent;
  }

  /** The event after a position, as it is now; null when the page does not have it, or is not current. */
  next(position: number): Event | null {
    const { amendments } = this.log.window;
    const amending = amendments.after(this.#amendmentCount);
    if (amending === null) this.#events = [];
    else for (const amend of amending) this.#events = this.#events.map(amend);
    if (amending !== null) this.#amendmentCount = amendments.count;
    return this.#events[position + 1 - (this.#events[0]?.seq ?? 0)] ?? null;
  }

  async #load(read: () => Promise<Event[]>): Promise<void> {
    try {
      const events = await read();
      // Where the first of them are no longer retained, as many that come after the page have been read in their stead.
      this.#events = events.filter(({ seq }) => seq <= this.lastSeq);
      this.#phase = 'loaded';
    } catch (error) {
      this.#phase = 'failed';
      throw error;
    }
  }
}
