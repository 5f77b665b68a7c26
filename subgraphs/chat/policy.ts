import type { Viewer } from '../../platform/viewer.ts';

/** What a decision about a room depends on. `role` is the viewer's own in that room; null for somebody who is no member. */
export interface RoomStanding {
  kind: 'PUBLIC' | 'PRIVATE';
  role: 'OWNER' | 'MEMBER' | null;
}

/** A public room may be read by everybody who is signed in, a private one by its members. */
export function canReadRoom(viewer: Viewer | null, room: RoomStanding): boolean {
  return viewer !== null && (room.kind === 'PUBLIC' || room.role !== null);
}

/** Public rooms are open; to a private one nobody has a way in by themselves. Members are in already. */
export function canJoinRoom(viewer: Viewer | null, room: RoomStanding): boolean {
  return viewer !== null && (room.kind === 'PUBLIC' || room.role !== null);
}

/** Members write. */
export function canSendMessage(viewer: Viewer | null, room: RoomStanding): boolean {
  return viewer !== null && room.role !== null;
}

/** Only members have a read mark to move. */
export function canMarkRead(viewer: Viewer | null, room: RoomStanding): boolean {
  return viewer !== null && room.role !== null;
}

/** Which rooms somebody is in is known to nobody but them. */
export function canListRoomsOf(viewer: Viewer | null, userId: string): boolean {
  return viewer !== null && viewer.userId === userId;
}
