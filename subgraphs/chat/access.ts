import { codedError } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { ChatRequest } from './dependencies.ts';
import { roomNotFound } from './failure.ts';
import type { RoomRecord } from './rooms/record.ts';

/** Says what the router's gate says, to whoever came past it. */
export function requireViewer({ viewer }: Pick<ChatRequest, 'viewer'>, isAllowed: (viewer: Viewer) => boolean): Viewer {
  if (viewer === null) throw codedError('UNAUTHENTICATED');
  if (!isAllowed(viewer)) throw codedError('FORBIDDEN');
  return viewer;
}

/** A room that the viewer may know of. */
export async function requireRoom({ loaders }: ChatRequest, roomId: string): Promise<RoomRecord> {
  const room = await loaders.knownRoom.load(roomId);
  if (room === null) throw roomNotFound();
  return room;
}
