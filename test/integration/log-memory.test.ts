import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { createDatabases, describeEachEngine, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import type { TestRedis } from '../redis.ts';

interface Event {
  __typename: string;
  seq: number;
  message?: { text: string | null; deletedAt: string | null; editedAt: string | null };
}

const roomEvents = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
  __typename seq
  ... on MessageSent { message { text deletedAt editedAt } }
  ... on MessageEdited { message { text deletedAt editedAt } }
  ... on MessageDeleted { message { text deletedAt editedAt } }
} }`;

/** With Redis the room is followed in another process than that in which it is written to. */
describeEachEngine('the memory of a log that somebody follows', (engine) => {
  let databases: TestDatabases;
  let redis: TestRedis | undefined;
  let stacks: TestStack[];
  let writer: TestClient;
  let reader: TestClient;

  beforeAll(async () => {
    [databases, redis] = await Promise.all([createDatabases(), engine.startRedis()]);
    const options = { databases, redis, prefix: 'shared', environment: { FEED_HEARTBEAT_MILLISECONDS: '60000' } };
    stacks = await Promise.all(Array.from({ length: redis ? 2 : 1 }, () => startTestStack(options)));
    writer = (await stacks[0]?.register()) as TestClient;
    reader = (await stacks.at(-1)?.signIn(writer.username)) as TestClient;
  });

  afterAll(async () => {
    await Promise.all(stacks?.map((stack) => stack.stop()) ?? []);
    await redis?.stop();
    await databases?.drop();
  });

  /** Follows a new room from its beginning, so that its log stays in memory, and sends there. */
  async function begin() {
    const roomId = await writer.createRoom();
    const after = await writer.headCursor(roomId);
    const live = reader.subscribe<Event>(roomEvents, { roomId, after });
    const { message } = await writer.sendMessage(roomId, 'not to be seen again');
    expect(await live.next()).toMatchObject({ message: { text: 'not to be seen again', deletedAt: null } });
    const replay = (count: number) => reader.subscribe<Event>(roomEvents, { roomId, after }).take(count);
    return { roomId, live, replay, messageId: message.id };
  }

  it('does not show a deleted message to whoever comes later', async () => {
    const { messageId, live, replay } = await begin();
    await mutate(writer, 'editMessage', { messageId, text: 'nor this' }, '');
    await mutate(writer, 'addReaction', { messageId, emoji: '👍' }, '');
    await mutate(writer, 'deleteMessage', { messageId }, '');
    await live.take(3);
    const gone = { text: null, deletedAt: expect.any(String) };
    expect(await replay(4)).toMatchObject([
      { __typename: 'MessageSent', message: gone },
      { __typename: 'MessageEdited', message: gone },
      { __typename: 'ReactionAdded' },
      { __typename: 'MessageDeleted', message: gone },
    ]);
  });

  it('shows an edited message as it is now', async () => {
    const { roomId, messageId, live, replay } = await begin();
    await writer.sendMessage(roomId, 'another');
    for (const text of ['first edit', 'second edit']) await mutate(writer, 'editMessage', { messageId, text }, '');
    await live.take(3);
    const now = { text: 'second edit', editedAt: expect.any(String) };
    expect(await replay(4)).toMatchObject([
      { __typename: 'MessageSent', message: now },
      { __typename: 'MessageSent', message: { text: 'another', editedAt: null } },
      { __typename: 'MessageEdited', message: now },
      { __typename: 'MessageEdited', message: now },
    ]);
  });

  it('shows what somebody else has read of the past as it is now', async () => {
    const roomId = await writer.createRoom();
    const after = await writer.headCursor(roomId);
    const [edited, deleted] = [await writer.sendMessage(roomId, 'old'), await writer.sendMessage(roomId, 'old')];
    await writer.sendMessage(roomId, 'kept');
    // Nobody has listened so far: all this is read from the database, and followed from then on.
    const early = reader.subscribe<Event>(roomEvents, { roomId, after });
    await early.take(3);
    await mutate(writer, 'editMessage', { messageId: edited.message.id, text: 'new' }, '');
    await mutate(writer, 'deleteMessage', { messageId: deleted.message.id }, '');
    // Another selection, for which the router has nothing in its memory.
    const late = await reader.subscribe<Event>(roomEvents.replace('seq', 'seq cursor'), { roomId, after }).take(3);
    expect(late).toMatchObject([
      { message: { text: 'new' } },
      { message: { text: null } },
      { message: { text: 'kept' } },
    ]);
  });
});
