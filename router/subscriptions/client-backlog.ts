import type { Writable } from 'node:stream';

export interface ClientBacklogOptions {
  /** What the connection writes to. */
  stream: Pick<Writable, 'writableLength' | 'writable' | 'destroyed'> & {
    write(chunk: Buffer, callback: () => void): unknown;
  };
  /** Bytes that may wait for the client, in the stream and in its operations together. */
  limitBytes: number;
  /** More wait, or would, and the client does not take them. May be called again. */
  onExceeded(): void;
}

/** Somebody who waits for room for an event of so many bytes. */
interface Asking {
  bytes: number;
  onGranted(): void;
}

/** The part of what may wait for a client from which on it is behind: what is kept of a stream has room beside it. */
export const behindPart = 1 / 4;
/** The part that history and ephemeral events may fill, so that they leave room for what is new and must not be left out. */
export const deferrablePart = 1 / 2;

const nothing = Buffer.alloc(0);

/**
 * What waits for one client to take it, over one connection: what its stream holds, and the events that wait in its operations
 * until the stream has taken those before them. One budget for all of it, however many operations there are.
 */
export class ClientBacklog {
  readonly #options: ClientBacklogOptions;
  /** Of events that wait in operations, and of the room that is kept for some. */
  #queuedBytes = 0;
  readonly #asking = new Set<Asking>();
  #isWatchingStream = false;

  constructor(options: ClientBacklogOptions) {
    this.#options = options;
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#options.stream.writableLength + this.#queuedBytes;
  }

  /** More waits than may. */
  get isFull(): boolean {
    return this.bytes > this.#options.limitBytes;
  }

  /**
   * More is written, and not taken, than may wait at all. What is handed on to the stream was counted before: that it goes from one
   * place to the other makes nothing fuller.
   */
  get isStreamFull(): boolean {
    return this.#options.stream.writableLength > this.#options.limitBytes;
  }

  /**
   * The client has not taken all that was written to it. Where it has, what waits is what the router has not made ready yet, which is
   * no fault of the client's.
   */
  get isUntaken(): boolean {
    return this.#options.stream.writableLength > 0;
  }

  /** So much waits, and the client does not take it, that history is held back. What is new is not. */
  get isBehind(): boolean {
    return this.isUntaken && !this.#hasLittle;
  }

  /** While little waits there is room for one event of any size. */
  hasRoomFor(bytes: number, isDeferrable: boolean): boolean {
    const part = isDeferrable ? deferrablePart : 1;
    return this.#hasLittle || this.bytes + bytes <= this.#options.limitBytes * part;
  }

  /** Ends the connection of a client that does not take what is more than may wait. */
  exceed(): void {
    this.#options.onExceeded();
  }

  /** Events that wait in an operation have become more, or less, by so many bytes. */
  countQueued(change: number): void {
    this.#queuedBytes += change;
    if (change < 0) this.#grant();
  }

  /**
   * Calls back when little waits, in operations and in the stream: one after the other, in the order of asking, as long as that is so.
   * Room for so many bytes is kept from then on, so that whoever is called gets on, however many are.
   * @returns lets go of that room, or stops asking for it
   */
  askForRoom(bytes: number, onGranted: () => void): () => void {
    const asking = { bytes, onGranted };
    this.#asking.add(asking);
    this.#grant();
    return () => {
      const kept = this.#asking.delete(asking) ? 0 : asking.bytes;
      asking.bytes = 0;
      this.countQueued(-kept);
    };
  }

  /** Calls back when the stream has passed on what it holds now. One that is destroyed or has ended answers at once. */
  whenTaken(callback: () => void): void {
    // Its turn comes when everything before it was taken. `drain` tells of that only when more waited than the stream's own mark.
    this.#options.stream.write(nothing, () => callback());
  }

  get #hasLittle(): boolean {
    return this.bytes <= this.#options.limitBytes * behindPart;
  }

  #grant(): void {
    for (const asking of this.#asking) {
      if (!this.#hasLittle) break;
      this.#asking.delete(asking);
      this.#queuedBytes += asking.bytes;
      asking.onGranted();
    }
    if (this.#asking.size > 0 && this.isUntaken) this.#watchStream();
  }

  #watchStream(): void {
    const { stream } = this.#options;
    // What waits for one who has gone is never taken, and would be asked for over and over: those who ask end with the connection.
    if (this.#isWatchingStream || !stream.writable || stream.destroyed) return;
    this.#isWatchingStream = true;
    this.whenTaken(() => {
      this.#isWatchingStream = false;
      this.#grant();
    });
  }
}
