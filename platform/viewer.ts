import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { sharedSecretKey } from './shared-secret.ts';

/** Who asks: proven by the router from an access token. Signed out is `null`, never an empty viewer. */
export interface Viewer {
  userId: string;
  sessionId: string;
  roles: readonly string[];
  scopes: readonly string[];
  /** When the access token ends, in seconds since 1970. */
  expiresAtSeconds: number;
}

/** The same for viewers whose tokens let them see and do the same, apart from what is their own. */
export function accessClassOf({ roles, scopes }: Pick<Viewer, 'roles' | 'scopes'>): string {
  return JSON.stringify([[...roles].sort(), [...scopes].sort()]);
}

/** The header in which the router tells a subgraph who asks. A client's own is dropped by the router. */
export const viewerHeader = 'x-chorus-viewer';

/** Long enough for a slow request, short enough that a leaked header is soon worthless. */
export const viewerHeaderLifetimeSeconds = 60;

/** How far apart the clocks of the router and of a subgraph may be, besides what is left of a header's life. */
export const headerClockToleranceSeconds = 30;

const audience = 'chorus-subgraph';

const viewerClaims = z.object({
  sub: z.string(),
  sid: z.string(),
  roles: z.array(z.string()),
  scopes: z.array(z.string()),
  tokenExp: z.number().int(),
  exp: z.number().int(),
});

interface ProvenHeader {
  viewer: Viewer;
  /** When the header ends, in seconds since 1970. */
  expiresAtSeconds: number;
}

/**
 * Headers that a key has proven. The router sends the same one with all that somebody asks for within half of its life, as with
 * each of the subscriptions of a client that comes back.
 */
const provenHeaders = new WeakMap<KeyObject, LRUCache<string, ProvenHeader>>();
const provenHeadersLimit = 5_000;

/** Whether the viewer's token carries a scope; nobody has one while signed out. Subgraphs name theirs in their `policy.ts`. */
export function hasScope(viewer: Viewer | null, scope: string): boolean {
  return viewer?.scopes.includes(scope) ?? false;
}

export function signViewer(viewer: Viewer, secret: string): string {
  const claims = {
    sid: viewer.sessionId,
    roles: viewer.roles,
    scopes: viewer.scopes,
    tokenExp: viewer.expiresAtSeconds,
  };
  return jwt.sign(claims, sharedSecretKey(secret), {
    algorithm: 'HS256',
    audience,
    subject: viewer.userId,
    expiresIn: viewerHeaderLifetimeSeconds,
  });
}

/** The viewer that a signed header names; null for a missing, forged or expired one: such a caller is anonymous. */
export function verifyViewer(header: unknown, secret: string): Viewer | null {
  if (typeof header !== 'string') return null;
  const key = sharedSecretKey(secret);
  const known = provenHeaders.get(key)?.get(header);
  if (known) return isOver(known) ? null : known.viewer;
  const proven = proveHeader(header, key);
  if (proven === null) return null;
  let ofKey = provenHeaders.get(key);
  if (!ofKey) {
    ofKey = new LRUCache({ max: provenHeadersLimit });
    provenHeaders.set(key, ofKey);
  }
  ofKey.set(header, proven);
  return proven.viewer;
}

/** As the library decides it for a header that is new. */
function isOver({ expiresAtSeconds }: ProvenHeader): boolean {
  return Math.floor(Date.now() / 1000) >= expiresAtSeconds + headerClockToleranceSeconds;
}

function proveHeader(header: string, key: KeyObject): ProvenHeader | null {
  try {
    const options = { algorithms: ['HS256' as const], audience, clockTolerance: headerClockToleranceSeconds };
    const claims = viewerClaims.parse(jwt.verify(header, key, options));
    const viewer = {
      userId: claims.sub,
      sessionId: claims.sid,
      roles: claims.roles,
      scopes: claims.scopes,
      expiresAtSeconds: claims.tokenExp,
    };
    return { viewer, expiresAtSeconds: claims.exp };
  } catch {
    return null;
  }
}
