import type { IncomingMessage } from 'node:http';
import type { ProxyTrust } from './client-address.ts';

export interface OriginCheck {
  /**
   * Whether a request can use cookies: its page is our own or of an allowed origin. Browsers send cookies along with what
   * pages of strangers ask for, too (cross-site request forgery).
   * @param hasOwnHeader whether it carries a header that a page of another origin can send with our consent alone (a preflight)
   */
  mayUseCookies(request: IncomingMessage, hasOwnHeader: boolean): boolean;
  /** Whether a WebSocket may be opened. Browsers let pages of any origin open one, and send the cookies along. */
  mayOpenSocket(request: IncomingMessage): boolean;
  /** Whether the cookies of a request to open a WebSocket may sign it in. */
  maySignSocketIn(request: IncomingMessage): boolean;
}

type Judgement = 'trusted' | 'foreign' | 'untold';

/**
 * Judges requests by what browsers say of the page behind them, and no page can change: `Origin` (RFC 6454) and, where that is
 * left out, `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/).
 * @param allowedOrigins the origins of other front ends; with none, pages of all origins may call, without cookies
 */
export function createOriginCheck(allowedOrigins: readonly string[], hostOf: ProxyTrust['hostOf']): OriginCheck {
  function judge(request: IncomingMessage): Judgement {
    const { origin } = request.headers;
    if (origin === undefined) return 'untold';
    if (allowedOrigins.includes(origin)) return 'trusted';
    const host = hostOfOrigin(origin);
    // The scheme is not compared: where a proxy ends TLS, the router can't tell its own.
    return host !== null && host === hostOf(request).toLowerCase() ? 'trusted' : 'foreign';
  }

  return {
    mayUseCookies(request, hasOwnHeader) {
      const judgement = judge(request);
      if (judgement !== 'untold') return judgement === 'trusted';
      const site = request.headers['sec-fetch-site'];
      return hasOwnHeader || site === 'same-origin' || site === 'none';
    },
    mayOpenSocket: (request) => allowedOrigins.length === 0 || judge(request) !== 'foreign',
    // Every browser tells the origin here, so who does not is no browser, and sends what cookies it means to.
    maySignSocketIn: (request) => judge(request) !== 'foreign',
  };
}

/** Null for an origin that is opaque (`null`) or no web page's. */
function hostOfOrigin(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const { protocol, host } = new URL(origin);
  return protocol === 'https:' || protocol === 'http:' ? host : null;
}
