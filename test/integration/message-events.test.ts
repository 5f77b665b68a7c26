import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';

interface Event {
  __typename: string;
  seq: number;
  messageSeq?: number;
  emoji?: string;
  userId?: string;
  occurredAt: string;
  message?: { seq: number; text: string | null };
}

/** What a client that follows the log knows of a message. */
interface Known {
  deleted: boolean;
  pinnedAt: string | null;
  edits: number;
  reactions: Map<string, Set<string>>;
}

const events = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
  __typename seq occurredAt
  ... on MessageSent { message { seq text } }
  ... on MessageEdited { messageSeq version message { seq text } }
  ... on MessageDeleted { messageSeq message { seq text } }
  ... on ReactionAdded { messageSeq emoji userId }
  ... on ReactionRemoved { messageSeq emoji userId }
  ... on MessagePinned { messageSeq }
  ... on MessageUnpinned { messageSeq }
} }`;

describe('the events of messages', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member] = await Promise.all([stack.register(), stack.register()]);
  });

  afterAll(() => stack?.stop());

  it('name the message, live and later', async () => {
    const roomId = await owner.createRoom();
    const live = owner.subscribe<Event>(events, { roomId, after: await owner.headCursor(roomId) });
    const { id: messageId, seq } = (await owner.sendMessage(roomId, 'first')).message;
    // An event that is read later than it happened shows the message as it is then.
    const first = await live.next();
    await mutate(owner, 'editMessage', { messageId, text: 'second' }, 'message { id }');
    const second = await live.next();
    await mutate(owner, 'addReaction', { messageId, emoji: '👍' }, 'message { id }');
    await mutate(owner, 'pinMessage', { messageId }, 'message { id }');
    await mutate(owner, 'unpinMessage', { messageId }, 'message { id }');
    await mutate(owner, 'removeReaction', { messageId, emoji: '👍' }, 'message { id }');
    await mutate(owner, 'deleteMessage', { messageId }, 'message { id }');
    const reaction = { messageSeq: seq, emoji: '👍', userId: owner.userId };
    const expected = (text: string | null) => [
      { __typename: 'MessageSent', seq: 2, message: { seq, text } },
      { __typename: 'MessageEdited', seq: 3, messageSeq: seq, version: 1, message: { seq, text: text && 'second' } },
      { __typename: 'ReactionAdded', seq: 4, ...reaction },
      { __typename: 'MessagePinned', seq: 5, messageSeq: seq },
      { __typename: 'MessageUnpinned', seq: 6, messageSeq: seq },
      { __typename: 'ReactionRemoved', seq: 7, ...reaction },
      { __typename: 'MessageDeleted', seq: 8, messageSeq: seq, message: { seq, text: null } },
    ];
    expect([first, second, ...(await live.take(5))]).toMatchObject(expected('first'));
    // Nothing of a deleted message is left in the log.
    const other = await startTestStack({ databases: stack.databases });
    try {
      const reader = await other.signIn(owner.username);
      const after = Buffer.from(`room:${roomId}:1`).toString('base64url');
      expect(await reader.subscribe<Event>(events, { roomId, after }).take(7)).toMatchObject(expected(null));
    } finally {
      await other.stop();
    }
  });

  it('lead whoever replays them to what a query shows', async () => {
    const roomId = await owner.createRoom();
    await member.joinRoom(roomId);
    const ids: string[] = [];
    for (let number = 0; number < 6; number += 1) ids.push((await owner.sendMessage(roomId, 'start')).message.id);
    // Any order will do, as long as it is another one each time.
    const pick = <Value>(values: readonly Value[]) => values[Math.floor(Math.random() * values.length)] as Value;
    const operate = async (client: TestClient) => {
      const messageId = pick(ids);
      const emoji = pick(['👍', '❤️', '🎉']);
      const [name, input] = pick<[string, object]>([
        ['editMessage', { messageId, text: `text ${Math.random()}` }],
        ['addReaction', { messageId, emoji }],
        ['addReaction', { messageId, emoji }],
        ['removeReaction', { messageId, emoji }],
        ['pinMessage', { messageId }],
        ['unpinMessage', { messageId }],
      ]);
      await mutate(client, name, input, 'message { id }');
    };
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([owner, member, owner, member].map(operate));
      if (round % 8 === 7) await mutate(member, 'deleteMessage', { messageId: pick(ids) }, 'message { id }');
      if (round === 10) await mutate(owner, 'deleteMessage', { messageId: pick(ids) }, 'message { id }');
    }
    const { headSeq, messages } = await member.run(
      `query ($id: ID!) { room(id: $id) { headSeq messages(first: 100) { nodes {
        seq deletedAt pinnedAt edits(first: 100) { nodes { version } } reactions { emoji count viewerReacted }
      } } } }`,
      { id: roomId },
    );
    const after = Buffer.from(`room:${roomId}:0`).toString('base64url');
    const log = await member.subscribe<Event>(events, { roomId, after }).take(headSeq);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: headSeq }, (_, index) => index + 1));
    const known = replay(log);
    for (const message of messages.nodes) {
      const { deleted, pinnedAt, edits, reactions } = known.get(message.seq) as Known;
      const replayed = [...reactions].map(([emoji, users]) => ({
        emoji,
        count: users.size,
        viewerReacted: users.has(member.userId),
      }));
      expect({ ...message, deletedAt: message.deletedAt !== null, edits: message.edits.nodes.length }).toEqual({
        seq: message.seq,
        deletedAt: deleted,
        pinnedAt,
        edits,
        reactions: replayed,
      });
    }
  });
});

function replay(log: readonly Event[]): Map<number, Known> {
  const known = new Map<number, Known>();
  for (const { __typename, seq, messageSeq, emoji = '', userId = '', occurredAt } of log) {
    if (__typename === 'MessageSent')
      known.set(seq, { deleted: false, pinnedAt: null, edits: 0, reactions: new Map() });
    const message = known.get(messageSeq ?? 0);
    if (message === undefined) continue;
    const users = message.reactions.get(emoji) ?? new Set();
    if (__typename === 'MessageEdited') message.edits += 1;
    if (__typename === 'MessagePinned') message.pinnedAt = occurredAt;
    if (__typename === 'MessageUnpinned') message.pinnedAt = null;
    if (__typename === 'ReactionAdded') message.reactions.set(emoji, users.add(userId));
    if (__typename === 'ReactionRemoved' && users.delete(userId) && users.size === 0) message.reactions.delete(emoji);
    if (__typename === 'MessageDeleted') {
      Object.assign(message, { deleted: true, pinnedAt: null, edits: 0, reactions: new Map() });
    }
  }
  return known;
}
