import type { Viewer } from '../../platform/viewer.ts';

/**
 * An e-mail address is shown to its owner alone. The username has no rule of its own: it is public, and goes wherever its
 * owner's messages go.
 */
export function canReadEmail(viewer: Viewer | null, accountId: string): boolean {
  return viewer !== null && viewer.userId === accountId;
}
