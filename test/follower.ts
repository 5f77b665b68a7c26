import { WebSocket } from 'ws';

/** A log that somebody follows, over all sockets that they ever have for it. */
export interface FollowedLog {
  query: string;
  roomId: string;
  /** Where the next subscription begins: the place of the last event. */
  after: string;
  events: FollowedEvent[];
}

export interface FollowedEvent {
  seq: number;
  cursor: string;
  message?: { text: string | null };
}

/** What has ended a subscription: the code of its error. */
export interface FollowedEnd {
  log: FollowedLog;
  code: string;
}

export interface FollowerOptions {
  accessToken: string;
  logs: FollowedLog[];
  /** Called for each event, which is among those of its log by then. */
  onEvent?(log: FollowedLog): void;
  /** A subscription has ended, and not by the follower's own will. */
  onEnd?(end: FollowedEnd): void;
  /** A socket has closed, or could not be opened. The code is 1006 when no closing came. */
  onClosed?(code: number): void;
}

type ServerMessage =
  | { type: 'connection_ack' | 'ping' | 'pong' }
  | { type: 'next'; id: string; payload: { data: Record<string, FollowedEvent> | null; errors?: CodedError[] } }
  | { type: 'error'; id: string; payload: CodedError[] }
  | { type: 'complete'; id: string };

interface CodedError {
  extensions: { code: string };
}

/**
 * A client of graphql-transport-ws that costs little, so that there may be thousands in one process: it follows logs,
 * each from where it has come to, over one socket at a time.
 */
export class Follower {
  readonly logs: readonly FollowedLog[];
  readonly #options: FollowerOptions;
  #socket: WebSocket | null = null;
  #isStalled = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.logs = options.logs;
  }

  /** Everything received so far, over all sockets. */
  get received(): number {
    return this.logs.reduce((count, { events }) => count + events.length, 0);
  }

  get isConnected(): boolean {
    return this.#socket !== null;
  }

  /** Opens a socket and subscribes to every log from its place. `tearAt` ends it there, before the first event. */
  connect(url: string, tearAt: 'handshake' | 'acknowledgement' | 'subscribe' | null = null): void {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { perMessageDeflate: false });
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.once('close', (code) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#options.onClosed?.(code);
    });
    socket.once('open', () => {
      const payload = { authorization: `Bearer ${this.#options.accessToken}` };
      socket.send(JSON.stringify({ type: 'connection_init', payload }));
      if (tearAt === 'acknowledgement') socket.terminate();
    });
    socket.on('message', (data) => {
      if (this.#socket === socket) this.#take(JSON.parse(String(data)) as ServerMessage, tearAt === 'subscribe');
    });
    if (tearAt === 'handshake') tearHandshake(socket);
  }

  subscribe(log: FollowedLog): void {
    const { query, roomId, after } = log;
    const id = String(this.logs.indexOf(log));
    this.#socket?.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables: { roomId, after } } }));
  }

  /** Cuts the socket as a lost network does; what is on its way is lost. */
  cut(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  /** Says goodbye, and hears nothing any more. */
  leave(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Takes nothing more from the network, but keeps the socket open. */
  stall(): void {
    this.#socket?.pause();
    this.#isStalled = true;
  }

  /** Takes again what has been waiting, and what comes. */
  goOn(): void {
    if (this.#isStalled) this.#socket?.resume();
    this.#isStalled = false;
  }

  #take(message: ServerMessage, tearAtSubscribe: boolean): void {
    switch (message.type) {
      case 'connection_ack':
        for (const log of this.logs) this.subscribe(log);
        if (tearAtSubscribe) this.#socket?.terminate();
        return;
      case 'next':
        this.#takeEvent(this.#logOf(message.id), message.payload);
        return;
      case 'error':
        this.#end(this.#logOf(message.id), message.payload);
        return;
      default:
        return;
    }
  }

  #takeEvent(
    log: FollowedLog,
    { data, errors }: { data: Record<string, FollowedEvent> | null; errors?: CodedError[] },
  ): void {
    const event = Object.values(data ?? {})[0];
    if (errors || !event) {
      this.#end(log, errors ?? []);
      return;
    }
    log.events.push(event);
    log.after = event.cursor;
    this.#options.onEvent?.(log);
  }

  #end(log: FollowedLog, errors: readonly CodedError[]): void {
    this.#options.onEnd?.({ log, code: errors[0]?.extensions.code ?? 'none' });
  }

  #logOf(id: string): FollowedLog {
    const log = this.logs[Number(id)];
    if (!log) throw new Error(`Nobody has subscribed under the id ${id}.`);
    return log;
  }
}

/** Cuts the connection once the request for an upgrade is on its way, before it is answered. */
function tearHandshake(socket: WebSocket): void {
  const { _req: request } = socket as unknown as { _req: { once(event: 'finish', listener: () => void): void } };
  request.once('finish', () => socket.terminate());
}
