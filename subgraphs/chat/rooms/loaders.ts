import DataLoader from 'dataloader';
import { isId } from '../../../platform/identifiers.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { can, canKnowRoom } from '../policy.ts';
import type { Database } from '../repository.ts';
import type { RoomRecord } from './record.ts';
import { findRooms } from './repository.ts';

export type RoomLoaders = ReturnType<typeof createRoomLoaders>;

export function createRoomLoaders(database: Database, viewer: Viewer | null) {
  /** Rooms to write to. What they are like is shown only when they may be read, too. */
  const knownRoom = new DataLoader<string, RoomRecord | null>(async (ids) => {
    const found = await findRooms(database, ids.filter(isId), viewer?.userId ?? null);
    const known = new Map(found.filter((record) => canKnowRoom(viewer, record)).map((record) => [record.id, record]));
    return ids.map((id) => known.get(id) ?? null);
  });

  async function loadRoom(id: string): Promise<RoomRecord | null> {
    const room = await knownRoom.load(id);
    return room !== null && can(viewer, 'room:read', room) ? room : null;
  }

  return { knownRoom, loadRoom };
}
