import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormattedExecutionResult, type GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import { Counter, Gauge, type Registry } from 'prom-client';
import { codedError, errorBody } from '../../../platform/errors.ts';
import { networkOf } from '../../../platform/network.ts';
import type { Caller } from '../../caller.ts';
import type { OperationOrigin, RouterContext } from '../../context.ts';
import type { ServiceSettings } from '../../env.ts';
import type { Revocations } from '../../revocations.ts';
import type { Operations } from '../operations.ts';
import type { OperationRequest, PreparedOperation } from '../prepare-operation.ts';
import { type PresentError, toGraphQLError } from '../results.ts';
import type { ConnectionSlots } from '../slots.ts';
import { watchToken } from '../token-watch.ts';
import { type AnswerForm, readAccept, type StreamForm } from './accept.ts';
import { eventStream } from './event-stream.ts';
import { readOperation } from './http-operation.ts';
import { HttpStream, type StreamFormat } from './http-stream.ts';
import { multipart } from './multipart.ts';

export interface HttpStreamsOptions extends ConnectionSlots {
  settings: Pick<
    ServiceSettings,
    'SOCKET_MESSAGE_LIMIT_BYTES' | 'SOCKET_BUFFER_LIMIT_BYTES' | 'SOCKET_PING_MILLISECONDS' | 'DRAIN_MILLISECONDS'
  >;
  operations: Operations;
  present: PresentError;
  revocations: Pick<Revocations, 'onRevoked' | 'reasonAgainst'>;
  createContext(origin: OperationOrigin): RouterContext;
  now: () => number;
  metrics: Registry;
  /** A number from 0 up to 1. */
  random(): number;
}

/** Operations over HTTP whose answers are streams. */
export interface HttpStreams {
  /**
   * Answers a request whose client takes a stream for its operation.
   * @returns false for any other request, with which nothing has been done
   * @throws a coded error that refuses the request as a whole
   */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
  /** Opens no more streams and ends all there are, one after the other, in a way that tells clients to come back. */
  stop(): Promise<void>;
}

const closingLimitMilliseconds = 3_000;

const formats: Record<StreamForm, StreamFormat> = { 'event-stream': eventStream, multipart };

/**
 * Serves subscriptions over HTTP, for clients that can't use WebSockets: as server-sent events, or in Apollo's multipart protocol. The
 * former carry queries and mutations as well, for clients that take nothing else.
 */
