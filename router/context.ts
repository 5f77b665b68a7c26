import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ClientInfo, clientHeader, clientHeaderLifetimeSeconds, signClientInfo } from '../platform/client-info.ts';
import type { TraceParent } from '../platform/trace.ts';
import { signViewer, type Viewer, viewerHeader, viewerHeaderLifetimeSeconds } from '../platform/viewer.ts';
import { sessionCookiesOf } from './cookies.ts';
import { identitySubgraph } from './identity-subgraph.ts';

/** One operation as it came in. */
export interface OperationOrigin {
  /** Read anew each time: the token of a socket may be renewed while an operation runs. */
  readonly viewer: Viewer | null;
  client: ClientInfo;
  trace: TraceParent;
  requestId: string;
  /** Adds a `Set-Cookie` header to the answer, where there is one. */
  setCookie(value: string): void;
}

/** What the router knows of one operation besides its text. */
export interface RouterContext {
  readonly viewer: Viewer | null;
  trace: TraceParent;
  requestId: string;
  /** What goes to a subgraph with every request of this operation: who asks, and under which trace. */
  subgraphHeaders(subgraph: string): Record<string, string>;
  /** Hands the `Set-Cookie` headers of a subgraph's answer on to the client, as far as that subgraph may set cookies. */
  receiveCookies(subgraph: string, header: string | string[] | undefined): void;
}

/** Signs somebody into a header. The same object gets the same header for half of its lifetime. */
export type HeaderSigner<Subject extends object> = (subject: Subject) => string;

/** What the router signs for subgraphs. */
export interface HeaderSigners {
  viewer: HeaderSigner<Viewer>;
  client: HeaderSigner<ClientInfo>;
}

export function createHeaderSigners(secret: string, now: () => number): HeaderSigners {
  return {
    viewer: rememberHeaders((viewer) => signViewer(viewer, secret), viewerHeaderLifetimeSeconds, now),
    client: rememberHeaders((client) => signClientInfo(client, secret), clientHeaderLifetimeSeconds, now),
  };
}

function rememberHeaders<Subject extends object>(
  sign: HeaderSigner<Subject>,
  lifetimeSeconds: number,
  now: () => number,
): HeaderSigner<Subject> {
  const signed = new WeakMap<Subject, { header: string; staleAt: number }>();
  return (subject) => {
    const known = signed.get(subject);
    if (known && known.staleAt > now()) return known.header;
    const header = sign(subject);
    signed.set(subject, { header, staleAt: now() + (lifetimeSeconds * 1000) / 2 });
    return header;
  };
}

/**
 * The context of one operation. Headers for subgraphs are made here and nowhere else, and nothing of the client's own
 * headers goes into them: what a client sends as `x-chorus-viewer` or `x-chorus-client` ends at the router. What is known of
 * the client, its refresh token among it, is for the subgraph that signs people in, and for no other.
 */
export function createContext(origin: OperationOrigin, sign: HeaderSigners): RouterContext {
  const { client, trace, requestId, setCookie } = origin;
  return {
    get viewer() {
      return origin.viewer;
    },
    trace,
    requestId,
    subgraphHeaders: (subgraph) => ({
      traceparent: trace,
      'x-request-id': requestId,
      ...(origin.viewer && { [viewerHeader]: sign.viewer(origin.viewer) }),
      ...(subgraph === identitySubgraph && { [clientHeader]: sign.client(client) }),
    }),
    receiveCookies(subgraph, header) {
      if (subgraph === identitySubgraph) sessionCookiesOf(header).forEach(setCookie);
    },
  };
}

/** The context of an operation that came over HTTP. */
export function createRequestContext(
  { caller, trace, id }: FastifyRequest,
  reply: FastifyReply,
  sign: HeaderSigners,
): RouterContext {
  const setCookie = (value: string) => void reply.header('set-cookie', value);
  return createContext({ ...caller, trace, requestId: id, setCookie }, sign);
}
