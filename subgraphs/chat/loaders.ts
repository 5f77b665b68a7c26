import DataLoader from 'dataloader';
import type { KeyPage } from '../../platform/connection.ts';
import { isId } from '../../platform/identifiers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { canKnowRoom, canReadRoom } from './policy.ts';
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
  /** Rooms to write to. What they are like is shown only when they may be read, too. */
  const knownRoom = new DataLoader<string, RoomRecord | null>(async (ids) => {
    const found = await repository.findRooms(ids.filter(isId), viewer?.userId ?? null);
    const known = new Map(found.filter((record) => canKnowRoom(viewer, record)).map((record) => [record.id, record]));
    return ids.map((id) => known.get(id) ?? null);
  });

  async function loadRoom(id: string): Promise<RoomRecord | null> {
    const room = await knownRoom.load(id);
    return room !== null && canReadRoom(viewer, room) ? room : null;
  }

  const message = new DataLoader<string, MessageRecord | null>(async (ids) => {
    const found = await repository.findMessages(ids.filter(isId));
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
          const rows = Map.groupBy(await repository.pageMessages(roomIds, page), ({ roomId }) => roomId);
          for (const key of group) pages.set(messagePageCacheKey(key), rows.get(key.roomId) ?? []);
        }),
      );
      return keys.map((key) => pages.get(messagePageCacheKey(key)) ?? []);
    },
    { cacheKeyFn: messagePageCacheKey },
  );

  return { knownRoom, loadRoom, message, messagePage };
}

function messagePageCacheKey({ roomId, page }: MessagePageKey): string {
  return `${roomId} ${JSON.stringify(page)}`;
}
