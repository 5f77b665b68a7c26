import { EventEmitter, on, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import { repositoryRoot } from '../../tools/command-line.ts';
import type { TestClient } from '../client.ts';
import { composeWith, type ForeignSubgraph, startForeignSubgraph } from '../foreign-subgraph.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';

it.each(['auth', 'user', 'chat', 'notification'])('every subscription of %s says how it is delivered', (name) => {
  const document = parse(readFileSync(join(repositoryRoot, 'subgraphs', name, 'schema.graphql'), 'utf8'));
  const fields = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Subscription'
      ? (definition.fields ?? [])
      : [],
  );
  const silent = fields.filter(({ directives }) => !directives?.some((each) => each.name.value === 'delivery'));
  expect(silent.map((field) => field.name.value)).toEqual([]);
});

const typeDefs = parse(`
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key"])
    @link(url: "https://specs.chorus.chat/streams/v1.0", import: ["@delivery", "DeliveryClass"])
    @composeDirective(name: "@delivery")
  directive @delivery(class: DeliveryClass!, latestBy: String) on FIELD_DEFINITION
  enum DeliveryClass { DURABLE EPHEMERAL }
  type Query { uptime: Int! }
  type Subscription { moved: Position! @delivery(class: EPHEMERAL, latestBy: "of { name }") }
  type Position { of: Thing! step: Int! trail: String! }
  type Thing { name: String! }
`);

interface Position {
  name: string;
  step: number;
}

/** More than the operating system keeps for a connection. */
const steps = 200;
const trail = 'x'.repeat(100_000);

/** A client that stops reading, and goes on. */
class StallingClient {
  readonly received: Record<string, unknown>[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = once(socket, 'close').then(([code]) => code as number);
    socket.on('message', (data) => this.received.push(JSON.parse(String(data))));
  }

  static async open(client: TestClient, query: string, variables: object = {}): Promise<StallingClient> {
    const socket = new WebSocket(client.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    const stalling = new StallingClient(socket);
    await once(socket, 'open');
    socket.send(
      JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${client.accessToken}` } }),
    );
    await eventually(() => expect(stalling.received).toHaveLength(1));
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
    return stalling;
  }

  stall(): void {
    this.#socket.pause();
  }

  goOn(): void {
    this.#socket.resume();
  }

  /** What has come in events of a root field. */
  events<Event>(field: string): Event[] {
    return this.received.flatMap(({ type, payload }) =>
      type === 'next' ? [(payload as { data: Record<string, Event> }).data[field] as Event] : [],
    );
  }

  terminate(): void {
    this.#socket.terminate();
  }
}

describe('a client that does not read', () => {
  const world = new EventEmitter();
  let followers = 0;
  let foreign: ForeignSubgraph;
  let folder: string;
  let stack: TestStack;
  let user: TestClient;

  const resolvers = {
    Query: { uptime: () => 7 },
    Subscription: {
      moved: {
        subscribe() {
          followers += 1;
          return mapAsyncIterator(on(world, 'moved'), ([{ name, step }]) => ({ moved: { of: { name }, step, trail } }));
        },
      },
    },
  };

  beforeAll(async () => {
    [foreign, folder] = await Promise.all([
      startForeignSubgraph({ typeDefs, resolvers }),
      mkdtemp(join(tmpdir(), 'chorus-supergraph-')),
    ]);
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, composeWith([{ name: 'moving', url: foreign.url, typeDefs }]));
    stack = await startTestStack({ environment: { SUPERGRAPH_FILE: file } });
    user = await stack.register();
  });

  afterAll(async () => {
    await stack?.stop();
    await foreign?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('gets the newest of each subject of an ephemeral subscription when it reads again', async () => {
    // What tells the subject is not selected; a field of another meaning has its name.
    const query = 'subscription { moved { of: step name: of { chorus__subject0: name } trail } }';
    const stalled = await StallingClient.open(user, query);
    const healthy = user.subscribe('subscription { moved { of { name } step } }');
    await eventually(() => expect(followers).toBe(2));
    stalled.stall();
    for (let step = 1; step <= steps; step += 1) {
      world.emit('moved', { name: `thing ${step % 3}`, step });
      // The others are not slowed down, nor is any event kept from them.
      expect(await healthy.next()).toEqual({ of: { name: `thing ${step % 3}` }, step });
    }
    stalled.goOn();
    const seen = () => stalled.events<{ of: number; name: { chorus__subject0: string }; trail: string }>('moved');
    await eventually(() => expect(seen().at(-1)?.of).toBe(steps));
    const newest = new Map<string, Position>();
    for (const { of: step, name } of seen()) newest.set(name.chorus__subject0, { name: name.chorus__subject0, step });
    expect([...newest.values()].map(({ step }) => step).sort()).toEqual([steps - 2, steps - 1, steps]);
    expect(seen().length).toBeLessThan(steps);
    expect(seen().every(({ trail: got }) => got === trail)).toBe(true);
    expect(Object.keys(seen()[0] ?? {})).toEqual(['of', 'name', 'trail']);
    stalled.terminate();
    healthy.stop();
  });

  it('is closed with 4413 when it follows a durable one, and misses nothing when it comes back', async () => {
    const roomId = await user.createRoom();
    const after = await user.headCursor(roomId);
    const texts = Array.from({ length: 50 }, (_, index) => `text${index}: text`).join(' ');
    const query = `subscription ($roomId: ID!, $after: String) {
      messageAdded(roomId: $roomId, after: $after) { seq cursor message { ${texts} } }
    }`;
    const stalled = await StallingClient.open(user, query, { roomId, after });
    const healthy = user.subscribe(
      'subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { seq } }',
      { roomId, after },
    );
    stalled.stall();
    const closes = async () => {
      const metrics = await (await fetch(new URL('/metrics', stack.url))).text();
      return /^chorus_socket_closes_total\{code="4413".*\} 1$/m.test(metrics);
    };
    let sent = 0;
    // Some hundred kilobytes each.
    for (; !(await closes()); sent += 1) await user.sendMessage(roomId, 'x'.repeat(8_000));
    expect(await healthy.take(sent)).toHaveLength(sent);
    stalled.goOn();
    expect(await stalled.closed).toBeOneOf([4413, 1006]);
    const read = stalled.events<{ seq: number; cursor: string }>('messageAdded');
    const rest = user.subscribe(query.replace(texts, 'id'), { roomId, after: read.at(-1)?.cursor ?? after });
    const seqs = [...read, ...(await rest.take(sent - read.length))].map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: sent }, (_, index) => index + 2));
    rest.stop();
    healthy.stop();
  });
});
