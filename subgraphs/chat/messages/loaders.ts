import DataLoader from 'dataloader';
import type { KeyPage } from '../../../platform/connection.ts';
import { isId } from '../../../platform/identifiers.ts';
import type { Database } from '../repository.ts';
import type { RoomLoaders } from '../rooms/loaders.ts';
import type { MessageRecord } from './record.ts';
import { findMessages, pageMessages } from './repository.ts';

export interface MessagePageKey {
  roomId: string;
  page: KeyPage<number>;
}

export function createMessageLoaders(database: Database, { loadRoom }: Pick<RoomLoaders, 'loadRoom'>) {
  const message = new DataLoader<string, MessageRecord | null>(async (ids) => {
    const found = await findMessages(database, ids.filter(isId));
    const rooms = await Promise.all(found.map((record) => loadRoom(record.roomId)));
    const visible = found.filter((_record, index) => rooms[index] !== null);
    const byId = new Map(visible.map((record) => [record.id, record]));
    return ids.map((id) => byId.get(id) ?? null);
  });

  /** Pages of rooms that may be read. One statement for all rooms of the same page arguments. */
  const messagePage = new DataLoader<MessagePageKey, MessageRecord[], string>(
    async (keys) => {
      const groups = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
      const pages = new Map<string, MessageRecord[]>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const page = (group[0] as MessagePageKey).page;
          const roomIds = group.map(({ roomId }) => roomId);
          const rows = Map.groupBy(await pageMessages(database, roomIds, page), ({ roomId }) => roomId);
          for (const key of group) pages.set(messagePageCacheKey(key), rows.get(key.roomId) ?? []);
        }),
      );
      return keys.map((key) => pages.get(messagePageCacheKey(key)) ?? []);
    },
    { cacheKeyFn: messagePageCacheKey },
  );

  return { message, messagePage };
}

function messagePageCacheKey({ roomId, page }: MessagePageKey): string {
  return `${roomId} ${JSON.stringify(page)}`;
}
