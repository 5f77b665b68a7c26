import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const secondFactorResolvers = {
  Mutation: {
    completeLogin: (_parent, { input }, { secondFactors }) => toPayload(secondFactors.completeLogin(input)),
    confirmIdentity: (_parent, { input }, { secondFactors }) => toPayload(secondFactors.confirmIdentity(input)),
    startTotpEnrolment: (_parent, _args, { secondFactors }) => toPayload(secondFactors.startTotpEnrolment()),
    enableTotp: (_parent, { input }, { secondFactors }) => toPayload(secondFactors.enableTotp(input)),
    disableTotp: (_parent, _args, { secondFactors }) => toPayload(secondFactors.disableTotp()),
    regenerateRecoveryCodes: (_parent, _args, { secondFactors }) => toPayload(secondFactors.regenerateRecoveryCodes()),
  },
  AccountSecurity: {
    totpEnabledAt: (account, _args, { secondFactors }) => secondFactors.totpEnabledAt(account),
    recoveryCodesLeft: (account, _args, { secondFactors }) => secondFactors.recoveryCodesLeft(account),
  },
} satisfies Resolvers;
