import type { Server } from 'node:http';
import { type ExecutionResult, type FormattedExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import { codedError, hasCode } from '../../platform/errors.ts';
import { newId } from '../../platform/identifiers.ts';
import { continueTrace, type TraceParent } from '../../platform/trace.ts';
import type { CallerReader } from '../caller.ts';
import type { OperationOrigin, RouterContext } from '../context.ts';
import type { OriginCheck } from '../origin.ts';
import type { ResultSink } from './carry.ts';
import type { Operations, PreparedOperation } from './operations.ts';
import type { PresentError } from './results.ts';
import { SocketIdentity, type SocketIdentityOptions } from './socket-identity.ts';
import { type SocketHandle, serveSockets } from './socket-server.ts';

export interface ServeSubscriptionsOptions extends SocketIdentityOptions {
  server: Server;
  apiSchema: GraphQLSchema;
  operations: Operations;
  present: PresentError;
  callers: Pick<CallerReader, 'ofSocket'>;
  origins: Pick<OriginCheck, 'mayOpenSocket'>;
  createContext(origin: OperationOrigin): RouterContext;
  metrics: Registry;
  logger: Logger;
}

/** What the router knows of one socket. */
interface SocketState extends SocketHandle {
  trace: TraceParent;
  identity: SocketIdentity;
}

/** One operation on its way through graphql-ws, which hands it from callback to callback as the context value. */
interface SocketOperation {
  prepared: PreparedOperation;
  sink: ResultSink;
}

const pingMilliseconds = 15_000;
/** A socket that is silent for so long after opening is closed with 4408. */
const connectionInitLimitMilliseconds = 5_000;
/** The largest message of a client, far below what a subgraph takes: the router adds headers to what it passes on. */
const messageLimitBytes = 256 * 1024;
/** Operations that one socket may have under way at once. */
const operationLimit = 200;
/** The registered close code (IANA, RFC 6455) for a server that can't serve just now. */
const tryAgainLater = 1013;

/** Serves all operations over WebSockets with the graphql-transport-ws protocol, at the same path as HTTP. */
export function serveSubscriptions(options: ServeSubscriptionsOptions): { stop(): Promise<void> } {
  const { operations, logger } = options;

  /** @throws what keeps the operation from being run */
  async function prepare(
    { trace, identity, send }: SocketState,
    id: string,
    payload: SubscribePayload,
  ): Promise<SocketOperation | readonly GraphQLError[]> {
    const viewer = await identity.viewerOf(payload.extensions);
    const { client } = identity;
    const context = options.createContext({ viewer, client, trace, requestId: newId(), setCookie: ignoreCookie });
    const prepared = operations.prepare(payload, context);
    if (isErrorList(prepared)) return prepared;
    // What graphql-ws would write for each of many subscribers, with the part that is the same for all written once.
    const start = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    return { prepared, sink: { deliver: (result) => send(`${start}${result}}`) } };
  }

  const closes = new Counter({
    name: 'chorus_socket_closes_total',
    help: 'WebSockets that were closed, by close code.',
    labelNames: ['code'],
    registers: [options.metrics],
  });

  return serveSockets<SocketState>({
    server: options.server,
    path: '/graphql',
    admits: (request) => options.origins.mayOpenSocket(request),
    messageLimitBytes,
    pingMilliseconds,
    logger,
    onClosed: (code) => closes.inc({ code }),
    createExtra: (request, handle) => ({
      ...handle,
      trace: continueTrace(request.headers['traceparent']),
      identity: new SocketIdentity(options, options.callers.ofSocket(request), handle.close),
    }),
    protocol: {
      connectionInitWaitTimeout: connectionInitLimitMilliseconds,
      onConnect: ({ extra, connectionParams }) => connect(extra, connectionParams),
      async onSubscribe(socket, id, payload) {
        try {
          if (socket.extra.countOperations() > operationLimit) throw codedError('TOO_MANY_OPERATIONS');
          const prepared = await prepare(socket.extra, id, payload);
          if (isErrorList(prepared)) return prepared;
          const { document } = prepared.prepared;
          const operationName = payload.operationName ?? null;
          return { schema: options.apiSchema, document, operationName, contextValue: prepared };
        } catch (error) {
          return [error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error })];
        }
      },
      // Its errors are formatted already; graphql-ws only writes them down.
      execute: ({ contextValue }) =>
        operations.execute((contextValue as SocketOperation).prepared) as Promise<ExecutionResult>,
      subscribe({ contextValue }) {
        const { prepared, sink } = contextValue as SocketOperation;
        return operations.subscribe(prepared, sink) as AsyncIterableIterator<ExecutionResult>;
      },
      // The results are formatted already; without this graphql-ws would format their errors again.
      onNext: (_socket, _id, _payload, _args, result) => result as FormattedExecutionResult,
      onError: (_socket, _id, _payload, errors) => errors.map(options.present),
      onClose: ({ extra }) => extra.identity.forget(),
    },
  });
}

/** False closes the socket with 4403. */
async function connect({ identity, close }: SocketState, connectionParams: unknown): Promise<boolean> {
  try {
    await identity.signIn(connectionParams);
    return true;
  } catch (error) {
    // The token may be good: whoever holds it must not throw it away because auth does not answer.
    if (!hasCode(error, 'UNAUTHENTICATED')) close(tryAgainLater, 'Access tokens can not be verified at the moment');
    return false;
  }
}

/** A socket has no headers to answer with. */
function ignoreCookie(): void {}

function isErrorList(value: object): value is readonly GraphQLError[] {
  return Array.isArray(value);
}
