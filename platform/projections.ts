import { setTimeout as delay } from 'node:timers/promises';
import { idTimestampMilliseconds, isId } from './identifiers.ts';

/** How old an account may be for its absence from a projection to mean "not yet". */
const youthMilliseconds = 10_000;
const longestWaitMilliseconds = 3_000;
const firstPauseMilliseconds = 5;

/**
 * Reads a row that follows from the event of another subgraph about an account. Such a row is a few milliseconds late;
 * somebody who has just registered must not notice. An id tells when it was made (UUIDv7), so only for a young one is
 * the reading repeated, for at most three seconds; for any other, absent is absent.
 */
export async function readProjection<Row>(accountId: string, read: () => Promise<Row | null>): Promise<Row | null> {
  const deadline = Date.now() + longestWaitMilliseconds;
  for (let pause = firstPauseMilliseconds; ; pause *= 2) {
    const row = await read();
    if (row !== null || !isYoung(accountId) || Date.now() + pause > deadline) return row;
    await delay(pause);
  }
}

/** Whether an id was made so recently that projections may not know it yet. */
export function isYoung(accountId: string): boolean {
  return isId(accountId) && Math.abs(Date.now() - idTimestampMilliseconds(accountId)) < youthMilliseconds;
}
