import DataLoader from 'dataloader';
import type { KeyPage } from '../../../platform/connection.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import type { Database } from '../repository.ts';
import {
  countUnreadMentions,
  countUnreadTotals,
  pageReadReceipts,
  type ReadReceiptRecord,
  type UnreadTotals,
} from './repository.ts';

export interface ReceiptPageKey {
  roomId: string;
  page: KeyPage<string>;
}

export function createReadLoaders(database: Database, viewer: Viewer | null) {
  /** The unread mentions of the viewer, by room. */
  const unreadMentions = new DataLoader<string, number>(async (roomIds) => {
    const counted = viewer === null ? [] : await countUnreadMentions(database, viewer.userId, roomIds);
    const counts = new Map(counted.map(({ roomId, count }) => [roomId, count]));
    return roomIds.map((roomId) => counts.get(roomId) ?? 0);
  });

  /** By user, of whom there is one: the viewer. */
  const unreadTotals = new DataLoader<string, UnreadTotals>((userIds) =>
    Promise.all(userIds.map((userId) => countUnreadTotals(database, userId))),
  );

  /** Pages of rooms whose receipts may be listed. One statement for all rooms of the same page arguments. */
  const receiptPage = new DataLoader<ReceiptPageKey, ReadReceiptRecord[], string>(
    async (keys) => {
      const groups = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
      const pages = new Map<string, ReadReceiptRecord[]>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const roomIds = group.map(({ roomId }) => roomId);
          const read = await pageReadReceipts(database, roomIds, (group[0] as ReceiptPageKey).page);
          const rows = Map.groupBy(read, ({ roomId }) => roomId);
          for (const key of group) pages.set(cacheKeyOf(key), rows.get(key.roomId) ?? []);
        }),
      );
      return keys.map((key) => pages.get(cacheKeyOf(key)) ?? []);
    },
    { cacheKeyFn: cacheKeyOf },
  );

  return { unreadMentions, unreadTotals, receiptPage };
}

function cacheKeyOf({ roomId, page }: ReceiptPageKey): string {
  return `${roomId} ${JSON.stringify(page)}`;
}
