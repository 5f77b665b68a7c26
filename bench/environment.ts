import { randomBytes } from 'node:crypto';

/** Settings of the services for one run of a bench: secrets of its own, and all else as it is unless somebody sets it. */
export function makeEnvironment() {
  const makeSecret = () => randomBytes(32).toString('base64url');
  return {
    VIEWER_SECRET: makeSecret(),
    SIGNING_KEY_SECRET: makeSecret(),
    ACCOUNT_SECRET: makeSecret(),
    CHAT_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    // One address registers everybody, and nobody's token ends before the bench does.
    REGISTRATIONS_PER_HOUR: '1000000',
    ACCESS_TOKEN_TTL_SECONDS: '3600',
  };
}
