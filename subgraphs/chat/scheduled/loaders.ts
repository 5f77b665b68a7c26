import type { KeyPage } from '../../../platform/connection.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { createPageLoader } from '../messages/loaders.ts';
import type { Database } from '../repository.ts';
import type { ScheduledMessageRecord } from './record.ts';
import { pageScheduled } from './repository.ts';

export interface ScheduledPageKey {
  roomId: string;
  page: KeyPage<string>;
}

export function createScheduledLoaders(database: Database, viewer: Viewer | null) {
  /** Pages of what the viewer has scheduled in rooms that may be read. */
  const scheduledPage = createPageLoader<ScheduledPageKey, ScheduledMessageRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    async (keys, page) => {
      const roomIds = keys.map(({ roomId }) => roomId);
      return viewer === null ? [] : pageScheduled(database, roomIds, viewer.userId, page);
    },
  );

  return { scheduledPage };
}
