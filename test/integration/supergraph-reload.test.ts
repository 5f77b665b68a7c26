import { EventEmitter, on, once } from 'node:events';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import type { TestClient, TestSubscription } from '../client.ts';
import { composeWith, type ForeignSubgraph, startForeignSubgraph } from '../foreign-subgraph.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])';
const motto = 'type User @key(fields: "id") { id: ID! motto: String! }';
const text = 'type Message @key(fields: "id") { id: ID! text: String @override(from: "chat") }';
const [uptime, wait, load, beat] = [
  'type Query { uptime: Int! }',
  'type Mutation { wait: String! }',
  'type Query { load: Int! }',
  'type Subscription { beat: Int! }',
];

/** The parts of the graph that two subgraphs of others have, in the order in which the tests come to them. */
const supergraphs = {
  first: [[uptime, wait, beat, motto], []],
  withMore: [[uptime, wait, beat, motto], [load]],
  withEntityFieldMoved: [
    [uptime, wait, beat],
    [load, motto],
  ],
  withEventsMoved: [
    [uptime, wait],
    [load, motto, beat, text],
  ],
  withLess: [
    [uptime, wait],
    [load, text],
  ],
  withoutOne: [[], [load, text]],
};

interface Event {
  seq: number;
  message: { text: string; author: { motto: string } };
}

const fields = 'seq message { text author { username motto } }';
const shared = `subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { ${fields} } }`;
/** Read for one viewer alone, whose role it tells. */
const alone = shared.replace('seq', 'seq ofViewer: message { room { viewerRole } }');

