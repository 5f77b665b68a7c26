import type { Duplex } from 'node:stream';

/** Up to here a copy costs less than handing the system two pieces of memory. */
const largestCopyBytes = 16 * 1024;
/** Room for the frame's head and the start of the message. One with a longer id is handed over in two pieces. */
const startRoomBytes = 512;
const largestHeadBytes = 10;
const textFrame = 0x81;

/**
 * Writes `next` messages whose payload many get, as WebSocket frames (RFC 6455, section 5.2). The payload is encoded once for all who
 * get it one after the other. `ws` can't do that: it takes a message as one string or buffer. But it writes frames whole
 * and at once to the same stream while nothing is compressed, so these may stand between its own.
 *
 * One piece of memory serves all who take their frame at once, which are nearly all: only the operation's id in it is another one
 * for each. So thousands of deliveries leave nothing behind to be collected.
 */
export class SharedFrames {
  #payload = '';
  /** The message from its payload on. */
  #end: Buffer = Buffer.alloc(0);
  /** Ends with the message; the payload stands at `startRoomBytes`. */
  #memory: Buffer = allocateMemory();
  /** The part of the memory that is a frame, when the start has this length. */
  #frame: Buffer = Buffer.alloc(0);
  #startLength = -1;

  /** @param start of the message, up to its payload, in ASCII: it is written for each who gets it, and so costs least. */
  write(stream: Duplex, start: string, payload: string): void {
    // Of strings that are one and the same in memory, the comparison looks at no character.
    if (payload !== this.#payload) this.#encode(payload);
    // What waits for its client shares the payload with all others that wait, so that many who do not read take little memory.
    if (stream.writableLength > 0 || this.#end.length > largestCopyBytes || start.length > longestStart) {
      writeInPieces(stream, start, this.#end);
      return;
    }
    if (start.length !== this.#startLength) this.#layOut(start.length);
    this.#frame.write(start, this.#frame.length - this.#end.length - start.length, 'latin1');
    stream.write(this.#frame);
    // The operating system has not taken it at once: from now on the memory is this stream's.
    if (stream.writableLength > 0) this.#renewMemory();
  }

  #encode(payload: string): void {
    const text = `${payload}}`;
    this.#payload = payload;
    // In memory of its own: a buffer that is cut from a larger piece, and waits, would keep all of that.
    this.#end = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
    this.#end.write(text);
    this.#placeEnd();
  }

  #placeEnd(): void {
    if (this.#end.length <= largestCopyBytes) this.#memory.set(this.#end, startRoomBytes);
    this.#startLength = -1;
  }

  #layOut(startLength: number): void {
    const length = startLength + this.#end.length;
    const begin = startRoomBytes - startLength - headLengthOf(length);
    this.#frame = this.#memory.subarray(begin, startRoomBytes + this.#end.length);
    writeHead(this.#frame, length);
    this.#startLength = startLength;
  }

  #renewMemory(): void {
    this.#memory = allocateMemory();
    this.#placeEnd();
  }
}

const longestStart = startRoomBytes - largestHeadBytes;

function allocateMemory(): Buffer {
  return Buffer.allocUnsafeSlow(startRoomBytes + largestCopyBytes);
}

function writeInPieces(stream: Duplex, start: string, end: Buffer): void {
  const length = start.length + end.length;
  const head = Buffer.allocUnsafe(headLengthOf(length));
  writeHead(head, length);
  stream.cork();
  stream.write(head.toString('latin1') + start, 'latin1');
  stream.write(end);
  stream.uncork();
}

function headLengthOf(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

function writeHead(frame: Buffer, length: number): void {
  frame[0] = textFrame;
  if (length < 126) {
    frame[1] = length;
  } else if (length < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
}
