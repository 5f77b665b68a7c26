import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const invitationResolvers: Resolvers = {
  Query: {
    invitation: (_parent, { code }, { invitationUse }) => invitationUse.previewLink(code),
  },
  Mutation: {
    createInvitation: (_parent, { input }, { invitations }) => toPayload(invitations.createInvitation(input)),
    inviteUser: (_parent, { input }, { invitations }) => toPayload(invitations.inviteUser(input)),
    revokeInvitation: (_parent, { input }, { invitations }) => toPayload(invitations.revokeInvitation(input)),
    acceptInvitation: (_parent, { input }, { invitationUse }) => toPayload(invitationUse.acceptInvitation(input)),
    declineInvitation: (_parent, { input }, { invitationUse }) => toPayload(invitationUse.declineInvitation(input)),
  },
  Room: {
    invitations: (room, args, { invitations }) => invitations.pageInvitations(room, args),
  },
  User: {
    roomInvitations: ({ id }, args, { invitations }) => invitations.pageInvitationsOf(id, args),
  },
  Invitation: {
    code: (invitation, _args, { invitations }) => invitations.readCode(invitation),
    room: ({ roomId }, _args, { rooms }) => rooms.room(roomId),
    preview: (invitation, _args, { invitationUse }) => invitationUse.preview(invitation),
    createdBy: ({ createdById }) => ({ id: createdById }),
    invitee: ({ inviteeId }) => (inviteeId === null ? null : { id: inviteeId }),
  },
  InvitationPreview: {
    roomId: ({ room }) => room.id,
    name: ({ room }, _args, { rooms }) => rooms.readText(room, 'name'),
    topic: ({ room }, _args, { rooms }) => rooms.readText(room, 'topic'),
    avatarUrl: ({ room }, _args, { rooms }) => rooms.readText(room, 'avatarUrl'),
    kind: ({ room }) => room.kind,
    memberCount: ({ room }) => room.memberCount,
    invitedBy: ({ invitation }) => ({ id: invitation.createdById }),
    expiresAt: ({ invitation }) => invitation.expiresAt,
  },
};
