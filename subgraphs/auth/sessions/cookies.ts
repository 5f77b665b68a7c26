import { stringifySetCookie } from 'cookie';
import { accessCookie, refreshCookie } from '../../../platform/client-info.ts';
import type { Session } from '../schema.types.ts';

/**
 * `Lax` and not `Strict`, so that a link into the front end finds its reader signed in; what could change something is guarded by
 * the router's check of the origin.
 */
const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;

export function sessionCookies(session: Session): string[] {
  return [
    stringifySetCookie({
      ...attributes,
      name: accessCookie,
      value: session.accessToken,
      expires: new Date(session.accessTokenExpiresAt),
    }),
    stringifySetCookie({
      ...attributes,
      name: refreshCookie,
      value: session.refreshToken,
      expires: new Date(session.refreshTokenExpiresAt),
    }),
  ];
}

export function expiredCookies(): string[] {
  return [accessCookie, refreshCookie].map((name) =>
    stringifySetCookie({ ...attributes, name, value: '', expires: new Date(0) }),
  );
}
