import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, graphql, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

/** A subgraph as somebody else would write it: nothing of Chorus in it, GraphQL over HTTP and graphql-ws as they are. */
export interface ForeignSubgraph {
  url: string;
  stop(): Promise<void>;
}

export async function startForeignSubgraph(
  module: Parameters<typeof buildSubgraphSchema>[0],
): Promise<ForeignSubgraph> {
  const schema = buildSubgraphSchema(module);
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  // What the router sends along is the context of subscriptions.
  const served = useServer({ schema, context: (_socket, _id, { extensions }) => extensions }, sockets);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async stop() {
      await served.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const own = ['auth', 'user', 'chat', 'notification'].map((name) => {
  const file = new URL(`../subgraphs/${name}/schema.graphql`, import.meta.url);
  // The stack puts the address of each of its subgraphs in the place of these.
  return { name, url: 'http://127.0.0.1:1/graphql', typeDefs: parse(readFileSync(file, 'utf8')) };
});

/** Chorus's own subgraphs, but for those that are left out, composed with others. */
export function composeWith(
  others: readonly { name: string; url: string; typeDefs: DocumentNode }[],
  leftOut: readonly string[] = [],
): string {
  const { supergraphSdl, errors } = composeServices([...own.filter(({ name }) => !leftOut.includes(name)), ...others]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}
