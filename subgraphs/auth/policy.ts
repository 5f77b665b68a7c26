import type { Viewer } from '../../platform/viewer.ts';

/** An e-mail address is shown to its owner alone; the username is public. */
export function canReadEmail(viewer: Viewer | null, accountId: string): boolean {
  return viewer !== null && viewer.userId === accountId;
}
