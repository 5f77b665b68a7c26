import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';
import { countUnread } from './service.ts';

export const readResolvers: Resolvers = {
  Mutation: {
    markRoomRead: (_parent, { input }, { reads }) => toPayload(reads.markRoomRead(input)),
  },
  Room: {
    unreadCount: countUnread,
  },
};
