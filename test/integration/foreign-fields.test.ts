import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { TestClient } from '../client.ts';
import { composeWith, type ForeignSubgraph, startForeignSubgraph } from '../foreign-subgraph.ts';
import { startTestStack, type TestStack } from '../harness.ts';

/** Arguments of the name by which the subscriptions of Chorus resume: the type, what a client gives, and what arrives. */
const namesakes = [
  ['Int', 5, 5],
  ['ID!', 'seven', 'seven'],
  ['String!', 'nine', 'nine'],
  ['String = "first"', undefined, 'first'],
] as const;

const typeDefs = parse(`
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@composeDirective", "@key"])
    @link(url: "https://specs.chorus.chat/streams/v1.0", import: ["@perViewer"])
    @composeDirective(name: "@perViewer")
  directive @perViewer on FIELD_DEFINITION
  type Query { item: Item }
  type Subscription {
    ${namesakes.map(([type], index) => `given${index}(after: ${type}): String!`).join(' ')}
    items(after: String): Item!
  }
  interface Item { asked: String seen: String hidden: String }
  type Task implements Item { asked: String seen: String @perViewer hidden: String @authenticated }
  type User @key(fields: "id") { id: ID! motto: String }
`);

/** Whether the subgraph answers with fewer entities than it was asked for. */
let isBroken = false;

async function* once(event: object) {
  yield event;
}

const given = namesakes.map((_namesake, index) => {
  const field = `given${index}`;
  return [
    field,
    {
      subscribe: (_root: unknown, { after }: { after: unknown }) => once({ [field]: JSON.stringify(after) }),
    },
  ];
});

const resolvers = {
  Query: {
    item: () => ({ __typename: 'Task', hidden: 'treasure' }),
    _entities: (_root: unknown, { representations }: { representations: object[] }) =>
      isBroken ? [] : representations.map((user) => ({ ...user, motto: 'onwards' })),
  },
  Subscription: {
    ...Object.fromEntries(given),
    items: {
      subscribe: (_root: unknown, _given: unknown, { chorus }: { chorus: { mode: string } }) =>
        once({ items: { __typename: 'Task', asked: chorus.mode, seen: 'by you' } }),
    },
  },
};

describe('a field of a subgraph of somebody else', () => {
  let foreign: ForeignSubgraph;
  let folder: string;
  let stack: TestStack;
  let user: TestClient;
  let client: Client;

  beforeAll(async () => {
    foreign = await startForeignSubgraph({ typeDefs, resolvers });
    folder = await mkdtemp(join(tmpdir(), 'chorus-supergraph-'));
    const file = join(folder, 'supergraph.graphql');
    const sdl = composeWith([{ name: 'foreign', url: foreign.url, typeDefs }]);
    // This composer writes on the interface what the type behind it needs; others do not.
    await writeFile(file, sdl.replace(/(interface Item\b[^}]*hidden: String) @authenticated/, '$1'));
    stack = await startTestStack({ environment: { SUPERGRAPH_FILE: file } });
    user = await stack.register();
    client = createClient({
      url: stack.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${user.accessToken}` },
    });
  });

  afterAll(async () => {
    await client?.dispose();
    await stack?.stop();
    await foreign?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(namesakes.map(([type, value, arrived], index) => ({ type, value, arrived, field: `given${index}` })))(
    'gets its argument `after: $type` as it was given',
    async ({ type, value, arrived, field }) => {
      const [declared = ''] = type.split(' = ');
      const byVariable = user.subscribe(`subscription ($after: ${declared}) { ${field}(after: $after) }`, {
        after: value,
      });
      const byLiteral = user.subscribe(
        `subscription { ${field}${value === undefined ? '' : `(after: ${JSON.stringify(value)})`} }`,
      );
      for (const subscription of [byVariable, byLiteral]) {
        expect(await subscription.next()).toBe(JSON.stringify(arrived));
        expect(await subscription.ended).toBeUndefined();
      }
    },
  );

  it('is not shared when it selects, through an interface, what depends on the viewer', async () => {
    const watch = (selection: string) => user.subscribe(`subscription { items { ${selection} } }`).next();
    expect(await watch('asked')).toEqual({ asked: 'lease' });
    expect(await watch('asked seen')).toEqual({ asked: 'stream', seen: 'by you' });
  });

  it('is not shown through an interface to whom it is not shown through its type', async () => {
    const query = '{ item { hidden } }';
    expect((await stack.guest.send(query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await user.send(query)).data).toEqual({ item: { hidden: 'treasure' } });
  });

  it.each([
    ['shared', ''],
    ['of one viewer', 'room { viewerRole }'],
  ])('is null with a masked error while its subgraph answers wrongly, in events that are %s', async (_name, more) => {
    const roomId = await user.createRoom();
    const after = await user.headCursor(roomId);
    const query = `subscription ($roomId: ID!, $after: String) {
      messageAdded(roomId: $roomId, after: $after) { message { text author { username motto } ${more} } }
    }`;
    const results = client.iterate<{ messageAdded: object }>({ query, variables: { roomId, after } });
    const nextAfter = async (text: string) => {
      await user.sendMessage(roomId, text);
      return (await results.next()).value;
    };
    const dataOf = (text: string, motto: string | null) => ({
      messageAdded: { message: { text, author: { username: user.username, motto } } },
    });
    try {
      isBroken = true;
      const broken = await nextAfter('one');
      expect(broken).toMatchObject({ data: dataOf('one', null), errors: [{ extensions: { code: 'INTERNAL' } }] });
      expect(JSON.stringify(broken)).not.toContain('was asked for');
    } finally {
      isBroken = false;
    }
    const whole = await nextAfter('two');
    expect(whole).toMatchObject({ data: dataOf('two', 'onwards') });
    expect(whole).not.toHaveProperty('errors');
    await results.return?.();
  });
});
