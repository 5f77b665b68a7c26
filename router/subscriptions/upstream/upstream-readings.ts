import type { ExecutionResult } from 'graphql';
import type { UpstreamReading } from './upstream-reading.ts';

export interface UpstreamReadingsOptions {
  /** Opens a reading by the plan and from the place that hold now. */
  open(): UpstreamReading;
  onAnswer(answer: ExecutionResult, reading: UpstreamReading): void;
  /** The reading has ended by the subgraph's side; null when it has not failed. */
  onEnd(failure: unknown, reading: UpstreamReading): void;
  /** Takes what lets go of the graph of a reading that was left. */
  onLeft(letGo: () => void): void;
}

/** What one subscription has open at a subgraph: one reading that is heard, and perhaps another one that is to take its place. */
export class UpstreamReadings {
  readonly #options: UpstreamReadingsOptions;
  #current: UpstreamReading | null = null;
  /** Takes the place of the current one with the first that it says. */
  #successor: UpstreamReading | null = null;

  constructor(options: UpstreamReadingsOptions) {
    this.#options = options;
  }

  /** Null while there is none, or before there is one. */
  get current(): UpstreamReading | null {
    return this.#current;
  }

  /** Begins another one in place of the current. */
  begin(): void {
    this.leave();
    this.#current = this.#open();
  }

  /** Begins another one, which is heard, instead of the current, when it says something or the current has ended. */
  beginSuccessor(): void {
    this.leaveSuccessor();
    this.#successor = this.#open();
  }

  leaveSuccessor(): void {
    this.#drop(this.#successor);
    this.#successor = null;
  }

  leave(): void {
    this.#drop(this.#current);
    this.#current = null;
  }

  #open(): UpstreamReading {
    const reading = this.#options.open();
    void this.#listen(reading);
    return reading;
  }

  async #listen(reading: UpstreamReading): Promise<void> {
    let failure: unknown = null;
    try {
      for await (const answer of reading.events) {
        if (!this.#hears(reading)) return;
        this.#options.onAnswer(answer, reading);
      }
    } catch (error) {
      failure = error;
    }
    if (!this.#hears(reading)) return;
    if (this.#successor) this.#succeed(this.#successor);
    else this.#options.onEnd(failure, reading);
  }

  #hears(reading: UpstreamReading): boolean {
    if (reading === this.#successor) this.#succeed(reading);
    return reading === this.#current;
  }

  #succeed(successor: UpstreamReading): void {
    this.leave();
    this.#current = successor;
    this.#successor = null;
  }

  #drop(reading: UpstreamReading | null): void {
    if (!reading) return;
    reading.end();
    this.#options.onLeft(reading.letGo);
  }
}
