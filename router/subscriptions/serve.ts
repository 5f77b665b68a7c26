import type { Server } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import { createDocumentChecker } from '../../platform/documents.ts';
import { codedError, hasCode } from '../../platform/errors.ts';
import { newId } from '../../platform/identifiers.ts';
import { inRequest, type RequestScope } from '../../platform/request-scope.ts';
import { continueTrace, traceIdOf } from '../../platform/trace.ts';
import type { AccessGate } from '../access.ts';
import type { CallerReader } from '../caller.ts';
import { checkVariables, parseOptions, refuseConditionalRoots } from '../checks.ts';
import type { OperationOrigin, RouterContext } from '../context.ts';
import type { OriginCheck } from '../origin.ts';
import type { CarrySubscription, OpenSubscription, ResultSink } from './carry.ts';
import { formatResult, type PresentError } from './results.ts';
import { SocketIdentity, type SocketIdentityOptions } from './socket-identity.ts';
import { serveSockets } from './socket-server.ts';

export interface ServeSubscriptionsOptions extends SocketIdentityOptions {
  server: Server;
  apollo: ApolloServer<RouterContext>;
  apiSchema: GraphQLSchema;
  gate: AccessGate;
  carry: CarrySubscription;
  present: PresentError;
  callers: Pick<CallerReader, 'ofSocket'>;
  origins: Pick<OriginCheck, 'mayOpenSocket'>;
  createContext(origin: OperationOrigin): RouterContext;
  metrics: Registry;
  logger: Logger;
}

/** What the router knows of one socket. */
interface SocketState {
  trace: string;
  identity: SocketIdentity;
  close(code: number, reason: string): void;
  /** Writes a message of the protocol. */
  send(message: string): void;
}

/** One operation on its way through graphql-ws, which hands it from callback to callback as the context value. */
interface SocketOperation {
  payload: SubscribePayload;
  document: DocumentNode;
  context: RouterContext;
  /** Null for a query or mutation. */
  open: OpenSubscription | null;
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
  const { apollo, carry, logger, present } = options;
  const check = createDocumentChecker(options.apiSchema, refuseConditionalRoots, parseOptions);

  async function execute({ contextValue }: ExecutionArgs): Promise<ExecutionResult> {
    const { payload, context } = contextValue as SocketOperation;
    const { query, variables, operationName } = payload;
    const request = { query, variables: variables ?? {}, operationName: operationName ?? undefined };
    const { body } = await inRequest(scopeOf(context), () =>
      apollo.executeOperation(withoutUndefined(request), { contextValue: context }),
    );
    if (body.kind !== 'single') throw new Error('Apollo Server answered in parts, which nobody asked for.');
    // Its errors are formatted already; graphql-ws only writes them down.
    return body.singleResult as ExecutionResult;
  }

  function subscribe({ contextValue }: ExecutionArgs): AsyncIterableIterator<ExecutionResult> {
    const { open, context, sink } = contextValue as SocketOperation;
    if (!open) throw new Error('Only a subscription is subscribed to.');
    return mapAsyncIterator(
      inRequest(scopeOf(context), () => open(sink)),
      (result) => inRequest(scopeOf(context), () => formatResult(result, present) as ExecutionResult),
    );
  }

  /** @throws what keeps the operation from being run */
  async function prepare(
    { trace, identity, send }: SocketState,
    id: string,
    payload: SubscribePayload,
  ): Promise<SocketOperation | readonly GraphQLError[]> {
    const checked = check(payload.query);
    if ('errors' in checked) return checked.errors;
    const { document } = checked;
    const operation = getOperationAST(document, payload.operationName);
    if (!operation) throw codedError('OPERATION_RESOLUTION_FAILURE');
    const viewer = await identity.viewerOf(payload.extensions);
    const { client } = identity;
    const context = options.createContext({ viewer, client, trace, requestId: newId(), setCookie: ignoreCookie });
    // What graphql-ws would write for each of many subscribers, with the part that is the same for all written once.
    const start = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    const sink = { deliver: (result: string) => send(`${start}${result}}`) };
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return { payload, document, context, open: null, sink };
    options.gate(document, operation, viewer);
    const variables = payload.variables ?? {};
    checkVariables(options.apiSchema, operation, variables);
    return { payload, document, context, open: carry({ document, operation, variables, context }), sink };
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
    createExtra: (request, close, send) => ({
      trace: continueTrace(request.headers['traceparent']),
      identity: new SocketIdentity(options, options.callers.ofSocket(request), close),
      close,
      send,
    }),
    protocol: {
      connectionInitWaitTimeout: connectionInitLimitMilliseconds,
      onConnect: ({ extra, connectionParams }) => connect(extra, connectionParams),
      async onSubscribe(socket, id, payload) {
        try {
          if (Object.keys(socket.subscriptions).length > operationLimit) throw codedError('TOO_MANY_OPERATIONS');
          const prepared = await prepare(socket.extra, id, payload);
          if (isErrorList(prepared)) return prepared;
          const { document } = prepared;
          const operationName = payload.operationName ?? null;
          return { schema: options.apiSchema, document, operationName, contextValue: prepared };
        } catch (error) {
          return [error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error })];
        }
      },
      execute,
      subscribe,
      // The results are formatted already; without this graphql-ws would format their errors again.
      onNext: (_socket, _id, _payload, _args, result) => result as FormattedExecutionResult,
      onError: (_socket, _id, _payload, errors) => errors.map(present),
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

function scopeOf({ requestId, trace }: RouterContext): RequestScope {
  return { requestId, traceId: traceIdOf(trace) };
}

function isErrorList(value: SocketOperation | readonly GraphQLError[]): value is readonly GraphQLError[] {
  return Array.isArray(value);
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
}
