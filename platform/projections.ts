import { setTimeout as delay } from 'node:timers/promises';
import { idTimestampMilliseconds, isId } from './identifiers.ts';

/** How old an account may be for its absence from a projection to mean "not yet". */
const youthMilliseconds = 15_000;
const longestWaitMilliseconds = 5_000;
const firstPauseMilliseconds = 5;

/**
 * Reads rows that follow from events of another subgraph about accounts. Such a row is a few milliseconds late; somebody
 * who has just registered must not notice. An id tells when it was made (UUIDv7): while young ones are missing the reading
 * is repeated, for all of them at once and for at most five seconds; for any other, absent is absent.
 */
export async function readProjection<Row>(
  accountIds: readonly string[],
  read: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, Row>>,
): Promise<Map<string, Row>> {
  const deadline = Date.now() + longestWaitMilliseconds;
  const found = new Map(await read(accountIds));
  for (let pause = firstPauseMilliseconds; Date.now() + pause < deadline; pause *= 2) {
    const missing = accountIds.filter((id) => !found.has(id) && isYoung(id));
    if (missing.length === 0) break;
    await delay(pause);
    for (const [id, row] of await read(missing)) found.set(id, row);
  }
  return found;
}

/** Ids never go back in time, so those of a process whose clock was set back stay ahead; further ahead than this is an invention. */
const longestLeadMilliseconds = 366 * 86_400_000;

/** Whether an id was made so recently that projections may not know it yet; also by a clock that is ahead of ours. */
export function isYoung(accountId: string): boolean {
  if (!isId(accountId)) return false;
  const ageMilliseconds = Date.now() - idTimestampMilliseconds(accountId);
  return ageMilliseconds < youthMilliseconds && ageMilliseconds > -longestLeadMilliseconds;
}
