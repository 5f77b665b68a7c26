import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const preferenceResolvers: Resolvers = {
  Mutation: {
    updateChatSettings: (_parent, { input }, { preferences }) => toPayload(preferences.updateChatSettings(input)),
  },
  User: {
    chatSettings: ({ id }, _args, { preferences }) => preferences.preferencesOf(id),
  },
};
