import { Socket } from 'node:net';

/** What waited in this process for clients to read it, as the servers in it have seen it. */
export interface BufferedBytes {
  /** The most that ever waited on one connection, once something had been written to it. */
  highest: number;
  /** The most that was written at once. */
  largestWrite: number;
  stop(): void;
}

/** Looks at every connection to every server in this process after each write, until it is stopped. */
export function recordBufferedBytes(): BufferedBytes {
  const { write } = Socket.prototype;
  const recorded: BufferedBytes = {
    highest: 0,
    largestWrite: 0,
    stop() {
      Socket.prototype.write = write;
    },
  };
  Socket.prototype.write = function (this: Socket & { server?: unknown }, ...args: unknown[]) {
    const isTaken = Reflect.apply(write, this, args) as boolean;
    if (this.server === undefined) return isTaken;
    recorded.highest = Math.max(recorded.highest, this.writableLength);
    recorded.largestWrite = Math.max(recorded.largestWrite, Buffer.byteLength(args[0] as string | Buffer));
    return isTaken;
  } as typeof write;
  return recorded;
}
