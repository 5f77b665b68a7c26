import { apiKeyPrefix, isApiKey } from '../../../platform/api-keys.ts';
import { hashToken, makeToken } from '../tickets/codes.ts';

/** The secret of a key, which is shown once: 256 random bits, so that a plain SHA-256 of it may be stored. */
export function makeApiKeySecret(): string {
  return `${apiKeyPrefix}${makeToken()}`;
}

/** What a secret is known by; null for what can't be one. */
export function hashApiKeySecret(secret: string): Buffer | null {
  return isApiKey(secret) ? hashToken(secret) : null;
}
