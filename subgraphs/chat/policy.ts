import { hasScope, type Viewer } from '../../platform/viewer.ts';

/** What a member is in a room, from the most to the least powerful. */
export const memberRoles = ['OWNER', 'ADMIN', 'MODERATOR', 'MEMBER', 'READ_ONLY'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** The same, and somebody who is signed in and looks at a public room without being a member of it. */
export type Role = MemberRole | 'VISITOR';

/** What a decision about a room depends on. `role` is the viewer's own in that room; null for somebody who is no member. */
export interface RoomStanding {
  kind: 'PUBLIC' | 'PRIVATE';
  role: MemberRole | null;
}

/** Everything that can be done in a room and is not for everybody. */
export type Action = 'room:read' | 'room:join' | 'message:send' | 'read-mark:move';

const everybody: readonly Role[] = [...memberRoles, 'VISITOR'];
const members: readonly Role[] = memberRoles;
const writers: readonly Role[] = ['OWNER', 'ADMIN', 'MODERATOR', 'MEMBER'];

/**
 * Who may do what in a room: what is not listed is refused. Somebody who is no member of a private room has no role in
 * it and may do nothing, not even know of it.
 */
export const permissions: Readonly<Record<Action, readonly Role[]>> = {
  'room:read': everybody,
  // Members are in already: for them it changes nothing.
  'room:join': everybody,
  'message:send': writers,
  'read-mark:move': members,
};

/** What a token for reading is good for; everything else takes one for writing. */
const readingActions: ReadonlySet<Action> = new Set<Action>(['room:read']);

/** Whether the viewer, with this token, may do this in this room. */
export function can(viewer: Viewer | null, action: Action, room: RoomStanding): boolean {
  const role = roleIn(room);
  return canUse(viewer, action) && role !== null && permissions[action].includes(role);
}

function canUse(viewer: Viewer | null, action: Action): boolean {
  return readingActions.has(action) ? canReadRooms(viewer) : canWriteToRooms(viewer);
}

function roleIn({ kind, role }: RoomStanding): Role | null {
  return role ?? (kind === 'PUBLIC' ? 'VISITOR' : null);
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
  return (canReadRooms(viewer) || canWriteToRooms(viewer)) && roleIn(room) !== null;
}

/** Which rooms somebody is in is known to nobody but them. */
export function canListRoomsOf(viewer: Viewer | null, userId: string): boolean {
  return canReadRooms(viewer) && viewer?.userId === userId;
}
