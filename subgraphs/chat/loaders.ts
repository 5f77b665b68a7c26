import DataLoader from 'dataloader';
import type { KeyPage } from '../../platform/connection.ts';
import { isId } from '../../platform/identifiers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { canReadRoom } from './policy.ts';
import type { MessageRecord, Repository, RoomRecord } from './repository.ts';

export interface MessagePageKey {
  roomId: string;
  page: KeyPage<number>;
}

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * What one request reads, batched and remembered for the request alone. Each loader already applies the policy: what the
 * viewer may not see comes back as null, exactly like what does not exist.
 */
export function createLoaders(repository: Repository, viewer: Viewer | null) {
  const room = new DataLoader<string, RoomRecord | null>(async (ids) => {
    const known = await repository.findRooms(ids.filter(isId), viewer?.userId ?? null);
    const visible = new Map(known.filter((record) => canReadRoom(viewer, record)).map((record) => [record.id, record]));
    return ids.map((id) => visible.get(id) ?? null);
  });

  const message = new DataLoader<string, MessageRecord | null>(async (ids) => {
    const found = await repository.findMessages(ids.filter(isId));
    const rooms = await room.loadMany(found.map((record) => record.roomId));
    const visible = found.filter((_record, index) => rooms[index] !== null && !(rooms[index] instanceof Error));
    const byId = new Map(visible.map((record) => [record.id, record]));
    return ids.map((id) => byId.get(id) ?? null);
  });

  /** Pages of rooms that have been loaded, and so may be read. One statement for all rooms of the same page arguments. */
  const messagePage = new DataLoader<MessagePageKey, MessageRecord[], string>(
    async (keys) => {
      const groups = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
      const pages = new Map<string, MessageRecord[]>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const page = (group[0] as MessagePageKey).page;
          const roomIds = group.map(({ roomId }) => roomId);
          const rows = Map.groupBy(await repository.pageMessages(roomIds, page), ({ roomId }) => roomId);
          for (const key of group) pages.set(messagePageCacheKey(key), rows.get(key.roomId) ?? []);
        }),
      );
      return keys.map((key) => pages.get(messagePageCacheKey(key)) ?? []);
    },
    { cacheKeyFn: messagePageCacheKey },
  );

  return { room, message, messagePage };
}

function messagePageCacheKey({ roomId, page }: MessagePageKey): string {
  return `${roomId} ${JSON.stringify(page)}`;
}
