import jwt from 'jsonwebtoken';
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
});

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
  try {
    const options = { algorithms: ['HS256' as const], audience, clockTolerance: headerClockToleranceSeconds };
    const claims = viewerClaims.parse(jwt.verify(header, sharedSecretKey(secret), options));
    return {
      userId: claims.sub,
      sessionId: claims.sid,
      roles: claims.roles,
      scopes: claims.scopes,
      expiresAtSeconds: claims.tokenExp,
    };
  } catch {
    return null;
  }
}
