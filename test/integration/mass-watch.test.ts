import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyPageSize } from '../../platform/log-feed/log-history.ts';
import type { TestClient } from '../client.ts';
import { type FollowedEnd, Follower } from '../follower.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { accept, createLink } from '../inviting.ts';
import { mutate } from '../mutations.ts';
import { readMetric } from '../routers.ts';

/** To read the metrics of a process with thousands of sockets takes a while: it is not to be what the process does. */
const lookMilliseconds = 250;
const watcherCount = 1_000;
/** How many are cut off, and what they miss: once more than any memory on the way keeps, which takes readings of its own. */
const storms = [
  { sockets: 5_000, missed: 20 },
  { sockets: 200, missed: 300 },
];

const selections = [
  'roomEvents(roomId: $roomId, after: $after) { __typename seq cursor }',
  'roomEvents(roomId: $roomId, after: $after) { seq cursor __typename ... on MessageSent { message { author { username } } } }',
  'roomEvents(roomId: $roomId, after: $after) { seq cursor __typename ... on MessageSent { message { text } } }',
  'roomEvents(roomId: $roomId, after: $after) { occurredAt seq cursor __typename }',
].map(toSubscription);

/** The same, and what is around a message, which is read apart from it. */
const selectionsAround = [
  'roomEvents(roomId: $roomId, after: $after) { seq cursor __typename ... on MessageSent { message { text room { name } } } }',
  'roomEvents(roomId: $roomId, after: $after) { seq cursor __typename ... on MessageSent { message { text mentions { userId } } } }',
  'roomEvents(roomId: $roomId, after: $after) { seq cursor __typename ... on MessageSent { message { text replyTo { text } } } }',
  'roomEvents(roomId: $roomId, after: $after) { seq cursor __typename ... on MessageSent { message { thread { replyCount } } } }',
].map(toSubscription);

function toSubscription(field: string): string {
  return `subscription ($roomId: ID!, $after: String) { ${field} }`;
}

