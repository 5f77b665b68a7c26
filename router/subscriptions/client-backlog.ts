import type { Writable } from 'node:stream';

export interface ClientBacklogOptions {
  /** What the connection writes to. */
  stream: Pick<Writable, 'writableLength'>;
  /** Bytes that may wait for the client, in the stream and in its operations together. */
  limitBytes: number;
  /** More wait, and the client does not take them. May be called again. */
  onExceeded(): void;
}

/** The part of what may wait for a client from which on it is behind: what is kept of a stream has room beside it. */
export const behindPart = 1 / 4;
/** The part that ephemeral events may fill, so that they leave room for those that must not be left out. */
export const ephemeralPart = 1 / 2;

/**
 * What waits for one client to take it, over one connection: what its stream holds, and the events that wait in its operations
 * until the stream has taken those before them. One budget for all of it, however many operations there are.
 */
export class ClientBacklog {
  readonly #options: ClientBacklogOptions;
  /** Of events that wait in operations. */
  #queuedBytes = 0;
  #onRoom: (() => void)[] = [];

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

  /** More waits than ephemeral events may fill. */
  get isFullForEphemeral(): boolean {
    return this.bytes > this.#options.limitBytes * ephemeralPart;
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
    return this.isUntaken && this.bytes > this.#options.limitBytes * behindPart;
  }

  /** Ends the connection of a client that does not take what is more than may wait. */
  exceed(): void {
    this.#options.onExceeded();
  }

  /** Events that wait in an operation have become more, or less, by so many bytes. */
  countQueued(change: number): void {
    this.#queuedBytes += change;
    if (change > 0 || this.#queuedBytes > this.#options.limitBytes * behindPart) return;
    for (const callback of this.#onRoom.splice(0)) callback();
  }

  /** Resolves when few events are left waiting in operations, some of which do so now; or never, when the client goes before that. */
  room(): Promise<void> {
    return new Promise((resolve) => this.#onRoom.push(resolve));
  }
}
