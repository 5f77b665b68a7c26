import { type ExecutionResult, GraphQLError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { codedError } from '../../../platform/errors.ts';
import { EventQueue } from '../../../platform/event-queue.ts';
import type { ServiceSettings } from '../../env.ts';
import { sizeOf } from '../event-size.ts';
import { createEventStreamClient } from './upstream-event-stream.ts';
import { createSocketClient } from './upstream-socket.ts';

/** Events of one subscription that nobody has taken yet. With more it is left: what waits is still taken, to be read on after. */
const waitingEventsLimit = 1_000;
/** The same in bytes of JSON. One event may be larger. */
const waitingLimitBytes = 1024 * 1024;

/**
 * How subgraphs serve subscriptions, by their names: `ws` is the graphql-transport-ws protocol, as of those that are not named, and
 * `sse` GraphQL over SSE in distinct connections mode.
 */
export type UpstreamProtocols = ServiceSettings['SUBGRAPH_SUBSCRIPTIONS'];

/** Opens subscriptions in one subgraph. */
export interface Upstream {
  /** Events in order. The iterator throws a coded error when the subgraph refuses, fails or goes away. */
  subscribe(payload: SubscribePayload): AsyncIterableIterator<ExecutionResult>;
  stop(): Promise<void>;
}

export function createUpstream(subgraph: string, url: string, protocol: UpstreamProtocols[string] = 'ws'): Upstream {
  const client = protocol === 'sse' ? createEventStreamClient(url) : createSocketClient(url);
  return {
    subscribe(payload) {
      let leave = () => {};
      const queue = openQueue(() => leave());
      leave = client.subscribe(payload, {
        next: (result) => queue.push(result, sizeOf(result)),
        error: (error) => queue.end(toCodedError(error, subgraph)),
        complete: () => queue.end(),
      });
      return queue;
    },
    async stop() {
      await client.dispose();
    },
  };
}

/**
 * Events that wait to be taken. However many come at once, in one piece of the network, nobody is slow who takes them as soon as it
 * is their turn: what waits is counted after that.
 */
function openQueue(onLeave: () => void): EventQueue<ExecutionResult> {
  let bytes = 0;
  let isCountedSoon = false;
  const isTooMuch = () => queue.length > waitingEventsLimit || (queue.length > 1 && bytes > waitingLimitBytes);
  const count = () => {
    isCountedSoon = false;
    if (!isTooMuch()) return;
    queue.end(codedError('SLOW_CONSUMER'));
    onLeave();
  };
  const queue = new EventQueue<ExecutionResult>({
    onLeave,
    onResized(change) {
      bytes += change;
      if (isCountedSoon || !isTooMuch()) return;
      isCountedSoon = true;
      setImmediate(count);
    },
  });
  return queue;
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
