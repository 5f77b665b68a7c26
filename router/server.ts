import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { backoffMilliseconds } from '../platform/backoff.ts';
import type { Engine } from '../platform/engine/engine.ts';
import { presentError } from '../platform/errors.ts';
import { closeHttpServer, createHttpServer, endpointUrl } from '../platform/http-server.ts';
import type { Random } from '../platform/random.ts';
import { createAccessTokenVerifier } from './access-token.ts';
import { createApiKeys } from './api-keys.ts';
import { createAuthentication } from './authentication.ts';
import { createCallerReader } from './caller.ts';
import { createProxyTrust } from './client-address.ts';
import { createContext, createHeaderSigners, createRequestContext } from './context.ts';
import type { ServiceSettings } from './env.ts';
import { createForwarding } from './forwarding.ts';
import { serveGraphqlEndpoint } from './graphql-endpoint.ts';
import { openGraphs } from './graphs.ts';
import { createKeySet } from './key-set.ts';
import { createOriginCheck } from './origin.ts';
import { serveGraphiql } from './pages.ts';
import { followRevocations, type Revocations } from './revocations.ts';
import { readServiceStates } from './services.ts';
import type { CarriedSubscription } from './subscriptions/carried-subscription.ts';
import { createCarrier } from './subscriptions/carry.ts';
import { ConnectionLimit, type ConnectionLimits } from './subscriptions/connection-limits.ts';
import { createHttpStreams } from './subscriptions/http/http-streams.ts';
import { createLiveSubscriptions } from './subscriptions/live-subscriptions.ts';
import { measureStreams, measureSubscriptions, type StreamMeters } from './subscriptions/metrics.ts';
import { createOperations } from './subscriptions/operations.ts';
import { patienceMilliseconds } from './subscriptions/sharing/catch-up-pace.ts';
import { createSharedStreams } from './subscriptions/sharing/shared-streams.ts';
import { serveSubscriptions } from './subscriptions/websocket/serve.ts';

/** When a router has gone, thousands of clients come at once: whom the system does not queue tries again ever more seldom. */
const connectionBacklog = 4_096;
/** A start waits so long at most for what was revoked before it. */
const revocationsWaitMilliseconds = 5_000;

export interface RouterDependencies {
  settings: ServiceSettings;
  engine: Engine;
  logger: Logger;
  now?: () => number;
  random?: Random;
}

/**
 * Starts the router. `reload` reads the supergraph's file now, whether or not it seems to have changed. `stop` ends what runs in order
 * and leaves the engine, which is the caller's, open.
 */
