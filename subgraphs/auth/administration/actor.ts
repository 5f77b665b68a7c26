import { codedError } from '../../../platform/errors.ts';
import { type AccountRecord, findAccount } from '../accounts/repository.ts';
import { findLiveApiKey } from '../api-keys/repository.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { canWriteAccounts } from '../policy.ts';
import { findLiveSession } from '../sessions/repository.ts';
import { requireRecentAuthentication } from '../sessions/step-up.ts';
import { standingAt } from './status.ts';

type Transaction = Parameters<typeof findAccount>[0];

/** Who changes accounts, and whether with a session or with an API key. */
export interface Actor {
  account: AccountRecord;
  credential: 'session' | 'key';
}

/**
 * The administrator behind a request that changes accounts. A token tells what was true when it was signed; the database tells
 * whether that administrator is still one, and whether the session or the key is still good.
 * @throws UNAUTHENTICATED, FORBIDDEN
 */
export async function requireAdministrator(
  transaction: Transaction,
  { now }: Pick<AuthDependencies, 'now'>,
  { viewer }: AuthRequest,
): Promise<Actor> {
  if (viewer === null) throw codedError('UNAUTHENTICATED');
  if (!canWriteAccounts(viewer)) throw codedError('FORBIDDEN');
  const { userId, sessionId } = viewer;
  const at = now();
  const session = await findLiveSession(transaction, sessionId, at);
  const owner = session ?? (await findLiveApiKey(transaction, sessionId, at));
  if (owner?.accountId !== userId) throw codedError('UNAUTHENTICATED');
  const account = await findAccount(transaction, userId);
  if (account?.role !== 'ADMIN' || standingAt(account, at).status !== 'ACTIVE') throw codedError('FORBIDDEN');
  return { account, credential: session === null ? 'key' : 'session' };
}

/**
 * The same before anything is locked, so that nobody else can hold up those who may; and a session alone, which could be a
 * stolen one, is not enough. An API key has nothing more to prove than that it is one.
 * @throws UNAUTHENTICATED, FORBIDDEN, Failure RECENT_AUTHENTICATION_REQUIRED
 */
export async function authorizeAdministrator(dependencies: AuthDependencies, request: AuthRequest): Promise<void> {
  const { credential } = await requireAdministrator(dependencies.database, dependencies, request);
  if (credential === 'session') await requireRecentAuthentication(dependencies, request);
}