describe('a room that thousands watch', () => {
  let stack: TestStack;
  let owner: TestClient;
  let people: TestClient[];
  const ends: FollowedEnd[] = [];

  beforeAll(async () => {
    // What is not published is found when something newer is, and not before.
    stack = await startTestStack({ environment: { FEED_HEARTBEAT_MILLISECONDS: '60000' } });
    owner = await stack.register('owner');
    people = await Promise.all(Array.from({ length: 5 }, (_, number) => stack.register(`person${number}`)));
  });

  afterAll(() => stack?.stop());

  async function connectAll(followers: readonly Follower[], count = followers.length): Promise<void> {
    for (const follower of followers) follower.connect(stack.url);
    await eventually(
      async () => expect(await readMetric(stack.url, 'chorus_shared_subscriptions')).toBe(count),
      240_000,
      lookMilliseconds,
    );
  }

  async function cutAll(followers: readonly Follower[]): Promise<void> {
    for (const follower of followers) follower.cut();
    await eventually(
      async () => expect(await readMetric(stack.url, 'chorus_shared_subscriptions')).toBe(0),
      120_000,
      lookMilliseconds,
    );
  }

  function createFollower(person: TestClient, query: string, roomId: string, after: string): Follower {
    const follower: Follower = new Follower({
      accessToken: person.accessToken as string,
      logs: [{ query, roomId, after, events: [] }],
      onEnd: (end) => ends.push(end),
      // A busy machine may refuse one of so many at once, which a client tries again.
      onClosed: () => follower.connect(stack.url),
    });
    return follower;
  }

  function seqsOf(follower: Follower): number[] {
    return follower.logs.flatMap(({ events }) => events.map(({ seq }) => seq));
  }

  it('gives a member who is kicked no event after that, and all others every one', async () => {
    const roomId = await owner.createRoom('PRIVATE');
    const { invitation } = await createLink(owner, roomId, {});
    for (const person of people) expect(await accept(person, { code: invitation.code })).toEqual([]);
    const { headSeq, headCursor } = await owner.run('query ($id: ID!) { room(id: $id) { headSeq headCursor } }', {
      id: roomId,
    });
    const kicked = people[0] as TestClient;
    const others = people.slice(1) as [TestClient, ...TestClient[]];
    const { message: first } = await owner.sendMessage(roomId, 'first');
    const out = selectionsAround.map((query) => createFollower(kicked, query, roomId, headCursor));
    const within = Array.from({ length: watcherCount - out.length }, (_, number) => {
      const person = others[number % others.length] as TestClient;
      return createFollower(person, selectionsAround[number % selectionsAround.length] as string, roomId, headCursor);
    });
    // The oldest follower of each stream is the one who is removed: all are served in that name until then.
    await connectAll(out);
    await eventually(() => expect(out.every(({ received }) => received === 1)).toBe(true));
    await connectAll(within, watcherCount);
    expect(await readMetric(stack.url, 'chorus_shared_streams')).toBe(selectionsAround.length);
    await eventually(() => expect(within.every(({ received }) => received === 1)).toBe(true), 120_000);
    // Chat reads the next ones from its database when the member is gone.
    const { publish } = stack.engine;
    stack.engine.publish = async () => undefined;
    const text = `hello @${others[0].username}`;
    const send = () =>
      mutate(owner, 'sendMessage', { roomId, text, clientMessageId: randomUUID(), replyToMessageId: first.id }, '');
    await send();
    // What follows the removal follows at once.
    await Promise.all([
      mutate(owner, 'kickMember', { roomId, userId: kicked.userId }, ''),
      ...Array.from({ length: 9 }, send),
    ]);
    stack.engine.publish = publish;
    await send();
    await eventually(() => expect(within.every(({ received }) => received === 13)).toBe(true), 120_000);
    const all = Array.from({ length: 13 }, (_, index) => headSeq + 1 + index);
    for (const follower of within) expect(seqsOf(follower)).toEqual(all);
    // One payload for all who select the same, with everything in it.
    const payloads = [...new Set(within.map(({ logs }) => JSON.stringify(logs[0]?.events)))];
    expect(payloads).toHaveLength(selectionsAround.length);
    const messages = payloads.map((events) =>
      (JSON.parse(events) as { message?: object }[]).map((each) => each.message),
    );
    const around = [
      { room: { name: 'Room' } },
      { mentions: [{ userId: others[0].userId }] },
      { replyTo: { text: 'first' } },
      { thread: { replyCount: expect.any(Number) } },
    ];
    for (const [index, expected] of around.entries()) {
      // The first message stands alone, and the event of the removal has none.
      const later = messages[index]?.slice(1).filter((message) => message !== undefined);
      expect(later).toEqual(Array.from({ length: 11 }, () => expect.objectContaining(expected)));
    }
    await eventually(() => expect(ends).toHaveLength(out.length));
    for (const follower of out) {
      expect(ends).toContainEqual({ log: follower.logs[0], code: 'NOT_FOUND' });
      const seen = follower.logs[0]?.events as unknown as { __typename: string }[];
      expect(seqsOf(follower)).toEqual(all.slice(0, seen.length));
      expect(seen.at(-1)?.__typename).toBe('MemberKicked');
      expect(seen.filter(({ __typename }) => __typename === 'MemberKicked')).toHaveLength(1);
    }
    ends.length = 0;
    await cutAll([...out, ...within]);
  }, 180_000);

  /** Pages of history that chat has read from its database, and those that it had in memory. */
  async function readPages(): Promise<{ database: number; memory: number }> {
    const count = (source: string) => readMetric(stack.subgraphs.chat.url, 'chorus_history_pages_total', { source });
    const [database, memory] = await Promise.all([count('database'), count('memory')]);
    return { database, memory };
  }

  it.each(storms)(
    'is read at most once a second for $sockets of four selections that were cut off at once',
    async ({ sockets, missed }) => {
      const roomId = await owner.createRoom('PUBLIC');
      const after = await owner.headCursor(roomId);
      const followers = Array.from({ length: sockets }, (_, number) => {
        const person = people[number % people.length] as TestClient;
        return createFollower(person, selections[number % selections.length] as string, roomId, after);
      });
      await connectAll(followers);
      expect(await readMetric(stack.url, 'chorus_shared_streams')).toBe(selections.length);
      await owner.sendMessage(roomId, 'seen by all');
      await eventually(() => expect(followers.every(({ received }) => received === 1)).toBe(true), 120_000);
      await cutAll(followers);
      await Promise.all(
        Array.from({ length: missed - 1 }, (_, number) => owner.sendMessage(roomId, `missed ${number}`)),
      );
      const before = await readPages();
      const startedAt = performance.now();
      await connectAll(followers);
      await eventually(() => expect(followers.every(({ received }) => received === missed)).toBe(true), 240_000);
      const seconds = (performance.now() - startedAt) / 1000;
      const now = await readPages();
      const reads = now.database - before.database;
      const pages = Math.ceil((missed + 1) / historyPageSize);
      // Readings of a page are a second apart, however long all of it takes and however many selections need it.
      expect(reads).toBeGreaterThanOrEqual(pages);
      expect(reads).toBeLessThanOrEqual(pages * (1 + seconds));
      expect(reads + now.memory - before.memory).toBeGreaterThanOrEqual(pages * selections.length);
      const all = Array.from({ length: missed }, (_, index) => 2 + index).join();
      expect([...new Set(followers.map((follower) => seqsOf(follower).join()))]).toEqual([all]);
      expect(ends).toEqual([]);
      for (const follower of followers) follower.cut();
    },
    300_000,
  );
});
