import { codedError } from '../../../platform/errors.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { canWriteOwnAccount } from '../policy.ts';
import { findLiveSession, type SessionRecord } from './repository.ts';

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
