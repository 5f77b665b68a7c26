import type { GraphQLError } from 'graphql';
import { codedError } from '../../platform/errors.ts';

/** An argument of a field has a value that is not allowed. */
export function badArgument(argument: string, message: string): GraphQLError {
  return codedError('BAD_USER_INPUT', message, { argument });
}

const [earliest, latest] = [Date.parse('1970-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** The nearest time to this one that the database has. Nothing has ever happened before the first or after the last. */
export function nearestTime(time: Date | string): Date {
  return new Date(Math.min(Math.max(new Date(time).getTime(), earliest), latest));
}
