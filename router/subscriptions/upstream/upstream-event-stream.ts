import type { ExecutionResult } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { type Dispatcher, Pool } from 'undici';
import { EventStreamParser } from './event-stream-parser.ts';
import type { UpstreamClient } from './upstream-client.ts';

const connectLimitMilliseconds = 5_000;
/** A subgraph that says nothing at all to a subscription within this time is away. */
const answerLimitMilliseconds = 10_000;
/** A connection over which nothing comes is probed by the operating system: servers need not send anything while nothing happens. */
const keepAliveMilliseconds = 10_000;
/** The longest event of a subgraph, in characters. */
const eventLimit = 16_000_000;

type Sink = Parameters<UpstreamClient['subscribe']>[1];

/**
 * Opens subscriptions in a subgraph that serves GraphQL over SSE, each by a request of its own. Who asks, and under which trace, is in
 * its headers, as with queries; the rest of the extensions stays where it is.
 */
export function createEventStreamClient(url: string): UpstreamClient {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connect: { timeout: connectLimitMilliseconds, keepAliveInitialDelay: keepAliveMilliseconds },
    headersTimeout: answerLimitMilliseconds,
    bodyTimeout: 0,
  });
  return {
    subscribe({ extensions, ...operation }, sink) {
      const leaving = new AbortController();
      const request = pool.request({
        path: pathname + search,
        method: 'POST',
        ...writeRequest(operation, Object.entries(extensions ?? {})),
        signal: leaving.signal,
      });
      request.then((response) => readResults(response, sink)).then(sink.complete, sink.error);
      return () => leaving.abort();
    },
    dispose: () => pool.destroy(),
  };
}

function writeRequest(
  operation: SubscribePayload,
  extensions: [string, unknown][],
): { headers: Record<string, string>; body: string } {
  const headers = extensions.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const rest = extensions.filter(([, value]) => typeof value !== 'string');
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream, application/json;q=0.9',
      ...Object.fromEntries(headers),
    },
    body: JSON.stringify({ ...operation, ...(rest.length > 0 && { extensions: Object.fromEntries(rest) }) }),
  };
}

/**
 * Resolves when the subgraph has completed the subscription.
 * @throws the errors of an operation that it does not run; anything else when it does not answer in the protocol, or goes away
 */
async function readResults({ headers, statusCode, body }: Dispatcher.ResponseData, sink: Sink): Promise<void> {
  const type = String(headers['content-type']);
  // An operation that is refused, say: there are servers that do not make a stream of that.
  if (/^application\/(graphql-response\+)?json\b/i.test(type)) return passOn(await body.json(), sink);
  if (statusCode !== 200 || !/^text\/event-stream\b/i.test(type)) {
    await body.dump();
    throw new Error(`HTTP ${statusCode} ${type} without a GraphQL answer`);
  }
  const parser = new EventStreamParser(eventLimit);
  const decoder = new TextDecoder();
  for await (const piece of body) {
    for (const { event, data } of parser.read(decoder.decode(piece as Buffer, { stream: true }))) {
      if (event === 'complete') return;
      if (event === 'next') passOn(JSON.parse(data), sink);
    }
  }
  throw new Error('A subscription ended without being completed');
}

/** A result without data, not even null, is of an operation that did not begin. */
function passOn(result: unknown, sink: Sink): void {
  const { data, errors } = (result ?? {}) as ExecutionResult;
  if (data === undefined) throw errors ?? new Error('An event without a GraphQL result');
  sink.next(result as ExecutionResult);
}
