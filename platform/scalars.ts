import { GraphQLDateTimeISO } from 'graphql-scalars';

/** Resolvers of the scalars that subgraphs share. */
export const scalarResolvers = { DateTime: GraphQLDateTimeISO };
