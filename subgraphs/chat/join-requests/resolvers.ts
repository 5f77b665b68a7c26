import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const joinRequestResolvers: Resolvers = {
  Mutation: {
    requestToJoin: (_parent, { input }, { joinRequests }) => toPayload(joinRequests.requestToJoin(input)),
    withdrawJoinRequest: (_parent, { input }, { joinRequests }) => toPayload(joinRequests.withdrawJoinRequest(input)),
    approveJoinRequest: (_parent, { input }, { joinRequests }) => toPayload(joinRequests.approveJoinRequest(input)),
    declineJoinRequest: (_parent, { input }, { joinRequests }) => toPayload(joinRequests.declineJoinRequest(input)),
  },
  Room: {
    joinRequests: (room, args, { joinRequests }) => joinRequests.pageJoinRequests(room, args),
    viewerJoinRequest: (room, _args, { joinRequests }) => joinRequests.viewerJoinRequest(room),
  },
  JoinRequest: {
    user: ({ userId }) => ({ id: userId }),
    text: (joinRequest, _args, { joinRequests }) => joinRequests.readText(joinRequest),
  },
};
