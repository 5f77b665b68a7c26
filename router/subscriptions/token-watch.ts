import type { VerifiedToken } from '../access-token.ts';
import type { Revocations } from '../revocations.ts';

export interface TokenWatchOptions {
  revocations: Pick<Revocations, 'onRevoked'>;
  now: () => number;
}

/**
 * Calls back, with the reason in words for the client, when a token expires or is revoked.
 * @returns what stops watching
 */
export function watchToken(
  token: VerifiedToken,
  { revocations, now }: TokenWatchOptions,
  onEnd: (reason: string) => void,
): () => void {
  const remainingMilliseconds = token.expiresAtSeconds * 1000 - now();
  const expiry = setTimeout(() => onEnd('The access token has expired'), remainingMilliseconds);
  const stopFollowing = revocations.onRevoked(token, onEnd);
  return () => {
    clearTimeout(expiry);
    stopFollowing();
  };
}
