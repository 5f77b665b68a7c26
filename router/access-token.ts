import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Viewer } from '../platform/viewer.ts';
import type { FindKey } from './key-set.ts';

/** No access token lives longer: past it, a revoked session's last token has ended by itself. */
export const longestAccessTokenMilliseconds = 3_600_000;

/** How far the clock of whoever signs may be ahead. */
const clockToleranceSeconds = 60;

/** Whom a good access token is for, and what can make it a bad one before it ends. */
export interface VerifiedToken extends Viewer {
  /** Grows when the account's roles or scopes change. */
  accessVersion: number;
  /** The key that signed it. */
  keyId: string;
}

/** Why a token is not good. */
export type Refusal = 'expired' | 'revoked' | 'invalid';

/** Thrown for a token that is not good. Its reason is for our own eyes. */
export class RefusedToken extends Error {
  readonly reason: Refusal;

  constructor(reason: Refusal) {
    super(`The access token is ${reason}.`);
    this.reason = reason;
  }
}

/** What has to be right before a key is looked for. A key that the token itself brings or points to (`jwk`, `jku`, `x5u`) counts for nothing. */
const header = z.looseObject({
  alg: z.literal('ES256'),
  // RFC 9068: no other kind of token of the same issuer is taken for an access token.
  typ: z.string().regex(/^(application\/)?at\+jwt$/i),
  kid: z.string(),
  // RFC 7515, 4.1.11: what a token calls critical must be understood, and we understand none of it.
  crit: z.never().optional(),
});

const claims = z.object({
  sub: z.string(),
  sid: z.string(),
  ver: z.number().int(),
  iat: z.number().int(),
  exp: z.number().int(),
  roles: z.array(z.string()),
  scope: z.string(),
});

export interface AccessTokenOptions {
  findKey: FindKey;
  issuer: string;
  audience: string;
  now: () => number;
}

/** Proves an access token. @throws RefusedToken, and SUBGRAPH_UNAVAILABLE when the keys can't be had */
export type VerifyAccessToken = (token: string) => Promise<VerifiedToken>;

/**
 * Verifies access tokens (RFC 9068) against the published keys: the algorithm is ours to choose and not the token's
 * (RFC 8725, 3.1), and issuer, audience, kind and times have to be right.
 */
export function createAccessTokenVerifier(options: AccessTokenOptions): VerifyAccessToken {
  const { findKey, issuer, audience, now } = options;
  return async (token) => {
    const { kid } = readHeader(token);
    const key = await findKey(kid);
    if (key === null) throw new RefusedToken('invalid');
    const clockTimestamp = Math.floor(now() / 1000);
    try {
      const payload = jwt.verify(token, key, { algorithms: ['ES256'], issuer, audience, clockTimestamp });
      const { sub, sid, ver, iat, exp, roles, scope } = claims.parse(payload);
      // What is revoked is remembered for as long as tokens live, and no longer.
      const livesTooLong = exp - iat > longestAccessTokenMilliseconds / 1000;
      if (livesTooLong || iat > clockTimestamp + clockToleranceSeconds) throw new RefusedToken('invalid');
      const scopes = scope.split(' ').filter(Boolean);
      const viewer = { userId: sub, sessionId: sid, roles, scopes, expiresAtSeconds: exp };
      return { ...viewer, accessVersion: ver, keyId: kid };
    } catch (error) {
      throw new RefusedToken(error instanceof jwt.TokenExpiredError ? 'expired' : 'invalid');
    }
  };
}

/** What a token says of itself, before anything about it is proven. */
function readHeader(token: string): z.output<typeof header> {
  try {
    return header.parse(jwt.decode(token, { complete: true })?.header);
  } catch {
    throw new RefusedToken('invalid');
  }
}
