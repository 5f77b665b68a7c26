import type { VerifiedToken } from '../access-token.ts';
import type { Revocations } from '../revocations.ts';

export interface TokenWatchOptions {
  revocations: Pick<Revocations, 'onRevoked'>;
  now: () => number;
}

/** Calls back with the reason when a token expires or is revoked. Returns what ends the watch. */
export function watchToken(
  token: VerifiedToken,
  onEnded: (reason: string) => void,
  { revocations, now }: TokenWatchOptions,
): () => void {
  const expiry = setTimeout(() => onEnded('The access token has expired'), token.expiresAtSeconds * 1000 - now());
  const stopFollowing = revocations.onRevoked(token, onEnded);
  return () => {
    clearTimeout(expiry);
    stopFollowing();
  };
}