describe('another supergraph', () => {
  const world = new EventEmitter();
  /** Those who follow the beat of each of the two. */
  const following: [number, number] = [0, 0];
  let foreign: ForeignSubgraph[];
  let folder: string;
  let file: string;
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let roomId: string;

  function followBeat(index: 0 | 1) {
    following[index] += 1;
    const beats = mapAsyncIterator(on(world, 'beat'), ([value]) => ({ beat: value }));
    return Object.assign(beats, {
      async return() {
        following[index] -= 1;
        return { done: true, value: undefined };
      },
    });
  }

  const startBoth = () =>
    Promise.all(
      ([0, 1] as const).map((index) =>
        startForeignSubgraph({
          typeDefs: parse([federation, uptime, wait, 'extend type Query { load: Int! }', beat, motto, text].join(' ')),
          resolvers: {
            Query: { uptime: () => 7, load: () => 1 },
            Mutation: {
              async wait() {
                world.emit('waiting');
                await once(world, 'go');
                return 'done';
              },
            },
            Subscription: { beat: { subscribe: () => followBeat(index) } },
            User: { motto: () => `motto of ${index}` },
            Message: { text: () => `text of ${index}` },
          },
        }),
      ),
    );

  const compose = (name: keyof typeof supergraphs, leftOut: readonly string[] = []) =>
    composeWith(
      supergraphs[name].flatMap((parts, index) =>
        parts.length === 0
          ? []
          : [
              {
                name: `foreign${index}`,
                url: foreign[index]?.url ?? '',
                typeDefs: parse([federation, ...parts].join(' ')),
              },
            ],
      ),
      leftOut,
    );

  async function measured(name: string, result: string): Promise<number> {
    const metrics = await (await fetch(new URL('/metrics', stack.url))).text();
    const start = `${name}{result="${result}"`;
    return Number(
      metrics
        .split('\n')
        .find((line) => line.startsWith(start))
        ?.split(' ')
        .at(-1),
    );
  }

  /** Puts another file in the place of the supergraph, and resolves when the router has taken it in. */
  async function replaceWith(sdl: string, result: 'loaded' | 'refused' = 'loaded'): Promise<void> {
    const count = await measured('chorus_supergraph_loads_total', result);
    await writeFile(`${file}.new`, sdl);
    await rename(`${file}.new`, file);
    await eventually(
      async () => expect(await measured('chorus_supergraph_loads_total', result)).toBe(count + 1),
      40_000,
    );
  }

  /** Sends messages one after the other, and does something once all subscriptions have one. @returns the `seq` of each */
  async function whileMessagesFlow(
    subscriptions: readonly TestSubscription<Event>[],
    action: () => Promise<unknown>,
  ): Promise<number[]> {
    let rest = Number.POSITIVE_INFINITY;
    const seqs: number[] = [];
    const flowing = (async () => {
      for (; rest > 0; rest -= 1) seqs.push((await owner.sendMessage(roomId, 'text')).message.seq);
    })();
    try {
      await eventually(() => expect(subscriptions.every(({ events }) => events.length > 0)).toBe(true));
      await action();
    } finally {
      rest = 5;
      await flowing;
    }
    return seqs;
  }

  async function follow(queries: readonly string[]): Promise<TestSubscription<Event>[]> {
    const after = await owner.headCursor(roomId);
    return queries.map((query) => member.subscribe<Event>(query, { roomId, after }));
  }

  /** None is missing, none comes twice. */
  async function expectAll(subscriptions: readonly TestSubscription<Event>[], seqs: number[]): Promise<void> {
    for (const subscription of subscriptions) {
      await subscription.take(seqs.length);
      expect(subscription.events.map(({ seq }) => seq)).toEqual(seqs);
    }
  }

  /** There is one place in a subscription where the one value ends and the other begins. */
  function expectChange({ events }: TestSubscription<Event>, read: (event: Event) => string, values: string[]): void {
    expect(events.map(read).filter((value, index, all) => value !== all[index - 1])).toEqual(values);
  }

  const stopAll = (subscriptions: readonly { stop(): void }[]) => {
    for (const subscription of subscriptions) subscription.stop();
  };

  beforeAll(async () => {
    [folder, foreign] = await Promise.all([mkdtemp(join(tmpdir(), 'chorus-supergraph-')), startBoth()]);
    file = join(folder, 'supergraph.graphql');
    await writeFile(file, compose('first'));
    stack = await startTestStack({ environment: { SUPERGRAPH_FILE: file } });
    [owner, member] = await Promise.all([stack.register('owner'), stack.register('member')]);
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
  });

  afterAll(async () => {
    await stack?.stop();
    await Promise.all((foreign ?? []).map((each) => each.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  it('leaves live subscriptions untouched when there is more in it, which queries see', async () => {
    expect((await member.send('{ load }')).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const subscriptions = await follow([shared, alone]);
    const next = compose('withMore');
    await expectAll(subscriptions, await whileMessagesFlow(subscriptions, () => replaceWith(next)));
    expect(await measured('chorus_replanned_subscriptions_total', 'kept')).toBe(2);
    expect((await member.send('{ load uptime }')).data).toEqual({ load: 1, uptime: 7 });
    const { data } = await member.send('{ __schema { queryType { fields { name } } } }');
    expect(data.__schema.queryType.fields).toContainEqual({ name: 'load' });
    stopAll(subscriptions);
  });

  it('moves live subscriptions to another plan when an entity field of theirs moves', async () => {
    const subscriptions = await follow([shared, shared, alone, alone]);
    const next = compose('withEntityFieldMoved');
    await expectAll(subscriptions, await whileMessagesFlow(subscriptions, () => replaceWith(next)));
    for (const subscription of subscriptions) {
      expectChange(subscription, ({ message }) => message.author.motto, ['motto of 0', 'motto of 1']);
    }
    expect(await measured('chorus_replanned_subscriptions_total', 'moved')).toBe(4);
    stopAll(subscriptions);
  });

  it('moves them, at their exact place, when a field of the events themselves moves', async () => {
    const subscriptions = await follow([shared, shared, alone, alone]);
    const beats = member.subscribe<number>('subscription { beat }');
    await eventually(() => expect(following).toEqual([1, 0]));
    world.emit('beat', 1);
    expect(await beats.next()).toBe(1);
    const next = compose('withEventsMoved');
    await expectAll(subscriptions, await whileMessagesFlow(subscriptions, () => replaceWith(next)));
    for (const subscription of subscriptions) {
      expectChange(subscription, ({ message }) => message.text, ['text', 'text of 1']);
    }
    // Without cursors the new reading begins before the old one ends, which is with the first event of the new one.
    await eventually(() => expect(following).toEqual([1, 1]));
    world.emit('beat', 2);
    await eventually(() => expect(following).toEqual([0, 1]));
    world.emit('beat', 3);
    await eventually(() => expect(beats.events.at(-1)).toBe(3));
    expect([...new Set(beats.events)]).toEqual([1, 2, 3]);
    stopAll([...subscriptions, beats]);
    await eventually(() => expect(following).toEqual([0, 0]));
  });

  it('ends the subscriptions that do not fit it, with a code, and only those', async () => {
    const subscriptions = await follow([shared, shared.replace('motto', ''), alone.replace('motto', '')]);
    const [broken, ...others] = subscriptions;
    const next = compose('withLess');
    const seqs = await whileMessagesFlow(subscriptions, () => replaceWith(next));
    expect(await broken?.ended).toMatchObject([
      { message: expect.stringContaining('motto'), extensions: { code: 'SUBSCRIPTION_RETIRED' } },
    ]);
    expect(broken?.events.map(({ seq }) => seq)).toEqual(seqs.slice(0, broken?.events.length));
    await expectAll(others, seqs);
    stopAll(others);
  });

  it('is refused whole when it can not be served, and the one before goes on', async () => {
    const whole = await readFile(file, 'utf8');
    const refused = [
      'type Query {',
      'type Query { uptime: Int! }',
      whole.replace('specs.apollo.dev/join/v0.5', 'specs.apollo.dev/join/v9.9'),
      whole.replace('latestBy: "room { id }"', 'latestBy: "place"'),
      // SUBGRAPH_URLS still names it.
      compose('withLess', ['notification']),
    ];
    const subscriptions = await follow([shared.replace('motto', '')]);
    const seqs = await whileMessagesFlow(subscriptions, async () => {
      for (const sdl of refused) await replaceWith(sdl, 'refused');
    });
    await expectAll(subscriptions, seqs);
    expect((await member.send('{ uptime }')).data).toEqual({ uptime: 7 });
    stopAll(subscriptions);
  });

  it('does not touch a mutation under way, though the subgraph that runs it is gone', async () => {
    const begun = once(world, 'waiting');
    const answer = member.send('mutation { wait }');
    await begun;
    await replaceWith(compose('withoutOne'));
    expect((await member.send('mutation { wait }')).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    world.emit('go');
    expect(await answer).toMatchObject({ status: 200, data: { wait: 'done' } });
  });
});
