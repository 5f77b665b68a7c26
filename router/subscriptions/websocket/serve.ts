import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { watchEnd } from '../../../platform/async-iterators.ts';
import { codedError, hasCode } from '../../../platform/errors.ts';
import { EventQueue } from '../../../platform/event-queue.ts';
import { networkOf } from '../../../platform/network.ts';
import type { Random } from '../../../platform/random.ts';
import { continueTrace, type TraceParent } from '../../../platform/trace.ts';
import type { CallerReader } from '../../caller.ts';
import type { ProxyTrust } from '../../client-address.ts';
import type { OperationOrigin, RouterContext } from '../../context.ts';
import type { ServiceSettings } from '../../env.ts';
import type { OriginCheck } from '../../origin.ts';
import type { ConnectionLimits } from '../connection-limits.ts';
import { measureSockets } from '../metrics.ts';
import type { Operations } from '../operations.ts';
import type { PreparedOperation } from '../prepare-operation.ts';
import type { ClientSink } from '../result-sink.ts';
import { type PresentError, toGraphQLError } from '../results.ts';
import { type OperationIdentity, SocketIdentity, type SocketIdentityOptions } from './socket-identity.ts';
import { type OpenSocket, type SocketServer, serveSockets } from './socket-server.ts';

export interface ServeSubscriptionsOptions extends SocketIdentityOptions {
  server: Server;
  settings: Pick<
    ServiceSettings,
    | 'OPERATIONS_PER_SOCKET'
    | 'SOCKET_MESSAGE_LIMIT_BYTES'
    | 'SOCKET_BUFFER_LIMIT_BYTES'
    | 'SOCKET_INIT_MILLISECONDS'
    | 'SOCKET_PING_MILLISECONDS'
    | 'SOCKET_PONG_MILLISECONDS'
    | 'DRAIN_MILLISECONDS'
  >;
  operations: Operations;
  limits: ConnectionLimits;
  present: PresentError;
  callers: Pick<CallerReader, 'ofSocket'>;
  addressOf: ProxyTrust['addressOf'];
  origins: Pick<OriginCheck, 'mayOpenSocket'>;
  createContext(origin: OperationOrigin): RouterContext;
  metrics: Registry;
  logger: Logger;
  random: Random;
}

/** What the router knows of one socket. */
interface SocketState {
  trace: TraceParent;
  identity: SocketIdentity;
  socket: OpenSocket;
  /** Takes it off the count of its address. */
  leaveAddress(): void;
}

/** One operation on its way through graphql-ws, which hands it from callback to callback as the context value. */
interface SocketOperation {
  prepared: PreparedOperation;
  sink: ClientSink;
  letGo: OperationIdentity['letGo'];
}

/** The registered close code (IANA, RFC 6455) for a server that can't serve just now. */
const tryAgainLater = 1013;

