import type { StreamPlace } from '../../../platform/streams.ts';

/** An event as every follower gets it: the bytes are the same for all. */
export interface SharedEvent extends StreamPlace {
  /** The result as JSON. */
  payload: string;
}

/**
 * The newest events of a stream, kept for those who join a little late. All of it may be written to a client at once: it has to be
 * less than may wait for one.
 */
const eventLimit = 256;
const ringLimitBytes = 512 * 1024;

/** Everything of a stream after a place, up to now: what is dropped for want of room moves the place forward. */
export class EventRing {
  #floor: number;
  #events: SharedEvent[] = [];
  #bytes = 0;

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
    this.#bytes += bytesOf(event);
    while (this.#events.length > eventLimit || this.#bytes > ringLimitBytes) {
      const dropped = this.#events.shift();
      if (dropped === undefined) return;
      this.#bytes -= bytesOf(dropped);
      this.#floor = dropped.seq;
    }
  }

  /** Forgets everything up to a place, because something in it is not to be shown any more. */
  forget(upTo: number): void {
    this.#events = [];
    this.#bytes = 0;
    this.#floor = upTo;
  }

  after(seq: number): SharedEvent[] {
    return this.#events.filter((event) => event.seq > seq);
  }
}

function bytesOf({ payload }: SharedEvent): number {
  return Buffer.byteLength(payload);
}
