import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { codedError } from '../../../platform/errors.ts';
import { ClientBacklog } from '../client-backlog.ts';
import type { ClientSink } from '../result-sink.ts';

/** How results are written into an HTTP answer. Payloads and lists of errors come as JSON. */
export interface StreamFormat {
  contentType: string;
  /** What comes before everything else. */
  opening: string;
  /** What clients ignore. */
  heartbeat: string;
  result(payload: string): string;
  /** What tells the errors that end a subscription. */
  failure(errors: string): string;
  /** What comes last. */
  closing: string;
}

export interface HttpStreamOptions {
  format: StreamFormat;
  heartbeatMilliseconds: number;
  /** Bytes that may wait for the client, in its answer and its operation. What is new and comes past it ends the stream, to be resumed. */
  bufferedLimitBytes: number;
  /** A client that has not read the end by then is cut off. */
  closingLimitMilliseconds: number;
  /** Makes of an error that ends the stream what the client sees, and the code that it has. */
  describe(error: unknown): { code: string; shown: object };
  /** The stream takes nothing more: it is `complete`, the client is `gone`, or the code of the error that ended it. Called once. */
  onEnd(reason: string): void;
}

/** A client that takes nothing of what waits for it within this time is gone. Heartbeats see to it that something waits. */
const stalledLimitMilliseconds = 60_000;

/** An HTTP answer that stays open and carries results as they come. */
export class HttpStream implements ClientSink {
  /** Resolves when nothing more goes over the connection. */
  readonly closed: Promise<void>;
  readonly backlog: ClientBacklog;
  readonly #options: HttpStreamOptions;
  readonly #raw: FastifyReply['raw'];
  readonly #heartbeat: NodeJS.Timeout;
  #cutOff: NodeJS.Timeout | undefined;
  #phase: 'open' | 'ending' | 'closed' = 'open';

  /** Takes the reply over and sends its headers at once, with a first heartbeat: what stands in between must not wait for more. */
  constructor(reply: FastifyReply, options: HttpStreamOptions) {
    this.#options = options;
    const { format, heartbeatMilliseconds } = options;
    reply.hijack();
    this.#raw = reply.raw;
    this.backlog = new ClientBacklog({
      stream: reply.raw,
      limitBytes: options.bufferedLimitBytes,
      onExceeded: () => this.#failWhen(() => this.backlog.isUntaken),
    });
    this.closed = new Promise((resolve) => this.#raw.once('close', resolve));
    this.#raw.once('close', () => this.#close());
    // Whoever writes to a client that has gone is told so by an error, too. The stream has ended by then.
    this.#raw.on('error', () => undefined);
    this.#raw.setTimeout(stalledLimitMilliseconds, () => {
      // Where nothing waits nothing has happened, which is no fault of the client's.
      if (this.#raw.writableLength > 0) this.#raw.destroy();
    });
    this.#raw.writeHead(200, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...streamHeaders(format) });
    this.#raw.write(format.opening + format.heartbeat);
    this.#heartbeat = setInterval(() => void this.#write(format.heartbeat), heartbeatMilliseconds);
  }

  /**
   * Resolves when the result is handed to the operating system, so that a slow client slows its own stream down. What waits in the
   * operation does not count here: it is sent by this, and whether there is room for it was asked before it began to wait.
   */
  send(payload: string): Promise<void> {
    return this.#write(this.#options.format.result(payload));
  }

  deliver(payload: string): void {
    void this.send(payload);
    if (this.backlog.isFull) this.#failWhen(() => this.backlog.isUntaken && this.backlog.isFull);
  }

  get isBehind(): boolean {
    // What waits for one who has gone is never taken: an answer that is destroyed says so at once, and would be asked for ever.
    if (this.#phase !== 'open' || this.#raw.destroyed) return false;
    return this.backlog.isBehind;
  }

  whenTaken(callback: () => void): void {
    this.backlog.whenTaken(callback);
  }

  complete(): void {
    this.#end('complete', '');
  }

  fail(error: unknown): void {
    if (this.#phase !== 'open') return;
    const { code, shown } = this.#options.describe(error);
    this.#end(code, this.#options.format.failure(JSON.stringify([shown])));
  }

  #write(text: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.#phase !== 'open') {
        resolve();
        return;
      }
      this.#raw.write(text, () => resolve());
      if (this.backlog.isStreamFull) this.#failWhen(() => this.backlog.isStreamFull);
    });
  }

  /** Node hands all that is written in one turn to the operating system after it; what is left then waits for the client. */
  #failWhen(isTooMuch: () => boolean): void {
    setImmediate(() => {
      if (isTooMuch()) this.fail(codedError('SLOW_CONSUMER'));
    });
  }

  #end(reason: string, last: string): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'ending';
    clearInterval(this.#heartbeat);
    this.#raw.end(last + this.#options.format.closing);
    this.#cutOff = setTimeout(() => this.#raw.destroy(), this.#options.closingLimitMilliseconds).unref();
    this.#options.onEnd(reason);
  }

  #close(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#cutOff);
    const wasOpen = this.#phase === 'open';
    this.#phase = 'closed';
    if (wasOpen) this.#options.onEnd('gone');
  }
}

/** The connection ends with the stream, so that a server that stops need not wait for the next request on it. */
function streamHeaders({ contentType }: StreamFormat): Record<string, string> {
  return {
    'content-type': contentType,
    'cache-control': 'no-store',
    // Told to proxies that would else collect an answer before they pass it on (nginx).
    'x-accel-buffering': 'no',
    connection: 'close',
  };
}
