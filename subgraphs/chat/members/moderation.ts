import { isId } from '../../../platform/identifiers.ts';
import { requireAllowed } from '../access.ts';
import { sealReason } from '../audit/reason.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure, memberNotFound, notAllowed } from '../failure.ts';
import { changeRoom, type RoomChange, type RoomChangeOptions } from '../log/change-room.ts';
import { type Action, can, canGiveRole, outranks } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type {
  BanMemberInput,
  ChangeMemberRoleInput,
  KickMemberInput,
  MuteMemberInput,
  TransferOwnershipInput,
  UnbanMemberInput,
  UnmuteMemberInput,
} from '../schema.types.ts';
import type { MemberRecord } from './record.ts';
import { deleteBan, deleteMember, findBan, findMember, saveBan, updateMute, updateRoles } from './repository.ts';

/** Whom a change is about, and in which room. */
interface Target {
  roomId: string;
  userId: string;
}

/** The use cases of those who look after a room, for one request. Every decision is made under the room's lock. */
export function createModerationService(dependencies: ChatDependencies, request: ChatRequest) {
  const { now } = dependencies;
  const { viewer, loaders } = request;

  /** Lets `work` change something about a person who is of a lower role than the viewer, or no member. */
  async function moderate<Result>(
    action: Action,
    { roomId, userId }: Target,
    work: (change: RoomChange, target: MemberRecord | null) => Promise<Result>,
    options: RoomChangeOptions = {},
  ): Promise<Result> {
    const moderateLocked = async (change: RoomChange) => {
      requireAllowed(viewer, action, change.room);
      if (!isId(userId)) throw memberNotFound();
      const target = await findMember(change.transaction, roomId, userId);
      const isAllowed = userId !== change.member?.userId && outranks(change.room.role, target?.role ?? null);
      if (!isAllowed) throw notAllowed('Nobody may do this to themselves, or to somebody of an equal or higher role.');
      return work(change, target);
    };
    return changeRoom(dependencies, request, roomId, moderateLocked, options);
  }

  async function changeMemberRole({ roomId, userId, role }: ChangeMemberRoleInput) {
    const member = await moderate('member:change-role', { roomId, userId }, async (change, target) => {
      if (target === null) throw memberNotFound();
      if (!canGiveRole(change.room.role, role)) throw notAllowed('Only roles below the own one can be given.');
      if (target.role !== role) {
        await updateRoles(change.transaction, roomId, [{ userId, role }]);
        change.append('ROLE_CHANGED', { userId: target.userId, from: target.role, to: role });
      }
      return { ...target, role };
    });
    return { member: await showMember(member) };
  }

  async function transferOwnership({ roomId, userId }: TransferOwnershipInput) {
    await moderate('room:transfer', { roomId, userId }, async ({ transaction, member, append }, target) => {
      if (target === null || member === null) throw memberNotFound();
      await updateRoles(transaction, roomId, [
        { userId: target.userId, role: 'OWNER' },
        { userId: member.userId, role: 'ADMIN' },
      ]);
      append('OWNERSHIP_TRANSFERRED', { userId: target.userId });
      if (target.mutedAt === null) return;
      // Nobody is above an owner, who could end it.
      await updateMute(transaction, { ...target, mutedAt: null, mutedUntil: null });
      append('MEMBER_UNMUTED', { userId: target.userId });
    });
    return showRoom(roomId);
  }

  async function kickMember({ roomId, userId, reason }: KickMemberInput) {
    const sealedReason = await sealReason(dependencies, request, roomId, reason);
    await moderate('member:kick', { roomId, userId }, async ({ transaction, append }, target) => {
      if (target === null) throw memberNotFound();
      await deleteMember(transaction, roomId, userId);
      append('MEMBER_KICKED', { userId: target.userId }, sealedReason);
    });
    return showRoom(roomId);
  }

  async function banMember({ roomId, userId, until, reason }: BanMemberInput) {
    const bannedUntil = checkUntil(until, now());
    const sealedReason = await sealReason(dependencies, request, roomId, reason);
    const ban = async ({ transaction, accounts, occurredAt, append }: RoomChange) => {
      if (!accounts.has(userId)) throw memberNotFound();
      const earlier = await findBan(transaction, roomId, userId, occurredAt);
      if (earlier !== null && earlier.bannedUntil?.getTime() === bannedUntil?.getTime()) return;
      await deleteMember(transaction, roomId, userId);
      await saveBan(transaction, { roomId, userId, bannedAt: occurredAt, bannedUntil });
      append('MEMBER_BANNED', { userId, until: bannedUntil?.toISOString() ?? null }, sealedReason);
    };
    await moderate('member:ban', { roomId, userId }, ban, { accountIds: isId(userId) ? [userId] : [] });
    return showRoom(roomId);
  }

  async function unbanMember({ roomId, userId }: UnbanMemberInput) {
    await moderate('member:unban', { roomId, userId }, async ({ transaction, occurredAt, append }) => {
      if ((await findBan(transaction, roomId, userId, occurredAt)) === null) return;
      await deleteBan(transaction, roomId, userId);
      append('MEMBER_UNBANNED', { userId });
    });
    return showRoom(roomId);
  }

  async function muteMember({ roomId, userId, until, reason }: MuteMemberInput) {
    const mutedUntil = checkUntil(until, now());
    const sealedReason = await sealReason(dependencies, request, roomId, reason);
    const member = await moderate('member:mute', { roomId, userId }, async (change, target) => {
      if (target === null) throw memberNotFound();
      if (target.mutedAt !== null && target.mutedUntil?.getTime() === mutedUntil?.getTime()) return target;
      const muted = { ...target, mutedAt: change.occurredAt, mutedUntil };
      await updateMute(change.transaction, muted);
      change.append('MEMBER_MUTED', { userId: target.userId, until: mutedUntil?.toISOString() ?? null }, sealedReason);
      return muted;
    });
    return { member: await showMember(member) };
  }

  async function unmuteMember({ roomId, userId }: UnmuteMemberInput) {
    const member = await moderate('member:unmute', { roomId, userId }, async (change, target) => {
      if (target === null) throw memberNotFound();
      if (target.mutedAt === null) return target;
      const unmuted = { ...target, mutedAt: null, mutedUntil: null };
      await updateMute(change.transaction, unmuted);
      change.append('MEMBER_UNMUTED', { userId: target.userId });
      return unmuted;
    });
    return { member: await showMember(member) };
  }

  async function showRoom(roomId: string): Promise<{ room: RoomRecord | null }> {
    return { room: await loaders.loadRoom(roomId) };
  }

  /** Null for a token that may only write. */
  async function showMember(member: MemberRecord): Promise<MemberRecord | null> {
    const room = await loaders.knownRoom.load(member.roomId);
    return room !== null && can(viewer, 'members:list', room) ? member : null;
  }

  return { changeMemberRole, transferOwnership, kickMember, banMember, unbanMember, muteMember, unmuteMember };
}

/** A time in the future, in whole milliseconds; null for ever. */
function checkUntil(until: Date | string | null | undefined, now: Date): Date | null {
  if (until == null) return null;
  const time = new Date(until);
  if (time > now) return time;
  throw new Failure('TIME_INVALID', 'The time must be in the future.', ['until']);
}
