import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { sharedSecretKey } from './shared-secret.ts';
import { headerClockToleranceSeconds } from './viewer.ts';

/** What the router saw of the client behind a request. */
export interface ClientInfo {
  /** The client's address, as far as the trusted proxies tell; null when nobody told. */
  address: string | null;
  /** What the client calls itself, at most `userAgentLimit` characters. */
  userAgent: string | null;
  /** Whether the client wants its tokens in cookies. */
  wantsCookies: boolean;
  /** The refresh token from the client's cookie. */
  refreshToken: string | null;
}

/** The header in which the router tells the subgraph that signs people in about the client. A client's own is dropped. */
export const clientHeader = 'x-chorus-client';

/** A longer `User-Agent` is cut: it is kept with each session. */
export const userAgentLimit = 256;

/**
 * The cookies of browsers that want their tokens in some. The prefix makes browsers refuse them unless they are Secure, for the
 * whole host and for no other (RFC 6265bis, 4.1.3.2).
 */
export const accessCookie = '__Host-chorus_access';
export const refreshCookie = '__Host-chorus_refresh';

/** Nobody told: the subgraph was reached past the router. */
export const unknownClient: ClientInfo = { address: null, userAgent: null, wantsCookies: false, refreshToken: null };

/** Long enough for a slow request, short enough that a leaked header is soon worthless. */
export const clientHeaderLifetimeSeconds = 60;

const audience = 'chorus-client';

const clientClaims = z.object({
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  wantsCookies: z.boolean(),
  refreshToken: z.string().nullable(),
});

/** Signs what the router saw, so that nobody who reaches a subgraph directly can pretend an address. */
export function signClientInfo(client: ClientInfo, secret: string): string {
  return jwt.sign(client, sharedSecretKey(secret), {
    algorithm: 'HS256',
    audience,
    expiresIn: clientHeaderLifetimeSeconds,
  });
}

/** What a signed header tells; nothing is known of the client behind a missing, forged or expired one. */
export function verifyClientInfo(header: unknown, secret: string): ClientInfo {
  if (typeof header !== 'string') return unknownClient;
  try {
    const options = { algorithms: ['HS256' as const], audience, clockTolerance: headerClockToleranceSeconds };
    return clientClaims.parse(jwt.verify(header, sharedSecretKey(secret), options));
  } catch {
    return unknownClient;
  }
}
