import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { TestClient } from '../client.ts';
import { createDatabases, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { uptime: Int! }
  type Subscription { count(to: Int!, userId: ID!): Count! failing: Count }
  type Count { number: Int! countedFor: User }
  type User @key(fields: "id", resolvable: false) { id: ID! }
`);

interface Count {
  number: number;
  countedFor: { id: string };
}

const resolvers = {
  Query: { uptime: () => 7 },
  Subscription: {
    count: {
      async *subscribe(
        _root: unknown,
        { to, userId }: { to: number; userId: string },
      ): AsyncGenerator<{ count: Count }> {
        for (let number = 1; number <= to; number += 1) yield { count: { number, countedFor: { id: userId } } };
      },
    },
    failing: {
      // biome-ignore lint/correctness/useYield: it fails before it has anything to yield.
      async *subscribe(): AsyncGenerator<never> {
        throw new Error('the pump is broken');
      },
    },
  },
};

/** A subgraph as somebody else would write it: nothing of Chorus in it, GraphQL over HTTP and graphql-ws as they are. */
async function startForeignSubgraph(): Promise<{ url: string; stop(): Promise<void> }> {
  const schema = buildSubgraphSchema({ typeDefs, resolvers });
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const served = useServer({ schema }, sockets);
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

async function compose(url: string): Promise<string> {
  const own = ['auth', 'user', 'chat', 'notification'].map((name) => {
    const file = new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url);
    // The stack puts the address of each of its subgraphs in the place of these.
    return { name, url: 'http://127.0.0.1:1/graphql', typeDefs: parse(readFileSync(file, 'utf8')) };
  });
  const { supergraphSdl, errors } = composeServices([...own, { name: 'counter', url, typeDefs }]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}

describe('a subgraph of somebody else, with plain graphql-ws', () => {
  let databases: TestDatabases;
  let foreign: { url: string; stop(): Promise<void> };
  let folder: string;
  let stack: TestStack;
  let user: TestClient;

  beforeAll(async () => {
    [databases, foreign, folder] = await Promise.all([
      createDatabases(),
      startForeignSubgraph(),
      mkdtemp(join(tmpdir(), 'chorus-supergraph-')),
    ]);
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, await compose(foreign.url));
    stack = await startTestStack({ databases, environment: { SUPERGRAPH_FILE: file } });
    user = await stack.register();
  });

  afterAll(async () => {
    await stack?.stop();
    await foreign?.stop();
    await rm(folder, { recursive: true, force: true });
    await databases?.drop();
  });

  it('joins the graph', async () => {
    expect((await user.send('{ uptime viewer { username } }')).data).toEqual({
      uptime: 7,
      viewer: { username: user.username },
    });
  });

  it('has its subscriptions carried, with entity fetches into other subgraphs for every event, to their end', async () => {
    const subscription = user.subscribe(
      'subscription ($id: ID!) { count(to: 3, userId: $id) { number countedFor { username displayName } } }',
      { id: user.userId },
    );
    const countedFor = { username: user.username, displayName: user.username };
    expect(await subscription.take(3)).toEqual([1, 2, 3].map((number) => ({ number, countedFor })));
    expect(await subscription.ended).toBeUndefined();
  });

  it('does not show the inside of its errors', async () => {
    const ended = JSON.stringify(await user.subscribe('subscription { failing { number } }').ended);
    expect(ended).toContain('INTERNAL');
    expect(ended).not.toContain('pump');
  });
});
