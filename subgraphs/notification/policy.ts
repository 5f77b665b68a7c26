import { hasScope, type Viewer } from '../../platform/viewer.ts';

/** Whether the viewer's token is good for notifications at all. */
export function canReadNotifications(viewer: Viewer | null): boolean {
  return hasScope(viewer, 'notifications:read');
}

/** Notifications are read by the person they are for, and nobody else. */
export function canReadNotificationsOf(viewer: Viewer | null, userId: string): boolean {
  return canReadNotifications(viewer) && viewer?.userId === userId;
}
