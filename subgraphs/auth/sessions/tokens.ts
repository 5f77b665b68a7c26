import jwt from 'jsonwebtoken';
import type { ServiceSettings } from '../env.ts';
import { rolesUpTo, scopesOf } from '../policy.ts';
import type { Role } from '../schema.types.ts';
import type { SigningKey } from '../signing-keys/signing-keys.ts';
import { hashToken, makeToken } from '../tickets/codes.ts';

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

/** Whom a token is for, and what it lets them do. */
export interface TokenSubject {
  userId: string;
  /** A session, or an API key. */
  sessionId: string;
  role: Role;
  /** Without, everything that the role may do. */
  scopes?: readonly string[];
  accessVersion: number;
}

/** Signs an access token. Times are whole seconds, as JSON Web Tokens have them. */
export function signAccessToken(
  { userId, sessionId, role, scopes = scopesOf(role), accessVersion }: TokenSubject,
  key: SigningKey,
  settings: ServiceSettings,
  now: Date,
): AccessToken {
  const issuedAtSeconds = Math.floor(now.getTime() / 1000);
  const expiresAtSeconds = issuedAtSeconds + settings.ACCESS_TOKEN_TTL_SECONDS;
  const claims = {
    sid: sessionId,
    roles: rolesUpTo(role),
    scope: scopes.join(' '),
    ver: accessVersion,
    iat: issuedAtSeconds,
    exp: expiresAtSeconds,
  };
  const token = jwt.sign(claims, key.privateKey, {
    algorithm: 'ES256',
    keyid: key.id,
    issuer: settings.TOKEN_ISSUER,
    audience: settings.TOKEN_AUDIENCE,
    subject: userId,
    // RFC 9068: so that no other kind of token of the same issuer is taken for an access token.
    header: { alg: 'ES256', typ: 'at+jwt' },
  });
  return { token, expiresAt: new Date(expiresAtSeconds * 1000) };
}

/** 256 random bits: nothing to guess, so a plain SHA-256 of it can be stored. It is for its caller not to let it outlive its session. */
export function makeRefreshToken(settings: ServiceSettings, now: Date): RefreshToken {
  const token = makeToken();
  const expiresAt = new Date(now.getTime() + settings.REFRESH_TOKEN_TTL_SECONDS * 1000);
  return { token, hash: hashToken(token), expiresAt };
}
