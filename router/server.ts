import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { apiKeyTokenPath } from '../platform/api-keys.ts';
import { backoffMilliseconds } from '../platform/backoff.ts';
import type { Engine } from '../platform/engine/engine.ts';
import { presentError } from '../platform/errors.ts';
import { closeHttpServer, createHttpServer, endpointUrl } from '../platform/http-server.ts';
import { createAccessGate } from './access.ts';
import { createAccessTokenVerifier } from './access-token.ts';
import { createApiKeys } from './api-keys.ts';
import { createAuthentication } from './authentication.ts';
import { type Caller, type CallerReader, createCallerReader } from './caller.ts';
import { refuseConditionalRootsOf } from './checks.ts';
import { createProxyTrust } from './client-address.ts';
import { createContext, createHeaderSigners, type HeaderSigners, type RouterContext } from './context.ts';
import type { ServiceSettings } from './env.ts';
import { createForwarding } from './forwarding.ts';
import { startGateway } from './gateway.ts';
import { identityUrl } from './identity-subgraph.ts';
import { createKeySet } from './key-set.ts';
import { createOriginCheck } from './origin.ts';
import { serveGraphiql } from './pages.ts';
import { refuseRequest } from './refusal.ts';
import { followRevocations, type Revocations } from './revocations.ts';
import { readServiceStates } from './services.ts';
import { SubgraphClient } from './subgraph-client.ts';
import { createCarrier, type SharingSubscription } from './subscriptions/carry.ts';
import { measureStreams, measureSubscriptions, type StreamMeters } from './subscriptions/metrics.ts';
import { createOperations } from './subscriptions/operations.ts';
import { createSubscriptionPlanner } from './subscriptions/plan.ts';
import { serveSubscriptions } from './subscriptions/serve.ts';
import { createSharedStreams } from './subscriptions/shared-streams.ts';
import { createUpstream } from './subscriptions/upstream.ts';
import { type LoadedSupergraph, loadSupergraph } from './supergraph.ts';

/** When a router has gone, thousands of clients come at once: whom the system does not queue tries again ever more seldom. */
const connectionBacklog = 4_096;
/** A start waits so long at most for what was revoked before it. */
const revocationsWaitMilliseconds = 5_000;

export interface RouterDependencies {
  settings: ServiceSettings;
  engine: Engine;
  logger: Logger;
  now?: () => number;
  /** A number from 0 up to 1. */
  random?: () => number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of the GraphQL endpoint runs. */
    caller: Caller;
  }
}

/** Starts the router. `stop` ends what runs in order and leaves the engine, which is the caller's, open. */
export async function start({
  settings,
  engine,
  logger,
  now = () => Date.now(),
  random = Math.random,
}: RouterDependencies) {
  const sdl = await readFile(settings.SUPERGRAPH_FILE ?? new URL('./supergraph.graphql', import.meta.url), 'utf8');
  const loaded = loadSupergraph(sdl, settings.SUBGRAPH_URLS);
  const clients = createClients(loaded, settings, logger);
  const upstream = createUpstream(loaded.subgraphUrls);
  const keySet = createKeySet(identityUrl(loaded, '/.well-known/jwks.json'), now);
  const revocations = followRevocations({ engine, now, onKeyRevoked: () => keySet.readAgain() });
  const healthChecks = [
    { name: 'broker', check: () => engine.ping() },
    { name: 'revocations', check: async () => requireCaughtUp(revocations) },
  ];
  const { app, metrics, announceDrain } = createHttpServer({ service: 'router', logger, healthChecks });
  const sign = createHeaderSigners(settings.VIEWER_SECRET, now);
  const apiKeys = createApiKeys({ url: identityUrl(loaded, apiKeyTokenPath), signClient: sign.client, now });
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
  const apiSchema = loaded.supergraph.apiSchema().toGraphQLJSSchema();
  const gate = createAccessGate(loaded.document, apiSchema);
  const apollo = await startGateway({ loaded, clients, gate, logger });

  await app.register(cors, corsOptions(settings.CORS_ORIGINS));
  serveOperations(app, apollo, callers, sign);
  const forwarding = createForwarding({ loaded, settings, callers, sign, revocations, logger });
  forwarding.serve(app);
  serveGraphiql(app);
  app.get('/services', async () => ({ services: await readServiceStates(loaded.subgraphUrls) }));
  const present = (error: GraphQLError) => presentError(error.toJSON(), error.originalError ?? error, logger);
  const backOff = (attempt: number) => delay(backoffMilliseconds(attempt), undefined, { ref: false });
  const meters: StreamMeters = measureStreams(metrics, () => streams.counts);
  const streams = createSharedStreams<SharingSubscription>({
    onMoved: (isEvent) => isEvent && meters.onEvent(),
    onLatency: meters.onLatency,
    onResumed: meters.onResumed,
    backOff,
    logger,
    now,
  });
  const operations = measureSubscriptions(
    metrics,
    createOperations({
      apollo,
      apiSchema,
      gate,
      present,
      carry: createCarrier({
        plan: createSubscriptionPlanner(loaded),
        upstream,
        clients,
        streams,
        onDelivery: meters.onDelivery,
        present,
        backOff,
        logger,
      }),
    }),
  );
  const subscriptions = serveSubscriptions({
    server: app.server,
    settings,
    apiSchema,
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
  await waitForRevocations(revocations, logger);
  await app.listen({ host: settings.HOST, port: settings.PORT, backlog: connectionBacklog });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: endpointUrl(settings.HOST, port),
    async stop() {
      // Whoever balances load looks at `/health/ready`, and what comes before it has looked is served.
      announceDrain();
      await subscriptions.stop();
      await closeHttpServer(app);
      streams.stop();
      await forwarding.stop();
      await apollo.stop();
      await upstream.stop();
      await revocations.stop();
      await apiKeys.stop();
      await Promise.all([...clients.values()].map((client) => client.stop()));
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

/** Serves queries and mutations over HTTP. */
function serveOperations(
  app: FastifyInstance,
  apollo: ApolloServer<RouterContext>,
  callers: Pick<CallerReader, 'ofRequest'>,
  sign: HeaderSigners,
): void {
  app.decorateRequest('caller');
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    async preHandler(request, reply) {
      try {
        request.caller = await callers.ofRequest(request.raw);
        refuseConditionalRootsOf(request.body);
      } catch (error) {
        return refuseRequest(reply, error);
      }
      return undefined;
    },
    handler: fastifyApolloHandler(apollo, {
      context: async ({ caller, trace, id }: FastifyRequest, reply: FastifyReply) => {
        const setCookie = (value: string) => void reply.header('set-cookie', value);
        return createContext({ ...caller, trace, requestId: id, setCookie }, sign);
      },
    }),
  });
}

function createClients(
  loaded: LoadedSupergraph,
  settings: ServiceSettings,
  logger: Logger,
): Map<string, SubgraphClient> {
  const timeoutMilliseconds = settings.SUBGRAPH_TIMEOUT_MILLISECONDS;
  return new Map(
    [...loaded.subgraphUrls].map(([name, url]) => [
      name,
      new SubgraphClient({ name, url, timeoutMilliseconds, logger }),
    ]),
  );
}
