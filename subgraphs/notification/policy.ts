import type { Viewer } from '../../platform/viewer.ts';

/** Notifications are read by the person they are for, and nobody else. */
export function canReadNotificationsOf(viewer: Viewer | null, userId: string): boolean {
  return viewer !== null && viewer.userId === userId;
}
