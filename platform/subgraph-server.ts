import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLSchema, parse } from 'graphql';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Engine } from './engine/engine.ts';
import { presentError } from './errors.ts';
import { closeHttpServer, createHttpServer, endpointUrl } from './http-server.ts';
import { readSubgraphRequest, type SubgraphRequest } from './subgraph-request.ts';
import { serveSubscriptions } from './subgraph-subscriptions.ts';

/** What the caller of a subgraph's `start` provides, and keeps: `start` stops none of it. */
export interface SubgraphDependencies<Settings> {
  settings: Settings;
  engine: Engine;
  logger: Logger;
  now?: () => Date;
}

export interface SubgraphServerOptions<Context extends object> {
  service: string;
  /** The subgraph's `schema.graphql`. */
  schemaFile: URL;
  // biome-ignore lint/suspicious/noExplicitAny: each subgraph checks its resolvers against its own generated types.
  resolvers: any;
  settings: {
    HOST: string;
    /** 0 takes a free port. */
    PORT: number;
    /** Shared with the router: proves the viewer header. */
    VIEWER_SECRET: string;
  };
  /** The subgraph is ready while both of these answer. */
  pool: Pool;
  engine: Engine;
  logger: Logger;
  /** Makes what the resolvers of one request share. Called anew for every event of a subscription. */
  createContext(request: SubgraphRequest): Context;
  /** Adds routes beside `/graphql`. */
  addRoutes?(app: FastifyInstance): void;
}

export interface RunningSubgraph {
  /** Where the GraphQL endpoint is. */
  url: string;
  /** Metrics served at `/metrics`; whoever measures something registers it here. */
  metrics: Registry;
  stop(): Promise<void>;
}

/** Serves one subgraph: GraphQL over HTTP and, with graphql-ws, subscriptions at `/graphql`; health and metrics beside it. */
export async function startSubgraphServer<Context extends object>(
  options: SubgraphServerOptions<Context>,
): Promise<RunningSubgraph> {
  const schema = buildSubgraphSchema({
    typeDefs: parse(await readFile(options.schemaFile, 'utf8')),
    resolvers: options.resolvers,
  });
  const apollo = await startApollo<Context>(schema, options);
  const { service, logger, pool, engine, settings } = options;
  const { app, metrics } = createHttpServer({
    service,
    logger,
    healthChecks: [
      { name: 'database', check: () => pool.query('SELECT 1') },
      { name: 'broker', check: () => engine.ping() },
    ],
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: fastifyApolloHandler(apollo, {
      context: async (request: FastifyRequest, reply: FastifyReply) =>
        options.createContext(readSubgraphRequest(request, reply, settings.VIEWER_SECRET)),
    }),
  });
  options.addRoutes?.(app);
  const subscriptions = serveSubscriptions({
    server: app.server,
    schema,
    logger,
    viewerSecret: settings.VIEWER_SECRET,
    createContext: options.createContext,
  });
  await app.listen({ host: settings.HOST, port: settings.PORT });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: endpointUrl(settings.HOST, port),
    metrics,
    async stop() {
      await Promise.all([subscriptions.stop(), closeHttpServer(app)]);
      await apollo.stop();
    },
  };
}

async function startApollo<Context extends object>(
  schema: GraphQLSchema,
  { logger }: SubgraphServerOptions<Context>,
): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    logger,
    formatError: (formatted, error) => presentError(formatted, error, logger),
    plugins: [ApolloServerPluginLandingPageDisabled()],
  });
  await apollo.start();
  return apollo;
}
