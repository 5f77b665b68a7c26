import { writeManyToOutbox } from '../../../platform/durable-events/outbox.ts';
import type { TraceParent } from '../../../platform/trace.ts';
import { sessionRevoked } from '../events.ts';
import { endSessions } from './repository.ts';

type Transaction = Parameters<typeof endSessions>[0];

/**
 * Ends sessions of an account with the events that tell every router, in the caller's transaction. Wake the relay after it.
 * @returns the ids of those that had not ended before.
 */
export async function revokeSessions(
  transaction: Transaction,
  accountId: string,
  which: { only?: string; except?: string | undefined },
  trace: TraceParent,
  now: Date,
): Promise<string[]> {
  const ended = await endSessions(transaction, accountId, which, now);
  await tellRevoked(transaction, accountId, ended, trace, now);
  return ended;
}

/** The events that end sessions and API keys for every router, in the caller's transaction. Wake the relay after it. */
export async function tellRevoked(
  transaction: Transaction,
  accountId: string,
  ids: readonly string[],
  trace: TraceParent,
  now: Date,
): Promise<void> {
  const events = ids.map((sessionId) => sessionRevoked({ sessionId, userId: accountId }, trace, now));
  await writeManyToOutbox(transaction, events);
}
