import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { currentRequest } from './request-scope.ts';

/**
 * Every code that can stand in `errors[].extensions.code`, with the HTTP status that goes with it when the whole
 * request fails for it. `docs/errors.md` explains each, and a test holds the two together.
 * Expected failures of a mutation are no errors: they are `userErrors` in its payload, coded in the schema.
 */
export const errorCatalogue = {
  BAD_REQUEST: { status: 400, message: 'The request is not a GraphQL request.' },
  GRAPHQL_PARSE_FAILED: { status: 400, message: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, message: 'The document does not fit the schema.' },
  OPERATION_RESOLUTION_FAILURE: { status: 400, message: 'The document does not say which operation to run.' },
  PERSISTED_QUERY_NOT_FOUND: { status: 200, message: 'No operation is known by this hash.' },
  BAD_USER_INPUT: { status: 400, message: 'An argument or variable has a value that is not allowed.' },
  UNAUTHENTICATED: { status: 401, message: 'Sign in first.' },
  FORBIDDEN: { status: 403, message: 'The access token lacks a scope that this needs.' },
  NOT_FOUND: { status: 404, message: 'There is nothing at this address.' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The request is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send application/json.' },
  CURSOR_EXPIRED: { status: 200, message: 'The history after this cursor is no longer retained.' },
  SLOW_CONSUMER: { status: 200, message: 'Too many events waited for this client. Resume with the last cursor.' },
  SUBSCRIPTION_RETIRED: {
    status: 200,
    message: 'The schema has changed, and the subscription does not fit it any more.',
  },
  RATE_LIMITED: { status: 429, message: 'Too many requests. Try again later.' },
  TOO_MANY_OPERATIONS: { status: 429, message: 'This socket has too many operations under way. End some first.' },
  SUBGRAPH_UNAVAILABLE: { status: 503, message: 'A part of the graph does not answer at the moment.' },
  SERVICE_RESTART: { status: 503, message: 'The server restarts. Subscribe again with the last cursor.' },
  INTERNAL: { status: 500, message: 'Something went wrong on our side.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Makes the coded error that a client sees. `details` join its `extensions`; nothing in them may be secret. */
export function codedError(code: ErrorCode, message?: string, details: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message ?? errorCatalogue[code].message, { extensions: { ...details, code } });
}

/**
 * Runs a check on a whole request, and gives the error that it throws the HTTP status of its code. The error of a single
 * field has none: the rest of the answer is good, and the status stays 200.
 */
export function checkRequest(check: () => void): void {
  try {
    check();
  } catch (error) {
    const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
    if (!isErrorCode(code)) throw error;
    const { message, extensions } = error as GraphQLError;
    throw new GraphQLError(message, { extensions: { ...extensions, http: { status: errorCatalogue[code].status } } });
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code);
}

/**
 * Turns what an execution threw into what a client may see. An error whose code the catalogue knows passes; anything
 * else is a fault of ours: it is logged, under the request id, and masked; the client is told that id.
 */
export function presentError(
  formatted: GraphQLFormattedError,
  original: unknown,
  log: Pick<Logger, 'error'>,
): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  if (isErrorCode(code) && code !== 'INTERNAL') {
    // Which subgraph an error came from is our own affair, unless it says so itself.
    const { stacktrace: _stack, http: _http, serviceName: _service, ...extensions } = formatted.extensions ?? {};
    return { ...formatted, extensions };
  }
  const requestId = currentRequest()?.requestId;
  log.error({ error: original, path: formatted.path }, 'an uncoded error was masked');
  return {
    message: errorCatalogue.INTERNAL.message,
    ...(formatted.path && { path: formatted.path }),
    ...(formatted.locations && { locations: formatted.locations }),
    extensions: { code: 'INTERNAL', ...(requestId && { requestId }) },
  };
}

/** Whether an error has this code, whoever made it. */
export function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof GraphQLError && error.extensions['code'] === code;
}

/** The body of an HTTP answer to a request that never became a GraphQL execution. */
export function errorBody(code: ErrorCode, message?: string): { errors: GraphQLFormattedError[] } {
  return { errors: [{ message: message ?? errorCatalogue[code].message, extensions: { code } }] };
}
