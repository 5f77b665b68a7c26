import { stringifySetCookie } from 'cookie';
import { accessCookie, refreshCookie } from '../../../platform/client-info.ts';
import type { Session } from '../schema.types.ts';

/**
 * `Lax` and not `Strict`, so that a link into the front end finds its reader signed in; what could change something is guarded by
 * the router's check of the origin.
 */
const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;

/**
 * Both live as long as the refresh token does: an access token that has ended must still come, to be answered with
 * `UNAUTHENTICATED`; without its cookie the browser would be a stranger, who gets other answers and no reason to refresh.
 *
 * `Max-Age` stands beside `Expires`, and browsers prefer it: their clock may be wrong, and a cookie that has expired by it would be
 * dropped as it comes.
 */
export function sessionCookies({ accessToken, refreshToken, refreshTokenExpiresAt }: Session, now: Date): string[] {
  const expires = new Date(refreshTokenExpiresAt);
  const maxAge = Math.max(0, Math.floor((expires.getTime() - now.getTime()) / 1000));
  return [
    stringifySetCookie({ ...attributes, name: accessCookie, value: accessToken, expires, maxAge }),
    stringifySetCookie({ ...attributes, name: refreshCookie, value: refreshToken, expires, maxAge }),
  ];
}

export function expiredCookies(): string[] {
  return [accessCookie, refreshCookie].map((name) =>
    stringifySetCookie({ ...attributes, name, value: '', expires: new Date(0), maxAge: 0 }),
  );
}
