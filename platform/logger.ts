import { type Logger, pino } from 'pino';

/** Keys whose values never reach a log, wherever in a logged object they stand up to the third level. */
const secretKeys = ['authorization', 'cookie', 'password', 'accessToken', 'refreshToken', 'token', 'email', 'text'];

/** JSON lines on standard output, one logger a process; `service` names the part that writes. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    name: service,
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  });
}
