import type { Viewer } from '../../../platform/viewer.ts';
import { createPageLoader, type RoomPageKey } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import type { ScheduledMessageRecord } from './record.ts';
import { pageScheduled } from './repository.ts';

export function createScheduledLoaders(database: Database, viewer: Viewer | null) {
  /** Pages of what the viewer has scheduled in rooms that may be read. */
  const scheduledPage = createPageLoader<RoomPageKey<string>, ScheduledMessageRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    async (keys, page) => {
      const roomIds = keys.map(({ roomId }) => roomId);
      return viewer === null ? [] : pageScheduled(database, roomIds, viewer.userId, page);
    },
  );

  return { scheduledPage };
}
