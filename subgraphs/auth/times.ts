import { Failure } from './failure.ts';

/** Nothing is given an end farther away than that: it keeps every end far from the year 10000, which RFC 3339 can't write. */
const farthestEndMilliseconds = 100 * 365.25 * 86_400_000;

/** When something is to end; null for never. @throws Failure TIME_INVALID */
export function parseEnd(input: Date | string | null | undefined, now: Date, field: string): Date | null {
  if (input == null) return null;
  const end = new Date(input);
  const milliseconds = end.getTime() - now.getTime();
  if (milliseconds > 0 && milliseconds <= farthestEndMilliseconds) return end;
  throw new Failure('TIME_INVALID', 'The time is not within the next 100 years.', [field]);
}
