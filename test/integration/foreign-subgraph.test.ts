import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { composeWith, type ForeignSubgraph, startForeignSubgraph } from '../foreign-subgraph.ts';
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

describe('a subgraph of somebody else, with plain graphql-ws', () => {
  let databases: TestDatabases;
  let foreign: ForeignSubgraph;
  let folder: string;
  let stack: TestStack;
  let user: TestClient;

  beforeAll(async () => {
    [databases, foreign, folder] = await Promise.all([
      createDatabases(),
      startForeignSubgraph({ typeDefs, resolvers }),
      mkdtemp(join(tmpdir(), 'chorus-supergraph-')),
    ]);
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, composeWith([{ name: 'counter', url: foreign.url, typeDefs }]));
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
