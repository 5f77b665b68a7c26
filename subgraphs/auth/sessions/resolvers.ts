import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const sessionResolvers = {
  Mutation: {
    login: (_parent, { input }, { sessions }) => toPayload(sessions.login(input)),
    refreshSession: (_parent, { input }, { sessions }) => toPayload(sessions.refreshSession(input)),
    logout: (_parent, _args, { sessions }) => toPayload(sessions.logout()),
    logoutEverywhere: (_parent, _args, { sessions }) => toPayload(sessions.logoutEverywhere()),
    revokeSession: (_parent, { input }, { sessions }) => toPayload(sessions.revokeSession(input)),
  },
  AccountSecurity: {
    sessions: (account, args, { sessions }) => sessions.listSessions(account, args),
  },
  ActiveSession: {
    device: ({ userAgent }) => userAgent,
    isCurrent: (session, _args, { sessions }) => sessions.isCurrent(session),
  },
} satisfies Resolvers;
