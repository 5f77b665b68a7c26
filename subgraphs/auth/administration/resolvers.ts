import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const administrationResolvers = {
  Query: {
    accounts: (_parent, args, { administration }) => administration.listAccounts(args),
    account: (_parent, { id }, { administration }) => administration.account(id),
  },
  Mutation: {
    suspendAccount: (_parent, { input }, { administration }) => toPayload(administration.suspendAccount(input)),
    restoreAccount: (_parent, { input }, { administration }) => toPayload(administration.restoreAccount(input)),
    endSessions: (_parent, { input }, { administration }) => toPayload(administration.endSessions(input)),
    changeRole: (_parent, { input }, { administration }) => toPayload(administration.changeRole(input)),
    createServiceAccount: (_parent, { input }, { administration }) =>
      toPayload(administration.createServiceAccount(input)),
    deleteServiceAccount: (_parent, { input }, { administration }) =>
      toPayload(administration.deleteServiceAccount(input)),
  },
  Account: {
    user: (account) => (account.status === 'DELETED' ? null : account),
    status: (account, _args, { administration }) => administration.standing(account).status,
    suspensionReason: (account, _args, { administration }) => administration.standing(account).suspensionReason,
    suspendedUntil: (account, _args, { administration }) => administration.standing(account).suspendedUntil,
    hasSecondFactor: ({ id }, _args, { administration }) => administration.hasSecondFactor(id),
  },
} satisfies Resolvers;
