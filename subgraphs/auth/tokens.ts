import { createHash, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { ServiceSettings } from './env.ts';
import type { SigningKey } from './signing-keys.ts';

export interface AccessToken {
  token: string;
  expiresAt: Date;
}

export interface RefreshToken {
  /** For the client; not stored. */
  token: string;
  /** What is stored. */
  hash: Buffer;
  expiresAt: Date;
}

/** Signs an access token for a session. Times are whole seconds, as JSON Web Tokens have them. */
export function signAccessToken(
  subject: { userId: string; sessionId: string },
  key: SigningKey,
  settings: ServiceSettings,
  now: Date,
): AccessToken {
  const issuedAtSeconds = Math.floor(now.getTime() / 1000);
  const expiresAtSeconds = issuedAtSeconds + settings.ACCESS_TOKEN_TTL_SECONDS;
  const claims = {
    sid: subject.sessionId,
    roles: ['USER'],
    scope: 'account:read account:write profile:write chat:read chat:write notifications:read',
    iat: issuedAtSeconds,
    exp: expiresAtSeconds,
  };
  const token = jwt.sign(claims, key.privateKey, {
    algorithm: 'ES256',
    keyid: key.id,
    issuer: settings.TOKEN_ISSUER,
    audience: settings.TOKEN_AUDIENCE,
    subject: subject.userId,
  });
  return { token, expiresAt: new Date(expiresAtSeconds * 1000) };
}

/** 256 random bits: nothing to guess, so a plain SHA-256 of it can be stored. */
export function makeRefreshToken(settings: ServiceSettings, now: Date): RefreshToken {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + settings.REFRESH_TOKEN_TTL_SECONDS * 1000);
  return { token, hash: hashRefreshToken(token), expiresAt };
}

export function hashRefreshToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
