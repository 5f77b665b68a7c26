import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols, MessageType, makeServer, type ServerOptions } from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer, type ServerOptions as WebSocketServerOptions } from 'ws';
import type { Random } from '../../../platform/random.ts';
import { ClientBacklog } from '../client-backlog.ts';
import type { ClientSink } from '../result-sink.ts';
import { type ClientMessage, readMessage } from './client-message.ts';
import { type KeepAliveOptions, keepAlive } from './keep-alive.ts';
import { OperationSequence } from './operation-sequence.ts';
import { SharedFrames } from './shared-frames.ts';
import { SocketOutlet } from './socket-outlet.ts';
import { takeTurns } from './turns.ts';

/** What keeps a WebSocket from being opened, as an HTTP status. */
export type Refusal = '403 Forbidden' | '404 Not Found' | '429 Too Many Requests' | '503 Service Unavailable';

/** A WebSocket, for those who serve it. */
export interface OpenSocket {
  close(code: number, reason: string): void;
  /** Where the results of an operation go that many get. What waits for the client is bounded: past the bound its socket is closed. */
  createSink(operationId: string): ClientSink;
  /** What waits for the client. */
  readonly backlog: ClientBacklog;
  /** Operations that have not ended yet. */
  readonly operationsUnderWay: number;
}

export interface SocketServerOptions<Extra> {
  server: Server;
  path: string;
  /** Why a socket may not be opened; null when it may. */
  refuse(request: IncomingMessage): Refusal | null;
  /** The largest message a client may send, in bytes; a larger one closes its socket with 1009. */
  messageLimitBytes: number;
  /** Bytes that may wait for one client, in its socket and its operations. What is new and comes past it closes the socket, to be resumed. */
  bufferedLimitBytes: number;
  keepAlive: KeepAliveOptions;
  /** Sockets are closed over so long when the server stops. */
  drainMilliseconds: number;
  random: Random;
  protocol: ServerOptions<Record<string, unknown>, Extra>;
  /** Made for each socket; the protocol's callbacks find it as `extra`. */
  createExtra(request: IncomingMessage, socket: OpenSocket): Extra;
  /** The payload of the pong that answers a ping. */
  answerPing(extra: Extra, payload: unknown): Promise<unknown>;
  onRefused(status: string): void;
  /** Told the code of every socket that closes. */
  onClosed(code: number): void;
  /** The connection has ended, which may be some time after the socket was closed. */
  onGone(extra: Extra): void;
  logger: Logger;
}

export interface SocketServer {
  /** How many sockets are open, and how many bytes wait for their clients, all together. */
  readonly counts: { sockets: number; bufferedBytes: number };
  /**
   * Refuses new sockets, and closes the open ones one after the other: their clients come back elsewhere, and not all at once.
   * Each is served until it is closed.
   */
  stop(): Promise<void>;
}

/** RFC 6455's registered code for a server that restarts: clients reconnect. */
const serviceRestart = 1012;

/** A client that has not answered the closing handshake by then is cut off. */
const closingLimitMilliseconds = 3_000;

const slowConsumer = 4413;

/**
 * Joins a `ws` server to graphql-ws, which owns the protocol. The library's own adapter writes to the console and answers
 * every fault of a client's socket with another close; here such a socket is simply left to `ws`.
 */
