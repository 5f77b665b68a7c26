import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { deleteAccount } from '../account-events.ts';
import type { TestClient, TestSubscription } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { accept, invite } from '../inviting.ts';
import { mutate } from '../mutations.ts';
import { signed, viewerWith } from '../past-the-router.ts';

interface Event {
  seq: number;
  message: object;
}

/** What is around a message, each field read apart from it, and the same for all. */
const around = `text mentions { userId } replyTo { text } thread { replyCount root { text } }
  room { name memberCount members(first: 5) { nodes { role } } messages(first: 1) { nodes { text } } }`;
const shared = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { ${around} } }
}`;
const perViewer = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { text room { viewerRole } } }
}`;
const withRights = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) {
    message { text forwardedFrom { text } room { name viewerRole unreadCount moderationLog(first: 1) { nodes { id } } } }
  }
}`;

describe('what many are shown', () => {
  let stack: TestStack;
  let owner: TestClient;
  let reader: TestClient;
  let other: TestClient;

  beforeAll(async () => {
    // What is not published is found when something newer is, and not before.
    stack = await startTestStack({ environment: { FEED_HEARTBEAT_MILLISECONDS: '60000' } });
    owner = await stack.register('owner');
    reader = await stack.register('reader');
    other = await stack.register('other');
  });

  afterAll(() => stack?.stop());

  async function openRoom() {
    const roomId = await owner.createRoom('PRIVATE');
    for (const person of [reader, other]) {
      const { invitation } = await invite(owner, roomId, person);
      expect(await accept(person, { invitationId: invitation.id })).toEqual([]);
    }
    const after = await owner.headCursor(roomId);
    const { message: first } = await owner.sendMessage(roomId, `first @${other.username}`);
    return { roomId, after, first };
  }

  /** One after the other, so that the first is the oldest of those who share a stream. */
  async function follow(query: string, roomId: string, after: string): Promise<TestSubscription<Event>[]> {
    const subscriptions = [reader, other].map((client) => () => client.subscribe<Event>(query, { roomId, after }));
    const begun: TestSubscription<Event>[] = [];
    for (const subscribe of subscriptions) {
      const subscription = subscribe();
      await subscription.next();
      begun.push(subscription);
    }
    return begun;
  }

  const kick = (roomId: string) => mutate(owner, 'kickMember', { roomId, userId: reader.userId }, '');

  /** Sends a message that chat reads from its database after the reader has been removed, and one after that. */
  async function sendAndKick(roomId: string, send: () => Promise<unknown>): Promise<void> {
    const { publish } = stack.engine;
    const restore = () => {
      stack.engine.publish = publish;
    };
    onTestFinished(restore);
    stack.engine.publish = async () => undefined;
    await send();
    await kick(roomId);
    restore();
    await owner.sendMessage(roomId, 'last');
  }

  it('is whole also when the one in whose name it is read was removed before it is made', async () => {
    const { roomId, after, first } = await openRoom();
    const [removed, kept] = await follow(shared, roomId, after);
    const text = `second @${other.username}`;
    await sendAndKick(roomId, () =>
      mutate(owner, 'sendMessage', { roomId, text, clientMessageId: roomId, replyToMessageId: first.id }, ''),
    );
    const message = {
      text,
      mentions: [{ userId: other.userId }],
      replyTo: { text: first.text },
      thread: { replyCount: 1, root: { text: first.text } },
      room: {
        name: 'Room',
        memberCount: 2,
        members: { nodes: expect.arrayContaining([{ role: 'OWNER' }, { role: 'MEMBER' }]) },
        messages: { nodes: [{ text: first.text }] },
      },
    };
    expect(await kept?.next()).toMatchObject({ message });
    expect(await kept?.next()).toMatchObject({ message: { text: 'last' } });
    // It is from before the removal, and nothing follows it.
    expect(await removed?.next()).toMatchObject({ message });
    expect(await removed?.ended).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(removed?.events).toHaveLength(2);
    kept?.stop();
  });

  it('is whole however much is read after that', async () => {
    const { roomId, after, first } = await openRoom();
    const [removed, kept] = await follow(shared, roomId, after);
    // More than a page of history.
    const texts = Array.from({ length: 250 }, (_, number) => `${number} @${other.username}`);
    await sendAndKick(roomId, () => Promise.all(texts.map((text) => owner.sendMessage(roomId, text))));
    const events = (await kept?.take(texts.length)) ?? [];
    const room = { name: 'Room', messages: { nodes: [{ text: first.text }] } };
    for (const { message } of events) expect(message).toMatchObject({ mentions: [{ userId: other.userId }], room });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => first.seq + 1 + index));
    expect(await removed?.ended).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(removed?.events).toEqual(kept?.events.slice(0, 1 + texts.length));
    kept?.stop();
  });

  it('is none of what one viewer reads alone, whose access is looked at for each event', async () => {
    const { roomId, after } = await openRoom();
    const [removed, kept] = await follow(perViewer, roomId, after);
    await sendAndKick(roomId, () => owner.sendMessage(roomId, 'second'));
    expect(await kept?.next()).toMatchObject({ message: { text: 'second', room: { viewerRole: 'MEMBER' } } });
    expect(await removed?.next()).toMatchObject({ message: { text: 'second', room: null } });
    expect(await removed?.ended).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    kept?.stop();
  });

  it('is kept for nobody who comes later once an author in it has gone with their account', async () => {
    const leaver = await stack.register('leaver');
    const roomId = await owner.createRoom();
    await leaver.joinRoom(roomId);
    const after = await owner.headCursor(roomId);
    const query = `subscription ($roomId: ID!, $after: String) {
      roomEvents(roomId: $roomId, after: $after) { __typename ... on MessageSent { message { author { username } } } }
    }`;
    const early = owner.subscribe(query, { roomId, after });
    await leaver.sendMessage(roomId, 'hello');
    const { username } = leaver;
    expect(await early.next()).toEqual({ __typename: 'MessageSent', message: { author: { username } } });
    await deleteAccount(stack.databases, leaver.userId);
    expect(await early.next()).toEqual({ __typename: 'MemberLeft' });
    const late = other.subscribe(query, { roomId, after });
    expect(await late.next()).toEqual({ __typename: 'MessageSent', message: { author: null } });
    early.stop();
    late.stop();
  });

  it.each([
    { mode: 'stream', room: null },
    // The room of the log is open, and nothing of what its visitors do not see.
    { mode: 'stream', shared: true, room: { name: 'Room', viewerRole: null, unreadCount: 0, moderationLog: null } },
  ])('gives nobody rights of their own, or in another room: %o', async ({ room, ...chorus }) => {
    const secretId = await owner.createRoom('PRIVATE');
    const { message } = await owner.sendMessage(secretId, 'secret');
    const { roomId, after } = await openRoom();
    const client = createClient({ url: stack.subgraphs.chat.url.replace('http', 'ws'), webSocketImpl: WebSocket });
    const extensions = { ...signed(viewerWith(reader.userId, ['chat:read', 'chat:write'])), chorus };
    const results = client.iterate({ query: withRights, variables: { roomId, after }, extensions });
    const shown = async () => (await results.next()).value?.data?.['messageAdded'];
    expect(await shown()).toMatchObject({ message: { room: { viewerRole: 'MEMBER' } } });
    await sendAndKick(roomId, () =>
      mutate(owner, 'forwardMessage', { messageId: message.id, roomId, clientMessageId: roomId }, 'message { id }'),
    );
    expect(await shown()).toEqual({ message: { text: 'secret', forwardedFrom: null, room } });
    await client.dispose();
  });
});
