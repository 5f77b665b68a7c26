import { createPageLoader, type RoomPageKey } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import type { ModerationEntryRecord } from './record.ts';
import { pageEntries } from './repository.ts';

export function createAuditLoaders(database: Database) {
  /** Pages of rooms whose record may be read. */
  const moderationPage = createPageLoader<RoomPageKey<number>, ModerationEntryRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    (keys, page) =>
      pageEntries(
        database,
        keys.map(({ roomId }) => roomId),
        page,
      ),
  );
  return { moderationPage };
}
