import { hasScope, type Viewer } from '../../platform/viewer.ts';

/** What a member is in a room, from the most to the least powerful. */
export const memberRoles = ['OWNER', 'ADMIN', 'MODERATOR', 'MEMBER', 'READ_ONLY'] as const;
export type MemberRole = (typeof memberRoles)[number];

/**
 * The same, and somebody who is signed in and looks at a public room without being a member of it: as a visitor, or
 * banned, who is told that the room is there and no more. A room of another kind does not exist for either.
 */
export const roles = [...memberRoles, 'VISITOR', 'BANNED'] as const;
export type Role = (typeof roles)[number];

export const roomKinds = ['PUBLIC', 'PRIVATE', 'DIRECT', 'GROUP'] as const;
export type RoomKind = (typeof roomKinds)[number];

/** What a decision about a room depends on. `role` is the viewer's own in that room; null for somebody who is no member. */
export interface RoomStanding {
  kind: RoomKind;
  role: MemberRole | null;
  isBanned: boolean;
  isMuted: boolean;
  isArchived: boolean;
  /** Whether it is a direct room and one of the two has blocked the other. */
  isBlocked: boolean;
  /**
   * Set where an event of the room's log is shown to many in the name of the viewer, who was let in for its place and may be gone since:
   * without a role they see the room as a visitor of a public one does.
   */
  wasLetIn?: true;
  /** The least role that may do what the room's settings decide. */
  whoMayPost: MemberRole;
  whoMayInvite: MemberRole;
  whoMayPin: MemberRole;
  /** Whether visitors of a public room become members by themselves, or ask for it. */
  joinPolicy: 'OPEN' | 'ON_REQUEST';
}

const everybody: readonly Role[] = [...memberRoles, 'VISITOR'];
const members: readonly Role[] = memberRoles;
const writers: readonly Role[] = ['OWNER', 'ADMIN', 'MODERATOR', 'MEMBER'];
const moderators: readonly Role[] = ['OWNER', 'ADMIN', 'MODERATOR'];
const administrators: readonly Role[] = ['OWNER', 'ADMIN'];
const owner: readonly Role[] = ['OWNER'];
const visitors: readonly Role[] = ['VISITOR'];

/**
 * Who may do what in a room: what is not listed is refused. Somebody who is no member of a room that is not public has no role
 * in it and may do nothing, not even know of it. In a direct room there is less to do (`directActions`). docs/PERMISSIONS.md is generated from it.
 */
export const permissions = {
  'room:read': everybody,
  'members:list': everybody,
  'bans:list': moderators,
  // Members are in already: for them it changes nothing.
  'room:join': everybody,
  'room:leave': members,
  // How far down is a setting of the room.
  'invitation:create': writers,
  'invitation:revoke-own': members,
  'invitation:revoke-any': moderators,
  // Of everybody: the own ones can be seen by whoever has made them.
  'invitations:list': moderators,
  // Where `joinPolicy` is `ON_REQUEST`.
  'join-request:create': visitors,
  'join-request:decide': moderators,
  'join-requests:list': moderators,
  'message:send': writers,
  // Also for somebody who is muted: that ends, and nobody else sees it.
  'draft:save': writers,
  // By `@room`: it counts as a mention of everybody, who get no notification of it. In a text of others it stands for nothing.
  'message:mention-room': moderators,
  'message:edit-own': writers,
  'message:delete-own': members,
  'message:delete-any': moderators,
  'message:react': writers,
  // How far down is a setting of the room: as a rule moderators.
  'message:pin': writers,
  'message:report': everybody,
  'report:review': moderators,
  'report:resolve': moderators,
  'moderation-log:read': moderators,
  'webhook:manage': administrators,
  // Somebody who only looks at a public room reads it page by page.
  'room:export': members,
  'read-mark:move': members,
  'receipts:list': members,
  'signals:follow': members,
  // Towards members of a lower role than the own, and for `member:change-role` to roles below the own.
  'member:change-role': administrators,
  'member:kick': moderators,
  'member:ban': moderators,
  'member:unban': moderators,
  'member:mute': moderators,
  'member:unmute': moderators,
  'room:transfer': owner,
  'room:update': administrators,
  'room:archive': administrators,
  'room:restore': administrators,
  'room:delete': owner,
} as const satisfies Record<string, readonly Role[]>;

