import { codedError } from '../errors.ts';
import type { LogEvent } from './event-window.ts';
import type { LogSource, OpenLog } from './open-log.ts';

const historyPageSize = 200;

/**
 * A position in a log that moves on as its owner asks for the next event. What it needs comes from the log's window or,
 * when that has moved on, from the database: replay, gap filling and live delivery are the same step. A slow owner
 * costs no memory.
 */
export class LogReader<Event extends LogEvent> implements AsyncIterableIterator<Event> {
  readonly #log: OpenLog<Event>;
  readonly #source: LogSource<Event>;
  readonly #onEnd: () => void;
  #position: number;
  #page: Event[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(log: OpenLog<Event>, source: LogSource<Event>, afterSeq: number, onEnd: () => void) {
    this.#log = log;
    this.#source = source;
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
        // The window is asked each time anew, because a newer event may change what an older one shows.
        const inWindow = this.#log.window.next(this.#position);
        if (inWindow) this.#page = [];
        const event = inWindow ?? this.#page.shift();
        if (event) {
          this.#position = event.seq;
          return { done: false, value: event };
        }
        if (this.#position < this.#log.window.head) this.#page = await this.#readHistory();
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

  async #readHistory(): Promise<Event[]> {
    const events = await this.#source.readEvents(this.#log.key, this.#position, historyPageSize);
    if (events[0]?.seq !== this.#position + 1) throw codedError('CURSOR_EXPIRED');
    return events;
  }
}
