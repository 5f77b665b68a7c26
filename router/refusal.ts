import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import { errorBody, errorCatalogue, isErrorCode } from '../platform/errors.ts';

/** Answers a whole request with the coded error that was thrown for it, and the status of its code. @throws any other error */
export function refuseRequest(reply: FastifyReply, error: unknown): FastifyReply {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  if (!isErrorCode(code)) throw error;
  return reply.status(errorCatalogue[code].status).send(errorBody(code, (error as GraphQLError).message));
}
