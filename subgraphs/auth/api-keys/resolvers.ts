import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const apiKeyResolvers = {
  Mutation: {
    createApiKey: (_parent, { input }, { apiKeys }) => toPayload(apiKeys.createApiKey(input)),
    revokeApiKey: (_parent, { input }, { apiKeys }) => toPayload(apiKeys.revokeApiKey(input)),
  },
  AccountSecurity: {
    apiKeys: (account, _args, { apiKeys }) => apiKeys.listOwn(account),
  },
  Account: {
    apiKeys: (account, _args, { apiKeys }) => apiKeys.listOfServiceAccount(account),
  },
} satisfies Resolvers;
