import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const accountResolvers = {
  Query: {
    viewer: (_parent, _args, { accounts }) => accounts.viewer(),
  },
  Mutation: {
    register: (_parent, { input }, { accounts }) => toPayload(accounts.register(input)),
    changeUsername: (_parent, { input }, { accounts }) => toPayload(accounts.changeUsername(input)),
    deactivateAccount: (_parent, _args, { accounts }) => toPayload(accounts.deactivateAccount()),
    deleteAccount: (_parent, _args, { accounts }) => toPayload(accounts.deleteAccount()),
  },
  User: {
    __resolveReference: ({ id }, { accounts }) => accounts.person(id),
    email: (account, _args, { accounts }) => accounts.email(account),
    security: (account, _args, { accounts }) => accounts.security(account),
  },
  AccountSecurity: {
    hasPassword: (account, _args, { accounts }) => accounts.hasPassword(account),
  },
} satisfies Resolvers;
