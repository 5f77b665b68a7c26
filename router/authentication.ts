import { LRUCache } from 'lru-cache';
import { Counter, type Registry } from 'prom-client';
import { isApiKey } from '../platform/api-keys.ts';
import type { ClientInfo } from '../platform/client-info.ts';
import { codedError } from '../platform/errors.ts';
import { RefusedToken, type VerifiedToken, type VerifyAccessToken } from './access-token.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Revocations } from './revocations.ts';

export interface AuthenticationOptions {
  verify: VerifyAccessToken;
  apiKeys: Pick<ApiKeys, 'findToken' | 'forgetToken'>;
  revocations: Pick<Revocations, 'reasonAgainst'>;
  metrics: Registry;
  now: () => number;
}

/**
 * Finds out who sends an `Authorization` header, with an access token or an API key. No header is nobody: null.
 * @throws UNAUTHENTICATED for a bad one, SUBGRAPH_UNAVAILABLE when that can't be known
 */
export type Authenticate = (authorization: unknown, client: ClientInfo) => Promise<VerifiedToken | null>;

/** Verified tokens remembered; a signature costs a hundred times what a look-up does. */
const cacheSize = 10_000;

export function createAuthentication(options: AuthenticationOptions): Authenticate {
  const { verify, apiKeys, revocations, metrics, now } = options;
  const verified = new LRUCache<string, VerifiedToken>({ max: cacheSize });
  const validations = new Counter({
    name: 'chorus_token_validations_total',
    help: 'Access tokens and API keys that came in, by result: valid, cached, expired, revoked, invalid, unavailable.',
    labelNames: ['result'],
    registers: [metrics],
  });

  /** @throws RefusedToken */
  async function accept(token: string): Promise<VerifiedToken> {
    const known = verified.get(token);
    const viewer = known ?? (await verify(token));
    const isExpired = viewer.expiresAtSeconds * 1000 <= now();
    if (isExpired || revocations.reasonAgainst(viewer) !== null) {
      verified.delete(token);
      throw new RefusedToken(isExpired ? 'expired' : 'revoked');
    }
    if (!known) verified.set(token, viewer);
    validations.inc({ result: known ? 'cached' : 'valid' });
    return viewer;
  }

  async function acceptApiKey(key: string, client: ClientInfo): Promise<VerifiedToken> {
    try {
      return await accept(await apiKeys.findToken(key, client));
    } catch (error) {
      if (!(error instanceof RefusedToken) || error.reason === 'invalid') throw error;
      // What its account may do has changed, say: the key may be as good as before, and its holder can't refresh anything.
      apiKeys.forgetToken(key);
      return accept(await apiKeys.findToken(key, client));
    }
  }

  return async (authorization, client) => {
    if (authorization === undefined || authorization === null || authorization === '') return null;
    const credential = typeof authorization === 'string' ? /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1] : undefined;
    try {
      if (credential === undefined) throw new RefusedToken('invalid');
      return await (isApiKey(credential) ? acceptApiKey(credential, client) : accept(credential));
    } catch (error) {
      const isRefused = error instanceof RefusedToken;
      validations.inc({ result: isRefused ? error.reason : 'unavailable' });
      throw isRefused ? invalidToken() : error;
    }
  };
}

function invalidToken() {
  return codedError('UNAUTHENTICATED', 'The access token is not valid, or no longer. Refresh the session.');
}
