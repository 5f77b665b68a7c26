import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { EventQueue } from '../../platform/event-queue.ts';
import type { TestClient } from '../client.ts';
import { createDatabases, eventually, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { uptime: Int! }
  type Subscription { count(to: Int!, userId: ID!): Count! failing: Count refusing: Count watching: Int! }
  type Count { number: Int! countedFor: User }
  type User @key(fields: "id", resolvable: false) { id: ID! }
`);

interface Count {
  number: number;
  countedFor: { id: string };
}

/** Who is subscribed to `watching`, which stays silent after its first event. */
let watchers = 0;

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
    refusing: {
      subscribe(): never {
        throw new Error('there is no pump');
      },
    },
    watching: {
      subscribe(): AsyncIterable<{ watching: number }> {
        watchers += 1;
        const events = new EventQueue<{ watching: number }>(
          1,
          () => new Error('nobody takes it'),
          () => {
            watchers -= 1;
          },
        );
        events.push({ watching: watchers });
        return events;
      },
    },
  },
};

type Protocol = 'graphql-ws' | 'graphql-sse';

/** Adds subscriptions to a server as the library does it. @returns what ends them */
function serveSubscriptions(protocol: Protocol, schema: GraphQLSchema, server: Server): () => Promise<void> {
  if (protocol === 'graphql-ws') {
    const served = useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));
    return async () => served.dispose();
  }
  const handle = createHandler({ schema });
  const [answerQuery] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.headers.accept?.includes('text/event-stream')) {
      request.headers.accept = 'text/event-stream';
      void handle(request, response);
    } else answerQuery?.call(server, request, response);
  });
  return async () => undefined;
}

/** A subgraph as somebody else would write it: nothing of Chorus in it, GraphQL over HTTP and the library as they are. */
async function startForeignSubgraph(protocol: Protocol, port = 0): Promise<{ url: string; stop(): Promise<void> }> {
  const schema = buildSubgraphSchema({ typeDefs, resolvers });
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  });
  const endSubscriptions = serveSubscriptions(protocol, schema, server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async stop() {
      await endSubscriptions();
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

describe.each<Protocol>(['graphql-ws', 'graphql-sse'])('a subgraph of somebody else, with plain %s', (protocol) => {
  let databases: TestDatabases;
  let foreign: { url: string; stop(): Promise<void> };
  let folder: string;
  let stack: TestStack;
  let user: TestClient;

  beforeAll(async () => {
    [databases, foreign, folder] = await Promise.all([
      createDatabases(),
      startForeignSubgraph(protocol),
      mkdtemp(join(tmpdir(), 'chorus-supergraph-')),
    ]);
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, await compose(foreign.url));
    const environment = {
      SUPERGRAPH_FILE: file,
      ...(protocol === 'graphql-sse' && { SUBGRAPH_SUBSCRIPTIONS: 'counter=sse' }),
    };
    stack = await startTestStack({ databases, environment });
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
    // What fails when it runs already, the server of graphql-sse leaves to nobody: its process would end.
    for (const field of protocol === 'graphql-ws' ? ['refusing', 'failing'] : ['refusing']) {
      const ended = JSON.stringify(await user.subscribe(`subscription { ${field} { number } }`).ended);
      expect(ended).toContain('INTERNAL');
      expect(ended).not.toContain('pump');
    }
  });

  it('hears of it when a subscriber leaves', async () => {
    const subscription = user.subscribe('subscription { watching }');
    expect(await subscription.next()).toBe(1);
    subscription.stop();
    await eventually(() => expect(watchers).toBe(0));
  });

  it('ends its subscriptions with a code when it goes away, and has others when it is back', async () => {
    const subscription = user.subscribe('subscription { watching }');
    await subscription.next();
    await foreign.stop();
    const unavailable = [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'counter' } }];
    expect(await subscription.ended).toMatchObject(unavailable);
    expect(await user.subscribe('subscription { watching }').ended).toMatchObject(unavailable);
    foreign = await startForeignSubgraph(protocol, Number(new URL(foreign.url).port));
    const again = user.subscribe('subscription { watching }');
    expect(await again.next()).toBeGreaterThan(0);
    again.stop();
  });
});
