import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, LogController } from 'fastify';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type ErrorCode, errorBody, errorCatalogue } from './errors.ts';
import { newId } from './identifiers.ts';
import { inRequest } from './request-scope.ts';
import { continueTrace, type TraceParent, traceIdOf } from './trace.ts';

declare module 'fastify' {
  interface FastifyRequest {
    trace: TraceParent;
  }
}

/** The largest request body that any process reads. */
export const bodyLimitBytes = 2 * 1024 * 1024;

/**
 * No page of another site shows ours in a frame, no browser guesses a type, and no link tells where its reader came from. A
 * page with a policy of its own sets it after this.
 */
const protectiveHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
  'referrer-policy': 'no-referrer',
};

const healthTimeoutMilliseconds = 2_000;

/** A dependency that a process can't work without. `check` rejects while it is away. */
export interface HealthCheck {
  name: string;
  check(): Promise<unknown>;
}

export interface HttpServerOptions {
  service: string;
  logger: Logger;
  healthChecks: readonly HealthCheck[];
}

export interface HttpServer {
  app: FastifyInstance;
  /** Metrics of this process, served at `/metrics`; whoever measures something registers it here. */
  metrics: Registry;
  /** From now on `/health/ready` says that no more should come, while everything is served as before. */
  announceDrain(): void;
}

/** The HTTP server that every process has: coded errors, request ids, `/health/live`, `/health/ready`, `/metrics`. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    genReqId: (request) => acceptRequestId(request.headers['x-request-id']) ?? newId(),
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    // An address that is none, or too long. Fastify's own words would repeat it.
    frameworkErrors: (_error, _request, reply) => void (reply as FastifyReply).status(404).send(errorBody('NOT_FOUND')),
  }) as unknown as FastifyInstance;
  const metrics = new Registry();
  metrics.setDefaultLabels({ service: options.service });
  collectDefaultMetrics({ register: metrics });

  app.decorateRequest('trace', '');
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({ 'x-request-id': request.id, ...protectiveHeaders });
    request.trace = continueTrace(request.headers['traceparent']);
    inRequest({ requestId: request.id, traceId: traceIdOf(request.trace) }, done);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const code = errorCodeOf(error);
    if (code === 'INTERNAL') request.log.error({ error }, 'a request failed');
    return reply.status(errorCatalogue[code].status).send(errorBody(code));
  });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send(errorBody('NOT_FOUND')));
  let phase: 'serving' | 'draining' = 'serving';
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    const states = await Promise.all(options.healthChecks.map(stateOf));
    const isHealthy = states.every((state) => state.status === 'ok');
    const status = phase === 'draining' ? phase : isHealthy ? 'ok' : 'unavailable';
    return reply.status(status === 'ok' ? 200 : 503).send({
      status,
      checks: Object.fromEntries(states.map((s) => [s.name, s.status])),
    });
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
  return {
    app,
    metrics,
    announceDrain() {
      phase = 'draining';
    },
  };
}

/** A caller's request id is kept when it is short and plain; anything else could forge log lines. */
function acceptRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : undefined;
}

/** The code of what Fastify, or a handler, has thrown; INTERNAL for a fault. */
export function errorCodeOf(error: Pick<FastifyError, 'statusCode'>): ErrorCode {
  switch (error.statusCode) {
    case 413:
      return 'PAYLOAD_TOO_LARGE';
    case 415:
      return 'UNSUPPORTED_MEDIA_TYPE';
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? 'BAD_REQUEST'
        : 'INTERNAL';
  }
}

async function stateOf({ name, check }: HealthCheck): Promise<{ name: string; status: 'ok' | 'unavailable' }> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), healthTimeoutMilliseconds);
  });
  try {
    await Promise.race([check(), timeout]);
    return { name, status: 'ok' };
  } catch {
    return { name, status: 'unavailable' };
  } finally {
    clearTimeout(timer);
  }
}

/** The address of a listening server's GraphQL endpoint, for people and for other processes on the machine. */
export function endpointUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
}

/** Connections that are still open so long after the server stopped accepting are cut: a request may never end. */
const closingLimitMilliseconds = 5_000;

/** Stops accepting, lets running requests finish, and cuts what has not ended in time. */
export async function closeHttpServer(app: FastifyInstance): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), closingLimitMilliseconds);
  await app.close();
  clearTimeout(cutOff);
}
