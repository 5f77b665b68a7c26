import { codedError } from '../errors.ts';
import type { LogEvent } from './event-window.ts';
import type { HistoryPage } from './history-page.ts';
import type { LogHistory } from './log-history.ts';
import type { OpenLog } from './open-log.ts';

export interface LogReaderOptions<Event extends LogEvent> {
  history: Pick<LogHistory<Event>, 'readPage'>;
  afterSeq: number;
  /** The database's head when the reader began. */
  knownHead: number;
  onEnd(): void;
}

/**
 * A position in a log that moves on as its owner asks for the next event. What it needs comes from the log's window or,
 * when that has moved on, from a page of the past, which it shares with whoever reads there: replay, gap filling and live
 * delivery are the same step. A slow owner costs no memory but the page on which it stands.
 */
export class LogReader<Event extends LogEvent> implements AsyncIterableIterator<Event> {
  readonly #log: OpenLog<Event>;
  readonly #history: Pick<LogHistory<Event>, 'readPage'>;
  readonly #knownHead: number;
  readonly #onEnd: () => void;
  #position: number;
  #page: HistoryPage<Event> | null = null;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(log: OpenLog<Event>, { history, afterSeq, knownHead, onEnd }: LogReaderOptions<Event>) {
    this.#log = log;
    this.#history = history;
    this.#knownHead = knownHead;
    this.#position = afterSeq;
    this.#onEnd = onEnd;
  }

  /** The oldest `seq` of the log that is retained, as far as is known. */
  get first(): number {
    return this.#log.window.first;
  }

  /** @throws CURSOR_EXPIRED when the events after the position are no longer retained. */
  async next(): Promise<IteratorResult<Event>> {
    try {
      while (!this.#ended) {
        // Also for what was read before it went: retention takes it from the memory as well.
        if (this.#position + 1 < this.first) throw codedError('CURSOR_EXPIRED');
        const { head } = this.#log.window;
        // What is in memory has been amended up to the head alone, and the owner may know of what has happened since.
        const event = head < this.#knownHead ? null : this.#take();
        if (event) return { done: false, value: event };
        if (head >= this.#knownHead && this.#position < head) await this.#readHistory();
        else await this.#changed();
      }
      return { done: true, value: undefined };
    } catch (error) {
      this.end();
      throw error;
    }
  }

  /** Ends the reader at once, a `next()` that waits for an event included. */
  async return(): Promise<IteratorResult<Event>> {
    this.end();
    return { done: true, value: undefined };
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#page = null;
    this.#log.forget(this.#wake);
    this.#wake();
    this.#onEnd();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#log.onceChanged(resolve);
    });
  }

  /** The next event, where it is in memory. It is looked for each time anew, because a newer event may change what an older one shows. */
  #take(): Event | null {
    const inWindow = this.#log.window.next(this.#position);
    if (inWindow) this.#page = null;
    const event = inWindow ?? this.#page?.next(this.#position) ?? null;
    if (event) this.#position = event.seq;
    return event;
  }

  async #readHistory(): Promise<void> {
    const page = await this.#history.readPage(this.#log, this.#position);
    if (this.#ended) return;
    this.#page = page;
    // A page that is not current any more answers for nothing: then it is read anew.
    if (page.answersFor(this.#position + 1) && !page.next(this.#position)) throw codedError('CURSOR_EXPIRED');
  }
}
