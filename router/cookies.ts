import { parseCookie } from 'cookie';
import { accessCookie, refreshCookie } from '../platform/client-info.ts';

/** With the value `cookie` a browser asks for its tokens in cookies, where no script can read them. */
export const sessionModeHeader = 'x-chorus-session';

export interface SessionCookies {
  accessToken: string | null;
  refreshToken: string | null;
}

const names = [accessCookie, refreshCookie];
const none: SessionCookies = { accessToken: null, refreshToken: null };

/** The tokens in a `Cookie` header. */
export function readSessionCookies(header: string | undefined): SessionCookies {
  if (header === undefined || !names.some((name) => header.includes(name))) return none;
  const cookies = parseCookie(header);
  return { accessToken: cookies[accessCookie] || null, refreshToken: cookies[refreshCookie] || null };
}

/** The `Set-Cookie` headers of an answer that set a session's cookies; any other is not for clients. */
export function sessionCookiesOf(header: string | string[] | undefined): string[] {
  const values = header === undefined ? [] : [header].flat();
  return values.filter((value) => names.some((name) => value.startsWith(`${name}=`)));
}
