import DataLoader from 'dataloader';
import type { Viewer } from '../../../platform/viewer.ts';
import { createPageLoader, type RoomPageKey } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import {
  countUnreadMentions,
  countUnreadTotals,
  pageReadReceipts,
  type ReadReceiptRecord,
  type UnreadTotals,
} from './repository.ts';

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

  /** Pages of rooms whose receipts may be listed. */
  const receiptPage = createPageLoader<RoomPageKey<string>, ReadReceiptRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    (keys, page) =>
      pageReadReceipts(
        database,
        keys.map(({ roomId }) => roomId),
        page,
      ),
  );

  return { unreadMentions, unreadTotals, receiptPage };
}
