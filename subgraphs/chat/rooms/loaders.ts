import DataLoader from 'dataloader';
import { isId } from '../../../platform/identifiers.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { can, canKnowRoom } from '../policy.ts';
import type { RoomRecord } from './record.ts';
import type { RoomReader } from './room-reader.ts';

export type RoomLoaders = ReturnType<typeof createRoomLoaders>;

export function createRoomLoaders(reader: RoomReader, viewer: Viewer | null) {
  let openId: string | null = null;

  /** Rooms to write to. What they are like is shown only when they may be read, too. */
  const knownRoom = new DataLoader<string, RoomRecord | null>(async (ids) => {
    const userId = viewer?.userId ?? null;
    const found = await Promise.all(ids.map((roomId) => (isId(roomId) ? reader.read({ roomId, userId }) : null)));
    return found.map((room) => {
      const standing: RoomRecord | null = room !== null && room.id === openId ? { ...room, wasLetIn: true } : room;
      return standing !== null && canKnowRoom(viewer, standing) ? standing : null;
    });
  });

  /** From here on that room alone counts as one into which the viewer was let, whatever has become of that since. */
  function letInto(roomId: string): void {
    openId = roomId;
  }

  async function loadRoom(id: string): Promise<RoomRecord | null> {
    const room = await knownRoom.load(id);
    return room !== null && can(viewer, 'room:read', room) ? room : null;
  }

  return { knownRoom, loadRoom, letInto };
}