/** Everything that can be done in a room and is not for everybody. */
export type Action = keyof typeof permissions;

/** What a token for reading is good for; everything else takes one for writing. */
const readingActions: ReadonlySet<Action> = new Set<Action>([
  'room:read',
  'members:list',
  'invitations:list',
  'join-requests:list',
  'report:review',
  'moderation-log:read',
  'bans:list',
  'receipts:list',
  'signals:follow',
  'room:export',
]);

/** What can be done in a direct room, by each of the two: they are equals, and nobody but them is ever there. */
export const directActions: ReadonlySet<Action> = new Set<Action>([
  'room:read',
  'members:list',
  'message:send',
  'draft:save',
  'message:report',
  'message:edit-own',
  'message:delete-own',
  'message:react',
  'message:pin',
  'message:mention-room',
  'read-mark:move',
  'receipts:list',
  'signals:follow',
  'room:export',
]);

/** What can't be done in a direct room once one has blocked the other: all that reaches the other, or shows what they do. */
const blockedActions: ReadonlySet<Action> = new Set<Action>([
  'receipts:list',
  'message:send',
  'message:edit-own',
  'message:react',
  'message:pin',
]);

/** What can still be done in an archived room: nothing that adds to it. */
const actionsInArchive: ReadonlySet<Action> = new Set<Action>([
  'room:read',
  'members:list',
  'bans:list',
  'room:leave',
  'invitation:revoke-own',
  'invitation:revoke-any',
  'invitations:list',
  'join-requests:list',
  'message:delete-own',
  'message:delete-any',
  'message:report',
  'report:review',
  'report:resolve',
  'moderation-log:read',
  'read-mark:move',
  'receipts:list',
  'signals:follow',
  // To revoke one: none is made there.
  'webhook:manage',
  'room:export',
  'room:archive',
  'room:restore',
  'room:delete',
]);

/** What a muted member may not do: say anything, be it by changing what was said before. */
const mutedActions: ReadonlySet<Action> = new Set<Action>(['message:send', 'message:mention-room', 'message:edit-own']);

/** The setting that raises the least role for an action. */
const settingOf: Partial<Record<Action, 'whoMayPost' | 'whoMayInvite' | 'whoMayPin'>> = {
  'invitation:create': 'whoMayInvite',
  'message:send': 'whoMayPost',
  'message:mention-room': 'whoMayPost',
  'message:pin': 'whoMayPin',
};

/**
 * Why something is refused. `NO_ROLE`: the viewer is no member; `ROLE`: a member, but not of a role that may do this; `KIND`:
 * nobody does this in a room of this kind; `REQUEST`: who wants to be a member asks for it here.
 */
export type Refusal = 'TOKEN' | 'NO_ROLE' | 'BANNED' | 'ROLE' | 'KIND' | 'REQUEST' | 'ARCHIVED' | 'BLOCKED' | 'MUTED';

/** Whether the viewer, with this token, may do this in this room. */
export function can(viewer: Viewer | null, action: Action, room: RoomStanding): boolean {
  return whyNot(viewer, action, room) === null;
}

/** Why the viewer, with this token, may not do this in this room; null when it is allowed. */
export function whyNot(viewer: Viewer | null, action: Action, room: RoomStanding): Refusal | null {
  if (!canUse(viewer, action)) return 'TOKEN';
  const role = roleIn(room);
  const allowed: readonly Role[] = permissions[action];
  if (role === 'BANNED') return 'BANNED';
  if (role === null || !allowed.includes(role)) return room.role === null ? 'NO_ROLE' : 'ROLE';
  if (room.kind === 'DIRECT' && !directActions.has(action)) return 'KIND';
  if (room.isArchived && !actionsInArchive.has(action)) return 'ARCHIVED';
  if (!reachesSetting(action, room)) return 'ROLE';
  if (action === 'room:join' && role === 'VISITOR' && room.joinPolicy === 'ON_REQUEST') return 'REQUEST';
  if (room.isBlocked && blockedActions.has(action)) return 'BLOCKED';
  return room.isMuted && mutedActions.has(action) ? 'MUTED' : null;
}

