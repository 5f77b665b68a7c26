import { type Logger, pino } from 'pino';
import { currentRequest } from './request-scope.ts';

/** Keys whose values never reach a log, wherever in a logged object they stand up to the third level. */
const secretKeys = ['authorization', 'cookie', 'password', 'accessToken', 'refreshToken', 'token', 'email', 'text'];

/** JSON lines on standard output; `service` names the part that writes. Inside a request they carry its ids. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    name: service,
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ ...currentRequest() }),
    serializers: { error: serializeError },
    redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  });
}

/**
 * What says where and why, and nothing else. Errors of the database client carry the row that failed, or the whole query
 * with its arguments, in their other properties and in the message of a query that is malformed: people's own words.
 */
export function serializeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : typeof error };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  const isQueryPrinted = name === 'PrismaClientValidationError';
  return {
    type: name,
    message: isQueryPrinted ? 'A database query is malformed.' : message,
    ...(typeof code === 'string' && { code }),
    stack: isQueryPrinted ? stack?.replace(message, '') : stack,
    ...(cause instanceof Error && { cause: serializeError(cause) }),
  };
}
