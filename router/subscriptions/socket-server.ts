import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { MessageGate } from './message-gate.ts';

/** What can be done with one socket. */
export interface SocketHandle {
  close(code: number, reason: string): void;
  /** Writes a message of the protocol. */
  send(message: string): void;
  /** Operations under way, those included that the client has completed and that are not over yet. */
  countOperations(): number;
}

export interface SocketServerOptions<Extra> {
  server: Server;
  path: string;
  /** Whether a socket may be opened; who may not gets 403. */
  admits(request: IncomingMessage): boolean;
  /** The largest message a client may send, in bytes; a larger one closes its socket with 1009. */
  messageLimitBytes: number;
  /** A socket that does not answer a ping within this time is dead. */
  pingMilliseconds: number;
  protocol: ServerOptions<Record<string, unknown>, Extra>;
  /** Made for each socket; the protocol's callbacks find it as `extra`. */
  createExtra(request: IncomingMessage, handle: SocketHandle): Extra;
  /** Told the code of every socket that closes. */
  onClosed(code: number): void;
  logger: Logger;
}

/** RFC 6455's registered code for a server that restarts: clients reconnect. */
const serviceRestart = 1012;

/** A client that has not answered the closing handshake by then is cut off. */
const closingLimitMilliseconds = 3_000;

/** Bytes that may wait in the process for one client to read them. Past it the socket is closed, to be resumed. */
const bufferedLimitBytes = 1024 * 1024;
const slowConsumer = 4413;

/**
 * Joins a `ws` server to graphql-ws, which owns the protocol. The library's own adapter writes to the console and answers
 * every fault of a client's socket with another close; here such a socket is simply left to `ws`.
 */
export function serveSockets<Extra>(options: SocketServerOptions<Extra>): { stop(): Promise<void> } {
  const { server, path, logger } = options;
  const protocol = makeServer(options.protocol);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.messageLimitBytes,
    handleProtocols: (offered) => handleProtocols(offered),
  });

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // Node leaves an upgraded stream without a listener for errors, and an error that nobody hears ends the process.
    stream.on('error', () => stream.destroy());
    const refuse = (status: string) =>
      stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
    if (request.url?.split('?', 1)[0] !== path) return void refuse('404 Not Found');
    if (!options.admits(request)) return void refuse('403 Forbidden');
    sockets.handleUpgrade(request, stream, head, (socket) => open(socket, request));
  }

  function open(socket: WebSocket, request: IncomingMessage): void {
    let end = (_code: number, _reason: string): void => undefined;
    const close = (code: number, reason: string) => {
      if (socket.readyState !== socket.OPEN) return;
      socket.close(code, limitReason(reason));
      // Whoever loses the right to a stream loses it now, whether or not the client answers the closing handshake.
      end(code, reason);
      setTimeout(() => socket.terminate(), closingLimitMilliseconds).unref();
    };
    // The protocol has no use for the messages of a socket that it refuses.
    let handleByProtocol = async (_message: string): Promise<void> => undefined;
    const gate = new MessageGate({
      handle: handleMessage,
      refuse: () => close(CloseCode.BadRequest, 'Invalid message received'),
    });
    const extra = options.createExtra(request, {
      close,
      // Nobody waits for it: how far a client is behind is known by what waits in its socket.
      send: (message) => void send(socket, message, close),
      countOperations: () => gate.operations,
    });
    const stopPinging = keepAlive(socket, options.pingMilliseconds);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(socket, data, close),
        close,
        onMessage(handle) {
          handleByProtocol = handle;
        },
      },
      extra,
    );
    end = (code, reason) => {
      end = () => undefined;
      options.onClosed(code);
      stopPinging();
      closed(code, reason).catch((error: unknown) => logger.error({ error }, 'a WebSocket was not cleaned up'));
    };
    socket.on('message', (data) => {
      // The library goes on reading until the other side has closed too.
      if (socket.readyState === socket.OPEN) void gate.take(String(data));
    });
    async function handleMessage(message: string): Promise<void> {
      try {
        await handleByProtocol(message);
      } catch (error) {
        logger.error({ error }, 'a WebSocket message could not be handled');
        close(CloseCode.InternalServerError, 'Internal server error');
      }
    }
    socket.on('error', (error) => logger.debug({ error }, 'a WebSocket failed'));
    socket.once('close', (code, reason) => end(code, String(reason)));
  }

  server.on('upgrade', upgrade);
  return {
    async stop() {
      server.off('upgrade', upgrade);
      for (const socket of sockets.clients) socket.close(serviceRestart, 'The server restarts');
      const cutOff = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, closingLimitMilliseconds);
      await new Promise((resolve) => sockets.close(resolve));
      clearTimeout(cutOff);
    },
  };
}

/**
 * Resolves when the bytes are handed to the operating system, so that a slow client slows its own streams down. A client
 * that does not read at all is closed when too much waits for it.
 */
function send(socket: WebSocket, data: string, close: (code: number, reason: string) => void): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) {
      resolve();
      return;
    }
    // A client that has gone is no fault: its socket closes, and with it everything that runs for it.
    socket.send(data, () => resolve());
    if (socket.bufferedAmount > bufferedLimitBytes) close(slowConsumer, 'Too much waits to be read');
  });
}

/** A close frame has room for 123 bytes of reason. */
function limitReason(reason: string): string {
  return Buffer.from(reason)
    .subarray(0, 123)
    .toString()
    .replace(/\ufffd$/, '');
}

function keepAlive(socket: WebSocket, pingMilliseconds: number): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) socket.terminate();
    answered = false;
    socket.ping();
  }, pingMilliseconds);
  return () => clearInterval(timer);
}
