import { toPayload } from '../../platform/user-errors.ts';
import type { Resolvers } from './schema.types.ts';

export const resolvers: Resolvers = {
  Query: {
    user: (_parent, { id }, { service }) => service.lookUpUser(id),
  },
  Mutation: {
    updateProfile: (_parent, { input }, { service }) => toPayload(service.updateProfile(input)),
    blockUser: (_parent, { input }, { blocks }) => toPayload(blocks.blockUser(input)),
    unblockUser: (_parent, { input }, { blocks }) => toPayload(blocks.unblockUser(input)),
  },
  User: {
    __resolveReference: ({ id }, { service }) => service.profile(id),
    bio: (profile, _args, { service }) => service.bio(profile),
    isBlocked: ({ id }, _args, { blocks }) => blocks.isBlocked(id),
    blockedUsers: ({ id }, args, { blocks }) => blocks.pageBlocked(id, args),
  },
};
