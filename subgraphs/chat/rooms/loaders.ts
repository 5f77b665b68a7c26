import DataLoader from 'dataloader';
import { isId } from '../../../platform/identifiers.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { can, canKnowRoom } from '../policy.ts';
import type { RoomRecord } from './record.ts';
import type { RoomReader } from './room-reader.ts';

export type RoomLoaders = ReturnType<typeof createRoomLoaders>;

export function createRoomLoaders(reader: RoomReader, viewer: Viewer | null) {
  /** Rooms to write to. What they are like is shown only when they may be read, too. */
  const knownRoom = new DataLoader<string, RoomRecord | null>(async (ids) => {
    const userId = viewer?.userId ?? null;
    const found = await Promise.all(ids.map((roomId) => (isId(roomId) ? reader.read({ roomId, userId }) : null)));
    return found.map((room) => (room !== null && canKnowRoom(viewer, room) ? room : null));
  });

  async function loadRoom(id: string): Promise<RoomRecord | null> {
    const room = await knownRoom.load(id);
    return room !== null && can(viewer, 'room:read', room) ? room : null;
  }

  return { knownRoom, loadRoom };
}
