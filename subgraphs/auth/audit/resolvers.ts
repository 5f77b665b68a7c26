import type { Resolvers } from '../schema.types.ts';

export const auditResolvers = {
  Query: {
    securityEvents: (_parent, args, { audit }) => audit.listAll(args),
  },
  AccountSecurity: {
    events: (account, args, { audit }) => audit.listOwn(account, args),
  },
  SecurityEvent: {
    device: ({ userAgent }) => userAgent,
  },
} satisfies Resolvers;
