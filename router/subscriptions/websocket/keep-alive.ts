import type { WebSocket } from 'ws';

export interface KeepAliveOptions {
  /** A ping goes out so long after the socket was opened, and after each answer. */
  pingMilliseconds: number;
  /** A socket that has not answered by then is dead, and is cut. */
  pongMilliseconds: number;
}

/** Pings a socket, which every client answers by itself (RFC 6455, 5.5.3). Returns what ends it. */
export function keepAlive(
  socket: Pick<WebSocket, 'on' | 'off' | 'ping' | 'terminate'>,
  { pingMilliseconds, pongMilliseconds }: KeepAliveOptions,
): () => void {
  const ping = () => {
    timer = setTimeout(() => socket.terminate(), pongMilliseconds);
    socket.ping();
  };
  const waitToPing = () => {
    clearTimeout(timer);
    timer = setTimeout(ping, pingMilliseconds);
  };
  let timer = setTimeout(ping, pingMilliseconds);
  socket.on('pong', waitToPing);
  return () => {
    socket.off('pong', waitToPing);
    clearTimeout(timer);
  };
}
