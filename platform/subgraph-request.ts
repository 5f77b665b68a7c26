import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ClientInfo, clientHeader, verifyClientInfo } from './client-info.ts';
import type { ServingMode } from './streams.ts';
import type { TraceParent } from './trace.ts';
import { type Viewer, verifyViewer, viewerHeader } from './viewer.ts';

/** Who asks, from where, and under which trace: all that a subgraph learns of a request besides the operation. */
export interface SubgraphRequest {
  viewer: Viewer | null;
  trace: TraceParent;
  client: ClientInfo;
  /** How a subscription is to be served. */
  serving: ServingMode;
  /** Sends a `Set-Cookie` header back; the router hands it on to the client. */
  setCookie(value: string): void;
}

/**
 * What the router has told of a request, by the headers that it signs: for routes beside `/graphql`, too.
 * @param secret the router's `VIEWER_SECRET`; without its signature nobody is signed in, and nothing is known of the client
 */
export function readSubgraphRequest(
  { headers, trace }: FastifyRequest,
  reply: FastifyReply,
  secret: string,
): SubgraphRequest {
  return {
    viewer: verifyViewer(headers[viewerHeader], secret),
    trace,
    client: verifyClientInfo(headers[clientHeader], secret),
    serving: 'events',
    setCookie: (value) => reply.header('set-cookie', value),
  };
}
