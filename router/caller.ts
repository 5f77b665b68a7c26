import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import { type ClientInfo, userAgentLimit } from '../platform/client-info.ts';
import { codedError, hasCode } from '../platform/errors.ts';
import type { VerifiedToken } from './access-token.ts';
import type { Authenticate } from './authentication.ts';
import type { ProxyTrust } from './client-address.ts';
import { readSessionCookies, sessionModeHeader } from './cookies.ts';
import type { OriginCheck } from './origin.ts';

/** Who sends a request, and from where. */
export interface Caller {
  viewer: VerifiedToken | null;
  client: ClientInfo;
}

/** Who opens a WebSocket, before it is signed in. */
export interface SocketCaller {
  client: ClientInfo;
  /** What signs it in when its `connection_init` does not. */
  accessToken: string | null;
}

export interface CallerReader {
  /**
   * An `Authorization` header counts before any cookie.
   * @throws UNAUTHENTICATED for a bad token, FORBIDDEN for cookies that a page of another origin may have sent,
   *   SUBGRAPH_UNAVAILABLE when a token can't be verified at the moment
   */
  ofRequest(request: IncomingMessage): Promise<Caller>;
  /** The same at an address that shows no page: there a browser that follows a link of ours comes with its cookies. */
  ofDownload(request: IncomingMessage): Promise<Caller>;
  /** A socket has no answer that could carry cookies, so its client neither wants any nor refreshes with one. */
  ofSocket(request: IncomingMessage): SocketCaller;
}

export interface CallerReaderOptions {
  authenticate: Authenticate;
  addressOf: ProxyTrust['addressOf'];
  origins: Pick<OriginCheck, 'mayUseCookies' | 'maySignSocketIn'>;
}

const rememberedClients = 10_000;

/** Reads from the headers of a request who sends it: with bearer tokens, or, from a browser, with cookies. */
export function createCallerReader({ authenticate, addressOf, origins }: CallerReaderOptions): CallerReader {
  const clients = new LRUCache<string, ClientInfo>({ max: rememberedClients });

  /** The same object for the same client: what is signed about it can be used again. */
  function describeClient(request: IncomingMessage): ClientInfo {
    const address = addressOf(request);
    const userAgent = cleanUserAgent(request.headers['user-agent']);
    const name = `${address ?? ''} ${userAgent ?? ''}`;
    let client = clients.get(name);
    if (!client) {
      client = { address, userAgent, wantsCookies: false, refreshToken: null };
      clients.set(name, client);
    }
    return client;
  }

  /** Somebody whose cookie has gone bad must be able to sign in again, and asks for cookies when they do. */
  async function signInByCookie(
    accessToken: string | null,
    client: ClientInfo,
    asksForCookies: boolean,
  ): Promise<VerifiedToken | null> {
    if (accessToken === null) return null;
    try {
      return await authenticate(`Bearer ${accessToken}`, client);
    } catch (error) {
      if (asksForCookies && hasCode(error, 'UNAUTHENTICATED')) return null;
      throw error;
    }
  }

  async function readCaller(request: IncomingMessage, takesCookies: boolean): Promise<Caller> {
    const { authorization, cookie } = request.headers;
    const client = describeClient(request);
    const { accessToken, refreshToken } = readSessionCookies(cookie);
    const asksForCookies = request.headers[sessionModeHeader] === 'cookie';
    const bringsCookies = !authorization && (accessToken !== null || refreshToken !== null);
    if (!takesCookies || !(asksForCookies || bringsCookies)) {
      return { viewer: await authenticate(authorization, client), client };
    }
    if (!origins.mayUseCookies(request, asksForCookies)) throw foreignOrigin();
    const browser = { ...client, wantsCookies: true, refreshToken };
    const viewer = authorization
      ? await authenticate(authorization, browser)
      : await signInByCookie(accessToken, browser, asksForCookies);
    return { viewer, client: browser };
  }

  return {
    ofRequest: (request) => readCaller(request, !isPageVisit(request)),
    ofDownload: (request) => readCaller(request, true),
    ofSocket(request) {
      const { accessToken } = readSessionCookies(request.headers.cookie);
      return { client: describeClient(request), accessToken: origins.maySignSocketIn(request) ? accessToken : null };
    },
  };
}

/** Somebody who opens a page in the browser, by a link from anywhere: it gets the page, and no cookie counts for it. */
function isPageVisit({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && (headers.accept?.includes('text/html') ?? false);
}

/** One line of bounded length; null when there is nothing in it. */
function cleanUserAgent(header: string | undefined): string | null {
  return (
    header
      ?.replaceAll(/\p{Cc}/gu, '')
      .slice(0, userAgentLimit)
      .trim() || null
  );
}

function foreignOrigin() {
  return codedError(
    'FORBIDDEN',
    `Session cookies count only for pages of this server and of the origins that it is configured to allow. A client that names no origin sends the header ${sessionModeHeader}: cookie.`,
  );
}
