import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestClient, TestSubscription } from '../client.ts';
import { createDatabases, describeEachEngine, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';
import { describeWithRedis, startTestRedis, type TestRedis } from '../redis.ts';

const roomSignals = `subscription ($roomId: ID!) { roomSignals(roomId: $roomId) {
  __typename roomId userId user { username } ... on TypingStarted { expiresAt } ... on ReadMarkMoved { seq }
} }`;
const readStates = 'subscription { readStateChanged { room { id } readSeq unreadCount unreadMentionCount } }';

const type = (client: TestClient, roomId: string, isTyping = true) =>
  mutate(client, 'signalTyping', { roomId, isTyping }, 'expiresAt');

const send = async (client: TestClient, roomId: string, text = 'hello') =>
  (await mutate(client, 'sendMessage', { roomId, text, clientMessageId: randomUUID() }, 'message { id seq }')).message;

/** Follows the signals of a room, which nobody can tell has begun but by a signal: others are given until it has. */
async function follow(client: TestClient, roomId: string, other: TestClient): Promise<TestSubscription<Signal>> {
  const subscription = client.subscribe<Signal>(roomSignals, { roomId });
  const begun = { isTrue: false };
  const first = subscription.next().then(() => Object.assign(begun, { isTrue: true }));
  while (!begun.isTrue) {
    const { id, seq } = await send(other, roomId);
    await mutate(other, 'markRoomUnread', { roomId, fromMessageId: id }, '');
    await mutate(other, 'markRoomRead', { roomId, seq }, '');
  }
  await first;
  return subscription;
}

interface Signal {
  __typename: string;
  roomId: string;
  userId: string;
  user: { username: string } | null;
  expiresAt?: string;
  seq?: number;
}

/** The next signal of a kind about somebody; others before it are passed over. */
async function nextOf(subscription: TestSubscription<Signal>, kind: string, userId: string): Promise<Signal> {
  for (;;) {
    const signal = await subscription.next();
    if (signal.__typename === kind && signal.userId === userId) return signal;
  }
}

describeEachEngine('signals of a room', (engine) => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;

  beforeAll(async () => {
    stack = await startTestStack({ engine });
    [owner, member] = await Promise.all([stack.register('owner'), stack.register('member')]);
  });

  afterAll(() => stack?.stop());

  async function openRoom(...others: TestClient[]): Promise<string> {
    const roomId = await owner.createRoom();
    for (const each of [member, ...others]) await each.joinRoom(roomId);
    return roomId;
  }

  const endOf = async (subscription: TestSubscription<Signal>) =>
    ((await subscription.ended) as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

  it('tell who begins and ends to type, and leave nothing in its log', async () => {
    const roomId = await openRoom();
    const subscription = await follow(owner, roomId, member);
    const before = await owner.headCursor(roomId);
    const { expiresAt } = await type(member, roomId);
    const started = await nextOf(subscription, 'TypingStarted', member.userId);
    expect(started).toMatchObject({ roomId, user: { username: member.username } });
    expect(Math.abs(Date.parse(started.expiresAt ?? '') - Date.parse(expiresAt))).toBeLessThan(5_000);
    expect((await type(member, roomId, false)).expiresAt).toBeNull();
    await nextOf(subscription, 'TypingStopped', member.userId);
    expect(await owner.headCursor(roomId)).toBe(before);
  });

  it('end by themselves', async () => {
    const roomId = await openRoom();
    const subscription = await follow(owner, roomId, member);
    await type(member, roomId);
    const { expiresAt } = await nextOf(subscription, 'TypingStarted', member.userId);
    await nextOf(subscription, 'TypingStopped', member.userId);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt ?? '') - 100);
  });

  it('begin with who is typing, and never tell anybody of themselves', async () => {
    const third = await stack.register('third');
    const roomId = await openRoom(third);
    const subscription = await follow(owner, roomId, member);
    await type(member, roomId);
    await nextOf(subscription, 'TypingStarted', member.userId);
    const late = third.subscribe<Signal>(roomSignals, { roomId });
    const own = member.subscribe<Signal>(roomSignals, { roomId });
    expect(await late.next()).toMatchObject({ __typename: 'TypingStarted', userId: member.userId });
    await type(third, roomId);
    expect(await own.next()).toMatchObject({ __typename: 'TypingStarted', userId: third.userId });
    expect(own.events).toHaveLength(1);
  });

  it('are not passed on again and again', async () => {
    const roomId = await openRoom();
    const subscription = await follow(owner, roomId, member);
    await Promise.all(Array.from({ length: 20 }, () => type(member, roomId)));
    await type(member, roomId, false);
    await nextOf(subscription, 'TypingStopped', member.userId);
    const started = subscription.events.filter(({ __typename }) => __typename === 'TypingStarted');
    expect(started.length).toBeLessThanOrEqual(3);
  });

  it('tell how far others have read, unless they do not want it', async () => {
    const silent = await stack.register('silent');
    const roomId = await openRoom(silent);
    const subscription = await follow(owner, roomId, member);
    await mutate(silent, 'updateChatSettings', { sendsReadReceipts: false }, 'settings { sendsReadReceipts }');
    const { seq } = await send(owner, roomId);
    await mutate(silent, 'markRoomRead', { roomId, seq }, 'room { id }');
    await mutate(member, 'markRoomRead', { roomId, seq }, 'room { id }');
    let signal = await subscription.next();
    while (signal.seq !== seq) signal = await subscription.next();
    expect(signal).toMatchObject({ __typename: 'ReadMarkMoved', userId: member.userId, seq });
    expect(subscription.events.map(({ userId }) => userId)).not.toContain(silent.userId);
  });

  const losses: [string, (roomId: string, person: TestClient) => Promise<unknown>][] = [
    ['is kicked', (roomId, { userId }) => mutate(owner, 'kickMember', { roomId, userId }, 'room { id }')],
    ['is banned', (roomId, { userId }) => mutate(owner, 'banMember', { roomId, userId }, 'room { id }')],
    ['leaves', (roomId, person) => mutate(person, 'leaveRoom', { roomId }, 'room { id }')],
    ['sees the room deleted', (roomId) => mutate(owner, 'deleteRoom', { roomId }, 'roomId')],
  ];

  it.each(losses)('end for somebody who %s, who gets nothing more', async (_how, lose) => {
    const person = await stack.register('person');
    const roomId = await openRoom(person);
    const subscription = await follow(person, roomId, member);
    await lose(roomId, person);
    const count = subscription.events.length;
    await type(member, roomId);
    expect(await endOf(subscription)).toEqual(['NOT_FOUND']);
    const late = subscription.events.slice(count);
    expect(late.filter(({ __typename }) => __typename === 'TypingStarted')).toEqual([]);
  });

  it('are for members: who is none hears of no such room, public, private or not there', async () => {
    const stranger = await stack.register('stranger');
    const rooms = [await openRoom(), await owner.createRoom('PRIVATE'), randomUUID(), 'nonsense'];
    for (const roomId of rooms) {
      expect(await endOf(stranger.subscribe<Signal>(roomSignals, { roomId }))).toEqual(['NOT_FOUND']);
    }
  });

  it('are sent by whoever may send there, and by nobody else', async () => {
    const [muted, reader, banned, stranger] = await Promise.all(
      ['muted', 'reader', 'banned', 'stranger'].map((name) => stack.register(name)),
    );
    if (!muted || !reader || !banned || !stranger) throw new Error('Somebody is missing.');
    const roomId = await openRoom(muted, reader, banned);
    await mutate(owner, 'muteMember', { roomId, userId: muted.userId }, 'member { role }');
    await mutate(owner, 'changeMemberRole', { roomId, userId: reader.userId, role: 'READ_ONLY' }, 'member { role }');
    await mutate(owner, 'banMember', { roomId, userId: banned.userId }, 'room { id }');
    const secret = await owner.createRoom('PRIVATE');
    expect(codesOf(await type(member, roomId))).toEqual([]);
    expect(codesOf(await type(muted, roomId))).toEqual(['MEMBER_MUTED']);
    expect(codesOf(await type(reader, roomId))).toEqual(['NOT_ALLOWED']);
    expect(codesOf(await type(banned, roomId))).toEqual(['BANNED']);
    expect(codesOf(await type(stranger, roomId))).toEqual(['NOT_A_MEMBER']);
    for (const nowhere of [secret, randomUUID(), 'nonsense']) {
      expect(codesOf(await type(stranger, nowhere))).toEqual(['ROOM_NOT_FOUND']);
    }
    await mutate(owner, 'archiveRoom', { roomId }, 'room { id }');
    expect(codesOf(await type(member, roomId))).toEqual(['ROOM_ARCHIVED']);
  });

  it('need somebody who is signed in', async () => {
    const query = 'mutation ($input: SignalTypingInput!) { signalTyping(input: $input) { expiresAt } }';
    const { errors } = await stack.guest.send(query, { input: { roomId: randomUUID(), isTyping: true } });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(await endOf(stack.guest.subscribe<Signal>(roomSignals, { roomId: randomUUID() }))).toEqual([
      'UNAUTHENTICATED',
    ]);
  });

  it('tell all devices of a person, and nobody else, where they have read', async () => {
    const roomId = await openRoom();
    const { id, seq } = await send(owner, roomId, '@room');
    const devices = [await stack.signIn(member.username), await stack.signIn(member.username)];
    const subscriptions = devices.map((device) => device.subscribe(readStates));
    const others = owner.subscribe(readStates);
    const begun = { count: 0 };
    for (const subscription of subscriptions)
      void subscription.next().then(() => Object.assign(begun, { count: begun.count + 1 }));
    while (begun.count < devices.length) {
      await mutate(member, 'markRoomRead', { roomId, seq }, '');
      await mutate(member, 'markRoomUnread', { roomId, fromMessageId: id }, '');
    }
    const later = await send(owner, roomId, 'more');
    await mutate(member, 'markRoomRead', { roomId, seq }, '');
    for (const subscription of subscriptions) {
      let state = await subscription.next();
      while (state.readSeq !== seq || state.unreadCount !== 1) state = await subscription.next();
      expect(state).toEqual({ room: { id: roomId }, readSeq: seq, unreadCount: 1, unreadMentionCount: 0 });
    }
    await send(member, roomId);
    let state = await subscriptions[0]?.next();
    while (state.readSeq <= later.seq) state = await subscriptions[0]?.next();
    expect(state).toMatchObject({ unreadCount: 0 });
    // What the owner did is all that the owner was told of.
    for (const event of others.events) expect(event.readSeq).not.toBe(0);
  });
});

describeWithRedis('signals between two stacks on one Redis', () => {
  let databases: TestDatabases;
  let redis: TestRedis;
  let stacks: [TestStack, TestStack];

  beforeAll(async () => {
    [databases, redis] = await Promise.all([createDatabases(), startTestRedis()]);
    const options = { databases, redis, prefix: 'signals' };
    stacks = await Promise.all([startTestStack(options), startTestStack(options)]);
  });

  afterAll(async () => {
    await Promise.all(stacks?.map((stack) => stack.stop()) ?? []);
    await redis?.stop();
    await databases?.drop();
  });

  it('cross from one to the other, and end there with a kick', async () => {
    const [owner, reader] = await Promise.all([stacks[0].register('owner'), stacks[1].register('reader')]);
    const roomId = await owner.createRoom();
    await reader.joinRoom(roomId);
    const subscription = await follow(reader, roomId, owner);
    await type(owner, roomId);
    expect(await nextOf(subscription, 'TypingStarted', owner.userId)).toMatchObject({
      user: { username: owner.username },
    });
    await mutate(owner, 'kickMember', { roomId, userId: reader.userId }, 'room { id }');
    const ended = (await subscription.ended) as { extensions: { code: string } }[];
    expect(ended.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
  });
});
