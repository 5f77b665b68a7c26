import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, graphql, parse } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { EventQueue } from '../../platform/event-queue.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';

type Protocol = 'graphql-ws' | 'graphql-sse';

interface Count {
  number: number;
  countedFor: { id: string };
}

/** What somebody else might want to serve. Two of them are in one graph, so that all names begin with that of the subgraph. */
function createTypeDefs(name: string): DocumentNode {
  return parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { ${name}Uptime: Int! }
    type Subscription {
      ${name}Count(to: Int!, userId: ID!): ${name}Count!
      ${name}Failing: ${name}Count
      ${name}Refusing: ${name}Count
      ${name}Watchers: Int!
    }
    type ${name}Count { number: Int! countedFor: User }
    type User @key(fields: "id", resolvable: false) { id: ID! }
  `);
}

/** Those who are subscribed to `Watchers`, which tells each how many they are, and then stays silent. */
type Watchers = Set<object>;

function createResolvers(name: string, watchers: Watchers) {
  const subscriptions = {
    async *Count(_root: unknown, { to, userId }: { to: number; userId: string }): AsyncGenerator<object> {
      for (let number = 1; number <= to; number += 1) {
        yield { [`${name}Count`]: { number, countedFor: { id: userId } } satisfies Count };
      }
    },
    // biome-ignore lint/correctness/useYield: it fails before it has anything to yield.
    async *Failing(): AsyncGenerator<never> {
      throw new Error('the pump is broken');
    },
    Refusing(): never {
      throw new Error('there is no pump');
    },
    Watchers(): AsyncIterable<object> {
      const events: EventQueue<object> = new EventQueue({ onLeave: () => watchers.delete(events) });
      watchers.add(events);
      events.push({ [`${name}Watchers`]: watchers.size });
      return events;
    },
  };
  const fields = Object.entries(subscriptions).map(([field, subscribe]) => [`${name}${field}`, { subscribe }]);
  return { Query: { [`${name}Uptime`]: () => 7 }, Subscription: Object.fromEntries(fields) };
}

interface ForeignSubgraph {
  url: string;
  watchers: Watchers;
  stop(): Promise<void>;
}

/** A subgraph as somebody else would write it: nothing of Chorus in it, GraphQL over HTTP and the library as they are. */
async function startForeignSubgraph(name: string, protocol: Protocol, port = 0): Promise<ForeignSubgraph> {
  const watchers: Watchers = new Set();
  const schema = buildSubgraphSchema({ typeDefs: createTypeDefs(name), resolvers: createResolvers(name, watchers) });
  const handleStream = createHandler({ schema });
  const server = createServer(async (request, response) => {
    if (protocol === 'graphql-sse' && request.headers.accept?.startsWith('text/event-stream')) {
      // The library knows the header in this form alone.
      request.headers.accept = 'text/event-stream';
      await handleStream(request, response);
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  });
  const sockets = new WebSocketServer({ noServer: true });
  const served = useServer({ schema }, sockets);
  if (protocol === 'graphql-ws') {
    server.on('upgrade', (request, stream, head) =>
      sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request)),
    );
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    watchers,
    async stop() {
      await served.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function compose(foreign: Record<string, ForeignSubgraph>): Promise<string> {
  const own = ['auth', 'user', 'chat', 'notification'].map((name) => {
    const file = new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url);
    // The stack puts the address of each of its subgraphs in the place of these.
    return { name, url: 'http://127.0.0.1:1/graphql', typeDefs: parse(readFileSync(file, 'utf8')) };
  });
  const others = Object.entries(foreign).map(([name, { url }]) => ({ name, url, typeDefs: createTypeDefs(name) }));
  const { supergraphSdl, errors } = composeServices([...own, ...others]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}

describe('a subgraph of somebody else', () => {
  let foreign: Record<string, ForeignSubgraph>;
  let folder: string;
  let stack: TestStack;
  let user: TestClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-supergraph-'));
    foreign = {
      counter: await startForeignSubgraph('counter', 'graphql-ws'),
      ticker: await startForeignSubgraph('ticker', 'graphql-sse'),
    };
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, await compose(foreign));
    const environment = { SUPERGRAPH_FILE: file, SUBGRAPH_SUBSCRIPTIONS: 'ticker=sse' };
    stack = await startTestStack({ environment });
    user = await stack.register();
  });

  afterAll(async () => {
    await stack?.stop();
    await Promise.all(Object.values(foreign ?? {}).map((subgraph) => subgraph.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  describe.each([
    ['counter', 'graphql-ws'],
    ['ticker', 'graphql-sse'],
  ] as const)('(%s, with plain %s)', (name, protocol) => {
    const watch = () => user.subscribe<number>(`subscription { ${name}Watchers }`);

    it('joins the graph', async () => {
      expect((await user.send(`{ ${name}Uptime viewer { username } }`)).data).toEqual({
        [`${name}Uptime`]: 7,
        viewer: { username: user.username },
      });
    });

    it('has its subscriptions carried, with entity fetches into other subgraphs for every event, to their end', async () => {
      const selection = '{ number countedFor { username displayName } }';
      const query = `subscription ($id: ID!) { ${name}Count(to: 3, userId: $id) ${selection} }`;
      const subscription = user.subscribe(query, { id: user.userId });
      const countedFor = { username: user.username, displayName: user.username };
      expect(await subscription.take(3)).toEqual([1, 2, 3].map((number) => ({ number, countedFor })));
      expect(await subscription.ended).toBeUndefined();
    });

    it('does not show the inside of its errors', async () => {
      // What fails when it runs already, the server of graphql-sse leaves to nobody: its process would end.
      for (const field of protocol === 'graphql-ws' ? ['Refusing', 'Failing'] : ['Refusing']) {
        const ended = JSON.stringify(await user.subscribe(`subscription { ${name}${field} { number } }`).ended);
        expect(ended).toContain('INTERNAL');
        expect(ended).not.toContain('pump');
      }
    });

    it('hears of it when a subscriber leaves', async () => {
      const subscription = watch();
      expect(await subscription.next()).toBe(1);
      subscription.stop();
      await eventually(() => expect(foreign[name]?.watchers.size).toBe(0));
    });

    it('ends its subscriptions with a code when it goes away, and has others when it is back', async () => {
      const subscription = watch();
      await subscription.next();
      await foreign[name]?.stop();
      const unavailable = [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: name } }];
      expect(await subscription.ended).toMatchObject(unavailable);
      expect(await watch().ended).toMatchObject(unavailable);
      const port = Number(new URL(foreign[name]?.url ?? '').port);
      foreign[name] = await startForeignSubgraph(name, protocol, port);
      const again = watch();
      expect(await again.next()).toBe(1);
      again.stop();
    });
  });
});
