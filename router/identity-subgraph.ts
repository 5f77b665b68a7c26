import type { LoadedSupergraph } from './supergraph.ts';

/** The subgraph that signs people in: it publishes the keys of access tokens, and alone learns of the client behind a request. */
export const identitySubgraph = 'auth';

/** The address of a page beside the identity subgraph's GraphQL endpoint. @throws when the supergraph has no such subgraph */
export function identityUrl({ subgraphUrls }: LoadedSupergraph, path: string): URL {
  const url = subgraphUrls.get(identitySubgraph);
  if (url === undefined) throw new Error(`The supergraph has no subgraph ${identitySubgraph}, which signs people in.`);
  return new URL(path, url);
}
