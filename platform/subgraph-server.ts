import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyRequest } from 'fastify';
import { type GraphQLSchema, parse } from 'graphql';
import type { Registry } from 'prom-client';
import { presentError } from './errors.ts';
import { createHttpServer, type HttpServerOptions } from './http-server.ts';
import { serveSubscriptions } from './subgraph-subscriptions.ts';
import { continueTrace, type TraceParent } from './trace.ts';
import { type Viewer, verifyViewer, viewerHeader } from './viewer.ts';

/** Who asks and under which trace: all that a subgraph learns of a request besides the operation. */
export interface SubgraphRequest {
  viewer: Viewer | null;
  trace: TraceParent;
}

export interface SubgraphServerOptions<Context extends object> extends HttpServerOptions {
  /** The subgraph's `schema.graphql`. */
  schemaFile: URL;
  // biome-ignore lint/suspicious/noExplicitAny: each subgraph checks its resolvers against its own generated types.
  resolvers: any;
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Shared with the router: proves the viewer header. */
  viewerSecret: string;
  /** Makes what the resolvers of one request share. Called anew for every event of a subscription. */
  createContext(request: SubgraphRequest): Context;
}

export interface RunningSubgraph {
  /** Where the GraphQL endpoint is. */
  url: string;
  metrics: Registry;
  /** The running HTTP server, for routes beside GraphQL. */
  stop(): Promise<void>;
}

/** A route beside `/graphql`, answered with JSON. */
export type JsonRoute = [path: string, answer: () => Promise<unknown>];

/** Serves one subgraph: GraphQL over HTTP and, with graphql-ws, subscriptions at `/graphql`; health and metrics beside it. */
export async function startSubgraphServer<Context extends object>(
  options: SubgraphServerOptions<Context>,
  routes: readonly JsonRoute[] = [],
): Promise<RunningSubgraph> {
  const schema = buildSubgraphSchema({
    typeDefs: parse(await readFile(options.schemaFile, 'utf8')),
    resolvers: options.resolvers,
  });
  const apollo = await startApollo<Context>(schema, options);
  const { app, metrics } = createHttpServer(options);
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: fastifyApolloHandler(apollo, {
      context: async (request: FastifyRequest) =>
        options.createContext(readRequest(request.headers[viewerHeader], request.headers['traceparent'], options)),
    }),
  });
  for (const [path, answer] of routes) app.get(path, answer);
  const subscriptions = serveSubscriptions({
    server: app.server,
    schema,
    logger: options.logger,
    createContext: (viewer, trace) => options.createContext(readRequest(viewer, trace, options)),
  });
  await app.listen({ host: options.host, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}/graphql`,
    metrics,
    async stop() {
      await subscriptions.stop();
      await app.close();
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

function readRequest(viewer: unknown, trace: unknown, { viewerSecret }: { viewerSecret: string }): SubgraphRequest {
  return {
    viewer: verifyViewer(viewer, viewerSecret),
    trace: continueTrace(typeof trace === 'string' ? trace : undefined),
  };
}
