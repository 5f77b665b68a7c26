import type { Server } from 'node:http';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { mapAsyncIterator } from './async-iterators.ts';
import { createDocumentChecker } from './documents.ts';
import { presentError } from './errors.ts';
import { bodyLimitBytes } from './http-server.ts';
import { viewerHeader } from './viewer.ts';

export interface SubgraphSubscriptionsOptions {
  server: Server;
  schema: GraphQLSchema;
  logger: Logger;
  /** Called for the subscription and again for each of its events, with what the router sent along with it. */
  createContext(viewer: unknown, trace: unknown): object;
}

/** A context factory travels as the context value, so that `subscribe` can make a fresh context for each event. */
type ContextFactory = () => object;

/**
 * Serves subscriptions with graphql-ws at `/graphql`. One socket carries the subscriptions of many viewers, so the
 * signed viewer and the trace come with each operation, in its `extensions`, under the names of the HTTP headers.
 */
export function serveSubscriptions(options: SubgraphSubscriptionsOptions): { stop(): Promise<void> } {
  const sockets = new WebSocketServer({ server: options.server, path: '/graphql', maxPayload: bodyLimitBytes });
  const check = createDocumentChecker(options.schema);
  const present = (error: Parameters<typeof presentError>[0], original: unknown) =>
    presentError(error, original, options.logger);
  const served = useServer(
    {
      subscribe: subscribeWithFreshContexts,
      onSubscribe(_socket, _id, payload): ExecutionArgs | readonly GraphQLError[] {
        const checked = check(payload.query);
        if ('errors' in checked) return checked.errors;
        const { [viewerHeader]: viewer, traceparent } = payload.extensions ?? {};
        const contextValue: ContextFactory = () => options.createContext(viewer, traceparent);
        return {
          schema: options.schema,
          document: checked.document,
          variableValues: payload.variables ?? {},
          operationName: payload.operationName ?? null,
          contextValue,
        };
      },
      execute: (args) => execute({ ...args, contextValue: (args.contextValue as ContextFactory)() }),
      onNext: (_socket, _id, _payload, _args, result) =>
        result.errors && {
          data: result.data ?? null,
          errors: result.errors.map((error) => present(error.toJSON(), error)),
        },
      onError: (_socket, _id, _payload, errors) => errors.map((error) => present(error.toJSON(), error)),
      isProd: true,
    },
    sockets,
  );
  return {
    async stop() {
      await served.dispose();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

/**
 * GraphQL.js executes every event of a subscription with the context of the first; a context holds caches, so here each
 * event gets its own.
 */
async function subscribeWithFreshContexts(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const createContext = args.contextValue as ContextFactory;
  const source = await createSourceEventStream({ ...args, contextValue: createContext() });
  if (!(Symbol.asyncIterator in source)) return source;
  return mapAsyncIterator(source[Symbol.asyncIterator](), (rootValue) =>
    execute({ ...args, rootValue, contextValue: createContext() }),
  );
}
