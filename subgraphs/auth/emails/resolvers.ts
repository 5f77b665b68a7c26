import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const emailResolvers = {
  Mutation: {
    sendEmailVerification: (_parent, _args, { emails }) => toPayload(emails.sendEmailVerification()),
    verifyEmail: (_parent, { input }, { emails }) => toPayload(emails.verifyEmail(input)),
    changeEmail: (_parent, { input }, { emails }) => toPayload(emails.changeEmail(input)),
    confirmEmailChange: (_parent, { input }, { emails }) => toPayload(emails.confirmEmailChange(input)),
    undoEmailChange: (_parent, { input }, { emails }) => toPayload(emails.undoEmailChange(input)),
  },
  AccountSecurity: {
    pendingEmail: (account, _args, { emails }) => emails.pendingEmail(account),
  },
} satisfies Resolvers;
