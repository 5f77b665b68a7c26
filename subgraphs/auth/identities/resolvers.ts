import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const identityResolvers = {
  Query: {
    oauthProviders: (_parent, _args, { identities }) => identities.listProviders(),
  },
  Mutation: {
    startOAuthLogin: (_parent, { input }, { identities }) => toPayload(identities.startOAuthLogin(input)),
    completeOAuthLogin: (_parent, { input }, { identities }) => toPayload(identities.completeOAuthLogin(input)),
    startOAuthLink: (_parent, { input }, { identities }) => toPayload(identities.startOAuthLink(input)),
    completeOAuthLink: (_parent, { input }, { identities }) => toPayload(identities.completeOAuthLink(input)),
    unlinkIdentity: (_parent, { input }, { identities }) => toPayload(identities.unlinkIdentity(input)),
  },
  AccountSecurity: {
    identities: (account, _args, { identities }) => identities.listIdentities(account),
  },
} satisfies Resolvers;
