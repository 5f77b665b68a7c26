import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';

/** Resolvers of the scalars that subgraphs share. */
export const scalarResolvers = { DateTime: GraphQLDateTimeISO };

/** The scalar for values whose shape another standard defines. */
export const jsonResolver = { JSON: GraphQLJSON };