/** Serves all operations over WebSockets with the graphql-transport-ws protocol, at the same path as HTTP. */
export function serveSubscriptions(options: ServeSubscriptionsOptions): { stop(): Promise<void> } {
  const { operations, settings, limits, logger } = options;

  /** @throws what keeps the operation from being run */
  async function prepare(
    { trace, identity, socket }: SocketState,
    id: string,
    payload: SubscribePayload,
  ): Promise<SocketOperation | readonly GraphQLError[]> {
    const { holder, letGo } = await identity.identify(payload.extensions);
    const { client } = identity;
    const context = options.createContext({
      // What runs when the socket's token is renewed goes on with the new one.
      get viewer() {
        return holder.token;
      },
      client,
      trace,
      // Its bytes are drawn for many at once, which those of an id that grows with time are not.
      requestId: randomUUID(),
      setCookie: ignoreCookie,
    });
    try {
      const prepared = operations.prepare(payload, context);
      if (!isErrorList(prepared)) return { prepared, sink: socket.createSink(id), letGo };
      letGo?.();
      return prepared;
    } catch (error) {
      letGo?.();
      throw error;
    }
  }

  /** The payload of a pong: what came of renewing the token that the ping has brought, or else what the ping has brought. */
  async function answerPing({ identity }: SocketState, payload: unknown): Promise<unknown> {
    try {
      return (await identity.renew(payload)) ?? payload;
    } catch (error) {
      return { errors: [options.present(toGraphQLError(error))] };
    }
  }

  const sockets: SocketServer = serveSockets<SocketState>({
    server: options.server,
    path: '/graphql',
    refuse(request) {
      if (!options.origins.mayOpenSocket(request)) return '403 Forbidden';
      return limits.perAddress.isReached(networkOf(options.addressOf(request))) ? '429 Too Many Requests' : null;
    },
    messageLimitBytes: settings.SOCKET_MESSAGE_LIMIT_BYTES,
    bufferedLimitBytes: settings.SOCKET_BUFFER_LIMIT_BYTES,
    keepAlive: {
      pingMilliseconds: settings.SOCKET_PING_MILLISECONDS,
      pongMilliseconds: settings.SOCKET_PONG_MILLISECONDS,
    },
    drainMilliseconds: settings.DRAIN_MILLISECONDS,
    random: options.random,
    logger,
    ...measureSockets(options.metrics, () => sockets.counts),
    createExtra(request, socket) {
      const caller = options.callers.ofSocket(request);
      return {
        trace: continueTrace(request.headers['traceparent']),
        identity: new SocketIdentity(options, caller, socket.close),
        socket,
        leaveAddress: limits.perAddress.count(networkOf(caller.client.address)),
      };
    },
    onGone: ({ leaveAddress }) => leaveAddress(),
    answerPing,
    protocol: {
      connectionInitWaitTimeout: settings.SOCKET_INIT_MILLISECONDS,
      onConnect: ({ extra, connectionParams }) => connect(extra, connectionParams),
      async onSubscribe({ extra }, id, payload) {
        try {
          if (extra.socket.operationsUnderWay > settings.OPERATIONS_PER_SOCKET) throw codedError('TOO_MANY_OPERATIONS');
          const prepared = await prepare(extra, id, payload);
          if (isErrorList(prepared)) return prepared;
          const { document, schema } = prepared.prepared;
          const operationName = payload.operationName ?? null;
          return { schema, document, operationName, contextValue: prepared };
        } catch (error) {
          return [toGraphQLError(error)];
        }
      },
      // Its errors are formatted already; graphql-ws only writes them down.
      async execute({ contextValue }) {
        const { prepared, letGo } = contextValue as SocketOperation;
        try {
          return (await operations.execute(prepared)) as ExecutionResult;
        } finally {
          letGo?.();
        }
      },
      subscribe({ contextValue }) {
        const { prepared, sink, letGo } = contextValue as SocketOperation;
        const results = tryToOpen(() => operations.subscribe(prepared, sink) as AsyncIterableIterator<ExecutionResult>);
        return letGo ? watchEnd(results, letGo) : results;
      },
      // The results are formatted already; without this graphql-ws would format their errors again.
      onNext: (_socket, _id, _payload, _args, result) => result as FormattedExecutionResult,
      onError: (_socket, _id, _payload, errors) => errors.map(options.present),
      onClose: ({ extra }) => extra.identity.forget(),
    },
  });
  return { stop: () => sockets.stop() };
}

/** False closes the socket with 4403. */
async function connect({ identity, socket }: SocketState, connectionParams: unknown): Promise<boolean> {
  try {
    await identity.signIn(connectionParams);
    return true;
  } catch (error) {
    // The token may be good: whoever holds it must not throw it away because auth does not answer.
    if (!hasCode(error, 'UNAUTHENTICATED'))
      socket.close(tryAgainLater, 'Access tokens can not be verified at the moment');
    return false;
  }
}

/** What keeps a subscription from being opened ends that one, as what ends it later does. Thrown from here it would close the socket. */
function tryToOpen(open: () => AsyncIterableIterator<ExecutionResult>): AsyncIterableIterator<ExecutionResult> {
  try {
    return open();
  } catch (error) {
    const failed = new EventQueue<ExecutionResult>();
    failed.end(error);
    return failed;
  }
}

/** A socket has no headers to answer with. */
function ignoreCookie(): void {}

function isErrorList(value: object): value is readonly GraphQLError[] {
  return Array.isArray(value);
}
