import type { Duplex } from 'node:stream';

/** Up to here a copy costs less than handing the system two pieces of memory. */
const largestCopyBytes = 16 * 1024;
const textFrame = 0x81;

/**
 * Writes `next` messages whose payload many get, as WebSocket frames (RFC 6455, section 5.2). The payload is encoded once for all who
 * get it one after the other. `ws` can't do that: it takes a message as one string or buffer. But it writes frames whole
 * and at once to the same stream while nothing is compressed, so these may stand between its own.
 */
export class SharedFrames {
  #payload = '';
  #end: Buffer = Buffer.alloc(0);

  /** @param start of the message, up to its payload, in ASCII: it is written for each who gets it, and so costs least. */
  write(stream: Duplex, start: string, payload: string): void {
    // Of strings that are one and the same in memory, the comparison looks at no character.
    if (payload !== this.#payload) {
      this.#payload = payload;
      this.#end = encodeAlone(`${payload}}`);
    }
    // What waits for its client shares the payload with all others that wait, so that many who do not read take little memory.
    if (stream.writableLength > 0 || this.#end.length > largestCopyBytes) writeInPieces(stream, start, this.#end);
    else writeWhole(stream, start, this.#end);
  }
}

/** In memory of its own: small buffers are cut from larger pieces otherwise, and one that waits would keep all that is in its piece. */
function encodeAlone(text: string): Buffer {
  const encoded = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  encoded.write(text);
  return encoded;
}

function writeWhole(stream: Duplex, start: string, end: Buffer): void {
  const length = start.length + end.length;
  const headLength = headLengthOf(length);
  const frame = Buffer.allocUnsafe(headLength + length);
  writeHead(frame, length);
  frame.write(start, headLength, 'latin1');
  frame.set(end, headLength + start.length);
  stream.write(frame);
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
