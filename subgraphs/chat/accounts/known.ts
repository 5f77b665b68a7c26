import { codedError } from '../../../platform/errors.ts';
import { readProjection } from '../../../platform/projections.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { accountGone } from '../failure.ts';
import { findAccountStates } from './repository.ts';

/** Those of some people whose accounts chat knows and that are not deleted; waits a moment for new ones. */
export async function readKnownAccounts(
  { database }: ChatDependencies,
  userIds: readonly string[],
): Promise<Set<string>> {
  const states = await readProjection(userIds, (ids) => findAccountStates(database, ids));
  return new Set([...states].filter(([, state]) => state === 'known').map(([id]) => id));
}

/**
 * Handles are learned from auth's events. Whoever becomes a member must be found by mentions from then on: while the
 * handle of a new account is still on its way, joining fails, to be tried again, rather than lose mentions.
 */
export async function requireKnownAccount({ database }: ChatDependencies, userId: string): Promise<void> {
  const states = await readProjection([userId], (ids) => findAccountStates(database, ids));
  const state = states.get(userId);
  if (state === 'known') return;
  if (state === 'deleted') throw accountGone();
  throw codedError('SUBGRAPH_UNAVAILABLE', 'This new account is not known here yet. Try again.', {
    subgraph: 'chat',
  });
}
