const firstDelayMilliseconds = 50;
const longestDelayMilliseconds = 1_000;

/**
 * Milliseconds to wait after a number of failures in a row: doubling from 50 ms up to a second, of which the upper half
 * is random, so that what comes back is not met by all its clients at once.
 */
export function backoffMilliseconds(failures: number): number {
  const delay = Math.min(firstDelayMilliseconds * 2 ** (failures - 1), longestDelayMilliseconds);
  return Math.ceil(delay * (0.5 + Math.random() / 2));
}
