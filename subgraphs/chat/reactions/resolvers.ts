import { toPayload } from '../../../platform/user-errors.ts';
import { messageEventFields } from '../messages/event-fields.ts';
import type { Resolvers } from '../schema.types.ts';

export const reactionResolvers: Resolvers = {
  Mutation: {
    addReaction: (_parent, { input }, { reactions }) => toPayload(reactions.addReaction(input)),
    removeReaction: (_parent, { input }, { reactions }) => toPayload(reactions.removeReaction(input)),
  },
  Message: {
    reactions: (message, _args, { reactions }) => reactions.reactionsOf(message),
  },
  ReactionAdded: {
    ...messageEventFields,
    emoji: ({ data }) => data.emoji,
    userId: ({ data }) => data.userId,
  },
  ReactionRemoved: {
    ...messageEventFields,
    emoji: ({ data }) => data.emoji,
    userId: ({ data }) => data.userId,
  },
};
