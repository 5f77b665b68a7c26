import type { StreamPlace } from '../../platform/streams.ts';

/** An event as every follower gets it: the bytes are the same for all. */
export interface SharedEvent extends StreamPlace {
  /** The result as JSON. */
  payload: string;
}

/** The newest events of a stream, kept for those who join a little late. */
const eventLimit = 256;
const characterLimit = 1_000_000;

/** Everything of a stream after a place, up to now: what is dropped for want of room moves the place forward. */
export class EventRing {
  #floor: number;
  #events: SharedEvent[] = [];
  #characters = 0;

  /** @param floor the `seq` after which the stream begins. */
  constructor(floor: number) {
    this.#floor = floor;
  }

  /** Whether nothing is missing for somebody who has everything up to a `seq`. */
  reaches(seq: number): boolean {
    return seq >= this.#floor;
  }

  push(event: SharedEvent): void {
    this.#events.push(event);
    this.#characters += event.payload.length;
    while (this.#events.length > eventLimit || this.#characters > characterLimit) {
      const dropped = this.#events.shift();
      if (dropped === undefined) return;
      this.#characters -= dropped.payload.length;
      this.#floor = dropped.seq;
    }
  }

  /** Forgets everything up to a place, because something in it is not to be shown any more. */
  forget(upTo: number): void {
    this.#events = [];
    this.#characters = 0;
    this.#floor = upTo;
  }

  after(seq: number): SharedEvent[] {
    return this.#events.filter((event) => event.seq > seq);
  }
}
