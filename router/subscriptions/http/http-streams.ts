import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormattedExecutionResult, type GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import type { Registry } from 'prom-client';
import { codedError, errorBody } from '../../../platform/errors.ts';
import { networkOf } from '../../../platform/network.ts';
import type { Caller } from '../../caller.ts';
import type { RouterContext } from '../../context.ts';
import type { ServiceSettings } from '../../env.ts';
import type { Revocations } from '../../revocations.ts';
import { measureHttpStreams } from '../metrics.ts';
import type { Operations } from '../operations.ts';
import type { OperationRequest, PreparedOperation } from '../prepare-operation.ts';
import { toGraphQLError } from '../results.ts';
import { type AnswerForm, parseAccept, type StreamForm } from './content-negotiation.ts';
import { eventStream } from './event-stream.ts';
import { readOperation } from './http-operation.ts';
import type { StreamFormat } from './http-stream.ts';
import { multipart } from './multipart.ts';
import { OpenStreams, type OpenStreamsOptions } from './open-streams.ts';

export interface HttpStreamsOptions extends Omit<OpenStreamsOptions, 'meters'> {
  settings: OpenStreamsOptions['settings'] & Pick<ServiceSettings, 'SOCKET_MESSAGE_LIMIT_BYTES'>;
  operations: Operations;
  revocations: Pick<Revocations, 'onRevoked' | 'reasonAgainst'>;
  createContext(request: FastifyRequest, reply: FastifyReply): RouterContext;
  metrics: Registry;
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

const formats: Record<StreamForm, StreamFormat> = { 'event-stream': eventStream, multipart };

/**
 * Serves subscriptions over HTTP, for clients that can't use WebSockets: as server-sent events, or in Apollo's multipart protocol. The
 * former carry queries and mutations as well, for clients that take nothing else.
 */
export function createHttpStreams(options: HttpStreamsOptions): HttpStreams {
  const { operations, present, revocations, settings, limits } = options;
  const meters = measureHttpStreams(options.metrics, () => streams.size);
  const streams = new OpenStreams({ ...options, meters });

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
    if (streams.isDraining) throw codedError('SERVICE_RESTART');
    if (limits.perAddress.isReached(networkOf(client.address)) || (viewer && limits.perUser.isReached(viewer.userId)))
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
      const accepted = parseAccept(request.headers.accept);
      const form = accepted.find((each) => each !== 'json');
      const operation = readOperation(request);
      if (form === undefined || operation === null) return false;
      const prepared = prepare(operation, options.createContext(request, reply), accepted);
      if (!('document' in prepared)) return refuse(prepared, reply, accepted);
      if (prepared.subscription === null) return answerOnce(prepared, request, reply, accepted);
      checkOpening(prepared, request.caller, reply);
      streams.open(prepared, request.caller, reply, formats[form]);
      return true;
    },
    stop: () => streams.drain(),
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
