import type { Resolvers } from '../schema.types.ts';

export const searchResolvers: Resolvers = {
  Query: {
    searchMessages: (_parent, args, { search }) => search.searchMessages(args),
  },
};
