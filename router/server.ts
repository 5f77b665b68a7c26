import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Engine } from '../platform/engine/engine.ts';
import { errorBody, errorCatalogue, isErrorCode } from '../platform/errors.ts';
import { closeHttpServer, createHttpServer, endpointUrl } from '../platform/http-server.ts';
import type { Viewer } from '../platform/viewer.ts';
import { createAccessGate } from './access.ts';
import { createAuthentication } from './authentication.ts';
import { refuseConditionalRootsOf } from './checks.ts';
import { createContext, createViewerSigner } from './context.ts';
import type { ServiceSettings } from './env.ts';
import { startGateway } from './gateway.ts';
import { createKeyFinder } from './key-set.ts';
import { serveGraphiql } from './pages.ts';
import { followRevocations } from './revocations.ts';
import { readServiceStates } from './services.ts';
import { SubgraphClient } from './subgraph-client.ts';
import { createCarrier } from './subscriptions/carry.ts';
import { createSubscriptionPlanner } from './subscriptions/plan.ts';
import { serveSubscriptions } from './subscriptions/serve.ts';
import { createUpstream } from './subscriptions/upstream.ts';
import { type LoadedSupergraph, loadSupergraph } from './supergraph.ts';

export interface RouterDependencies {
  settings: ServiceSettings;
  engine: Engine;
  logger: Logger;
  now?: () => number;
}

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

/** Starts the router. `stop` ends what runs in order and leaves the engine, which is the caller's, open. */
export async function start({ settings, engine, logger, now = () => Date.now() }: RouterDependencies) {
  const sdl = await readFile(settings.SUPERGRAPH_FILE ?? new URL('./supergraph.graphql', import.meta.url), 'utf8');
  const loaded = loadSupergraph(sdl, settings.SUBGRAPH_URLS);
  const clients = createClients(loaded, settings, logger);
  const upstream = createUpstream(loaded.subgraphUrls);
  const revocations = followRevocations(engine, now);
  const authenticate = createAuthentication({
    findKey: createKeyFinder(keySetUrl(loaded), now),
    revocations,
    issuer: settings.TOKEN_ISSUER,
    audience: settings.TOKEN_AUDIENCE,
    now,
  });
  const apiSchema = loaded.supergraph.apiSchema().toGraphQLJSSchema();
  const gate = createAccessGate(loaded.document, apiSchema);
  const apollo = await startGateway({ loaded, clients, gate, logger });
  const sign = createViewerSigner(settings.VIEWER_SECRET, now);

  const healthChecks = [{ name: 'broker', check: () => engine.ping() }];
  const { app, metrics } = createHttpServer({ service: 'router', logger, healthChecks });
  await app.register(cors, { origin: settings.CORS_ORIGINS.length === 0 ? '*' : settings.CORS_ORIGINS });
  app.decorateRequest('viewer', null);
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    async preHandler(request, reply) {
      try {
        request.viewer = await authenticate(request.headers.authorization);
        refuseConditionalRootsOf(request.body);
      } catch (error) {
        const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
        if (!isErrorCode(code)) throw error;
        return reply.status(errorCatalogue[code].status).send(errorBody(code, (error as GraphQLError).message));
      }
      return undefined;
    },
    handler: fastifyApolloHandler(apollo, {
      context: async (request: FastifyRequest) => createContext(request.viewer, request.trace, request.id, sign),
    }),
  });
  serveGraphiql(app);
  app.get('/services', async () => ({ services: await readServiceStates(loaded.subgraphUrls) }));
  const subscriptions = serveSubscriptions({
    server: app.server,
    apollo,
    apiSchema,
    authenticate,
    revocations,
    gate,
    carry: createCarrier({ plan: createSubscriptionPlanner(loaded), upstream, clients, logger }),
    createContext: (viewer, trace, requestId) => createContext(viewer, trace, requestId, sign),
    now,
    metrics,
    logger,
  });
  await app.listen({ host: settings.HOST, port: settings.PORT });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: endpointUrl(settings.HOST, port),
    async stop() {
      await Promise.all([subscriptions.stop(), closeHttpServer(app)]);
      await apollo.stop();
      await upstream.stop();
      await revocations.stop();
      await Promise.all([...clients.values()].map((client) => client.stop()));
    },
  };
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

function keySetUrl({ subgraphUrls }: LoadedSupergraph): string {
  const auth = subgraphUrls.get('auth');
  if (auth === undefined)
    throw new Error('The supergraph has no subgraph auth, which publishes the keys of access tokens.');
  return new URL('/.well-known/jwks.json', auth).href;
}
