import { codedError } from '../../../platform/errors.ts';
import { type Credentials, lockAccount } from '../accounts/repository.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { canWriteOwnAccount } from '../policy.ts';
import { findLiveSession, type SessionRecord } from './repository.ts';

type Transaction = Parameters<typeof lockAccount>[0];

/** For so long after a proof of identity (signing in, `confirmIdentity`) a session may make sensitive changes. */
export const recentAuthenticationMilliseconds = 600_000;

/** The session of a viewer who may change their own account. @throws UNAUTHENTICATED, FORBIDDEN */
export async function requireSession(
  { database, now }: AuthDependencies,
  { viewer }: AuthRequest,
): Promise<SessionRecord> {
  if (viewer === null) throw codedError('UNAUTHENTICATED');
  if (!canWriteOwnAccount(viewer)) throw codedError('FORBIDDEN');
  // An API key has no session; and one that has ended since the token was signed is none any more.
  const session = await findLiveSession(database, viewer.sessionId, now());
  if (session === null || session.accountId !== viewer.userId) throw codedError('UNAUTHENTICATED');
  return session;
}

/**
 * The same for a sensitive change (OWASP ASVS 5.0, 7.5.1): a stolen token alone is not enough for it.
 * @throws UNAUTHENTICATED, FORBIDDEN, Failure RECENT_AUTHENTICATION_REQUIRED
 */
export async function requireRecentAuthentication(
  dependencies: AuthDependencies,
  request: AuthRequest,
): Promise<SessionRecord> {
  const session = await requireSession(dependencies, request);
  if (session.authenticatedAt.getTime() + recentAuthenticationMilliseconds > dependencies.now().getTime())
    return session;
  throw new Failure(
    'RECENT_AUTHENTICATION_REQUIRED',
    'Prove once more who you are: this wants a recent authentication.',
  );
}

/**
 * Begins the transaction of a change that a session makes to its own account. Until the lock is had, somebody else may have set
 * another password, suspended the account or ended the session, and meant to end this change with it: so it looks again.
 * @throws UNAUTHENTICATED
 */
export async function lockOwnAccount(
  transaction: Transaction,
  { now }: Pick<AuthDependencies, 'now'>,
  { id, accountId }: Pick<SessionRecord, 'id' | 'accountId'>,
): Promise<Credentials> {
  const account = await lockAccount(transaction, accountId);
  const session = await findLiveSession(transaction, id, now());
  if (account?.status !== 'ACTIVE' || session === null) throw codedError('UNAUTHENTICATED');
  return account;
}

/**
 * While an address is not proven, its account may be in the hands of somebody else than its owner, who must not be able to leave
 * ways into it behind. Where no mail is sent nobody can prove an address, and nothing rests on it.
 * @throws Failure EMAIL_NOT_VERIFIED
 */
export function requireProvenAddress(
  { SMTP_URL }: { SMTP_URL?: string | undefined },
  { email, emailVerifiedAt }: Pick<Credentials, 'email' | 'emailVerifiedAt'>,
): void {
  if (SMTP_URL === undefined || email === null || emailVerifiedAt !== null) return;
  throw new Failure('EMAIL_NOT_VERIFIED', 'Verify your e-mail address first, with the code that was sent to it.');
}
