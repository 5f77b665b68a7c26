import type { Duplex } from 'node:stream';

/** Up to here a copy costs less than handing the system two pieces of memory; past it, what waits for slow clients is shared. */
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
      this.#end = Buffer.from(`${payload}}`);
    }
    const end = this.#end;
    const length = start.length + end.length;
    const headLength = headLengthOf(length) + start.length;
    const isCopied = length <= largestCopyBytes;
    const frame = allocate(stream, isCopied ? headLength + end.length : headLength);
    writeHead(frame, length);
    frame.write(start, headLength - start.length, 'latin1');
    if (isCopied) {
      frame.set(end, headLength);
      stream.write(frame);
      return;
    }
    stream.cork();
    stream.write(frame);
    stream.write(end);
    stream.uncork();
  }
}

/**
 * Small buffers are cut from larger pieces of memory, which costs least. A piece is kept as long as anything of it is, so what waits for a
 * client is not cut from one: a few who don't read would keep what was written to everybody.
 */
function allocate(stream: Duplex, size: number): Buffer {
  return stream.writableLength === 0 ? Buffer.allocUnsafe(size) : Buffer.allocUnsafeSlow(size);
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
