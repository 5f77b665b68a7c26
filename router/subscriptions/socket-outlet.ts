import type { Duplex } from 'node:stream';
import { MessageType } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { ResultSink } from './carry.ts';
import type { SharedFrames } from './shared-frames.ts';

export interface SocketOutletOptions {
  socket: WebSocket;
  /** What the socket writes to. */
  stream: Duplex;
  /** Of all sockets. */
  frames: SharedFrames;
  /** Bytes that may wait for the client to read them. */
  bufferedLimitBytes: number;
  /** More than that wait. */
  onSlow(): void;
  logger: Logger;
}

/** What goes out over one socket. It waits in the socket until the client reads it, and is counted there. */
export class SocketOutlet {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #options: SocketOutletOptions;

  constructor(options: SocketOutletOptions) {
    this.#socket = options.socket;
    this.#stream = options.stream;
    this.#options = options;
  }

  /** Writes a message of the protocol. */
  send(message: string): void {
    if (!this.#isReady()) return;
    const { logger } = this.#options;
    this.#socket.send(message, (error) => error && logger.debug({ error }, 'a message could not be sent'));
  }

  /** Where the results of an operation go that many get. Objects rather than closures: there is one for every subscriber to look at. */
  createSink(operationId: string): ResultSink {
    return new OutletSink(this, operationId);
  }

  sendShared(start: string, payload: string): void {
    if (this.#isReady()) this.#options.frames.write(this.#stream, start, payload);
  }

  #isReady(): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    // One message may be larger than the limit: it closes nothing by itself.
    if (this.#stream.writableLength <= this.#options.bufferedLimitBytes) return true;
    this.#options.onSlow();
    return false;
  }
}

class OutletSink implements ResultSink {
  readonly #outlet: SocketOutlet;
  readonly #start: string;

  constructor(outlet: SocketOutlet, operationId: string) {
    this.#outlet = outlet;
    this.#start = `{"id":${JSON.stringify(operationId)},"type":"${MessageType.Next}","payload":`;
  }

  deliver(payload: string): void {
    this.#outlet.sendShared(this.#start, payload);
  }
}
