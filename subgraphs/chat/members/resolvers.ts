import { toPayload } from '../../../platform/user-errors.ts';
import { eventFields } from '../log/cursor.ts';
import { memberOf, type RoomEventData, type RoomEventRecord } from '../log/record.ts';
import type { Resolvers } from '../schema.types.ts';

/** The fields of an event that is about a member who acts. */
const memberFields = {
  ...eventFields,
  userId: (event: RoomEventRecord) => memberOf(event),
  user: (event: RoomEventRecord) => ({ id: memberOf(event) }),
};

/** The same and who did it to them. */
const moderatedFields = {
  ...memberFields,
  actorId: ({ actorId }: RoomEventRecord) => actorId,
  actor: ({ actorId }: RoomEventRecord) => ({ id: actorId }),
};

const until = ({ data }: RoomEventRecord) => (data as { until: string | null }).until;

export const memberResolvers: Resolvers = {
  Mutation: {
    joinRoom: (_parent, { input }, { members }) => toPayload(members.joinRoom(input)),
    leaveRoom: (_parent, { input }, { members }) => toPayload(members.leaveRoom(input)),
    changeMemberRole: (_parent, { input }, { moderation }) => toPayload(moderation.changeMemberRole(input)),
    transferOwnership: (_parent, { input }, { moderation }) => toPayload(moderation.transferOwnership(input)),
    kickMember: (_parent, { input }, { moderation }) => toPayload(moderation.kickMember(input)),
    banMember: (_parent, { input }, { moderation }) => toPayload(moderation.banMember(input)),
    unbanMember: (_parent, { input }, { moderation }) => toPayload(moderation.unbanMember(input)),
    muteMember: (_parent, { input }, { moderation }) => toPayload(moderation.muteMember(input)),
    unmuteMember: (_parent, { input }, { moderation }) => toPayload(moderation.unmuteMember(input)),
  },
  Room: {
    viewerRole: ({ role }) => role,
    members: (room, args, { members }) => members.pageMembers(room, args),
    bans: (room, args, { members }) => members.pageBans(room, args),
  },
  Ban: {
    user: ({ userId }) => ({ id: userId }),
  },
  RoomMember: {
    user: ({ userId }) => ({ id: userId }),
    isMuted: (member, _args, { members }) => members.isMuted(member),
    mutedUntil: (member, _args, { members }) => (members.isMuted(member) ? member.mutedUntil : null),
  },
  MemberJoined: {
    ...moderatedFields,
    invitedBy: ({ data }) => {
      const { invitedById } = data as RoomEventData['MEMBER_JOINED'];
      return invitedById === undefined ? null : { id: invitedById };
    },
    role: ({ data }) => (data as RoomEventData['MEMBER_JOINED']).role ?? 'MEMBER',
    isMuted: ({ data }) => (data as RoomEventData['MEMBER_JOINED']).mutedUntil !== undefined,
    mutedUntil: ({ data }) => (data as RoomEventData['MEMBER_JOINED']).mutedUntil ?? null,
  },
  MemberLeft: memberFields,
  MemberKicked: moderatedFields,
  MemberBanned: { ...moderatedFields, until },
  MemberUnbanned: moderatedFields,
  MemberMuted: { ...moderatedFields, until },
  MemberUnmuted: moderatedFields,
  RoleChanged: {
    ...moderatedFields,
    from: ({ data }) => (data as RoomEventData['ROLE_CHANGED']).from,
    to: ({ data }) => (data as RoomEventData['ROLE_CHANGED']).to,
  },
  OwnershipTransferred: moderatedFields,
};
