import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';

/** What a client's request says of its body. Everything else of it stays here: cookies, tokens, its own `x-chorus-` headers. */
const requestHeaders = ['accept', 'content-type', 'content-encoding', 'idempotency-key'] as const;

/** The headers of a client's request that a forwarded one has, too. */
export function passRequestHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    requestHeaders.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** Of one connection, and of no meaning past it (RFC 9110, 7.6.1). */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What the router says itself, and what no subgraph says to a client by this way. */
const ownHeaders = ['set-cookie', 'x-request-id', 'date', 'server'];

/** The headers of a subgraph's answer that are for the client. */
export function passableHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...ownHeaders, ...named]);
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !dropped.has(name) && !name.startsWith('x-chorus-')),
  );
}

export interface LimitedBody {
  /** Null for a request without a body. It fails once it is over the limit. */
  stream: Readable | null;
  isTooLarge(): boolean;
}

/** Hands a body on piece by piece, as far as it keeps to the limit. One that tells beforehand that it does not is none to begin with. */
export function limitBody(body: Readable | undefined, headers: IncomingHttpHeaders, limitBytes: number): LimitedBody {
  let isTooLarge = body !== undefined && Number(headers['content-length'] ?? 0) > limitBytes;
  async function* pass(source: Readable): AsyncGenerator<Buffer> {
    let bytes = 0;
    try {
      // The rest of a request that is refused must not take the connection with it, on which the answer goes back.
      for await (const piece of source.iterator({ destroyOnReturn: false })) {
        bytes += (piece as Buffer).length;
        isTooLarge = bytes > limitBytes;
        if (isTooLarge) throw new Error('The body is too large.');
        yield piece as Buffer;
      }
    } finally {
      // Nor must it stay there, before the next request on the same connection.
      source.resume();
    }
  }
  const stream = body === undefined || isTooLarge ? null : Readable.from(pass(body), { objectMode: false });
  return { stream, isTooLarge: () => isTooLarge };
}
