import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';

export interface KeepAliveOptions {
  /** A ping goes out so long after the socket was opened, and after each answer. */
  pingMilliseconds: number;
  /** A socket that has not answered by then is dead, and is cut. */
  pongMilliseconds: number;
}

/** So much that nobody who has not read a ping can answer it. */
const payloadBytes = 8;

/**
 * Pings a socket, which every client answers by itself, with the payload of the ping (RFC 6455, 5.5.3). A pong that answers no
 * ping, which the RFC allows, is no sign that the client reads. Returns what ends it.
 */
export function keepAlive(
  socket: Pick<WebSocket, 'on' | 'off' | 'ping' | 'terminate'>,
  { pingMilliseconds, pongMilliseconds }: KeepAliveOptions,
): () => void {
  /** Of the ping that is out. */
  let payload: Buffer | null = null;
  const ping = () => {
    timer = setTimeout(() => socket.terminate(), pongMilliseconds);
    payload = randomBytes(payloadBytes);
    socket.ping(payload);
  };
  const onPong = (answer: Buffer) => {
    if (!payload?.equals(answer)) return;
    payload = null;
    clearTimeout(timer);
    timer = setTimeout(ping, pingMilliseconds);
  };
  let timer = setTimeout(ping, pingMilliseconds);
  socket.on('pong', onPong);
  return () => {
    socket.off('pong', onPong);
    clearTimeout(timer);
  };
}
