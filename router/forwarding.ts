import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Agent } from 'undici';
import { unknownClient } from '../platform/client-info.ts';
import { codedError, errorBody } from '../platform/errors.ts';
import type { VerifiedToken } from './access-token.ts';
import type { Caller, CallerReader } from './caller.ts';
import { createContext, type HeaderSigners } from './context.ts';
import type { ServiceSettings } from './env.ts';
import { limitBody, passableHeaders, passRequestHeaders } from './forwarding-streams.ts';
import type { Graph } from './graph.ts';
import { refuseRequest } from './refusal.ts';
import type { Revocations } from './revocations.ts';

/** A route of a subgraph beside its GraphQL endpoint that clients reach through the router, at the same path. */
export interface ForwardedRoute {
  subgraph: string;
  method: 'GET' | 'POST';
  /** In Fastify's form. Each parameter is of letters, digits, `-` and `_`; what is not is not found. */
  path: string;
  /** Whether only somebody who is signed in passes. Who is not needed is not looked for: what has its own secret gets no viewer. */
  isForViewers: boolean;
  /** The largest body that passes, 0 for none. */
  bodyLimitBytes: number;
}

/** All of them: another subgraph's route is another line. */
export const forwardedRoutes: readonly ForwardedRoute[] = [
  { subgraph: 'chat', method: 'POST', path: '/webhooks/:id/:secret', isForViewers: false, bodyLimitBytes: 64 * 1024 },
  { subgraph: 'chat', method: 'GET', path: '/rooms/:roomId/export', isForViewers: true, bodyLimitBytes: 0 },
];

/** Connections to one subgraph for forwarded requests, apart from those for operations: a download may hold one for long. */
export const forwardedConnections = 64;

/** A client that takes nothing for so long is cut off. It can go on where it stopped when the route lets it. */
export const stalledLimitMilliseconds = 60_000;

export interface ForwardingOptions {
  graphs: { readonly current: Pick<Graph, 'subgraphUrls'> };
  settings: Pick<ServiceSettings, 'SUBGRAPH_TIMEOUT_MILLISECONDS'>;
  callers: Pick<CallerReader, 'ofDownload'>;
  sign: HeaderSigners;
  revocations: Pick<Revocations, 'onRevoked' | 'reasonAgainst'>;
  logger: Logger;
}

export interface Forwarding {
  /** Adds the routes. One of a subgraph that the supergraph lacks is not found. */
  serve(app: FastifyInstance): void;
  /** Cuts what still runs. */
  stop(): Promise<void>;
}

/**
 * Forwards requests to routes of subgraphs, bodies streamed both ways at the pace of the slower side. Nothing of the client's
 * own headers passes but what describes the body; who asks, the request id and the trace are told as with operations. A path may be
 * a secret: it is in no log line, metric or error.
 */
export function createForwarding(options: ForwardingOptions, routes = forwardedRoutes): Forwarding {
  const timeout = options.settings.SUBGRAPH_TIMEOUT_MILLISECONDS;
  const agent = new Agent({
    connections: forwardedConnections,
    connectTimeout: Math.min(timeout, 2_000),
    headersTimeout: timeout,
    // Between two pieces. While a client is slow to take what is there, the clock does not run.
    bodyTimeout: timeout,
  });
  return {
    serve(app) {
      // In a scope of its own: here bodies are handed on as they come, whatever they are.
      app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
        for (const route of routes) {
          scope.route({
            method: route.method,
            url: route.path,
            exposeHeadRoute: false,
            handler: (request, reply) => forward(request, reply, route, agent, options),
          });
        }
      });
    },
    stop: () => agent.destroy(),
  };
}

async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  route: ForwardedRoute,
  agent: Agent,
  { graphs, callers, sign, revocations, logger }: ForwardingOptions,
): Promise<FastifyReply> {
  const path = fillPath(route, request);
  const url = graphs.current.subgraphUrls.get(route.subgraph);
  if (path === null || url === undefined) return refuseRequest(reply, codedError('NOT_FOUND'));
  let caller: Caller = { viewer: null, client: unknownClient };
  try {
    if (route.isForViewers) caller = await callers.ofDownload(request.raw);
    if (route.isForViewers && caller.viewer === null) throw codedError('UNAUTHENTICATED');
  } catch (error) {
    return refuseRequest(reply, error);
  }
  const { subgraphHeaders } = createContext(
    { ...caller, trace: request.trace, requestId: request.id, setCookie: () => undefined },
    sign,
  );
  const body = limitBody(request.body as Readable | undefined, request.headers, route.bodyLimitBytes);
  if (body.isTooLarge()) return refuseRequest(reply, codedError('PAYLOAD_TOO_LARGE'));
  const cut = cutWithClient(reply, caller.viewer as VerifiedToken | null, revocations);
  try {
    const response = await agent.request({
      origin: new URL(url).origin,
      path,
      method: route.method,
      headers: { ...passRequestHeaders(request.headers), ...subgraphHeaders(route.subgraph) },
      body: body.stream,
      signal: cut,
    });
    reply.raw.setTimeout(stalledLimitMilliseconds);
    return reply
      .status(response.statusCode)
      .headers(passableHeaders(response.headers as IncomingHttpHeaders))
      .send(response.body);
  } catch (error) {
    if (body.isTooLarge()) return refuseRequest(reply, codedError('PAYLOAD_TOO_LARGE'));
    // Nobody is there to read it, unless it was the token that ended.
    if (cut.aborted) return refuseRequest(reply, codedError('UNAUTHENTICATED'));
    logger.warn({ error, subgraph: route.subgraph, route: route.path }, 'a request was not forwarded');
    return reply.status(502).send(errorBody('SUBGRAPH_UNAVAILABLE'));
  }
}

/** Aborts when the client has gone, and when the token that opened the way is revoked. */
function cutWithClient(
  { raw }: FastifyReply,
  viewer: VerifiedToken | null,
  { onRevoked }: Pick<Revocations, 'onRevoked'>,
): AbortSignal {
  const controller = new AbortController();
  const stop = viewer === null ? () => undefined : onRevoked(viewer, () => controller.abort());
  raw.once('close', () => {
    stop();
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

const parameterPattern = /^[\w-]{1,100}$/;

/** The path and query to ask the subgraph for; null when a parameter is of another form. */
function fillPath({ path }: ForwardedRoute, request: FastifyRequest): string | null {
  const parameters = Object.entries(request.params as Record<string, string>);
  if (parameters.some(([, value]) => !parameterPattern.test(value))) return null;
  const filled = parameters.reduce((before, [name, value]) => before.replace(`:${name}`, value), path);
  const { url = '' } = request.raw;
  return url.includes('?') ? filled + url.slice(url.indexOf('?')) : filled;
}
