import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const passwordResolvers = {
  Mutation: {
    requestPasswordReset: (_parent, { input }, { passwords }) => toPayload(passwords.requestPasswordReset(input)),
    resetPassword: (_parent, { input }, { passwords }) => toPayload(passwords.resetPassword(input)),
    changePassword: (_parent, { input }, { passwords }) => toPayload(passwords.changePassword(input)),
  },
} satisfies Resolvers;
