import { signViewer, type Viewer, viewerHeader } from '../platform/viewer.ts';
import type { Answer } from './client.ts';
import { testEnvironment } from './harness.ts';

/** Somebody with a good access token. */
export function viewerWith(userId: string, scopes: readonly string[], sessionId = 'a session'): Viewer {
  return { userId, sessionId, roles: ['USER'], scopes, expiresAtSeconds: Math.floor(Date.now() / 1_000) + 900 };
}

/** The header by which the router tells a subgraph who asks; for a subscription it stands in the extensions. */
export function signed(viewer: Viewer): Record<string, string> {
  return { [viewerHeader]: signViewer(viewer, testEnvironment.VIEWER_SECRET) };
}

/** Asks a subgraph as the router does, and nobody else can. */
export async function askSubgraph(
  { url }: { url: string },
  viewer: Viewer | null,
  query: string,
  variables: object = {},
  signal: AbortSignal | null = null,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(viewer && signed(viewer)) },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  return { ...((await response.json()) as Omit<Answer, 'status'>), status: response.status };
}