export function createHttpStreams(options: HttpStreamsOptions): HttpStreams {
  const { operations, present, revocations, metrics, settings, addressSlots, userSlots } = options;
  const streams = new Set<HttpStream>();
  let isStopping = false;

  const ends = new Counter({
    name: 'chorus_http_stream_ends_total',
    help: 'Subscriptions over HTTP that have ended: complete, gone (the client left), or by the code of an error.',
    labelNames: ['reason'],
    registers: [metrics],
  });
  new Gauge({
    name: 'chorus_http_streams',
    help: 'Subscriptions over HTTP that are open.',
    registers: [metrics],
    collect() {
      this.set(streams.size);
    },
  });

  /** @throws what is wrong with it, when the client would rather have that as JSON */
  function prepare(
    operation: OperationRequest,
    context: RouterContext,
    accepted: readonly AnswerForm[],
  ): PreparedOperation | readonly GraphQLError[] {
    try {
      return operations.prepare(operation, context);
    } catch (error) {
      if (accepted[0] === 'json') throw error;
      return [toGraphQLError(error)];
    }
  }

  function openStream(
    prepared: PreparedOperation,
    { viewer, client }: Caller,
    reply: FastifyReply,
    format: StreamFormat,
  ): void {
    let leave = () => {};
    const giveBack = [addressSlots.take(networkOf(client.address)), viewer && userSlots.take(viewer.userId)];
    const stream = new HttpStream(reply, {
      format,
      heartbeatMilliseconds: settings.SOCKET_PING_MILLISECONDS,
      bufferedLimitBytes: settings.SOCKET_BUFFER_LIMIT_BYTES,
      closingLimitMilliseconds,
      describe(error) {
        const { locations: _locations, path: _path, ...shown } = present(toGraphQLError(error));
        return { code: String(shown.extensions?.['code']), shown };
      },
      onEnd(reason) {
        ends.inc({ reason });
        streams.delete(stream);
        leave();
      },
    });
    streams.add(stream);
    void stream.closed.then(() => {
      for (const give of giveBack) give?.();
    });
    const endSession = (reason: string) => stream.fail(codedError('UNAUTHENTICATED', reason));
    const stopWatching = viewer ? watchToken(viewer, options, endSession) : () => {};
    leave = stopWatching;
    try {
      const results = operations.subscribe(prepared, stream);
      leave = () => {
        stopWatching();
        void results.return?.();
      };
      void carryResults(results, stream);
    } catch (error) {
      stream.fail(error);
    }
  }

  /** Answers with everything at once: what there is to say of an operation that is not to be run, or does not go on. */
  function refuse(errors: readonly GraphQLError[], reply: FastifyReply, accepted: readonly AnswerForm[]): boolean {
    const [form] = accepted;
    if (form === undefined || form === 'json') return false;
    sendWhole(reply, formats[form], { errors: errors.map(present) });
    return true;
  }

  async function answerOnce(
    prepared: PreparedOperation,
    { method }: FastifyRequest,
    reply: FastifyReply,
    accepted: readonly AnswerForm[],
  ): Promise<boolean> {
    if (accepted.find((form) => form !== 'multipart') !== 'event-stream') return false;
    if (method === 'GET' && isMutation(prepared)) {
      reply.status(405).header('allow', 'POST').send(errorBody('BAD_REQUEST', 'Send mutations with POST.'));
    } else sendWhole(reply, eventStream, await operations.execute(prepared));
    return true;
  }

  /** @throws what keeps a subscription from being opened */
  function checkOpening({ request }: PreparedOperation, { viewer, client }: Caller, reply: FastifyReply): void {
    if (isStopping) throw codedError('SERVICE_RESTART');
    if (addressSlots.isFull(networkOf(client.address)) || (viewer && userSlots.isFull(viewer.userId)))
      throw codedError('TOO_MANY_OPERATIONS', 'Too many subscriptions and WebSockets are open. Close some first.');
    // Behind another answer on its connection a stream would not learn that its client goes, nor when that has gone before.
    if (reply.raw.destroyed || reply.raw.socket === null)
      throw codedError('BAD_REQUEST', 'A subscription needs a connection of its own.');
    // No larger than over a WebSocket: many share one socket to a subgraph, and what is too large for that would cut them all.
    if (Buffer.byteLength(JSON.stringify(request)) > settings.SOCKET_MESSAGE_LIMIT_BYTES)
      throw codedError('PAYLOAD_TOO_LARGE');
    // The session may have ended since the token was verified. From here on nothing is waited for until it is watched.
    if (viewer && revocations.reasonAgainst(viewer) !== null) throw codedError('UNAUTHENTICATED');
  }

  return {
    async answer(request, reply) {
      const accepted = readAccept(request.headers.accept);
      const form = accepted.find((each) => each !== 'json');
      const operation = readOperation(request);
      if (form === undefined || operation === null) return false;
      const { caller, trace, id: requestId } = request;
      const setCookie = (value: string) => void reply.header('set-cookie', value);
      const context = options.createContext({ ...caller, trace, requestId, setCookie });
      const prepared = prepare(operation, context, accepted);
      if (!('document' in prepared)) return refuse(prepared, reply, accepted);
      if (prepared.subscription === null) return answerOnce(prepared, request, reply, accepted);
      checkOpening(prepared, caller, reply);
      openStream(prepared, caller, reply, formats[form]);
      return true;
    },
    async stop() {
      isStopping = true;
      const ending = [...streams];
      for (const stream of ending) {
        const end = () => stream.fail(codedError('SERVICE_RESTART'));
        const timer = setTimeout(end, options.random() * settings.DRAIN_MILLISECONDS);
        void stream.closed.then(() => clearTimeout(timer));
      }
      await Promise.all(ending.map(({ closed }) => closed));
    },
  };
}

function isMutation({ document, request: { operationName } }: PreparedOperation): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
}

function sendWhole(reply: FastifyReply, format: StreamFormat, result: FormattedExecutionResult): void {
  const { contentType, opening, closing } = format;
  reply
    .headers({ 'content-type': contentType, 'cache-control': 'no-store' })
    .send(opening + format.result(JSON.stringify(result)) + closing);
}

async function carryResults(results: AsyncIterableIterator<object>, stream: HttpStream): Promise<void> {
  try {
    for await (const result of results) await stream.send(JSON.stringify(result));
    stream.complete();
  } catch (error) {
    stream.fail(error);
  }
}
