import { WebSocket } from 'ws';

/** What waited in this process for clients to read it, as the servers in it have seen it. */
export interface BufferedBytes {
  /** The most that ever waited for one client, once a message had been handed to its socket. */
  highest: number;
  /** The largest message that was sent. */
  largestMessage: number;
  stop(): void;
}

/** Looks at every socket of every server in this process after each message, until it is stopped. */
export function recordBufferedBytes(): BufferedBytes {
  const { send } = WebSocket.prototype;
  const recorded: BufferedBytes = {
    highest: 0,
    largestMessage: 0,
    stop() {
      WebSocket.prototype.send = send;
    },
  };
  WebSocket.prototype.send = function (this: WebSocket & { _isServer: boolean }, ...args: unknown[]) {
    Reflect.apply(send, this, args);
    if (!this._isServer) return;
    recorded.highest = Math.max(recorded.highest, this.bufferedAmount);
    recorded.largestMessage = Math.max(recorded.largestMessage, Buffer.byteLength(String(args[0])));
  } as typeof send;
  return recorded;
}
