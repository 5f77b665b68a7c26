import { type ExecutionResult, GraphQLError } from 'graphql';
import { type Client, type ClientOptions, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { codedError } from '../../platform/errors.ts';
import { EventQueue } from '../../platform/event-queue.ts';

/** How the library's client reports what happens to its socket. */
type EventListeners = NonNullable<ClientOptions['on']>;

/** Events of one subscription that may wait in the router for a slow client. Past it the subscription ends, to be resumed. */
const waitingEventsLimit = 1_000;

/** Opens subscriptions in subgraphs. Any server of the graphql-transport-ws protocol will do. */
export interface Upstream {
  /** Events in order. The iterator throws a coded error when the subgraph refuses, fails or goes away. */
  subscribe(subgraph: string, payload: SubscribePayload): AsyncIterableIterator<ExecutionResult>;
  stop(): Promise<void>;
}

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

/** One socket to each subgraph carries all its subscriptions. It is opened when needed, and closed when idle. */
export function createUpstream(subgraphUrls: ReadonlyMap<string, string>): Upstream {
  const sockets = new Map<string, Client>();

  function socketTo(subgraph: string): Client {
    let client = sockets.get(subgraph);
    if (!client) {
      const url = subgraphUrls.get(subgraph);
      if (url === undefined) throw new Error(`The supergraph has no subgraph ${subgraph}.`);
      const opened: Client = createClient({
        url: url.replace(/^http/, 'ws'),
        webSocketImpl: UpstreamSocket,
        connectionAckWaitTimeout: connectLimitMilliseconds,
        lazyCloseTimeout: idleCloseMilliseconds,
        keepAlive: keepAliveMilliseconds,
        // Whoever subscribes resumes with a cursor: a silent retry here would lose what happened in between.
        retryAttempts: 0,
        on: watchPongs(() => opened.terminate()),
      });
      client = opened;
      sockets.set(subgraph, client);
    }
    return client;
  }

  return {
    subscribe(subgraph, payload) {
      let leave = () => {};
      const queue = new EventQueue<ExecutionResult>(waitingEventsLimit, slowConsumer, () => leave());
      leave = socketTo(subgraph).subscribe(payload, {
        next: (result) => queue.push(result as ExecutionResult),
        error: (error) => queue.end(toCodedError(error, subgraph)),
        complete: () => queue.end(),
      });
      return queue;
    },
    async stop() {
      await Promise.all([...sockets.values()].map((client) => client.dispose()));
    },
  };
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

/** The client hands on either the errors of the protocol's `error` message, or what happened to the socket. */
function toCodedError(error: unknown, subgraph: string): GraphQLError {
  const refusal: unknown = Array.isArray(error) ? error[0] : undefined;
  if (refusal && typeof refusal === 'object' && 'message' in refusal) {
    const { message, extensions } = refusal as { message: string; extensions?: Record<string, unknown> };
    return new GraphQLError(message, { extensions: extensions ?? {} });
  }
  return codedError('SUBGRAPH_UNAVAILABLE', undefined, { subgraph });
}

function slowConsumer(): GraphQLError {
  return codedError('SLOW_CONSUMER');
}
