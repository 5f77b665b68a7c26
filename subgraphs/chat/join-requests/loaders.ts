import DataLoader from 'dataloader';
import type { Viewer } from '../../../platform/viewer.ts';
import { createPageLoader, type RoomPageKey } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import { findJoinRequestsOf, type JoinRequestRecord, pageJoinRequests } from './repository.ts';

export function createJoinRequestLoaders(database: Database, viewer: Viewer | null) {
  /** Pages of rooms whose requests may be listed. */
  const joinRequestPage = createPageLoader<RoomPageKey<string>, JoinRequestRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    (keys, page) =>
      pageJoinRequests(
        database,
        keys.map(({ roomId }) => roomId),
        page,
      ),
  );

  /** The viewer's own request, by the room. */
  const viewerJoinRequest = new DataLoader<string, JoinRequestRecord | null>(async (roomIds) => {
    const found = viewer === null ? [] : await findJoinRequestsOf(database, viewer.userId, roomIds);
    const byRoom = new Map(found.map((joinRequest) => [joinRequest.roomId, joinRequest]));
    return roomIds.map((roomId) => byRoom.get(roomId) ?? null);
  });

  return { joinRequestPage, viewerJoinRequest };
}
