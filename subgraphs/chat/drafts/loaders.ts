import DataLoader from 'dataloader';
import type { Viewer } from '../../../platform/viewer.ts';
import type { Database } from '../repository.ts';
import type { DraftRecord } from './record.ts';
import { findDrafts } from './repository.ts';

export function createDraftLoaders(database: Database, viewer: Viewer | null) {
  /** The viewer's drafts in rooms that may be read. */
  const drafts = new DataLoader<string, DraftRecord[]>(async (roomIds) => {
    const found = viewer === null ? [] : await findDrafts(database, roomIds, viewer.userId);
    const byRoom = Map.groupBy(found, ({ roomId }) => roomId);
    return roomIds.map((roomId) => byRoom.get(roomId) ?? []);
  });
  return { drafts };
}
