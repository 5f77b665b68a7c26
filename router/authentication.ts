import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { codedError } from '../platform/errors.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { FindKey } from './key-set.ts';
import type { Revocations } from './revocations.ts';

export interface AuthenticationOptions {
  findKey: FindKey;
  revocations: Revocations;
  issuer: string;
  audience: string;
  now: () => number;
}

/** Finds out who sends an `Authorization` header. No header is nobody: null. @throws UNAUTHENTICATED for a bad one. */
export type Authenticate = (authorization: unknown) => Promise<Viewer | null>;

const claims = z.object({
  sub: z.string(),
  sid: z.string(),
  exp: z.number().int(),
  roles: z.array(z.string()),
  scope: z.string(),
});

/** Verified tokens remembered; a signature costs a hundred times what a look-up does. */
const cacheSize = 10_000;

export function createAuthentication(options: AuthenticationOptions): Authenticate {
  const { findKey, revocations, issuer, audience, now } = options;
  const verified = new LRUCache<string, Viewer>({ max: cacheSize });

  async function verifyToken(token: string): Promise<Viewer> {
    const keyId = readKeyId(token);
    const key = keyId === null ? null : await findKey(keyId);
    if (key === null) throw invalidToken();
    try {
      const clockTimestamp = Math.floor(now() / 1000);
      const payload = jwt.verify(token, key, { algorithms: ['ES256'], issuer, audience, clockTimestamp });
      const { sub, sid, exp, roles, scope } = claims.parse(payload);
      return { userId: sub, sessionId: sid, roles, scopes: scope.split(' ').filter(Boolean), expiresAtSeconds: exp };
    } catch {
      throw invalidToken();
    }
  }

  return async (authorization) => {
    if (authorization === undefined || authorization === null || authorization === '') return null;
    const token = typeof authorization === 'string' ? /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1] : undefined;
    if (token === undefined) throw invalidToken();
    let viewer = verified.get(token);
    if (!viewer) {
      viewer = await verifyToken(token);
      verified.set(token, viewer);
    }
    const isExpired = viewer.expiresAtSeconds * 1000 <= now();
    if (isExpired || revocations.isRevoked(viewer.sessionId)) throw invalidToken();
    return viewer;
  };
}

/** The key id that a token names, before anything about it is proven; null when it names none. */
function readKeyId(token: string): string | null {
  try {
    return jwt.decode(token, { complete: true })?.header.kid ?? null;
  } catch {
    return null;
  }
}

function invalidToken() {
  return codedError('UNAUTHENTICATED', 'The access token is not valid, or no longer. Refresh the session.');
}
