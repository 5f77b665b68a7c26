import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer, TestClient, TestSubscription } from '../client.ts';
import { describeEachEngine, eventually, startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { RawSocket } from '../raw-socket.ts';

interface Event {
  seq: number;
  cursor: string;
}

const messageAdded = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { text author { username displayName } } }
}`;
const roomEvents = `subscription ($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) { __typename seq cursor }
}`;
const perViewer = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq message { text room { viewerRole } } }
}`;

describeEachEngine('subscriptions that many share', (engine) => {
  let stack: TestStack;
  let owner: TestClient;
  let people: TestClient[];

  beforeAll(async () => {
    stack = await startTestStack({ engine });
    owner = await stack.register('owner');
    people = await Promise.all(Array.from({ length: 6 }, (_, number) => stack.register(`person${number}`)));
  });

  afterAll(() => stack?.stop());

  /** What the router has counted. */
  async function measured(name: string): Promise<number> {
    const text = await (await fetch(new URL('/metrics', stack.url))).text();
    return Number(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'm').exec(text)?.[1]);
  }

  async function openRoom(kind: 'PUBLIC' | 'PRIVATE'): Promise<string> {
    const roomId = await owner.createRoom('PUBLIC');
    for (const person of people) await person.joinRoom(roomId);
    if (kind === 'PUBLIC') return roomId;
    const privateId = await owner.createRoom('PRIVATE');
    for (const person of people) {
      const input = { roomId: privateId, userId: person.userId, clientInvitationId: person.userId };
      const { invitation } = await mutate(owner, 'inviteUser', input, 'invitation { id }');
      await mutate(person, 'acceptInvitation', { invitationId: invitation.id }, '');
    }
    return privateId;
  }

  /** Subscribes, and resolves when the stream has that many followers. */
  async function followAll(query: string, roomId: string, after: string): Promise<TestSubscription<Event>[]> {
    const subscriptions = people.map((person) => person.subscribe<Event>(query, { roomId, after }));
    await eventually(async () => expect(await measured('chorus_shared_subscriptions')).toBe(people.length));
    return subscriptions;
  }

  async function stopAll(subscriptions: readonly TestSubscription<Event>[]): Promise<void> {
    for (const subscription of subscriptions) subscription.stop();
    await eventually(async () => expect(await measured('chorus_shared_subscriptions')).toBe(0));
    expect(await measured('chorus_shared_streams')).toBe(0);
  }

  it('are read and completed once for all who select the same', async () => {
    const roomId = await openRoom('PUBLIC');
    const subscriptions = await followAll(messageAdded, roomId, await owner.headCursor(roomId));
    const [eventsBefore, deliveriesBefore] = [
      await measured('chorus_shared_events_total'),
      await measured('chorus_shared_deliveries_total'),
    ];
    const texts = Array.from({ length: 20 }, (_, number) => `message ${number}`);
    for (const text of texts) await owner.sendMessage(roomId, text);
    for (const subscription of subscriptions) {
      const events = (await subscription.take(texts.length)) as unknown as { message: object }[];
      const author = { username: owner.username, displayName: owner.username };
      expect(events.map(({ message }) => message)).toEqual(texts.map((text) => ({ text, author })));
    }
    expect(await measured('chorus_shared_streams')).toBe(1);
    expect((await measured('chorus_shared_events_total')) - eventsBefore).toBe(texts.length);
    const deliveries = (await measured('chorus_shared_deliveries_total')) - deliveriesBefore;
    expect(deliveries).toBe(texts.length * people.length);
    await stopAll(subscriptions);
  });

  it('are run for each viewer when something selected depends on the viewer', async () => {
    const roomId = await openRoom('PUBLIC');
    const [member, visitor] = [people[0] as TestClient, await stack.register('visitor')];
    const seen = [member, visitor].map((client) => client.subscribe(perViewer, { roomId }));
    // Begins without a place: both are there when both have seen one.
    const first = async () => {
      await owner.sendMessage(roomId, 'hello');
      return seen.every(({ events }) => events.length > 0);
    };
    await eventually(async () => expect(await first()).toBe(true));
    expect(seen[0]?.events[0].message.room.viewerRole).toBe('MEMBER');
    expect(seen[1]?.events[0].message.room.viewerRole).toBe(null);
    expect(await measured('chorus_shared_subscriptions')).toBe(0);
    for (const subscription of seen) subscription.stop();
  });

  it('give each subscriber what came after its own place, exactly', async () => {
    const roomId = await openRoom('PUBLIC');
    const start = await owner.headCursor(roomId);
    for (let number = 0; number < 30; number += 1) await owner.sendMessage(roomId, `message ${number}`);
    const whole = owner.subscribe<Event>(roomEvents, { roomId, after: start });
    const all = await whole.take(30);
    const late = people.map((person, index) => {
      const after = (all[index * 5] as Event).cursor;
      return {
        expected: all.slice(index * 5 + 1),
        subscription: person.subscribe<Event>(roomEvents, { roomId, after }),
      };
    });
    for (const { subscription, expected } of late) expect(await subscription.take(expected.length)).toEqual(expected);
    await owner.sendMessage(roomId, 'one more');
    const last = await whole.next();
    for (const { subscription } of late) expect(await subscription.next()).toEqual(last);
    await stopAll([whole, ...late.map(({ subscription }) => subscription)]);
  });

  it('deliver whole and in order what could not be executed for a while', async () => {
    const roomId = await openRoom('PUBLIC');
    const after = await owner.headCursor(roomId);
    const subscriptions = await followAll(messageAdded.replace('text', 'text reactions { emoji }'), roomId, after);
    // None of what it selects is in the table that is missing.
    const other = owner.subscribe<Event>(roomEvents, { roomId, after });
    await stack.databases.query('chat', 'ALTER TABLE reaction_count RENAME TO reaction_count_away');
    for (const text of ['first', 'second']) await owner.sendMessage(roomId, text);
    const seqs = (await other.take(2)).map(({ seq }) => seq);
    await stack.databases.query('chat', 'ALTER TABLE reaction_count_away RENAME TO reaction_count');
    for (const subscription of subscriptions) {
      const events = (await subscription.take(2)) as unknown as (Event & { message: object })[];
      expect(events.map(({ seq }) => seq)).toEqual(seqs);
      expect(events.map(({ message }) => message)).toMatchObject(
        ['first', 'second'].map((text) => ({ text, reactions: [] })),
      );
    }
    await stopAll([other, ...subscriptions]);
  });

  it('end for exactly the one who is removed, before the next event', async () => {
    const roomId = await openRoom('PRIVATE');
    const subscriptions = await followAll(roomEvents, roomId, await owner.headCursor(roomId));
    const [kicked, ...kept] = people;
    await owner.sendMessage(roomId, 'before');
    // The event after the removal follows at once.
    await Promise.all([
      mutate(owner, 'kickMember', { roomId, userId: kicked?.userId }, ''),
      ...Array.from({ length: 5 }, (_, number) => owner.sendMessage(roomId, `after ${number}`)),
    ]);
    const [ended, ...others] = subscriptions as [TestSubscription<Event>, ...TestSubscription<Event>[]];
    const errors = (await ended.ended) as Answer['errors'];
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const types = (ended.events as unknown as { __typename: string }[]).map(({ __typename }) => __typename);
    expect(types.at(-1)).toBe('MemberKicked');
    for (const subscription of others) {
      const events = await subscription.take(7);
      expect(events.map(({ seq }) => seq)).toEqual(
        Array.from({ length: 7 }, (_, index) => (events[0]?.seq ?? 0) + index),
      );
    }
    expect(kept).toHaveLength(people.length - 1);
    await stopAll(others);
  });

  it('go on for a visitor of a public room who is removed as a member', async () => {
    const roomId = await openRoom('PUBLIC');
    const subscriptions = await followAll(roomEvents, roomId, await owner.headCursor(roomId));
    await mutate(owner, 'kickMember', { roomId, userId: people[0]?.userId }, '');
    await owner.sendMessage(roomId, 'after');
    for (const subscription of subscriptions) expect(await subscription.take(2)).toHaveLength(2);
    await stopAll(subscriptions);
  });

  it('end for everybody with the room', async () => {
    const roomId = await openRoom('PUBLIC');
    const subscriptions = await followAll(roomEvents, roomId, await owner.headCursor(roomId));
    await mutate(owner, 'deleteRoom', { roomId }, 'roomId');
    for (const { ended, events } of subscriptions) {
      expect(((await ended) as Answer['errors'])?.[0]?.extensions.code).toBe('NOT_FOUND');
      expect(events).toMatchObject([{ __typename: 'RoomDeleted' }]);
    }
    await eventually(async () => expect(await measured('chorus_shared_subscriptions')).toBe(0));
  });

  it('show nobody who comes later what was deleted meanwhile', async () => {
    const roomId = await openRoom('PUBLIC');
    const start = await owner.headCursor(roomId);
    const early = owner.subscribe<Event>(messageAdded, { roomId, after: start });
    const { message } = await owner.sendMessage(roomId, 'to be deleted');
    expect(await early.next()).toMatchObject({ message: { text: 'to be deleted' } });
    await mutate(owner, 'deleteMessage', { messageId: message.id }, 'message { id }');
    const late = people[0]?.subscribe<Event>(messageAdded, { roomId, after: start });
    expect(await late?.next()).toMatchObject({ message: { text: null } });
    early.stop();
    late?.stop();
  });

  it('go on unseen when chat has been away', async () => {
    const roomId = await openRoom('PUBLIC');
    const subscriptions = await followAll(messageAdded, roomId, await owner.headCursor(roomId));
    await owner.sendMessage(roomId, 'before');
    for (const subscription of subscriptions) await subscription.next();
    await stack.stopSubgraph('chat');
    await stack.restartSubgraph('chat');
    await owner.sendMessage(roomId, 'after');
    for (const subscription of subscriptions)
      expect(await subscription.next()).toMatchObject({ message: { text: 'after' } });
    await stopAll(subscriptions);
  });

  it.each([
    ['that many share', messageAdded],
    ['of its own', perViewer],
  ])('end once, with NOT_FOUND, for who was removed while chat was away (%s)', async (_which, query) => {
    const roomId = await openRoom('PRIVATE');
    const [removed, kept] = people as [TestClient, TestClient];
    const variables = { roomId, after: await owner.headCursor(roomId) };
    const socket = await RawSocket.signIn(stack.url, removed.accessToken);
    socket.subscribe('1', query, variables);
    const subscription = kept.subscribe<Event>(query, variables);
    await owner.sendMessage(roomId, 'before');
    expect(await socket.receive()).toMatchObject({ type: 'next', payload: { data: { messageAdded: {} } } });
    await subscription.next();
    await stack.stopSubgraph('chat');
    const membership = [roomId, removed.userId];
    await stack.databases.query('chat', 'DELETE FROM room_member WHERE room_id = $1 AND user_id = $2', membership);
    await stack.restartSubgraph('chat');
    const end = { id: '1', type: 'error', payload: [{ extensions: { code: 'NOT_FOUND' } }] };
    expect(await socket.receive()).toMatchObject(end);
    await owner.sendMessage(roomId, 'after');
    expect(await subscription.next()).toMatchObject({ message: { text: 'after' } });
    expect(await socket.receiveUpToPong()).toEqual([]);
    socket.close();
    await stopAll([subscription]);
  });
});
