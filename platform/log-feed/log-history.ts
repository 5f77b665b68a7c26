import type { LogEvent } from './event-window.ts';
import { HistoryPage } from './history-page.ts';
import type { LogSource, OpenLog } from './open-log.ts';

/** Events that one statement reads. Pages begin at multiples of it, so that readers in the same stretch meet on the same page. */
export const historyPageSize = 200;
/** For so long what was read serves others. */
const keptMilliseconds = 1_000;
/** Pages kept at the same time, of all logs together and of one. */
export const keptPagesLimit = 128;
export const keptPagesOfLogLimit = 32;

/** Where pages came from since the process began. */
export interface HistoryCounts {
  database: number;
  memory: number;
}

/**
 * The past of all open logs of a feed, read from the database a page at a time, once for everybody who reads there: whatever is
 * asked for while a page is read, and within a second after the reading began, is answered from it.
 *
 * - A lone reader reads what it lacks. When somebody needs more of the same page within the second, all of it is read, which serves
 *   everybody after them: a page costs one statement a second for readers who come from the same place, and two for any others.
 * - A page answers up to the head that was known when its reading began, and for nothing after it.
 * - What newer events say of it is said of a page as of the window. Where such events may have been missed it is read anew.
 * - A failed reading fails for all who wait for it, and is not kept. Readers that leave affect no reading.
 * - More is not kept than the limits say. Besides, a reader that stands still keeps the page on which it stands.
 *
 * It knows no viewers: what somebody may see of an event is decided by whoever reads for them.
 */
export class LogHistory<Event extends LogEvent> {
  readonly counts: HistoryCounts = { database: 0, memory: 0 };
  readonly #source: Pick<LogSource<Event>, 'readEvents'>;
  readonly #now: () => number;
  /** In the order in which their readings began. */
  readonly #kept = new Set<HistoryPage<Event>>();

  constructor(source: Pick<LogSource<Event>, 'readEvents'>, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  /** A page that answers for the event after a position, which must not be beyond the log's head. */
  async readPage(log: OpenLog<Event>, position: number): Promise<HistoryPage<Event>> {
    this.forgetOld();
    const startSeq = position - (position % historyPageSize) + 1;
    const known = this.#find(log, startSeq);
    if (known?.answersFor(position + 1)) {
      this.counts.memory += 1;
      await known.loaded;
      return known;
    }
    this.counts.database += 1;
    if (known) this.#kept.delete(known);
    const page = this.#startReading(log, startSeq, known ? startSeq : position + 1);
    await page.loaded;
    return page;
  }

  /** Forgets what was read of a log that is not listened to any more. */
  forget(log: OpenLog<Event>): void {
    for (const page of this.#kept) if (page.log === log) this.#kept.delete(page);
  }

  /** Forgets what has been kept for long enough. */
  forgetOld(): void {
    const oldest = this.#now() - keptMilliseconds;
    for (const page of this.#kept) {
      if (page.phase !== 'loading' && page.startedAt <= oldest) this.#kept.delete(page);
    }
  }

  #find(log: OpenLog<Event>, startSeq: number): HistoryPage<Event> | null {
    for (const page of this.#kept) {
      if (page.log === log && page.firstSeq >= startSeq && page.firstSeq < startSeq + historyPageSize) return page;
    }
    return null;
  }

  #startReading(log: OpenLog<Event>, startSeq: number, firstSeq: number): HistoryPage<Event> {
    const lastSeq = Math.min(startSeq + historyPageSize - 1, log.window.head);
    const page = new HistoryPage<Event>({
      log,
      firstSeq,
      lastSeq,
      startedAt: this.#now(),
      read: () => this.#source.readEvents(log.key, firstSeq - 1, lastSeq - firstSeq + 1),
    });
    this.#makeRoom(log);
    this.#kept.add(page);
    page.loaded.catch(() => this.#kept.delete(page));
    return page;
  }

  #makeRoom(log: OpenLog<Event>): void {
    const [oldest] = this.#kept;
    if (oldest && this.#kept.size >= keptPagesLimit) this.#kept.delete(oldest);
    const ofLog = [...this.#kept].filter((page) => page.log === log);
    if (ofLog[0] && ofLog.length >= keptPagesOfLogLimit) this.#kept.delete(ofLog[0]);
  }
}
