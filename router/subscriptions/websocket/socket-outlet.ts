import type { Duplex } from 'node:stream';
import { MessageType } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ClientBacklog } from '../client-backlog.ts';
import type { ClientSink } from '../result-sink.ts';
import type { SharedFrames } from './shared-frames.ts';

export interface SocketOutletOptions {
  socket: WebSocket;
  /** What the socket writes to. */
  stream: Duplex;
  /** Of all sockets. */
  frames: SharedFrames;
  /** What waits for the client, of all its operations. */
  backlog: ClientBacklog;
}

/** What goes out over one socket, as long as no more waits in it than may. */
export class SocketOutlet {
  readonly #options: SocketOutletOptions;

  constructor(options: SocketOutletOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the message is handed to the operating system, so that who waits for that goes at the pace of the client. What waits
   * in operations does not count here: it is sent by this, and whether there is room for it was asked before it began to wait.
   */
  send(message: string): Promise<void> {
    const { socket, backlog } = this.#options;
    return new Promise((resolve) => {
      // A client that has gone is no fault: its socket closes, and with it everything that runs for it.
      if (socket.readyState !== WebSocket.OPEN) return resolve();
      if (backlog.isStreamFull) return resolve(backlog.exceed());
      socket.send(message, () => resolve());
    });
  }

  /** Where the results of an operation go that many get. */
  createSink(operationId: string): ClientSink {
    return new OutletSink(this.#options, operationId);
  }
}

/** Has at hand what each delivery needs: of thousands of sinks, none is in the processor's cache when its turn comes. */
class OutletSink implements ClientSink {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #frames: SharedFrames;
  readonly #start: string;
  readonly #options: SocketOutletOptions;

  constructor(options: SocketOutletOptions, operationId: string) {
    this.#socket = options.socket;
    this.#stream = options.stream;
    this.#frames = options.frames;
    this.#start = `{"id":${writeAscii(operationId)},"type":"${MessageType.Next}","payload":`;
    this.#options = options;
  }

  deliver(payload: string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    // One message may be larger than the limit: it closes nothing by itself.
    if (this.#stream.writableLength > 0 && this.backlog.isFull) this.backlog.exceed();
    else this.#frames.write(this.#stream, this.#start, payload);
  }

  get isBehind(): boolean {
    // What waits for one who has gone is never taken: a stream that is destroyed answers at once, and would be asked for ever.
    if (this.#socket.readyState !== WebSocket.OPEN || !this.#stream.writable) return false;
    return this.backlog.isBehind;
  }

  get backlog(): ClientBacklog {
    return this.#options.backlog;
  }

  whenTaken(callback: () => void): void {
    this.backlog.whenTaken(callback);
  }
}

/** A text as JSON in ASCII, which leaves nobody in doubt and needs no encoding for each who gets it. */
function writeAscii(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