export function serveSockets<Extra>(options: SocketServerOptions<Extra>): SocketServer {
  const { server, path, logger } = options;
  const protocol = makeServer(options.protocol);
  const frames = new SharedFrames();
  // The types do not know `closeTimeout`. It cuts whoever does not close, whichever side began to.
  const serverOptions: WebSocketServerOptions & { closeTimeout: number } = {
    noServer: true,
    closeTimeout: closingLimitMilliseconds,
    // Frames of shared messages are written between those of `ws`, which must not lag behind in a compressor.
    perMessageDeflate: false,
    maxPayload: options.messageLimitBytes,
    handleProtocols: (offered) => handleProtocols(offered),
  };
  const sockets = new WebSocketServer(serverOptions);
  const open = new Map<WebSocket, OpenSocket>();
  let phase: 'serving' | 'draining' = 'serving';

  function findRefusal(request: IncomingMessage): Refusal | null {
    if (request.url?.split('?', 1)[0] !== path) return '404 Not Found';
    return phase === 'draining' ? '503 Service Unavailable' : options.refuse(request);
  }

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // Node leaves an upgraded stream without a listener for errors, and an error that nobody hears ends the process.
    stream.on('error', () => stream.destroy());
    const refusal = findRefusal(request);
    if (refusal !== null) {
      options.onRefused(refusal.slice(0, 3));
      stream.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, request, stream));
  }

  function serve(socket: WebSocket, request: IncomingMessage, stream: Duplex): void {
    let end = (_code: number, _reason: string): void => undefined;
    const close = (code: number, reason: string) => {
      if (socket.readyState !== socket.OPEN) return;
      socket.close(code, limitReason(reason));
      // Whoever loses the right to a stream loses it now, whether or not the client answers the closing handshake.
      end(code, reason);
    };
    const backlog = new ClientBacklog({
      stream,
      limitBytes: options.bufferedLimitBytes,
      onExceeded: () => close(slowConsumer, 'Too much waits to be read'),
    });
    const outlet = new SocketOutlet({ socket, stream, frames, backlog });
    const send = (message: string) => outlet.send(message);
    let pass = async (_text: string): Promise<void> => undefined;
    const operations = new OperationSequence((text) => pass(text));
    const opened: OpenSocket = {
      close,
      createSink: (operationId) => outlet.createSink(operationId),
      backlog,
      get operationsUnderWay() {
        return operations.size;
      },
    };
    const extra = options.createExtra(request, opened);
    const stopPinging = keepAlive(socket, options.keepAlive);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send,
        close,
        onMessage(handle) {
          pass = handle;
        },
        async onPing(payload) {
          const answer = await options.answerPing(extra, payload);
          await send(JSON.stringify({ type: MessageType.Pong, ...(answer !== undefined && { payload: answer }) }));
        },
      },
      extra,
    );
    open.set(socket, opened);
    end = (code, reason) => {
      end = () => undefined;
      options.onClosed(code);
      operations.stop();
      stopPinging();
      closed(code, reason).catch((error: unknown) => logger.error({ error }, 'a WebSocket was not cleaned up'));
    };
    async function handleMessage(message: ClientMessage): Promise<void> {
      try {
        await operations.handle(message);
      } catch (error) {
        logger.error({ error }, 'a WebSocket message could not be handled');
        close(CloseCode.InternalServerError, 'Internal server error');
      }
    }
    takeTurns(socket);
    socket.on('message', (data) => {
      // The library goes on reading until the other side has closed too.
      if (socket.readyState !== socket.OPEN) return;
      const message = readMessage(String(data));
      if (message.fault !== null) close(CloseCode.BadRequest, message.fault);
      else void handleMessage(message);
    });
    socket.on('error', (error) => logger.debug({ error }, 'a WebSocket failed'));
    socket.once('close', (code, reason) => {
      open.delete(socket);
      options.onGone(extra);
      end(code, String(reason));
    });
  }

  server.on('upgrade', upgrade);
  return {
    get counts() {
      const bufferedBytes = [...open.values()].reduce((sum, { backlog }) => sum + backlog.bytes, 0);
      return { sockets: open.size, bufferedBytes };
    },
    async stop() {
      phase = 'draining';
      const { drainMilliseconds, random } = options;
      const timers = [...open.values()].map(({ close }) =>
        setTimeout(
          () => close(serviceRestart, 'The server restarts: reconnect and resume'),
          random() * drainMilliseconds,
        ),
      );
      const cutOff = setTimeout(() => {
        for (const socket of open.keys()) socket.terminate();
      }, drainMilliseconds + closingLimitMilliseconds);
      await new Promise((resolve) => sockets.close(resolve));
      for (const timer of [...timers, cutOff]) clearTimeout(timer);
    },
  };
}

/** A close frame has room for 123 bytes of reason. */
function limitReason(reason: string): string {
  return Buffer.from(reason)
    .subarray(0, 123)
    .toString()
    .replace(/\ufffd$/, '');
}
