import { hasScope, type Viewer } from '../../platform/viewer.ts';

/** What a decision about a room depends on. `role` is the viewer's own in that room; null for somebody who is no member. */
export interface RoomStanding {
  kind: 'PUBLIC' | 'PRIVATE';
  role: 'OWNER' | 'MEMBER' | null;
}

/** Whether the viewer's token is good for reading rooms at all. */
export function canReadRooms(viewer: Viewer | null): boolean {
  return hasScope(viewer, 'chat:read');
}

/** Whether the viewer's token is good for changing anything: opening and joining rooms, sending, marking as read. */
export function canWriteToRooms(viewer: Viewer | null): boolean {
  return hasScope(viewer, 'chat:write');
}

/**
 * That there is a room, and no more. Everybody who is signed in may know it of a public one, its members of a private
 * one; with a token for writing alone, too, which must find the room that it writes to.
 */
export function canKnowRoom(viewer: Viewer | null, room: RoomStanding): boolean {
  return (canReadRooms(viewer) || canWriteToRooms(viewer)) && (room.kind === 'PUBLIC' || room.role !== null);
}

/** What is in a room is shown to whoever may know of the room, with a token for reading. */
export function canReadRoom(viewer: Viewer | null, room: RoomStanding): boolean {
  return canReadRooms(viewer) && canKnowRoom(viewer, room);
}

/** Public rooms are open; to a private one nobody has a way in by themselves. Members are in already. */
export function canJoinRoom(viewer: Viewer | null, room: RoomStanding): boolean {
  return canWriteToRooms(viewer) && (room.kind === 'PUBLIC' || room.role !== null);
}

/** Members write. */
export function canSendMessage(viewer: Viewer | null, room: RoomStanding): boolean {
  return canWriteToRooms(viewer) && room.role !== null;
}

/** Only members have a read mark to move. */
export function canMarkRead(viewer: Viewer | null, room: RoomStanding): boolean {
  return canWriteToRooms(viewer) && room.role !== null;
}

/** Which rooms somebody is in is known to nobody but them. */
export function canListRoomsOf(viewer: Viewer | null, userId: string): boolean {
  return canReadRooms(viewer) && viewer?.userId === userId;
}