function reachesSetting(action: Action, room: RoomStanding): boolean {
  const setting = settingOf[action];
  return setting === undefined || room.role === null || rankOf(room.role) <= rankOf(room[setting]);
}

/**
 * A room as somebody finds it whom a member has let in: as open as a public one. Bans and the archive hold all the same, and
 * so does the token. Nobody is let into a direct room.
 */
export function openedTo<Room extends RoomStanding>(room: Room): Room {
  return room.kind === 'DIRECT' ? room : { ...room, kind: 'PUBLIC', joinPolicy: 'OPEN' };
}

/** Whether somebody of this role stands behind an invitation to a room with this setting, as its creator has to. */
export function canStandBehindInvitation(role: MemberRole | null, whoMayInvite: MemberRole): boolean {
  const inviters: readonly Role[] = permissions['invitation:create'];
  return role !== null && inviters.includes(role) && rankOf(role) <= rankOf(whoMayInvite);
}

/** Whether a member may act on another: nobody does on an equal or higher one. Somebody who is no member is below all. */
export function outranks(actor: MemberRole | null, target: MemberRole | null): boolean {
  return actor !== null && (target === null || rankOf(actor) < rankOf(target));
}

/** Whether a member may give a role: one below the own. Ownership is handed over and never given. */
export function canGiveRole(actor: MemberRole | null, role: MemberRole): boolean {
  return role !== 'OWNER' && outranks(actor, role);
}

/** Slow mode is for those whom nobody trusts with the room. */
export function isSlowedDown(role: MemberRole | null): boolean {
  return role === 'MEMBER' || role === 'READ_ONLY';
}

/** Whether a member of this role stands behind the webhooks that they have made, as their maker has to. */
export function canStandBehindWebhook(role: MemberRole): boolean {
  const managers: readonly Role[] = permissions['webhook:manage'];
  return managers.includes(role);
}

/** What a live webhook is for. Slow mode and the setting for posting are not for it: those whom they trust have made it. */
export function canPostByWebhook({ isArchived }: Pick<RoomStanding, 'isArchived'>): boolean {
  return !isArchived;
}

/** 0 for the most powerful role. */
function rankOf(role: MemberRole): number {
  return memberRoles.indexOf(role);
}

function canUse(viewer: Viewer | null, action: Action): boolean {
  return readingActions.has(action) ? canReadRooms(viewer) : canWriteToRooms(viewer);
}

function roleIn({
  kind,
  role,
  isBanned,
  wasLetIn,
}: Pick<RoomStanding, 'kind' | 'role' | 'isBanned' | 'wasLetIn'>): Role | null {
  if (role !== null) return role;
  if (wasLetIn) return 'VISITOR';
  if (kind !== 'PUBLIC') return null;
  return isBanned ? 'BANNED' : 'VISITOR';
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
 * Moderators of the whole installation see what was reported in every room, direct ones included, which have no moderator of
 * their own. They see the reports and what was reported, and not the rooms.
 */
export function canModerateAllRooms(viewer: Viewer | null): boolean {
  return hasScope(viewer, 'chat:moderate');
}

/**
 * That there is a room, and no more. Everybody who is signed in may know it of a public one, its members of any
 * other; with a token for writing alone, too, which must find the room that it writes to.
 */
export function canKnowRoom(viewer: Viewer | null, room: RoomStanding): boolean {
  return (canReadRooms(viewer) || canWriteToRooms(viewer)) && roleIn(room) !== null;
}

/** What belongs to a person alone, as which rooms they are in, their drafts and what they have reported, is known to nobody but them. */
export function canReadOwn(viewer: Viewer | null, userId: string): boolean {
  return canReadRooms(viewer) && viewer?.userId === userId;
}
