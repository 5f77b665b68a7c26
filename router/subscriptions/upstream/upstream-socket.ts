import { type ClientOptions, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { UpstreamClient } from './upstream-client.ts';

/** How the library's client reports what happens to its socket. */
type EventListeners = NonNullable<ClientOptions['on']>;

const keepAliveMilliseconds = 10_000;
const pongLimitMilliseconds = 5_000;
const idleCloseMilliseconds = 10_000;
const connectLimitMilliseconds = 5_000;

/** A subgraph that takes the connection and then says nothing must not hold a subscription for ever. */
class UpstreamSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols, { handshakeTimeout: connectLimitMilliseconds, perMessageDeflate: false });
  }
}

/** One socket carries all subscriptions. It is opened when needed, and closed when idle. */
export function createSocketClient(url: string): UpstreamClient {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: UpstreamSocket,
    connectionAckWaitTimeout: connectLimitMilliseconds,
    lazyCloseTimeout: idleCloseMilliseconds,
    keepAlive: keepAliveMilliseconds,
    // Whoever subscribes resumes with a cursor: a silent retry here would lose what happened in between.
    retryAttempts: 0,
    on: watchPongs(() => client.terminate()),
  });
  return client as UpstreamClient;
}

/** Cuts a connection whose other side is silent: the library sends pings, and leaves it to us to miss the pongs. */
function watchPongs(cut: () => void): Pick<EventListeners, 'ping' | 'pong' | 'closed'> {
  let deadline: NodeJS.Timeout | undefined;
  return {
    ping(isReceived) {
      if (!isReceived) deadline = setTimeout(cut, pongLimitMilliseconds);
    },
    pong: () => clearTimeout(deadline),
    closed: () => clearTimeout(deadline),
  };
}
