import { findAccount } from '../accounts/repository.ts';
import { standingAt } from '../administration/status.ts';
import type { AuthDependencies } from '../dependencies.ts';
import { type AccessToken, signAccessToken } from '../sessions/tokens.ts';
import { findLiveApiKeyByHash, touchApiKey } from './repository.ts';
import { usableScopes } from './scopes.ts';
import { hashApiKeySecret } from './secrets.ts';

/** So exact is the time of a key's last use. */
const lastUseMilliseconds = 300_000;

/**
 * Exchanges the secret of an API key for an access token, in which the key stands where a session does. The token can do what
 * the key was given and the role of its account grants now, and never outlives the key.
 * @returns null for a secret that is unknown, or whose key has ended, and while its account can't sign in.
 */
export async function exchangeApiKey(
  { database, signingKeys, settings, now }: AuthDependencies,
  secret: string,
): Promise<AccessToken | null> {
  const at = now();
  const hash = hashApiKeySecret(secret);
  const key = hash === null ? null : await findLiveApiKeyByHash(database, hash, at);
  // Read after the key: an account that is suspended in between has a new version, which this token must not carry.
  const account = key === null ? null : await findAccount(database, key.accountId);
  if (key === null || account === null || standingAt(account, at).status !== 'ACTIVE') return null;
  const lifetimeSeconds = remainingSeconds(key.expiresAt, at, settings.ACCESS_TOKEN_TTL_SECONDS);
  if (lifetimeSeconds <= 0) return null;
  await touchApiKey(database, key.id, at, new Date(at.getTime() - lastUseMilliseconds));
  const { id: userId, role, accessVersion } = account;
  return signAccessToken(
    { userId, sessionId: key.id, role, scopes: usableScopes(key.scopes, role), accessVersion },
    signingKeys.current(),
    { ...settings, ACCESS_TOKEN_TTL_SECONDS: lifetimeSeconds },
    at,
  );
}

/** Tokens count in whole seconds, so one of a key's last second would end after it. */
function remainingSeconds(expiresAt: Date | null, now: Date, longest: number): number {
  if (expiresAt === null) return longest;
  return Math.min(longest, Math.floor(expiresAt.getTime() / 1000) - Math.floor(now.getTime() / 1000));
}
