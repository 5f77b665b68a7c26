import { codedError } from '../../../platform/errors.ts';
import { readProjection } from '../../../platform/projections.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { accountGone } from '../failure.ts';
import { findAccountState } from './repository.ts';

/**
 * Handles are learned from auth's events. Whoever becomes a member must be found by mentions from then on: while the
 * handle of a new account is still on its way, joining fails, to be tried again, rather than lose mentions.
 */
export async function requireKnownAccount({ database }: ChatDependencies, userId: string): Promise<void> {
  const states = await readProjection([userId], async () => {
    const state = await findAccountState(database, userId);
    return new Map(state === null ? [] : [[userId, state]]);
  });
  const state = states.get(userId);
  if (state === 'known') return;
  if (state === 'deleted') throw accountGone();
  throw codedError('SUBGRAPH_UNAVAILABLE', 'This new account is not known here yet. Try again.', {
    subgraph: 'chat',
  });
}
