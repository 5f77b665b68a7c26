import { scalarResolvers } from '../../platform/scalars.ts';
import { toPayload } from '../../platform/user-errors.ts';
import type { Resolvers } from './schema.types.ts';

export const resolvers: Resolvers = {
  ...scalarResolvers,
  Query: {
    viewer: (_parent, _args, { service }) => service.viewer(),
  },
  Mutation: {
    register: (_parent, { input }, { service }) => toPayload(service.register(input)),
    login: (_parent, { input }, { service }) => toPayload(service.login(input)),
    refreshSession: (_parent, { input }, { service }) => toPayload(service.refreshSession(input)),
    logout: (_parent, _args, { service }) => toPayload(service.logout()),
  },
  User: {
    __resolveReference: ({ id }, { service }) => service.account(id),
    email: (account, _args, { service }) => service.email(account),
  },
};