export async function start({
  settings,
  engine,
  logger,
  now = () => Date.now(),
  random = Math.random,
}: RouterDependencies) {
  const revocations = followRevocations({ engine, now, onKeyRevoked: () => keySet.readAgain() });
  const healthChecks = [
    { name: 'broker', check: () => engine.ping() },
    { name: 'revocations', check: async () => requireCaughtUp(revocations) },
  ];
  const { app, metrics, announceDrain } = createHttpServer({ service: 'router', logger, healthChecks });
  const graphs = await openGraphs({ settings, metrics, logger });
  const keySet = createKeySet(() => graphs.current.keySetUrl, now);
  const sign = createHeaderSigners(settings.VIEWER_SECRET, now);
  const apiKeys = createApiKeys({ url: () => graphs.current.apiKeyUrl, signClient: sign.client, now });
  const verify = createAccessTokenVerifier({
    findKey: keySet.findKey,
    issuer: settings.TOKEN_ISSUER,
    audience: settings.TOKEN_AUDIENCE,
    now,
  });
  const authenticate = createAuthentication({ verify, apiKeys, revocations, metrics, now });
  const { addressOf, hostOf } = createProxyTrust(settings.TRUSTED_PROXIES);
  const origins = createOriginCheck(settings.CORS_ORIGINS, hostOf);
  const callers = createCallerReader({ authenticate, addressOf, origins });

  await app.register(cors, corsOptions(settings.CORS_ORIGINS));
  const forwarding = createForwarding({ graphs, settings, callers, sign, revocations, logger });
  forwarding.serve(app);
  serveGraphiql(app);
  app.get('/services', async () => ({ services: await readServiceStates(graphs.current.subgraphUrls) }));
  const present = (error: GraphQLError) => presentError(error.toJSON(), error.originalError ?? error, logger);
  const backOff = (attempt: number) => delay(backoffMilliseconds(attempt), undefined, { ref: false });
  const meters: StreamMeters = measureStreams(metrics, () => streams.counts);
  const streams = createSharedStreams<CarriedSubscription>({
    onMoved: (isEvent) => isEvent && meters.onEvent(),
    onDelivered: meters.onDelivered,
    onLatency: meters.onLatency,
    onResumed: meters.onResumed,
    backOff,
    patience: (signal) => delay(patienceMilliseconds, undefined, { ref: false, signal }),
    logger,
    now,
  });
  const live = createLiveSubscriptions({ graphs, metrics, logger });
  graphs.follow(live);
  const carry = createCarrier({ streams, present, backOff, logger, now });
  const operations = measureSubscriptions(metrics, createOperations({ graphs, carry, live, present }));
  const limits: ConnectionLimits = {
    perAddress: new ConnectionLimit(settings.SOCKETS_PER_ADDRESS),
    perUser: new ConnectionLimit(settings.SOCKETS_PER_USER),
  };
  const subscriptions = serveSubscriptions({
    limits,
    server: app.server,
    settings,
    operations,
    callers,
    addressOf,
    origins,
    authenticate,
    revocations,
    present,
    createContext: (origin) => createContext(origin, sign),
    now,
    metrics,
    logger,
    random,
  });
  const contextOf = (request: FastifyRequest, reply: FastifyReply) => createRequestContext(request, reply, sign);
  const httpStreams = createHttpStreams({
    limits,
    settings,
    operations,
    present,
    revocations,
    createContext: contextOf,
    now,
    metrics,
    random,
  });
  serveGraphqlEndpoint(app, { graphs, callers, streams: httpStreams, createContext: contextOf });
  await waitForRevocations(revocations, logger);
  await app.listen({ host: settings.HOST, port: settings.PORT, backlog: connectionBacklog });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: endpointUrl(settings.HOST, port),
    reload: () => graphs.reload(),
    async stop() {
      // Requests are served until the sockets are gone; new sockets are not, for their clients to find another router.
      announceDrain();
      await Promise.all([subscriptions.stop(), httpStreams.stop()]);
      await closeHttpServer(app);
      streams.stop();
      await forwarding.stop();
      await graphs.stop();
      await revocations.stop();
      await apiKeys.stop();
    },
  };
}

/**
 * A router that does not know yet what was revoked would let it in. While the broker is away there is no knowing: then the router
 * serves all the same after a while, and says in `/health/ready` what it lacks.
 */
async function waitForRevocations({ caughtUp }: Pick<Revocations, 'caughtUp'>, logger: Logger): Promise<void> {
  const waiting = new AbortController();
  const timeout = delay(revocationsWaitMilliseconds, 'timeout' as const, { signal: waiting.signal });
  timeout.catch(() => undefined);
  const outcome = await Promise.race([caughtUp.catch(() => undefined), timeout]);
  waiting.abort();
  if (outcome === 'timeout') logger.warn('the router starts without knowing what was revoked');
}

function requireCaughtUp({ hasCaughtUp }: Pick<Revocations, 'hasCaughtUp'>): void {
  if (!hasCaughtUp()) throw new Error('What was revoked is not known yet.');
}

/** Pages of all origins may call with bearer tokens; with cookies only those of origins that are named. */
function corsOptions(origins: string[]): FastifyCorsOptions {
  return origins.length === 0 ? { origin: '*' } : { origin: origins, credentials: true };
}
