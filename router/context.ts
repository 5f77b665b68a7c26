import type { TraceParent } from '../platform/trace.ts';
import { signViewer, type Viewer, viewerHeader, viewerHeaderLifetimeSeconds } from '../platform/viewer.ts';

/** What the router knows of one operation besides its text. */
export interface RouterContext {
  viewer: Viewer | null;
  trace: TraceParent;
  requestId: string;
  /** What goes to a subgraph with every request of this operation: who asks, and under which trace. */
  subgraphHeaders(): Record<string, string>;
}

/** Signs a viewer into a header; the same viewer gets the same header for half of its lifetime. */
export type ViewerSigner = (viewer: Viewer) => string;

export function createViewerSigner(secret: string, now: () => number): ViewerSigner {
  const signed = new WeakMap<Viewer, { header: string; staleAt: number }>();
  return (viewer) => {
    const known = signed.get(viewer);
    if (known && known.staleAt > now()) return known.header;
    const header = signViewer(viewer, secret);
    signed.set(viewer, { header, staleAt: now() + (viewerHeaderLifetimeSeconds * 1000) / 2 });
    return header;
  };
}

/**
 * The context of one operation. Headers for subgraphs are made here and nowhere else, and nothing of the client's own
 * headers goes into them: what a client sends as `x-chorus-viewer` ends at the router.
 */
export function createContext(
  viewer: Viewer | null,
  trace: TraceParent,
  requestId: string,
  sign: ViewerSigner,
): RouterContext {
  return {
    viewer,
    trace,
    requestId,
    subgraphHeaders: () => ({
      traceparent: trace,
      'x-request-id': requestId,
      ...(viewer && { [viewerHeader]: sign(viewer) }),
    }),
  };
}
