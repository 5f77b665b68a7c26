import { codedError } from '../../../platform/errors.ts';
import { type AccountRecord, findAccount } from '../accounts/repository.ts';
import { findLiveApiKey } from '../api-keys/repository.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { canWriteAccounts } from '../policy.ts';
import { findLiveSession } from '../sessions/repository.ts';
import { standingAt } from './status.ts';

type Transaction = Parameters<typeof findAccount>[0];

/**
 * The administrator behind a request that changes accounts. A token tells what was true when it was signed; the database tells
 * whether that administrator is still one, and whether the session or the key is still good.
 * @throws UNAUTHENTICATED, FORBIDDEN
 */
export async function requireAdministrator(
  transaction: Transaction,
  { now }: Pick<AuthDependencies, 'now'>,
  { viewer }: AuthRequest,
): Promise<AccountRecord> {
  if (viewer === null) throw codedError('UNAUTHENTICATED');
  if (!canWriteAccounts(viewer)) throw codedError('FORBIDDEN');
  const { userId, sessionId } = viewer;
  const at = now();
  const credential =
    (await findLiveSession(transaction, sessionId, at)) ?? (await findLiveApiKey(transaction, sessionId, at));
  if (credential?.accountId !== userId) throw codedError('UNAUTHENTICATED');
  const account = await findAccount(transaction, userId);
  if (account?.role !== 'ADMIN' || standingAt(account, at).status !== 'ACTIVE') throw codedError('FORBIDDEN');
  return account;
}
