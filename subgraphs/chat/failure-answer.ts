import type { FastifyReply } from 'fastify';
import { type ErrorCode, errorBody, errorCatalogue } from '../../platform/errors.ts';
import type { Failure } from './failure.ts';

/** Answers a request beside `/graphql` with an error that the catalogue knows, and its status. */
export function refuse(reply: FastifyReply, code: ErrorCode, message?: string): FastifyReply {
  return reply.status(errorCatalogue[code].status).send(errorBody(code, message));
}

/** The same for an expected failure, in the shape of the other errors: its code is one of `UserErrorCode`. */
export function refuseFailure(reply: FastifyReply, status: number, { code, message, field }: Failure): FastifyReply {
  return reply.status(status).send({ errors: [{ message, extensions: { code, ...(field && { field }) } }] });
}
