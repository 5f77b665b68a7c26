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
import { unknownClient } from './client-info.ts';
import { createDocumentChecker } from './documents.ts';
import { presentError } from './errors.ts';
import { bodyLimitBytes } from './http-server.ts';
import { newId } from './identifiers.ts';
import { inRequest, type RequestScope } from './request-scope.ts';
import { chorusExtension, readServingMode, StreamStep } from './streams.ts';
import type { SubgraphRequest } from './subgraph-request.ts';
import { continueTrace, traceIdOf } from './trace.ts';
import { verifyViewer, viewerHeader } from './viewer.ts';

export interface SubgraphSubscriptionsOptions {
  server: Server;
  schema: GraphQLSchema;
  logger: Logger;
  viewerSecret: string;
  /** Called for the subscription and again for each of its events. */
  createContext(request: SubgraphRequest): object;
}

/** One operation on its way through graphql-ws, which hands it from callback to callback as the context value. */
interface Operation {
  scope: RequestScope;
  createContext(): object;
}

/**
 * Serves subscriptions with graphql-ws at `/graphql`. One socket carries the subscriptions of many viewers, so the
 * signed viewer, the trace and the request id come with each operation, in its `extensions`, under the names of the HTTP
 * headers. The viewer is proven once, when the operation begins: the signature is good for a minute, the operation for as
 * long as the router keeps it open.
 */
export function serveSubscriptions(options: SubgraphSubscriptionsOptions): { stop(): Promise<void> } {
  const sockets = new WebSocketServer({ server: options.server, path: '/graphql', maxPayload: 2 * bodyLimitBytes });
  const check = createDocumentChecker(options.schema);
  const present = (error: GraphQLError) => presentError(error.toJSON(), error.originalError ?? error, options.logger);

  function readOperation(extensions: Record<string, unknown>): Operation {
    const { [viewerHeader]: header, traceparent, 'x-request-id': id } = extensions;
    const viewer = verifyViewer(header, options.viewerSecret);
    const trace = continueTrace(typeof traceparent === 'string' ? traceparent : undefined);
    const requestId = typeof id === 'string' ? id : newId();
    const serving = readServingMode(extensions);
    return {
      scope: { requestId, traceId: traceIdOf(trace) },
      createContext: () =>
        options.createContext({ viewer, trace, client: unknownClient, serving, setCookie: ignoreCookie }),
    };
  }

  const served = useServer(
    {
      onSubscribe(_socket, _id, payload): ExecutionArgs | readonly GraphQLError[] {
        const checked = check(payload.query);
        if ('errors' in checked) return checked.errors;
        return {
          schema: options.schema,
          document: checked.document,
          variableValues: payload.variables ?? {},
          operationName: payload.operationName ?? null,
          contextValue: readOperation(payload.extensions ?? {}),
        };
      },
      subscribe: subscribeWithFreshContexts,
      execute: executeOnce,
      onNext: (_socket, _id, _payload, args, result) =>
        result.errors &&
        inRequest((args.contextValue as Operation).scope, () => ({
          data: result.data ?? null,
          errors: result.errors?.map(present) ?? [],
          ...(result.extensions && { extensions: result.extensions }),
        })),
      onError: (_socket, _id, _payload, errors) => errors.map(present),
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

/** Nothing goes back to the client but events. */
function ignoreCookie(): void {}

function executeOnce(args: ExecutionArgs) {
  const { scope, createContext } = args.contextValue as Operation;
  return inRequest(scope, () => execute({ ...args, contextValue: createContext() }));
}

/**
 * GraphQL.js executes every event of a subscription with the context of the first; a context holds caches, so here each
 * event gets its own.
 */
async function subscribeWithFreshContexts(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const { scope, createContext } = args.contextValue as Operation;
  const source = await inRequest(scope, () => createSourceEventStream({ ...args, contextValue: createContext() }));
  if (!(Symbol.asyncIterator in source)) return source;
  return mapAsyncIterator(source[Symbol.asyncIterator](), (step) => executeStep(args, step));
}

async function executeStep(args: ExecutionArgs, step: unknown): Promise<ExecutionResult> {
  if (!(step instanceof StreamStep)) return executeOnce({ ...args, rootValue: step });
  const result = step.rootValue === null ? { data: null } : await executeOnce({ ...args, rootValue: step.rootValue });
  return { ...result, extensions: { [chorusExtension]: step.note } };
}
