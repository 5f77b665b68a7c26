/** Stands for what a connection writes to: a test says how much of it the client has not taken. */
export class UntakenStream {
  writableLength = 0;
  readonly writable = true;
  destroyed = false;
  readonly #callbacks: (() => void)[] = [];

  write(_chunk: Buffer, callback: () => void): void {
    this.#callbacks.push(callback);
  }

  /** How many wait to be told. */
  get watchers(): number {
    return this.#callbacks.length;
  }

  /** The client takes all but so many bytes. */
  take(bytesLeft = 0): void {
    this.writableLength = bytesLeft;
    for (const callback of this.#callbacks.splice(0)) callback();
  }
}
