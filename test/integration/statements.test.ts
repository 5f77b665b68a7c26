import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { createDatabases, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';

describe('statements for one request', () => {
  let databases: TestDatabases;
  let stack: TestStack;
  let user: TestClient;
  const executed: string[] = [];
  const query = pg.Client.prototype.query;

  beforeAll(async () => {
    databases = await createDatabases();
    // The relay's poll would be counted along: here it only works when it is woken.
    stack = await startTestStack({
      databases,
      environment: { OUTBOX_POLL_MILLISECONDS: '60000', FEED_HEARTBEAT_MILLISECONDS: '60000' },
    });
    user = await stack.register();
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const statement = args[0] as string | { text: string };
      executed.push(typeof statement === 'string' ? statement : statement.text);
      return Reflect.apply(query, this, args);
    } as typeof query;
  });

  afterAll(async () => {
    pg.Client.prototype.query = query;
    await stack?.stop();
    await databases?.drop();
  });

  /** How many statements `work` causes in all four databases, the relay's and the consumers' left out. */
  async function count(work: () => Promise<unknown>): Promise<number> {
    executed.length = 0;
    await work();
    return executed.filter((text) => !/outbox SET|FROM outbox|advisory|^(BEGIN|COMMIT)|INTO inbox/.test(text)).length;
  }

  it('do not grow with the length of the lists in it', async () => {
    const roomIds: string[] = [];
    const authors = [user];
    for (let number = 0; number < 8; number += 1) authors.push(await stack.register(`author${number}`));
    for (let number = 0; number < 8; number += 1) roomIds.push(await user.createRoom());
    for (const roomId of roomIds) {
      for (const author of authors) {
        if (author !== user) await author.joinRoom(roomId);
        await author.sendMessage(roomId, 'hello');
      }
    }
    const list = (rooms: number, messages: number) =>
      user.run(`{ viewer { rooms(first: ${rooms}) { nodes {
        name unreadCount unreadMentionCount viewerReadSeq readReceipts(first: ${messages}) { nodes { seq readAt } }
        members(first: ${messages}) { nodes { role user { username } } } messages(last: ${messages}) { nodes { text author { username displayName } room { name } } }
      } } } }`);
    const short = await count(() => list(1, 1));
    const long = await count(() => list(8, 9));
    expect(long).toBe(short);
    // viewer, rooms, mentions, receipts, messages, members, accounts of authors and of members, profiles
    expect(short).toBeLessThanOrEqual(9);
  });

  it('are two for what is unread in all rooms together, however many there are', async () => {
    const person = await stack.register('collector');
    const totals = () =>
      count(() => person.run('{ viewer { unread { unreadCount unreadMentionCount unreadRoomCount } } }'));
    const none = await totals();
    for (let number = 0; number < 5; number += 1) {
      const roomId = await user.createRoom();
      await person.joinRoom(roomId);
      await user.sendMessage(roomId, `@room @${person.username}`);
    }
    expect(await totals()).toBe(none);
    // The viewer, and all that is counted.
    expect(none).toBeLessThanOrEqual(2);
  });

  it('do not grow with messages, their answers, reactions, edits and pins', async () => {
    const roomId = await user.createRoom();
    const { message: root } = await user.sendMessage(roomId, 'root');
    for (let number = 0; number < 12; number += 1) {
      const input = { roomId, text: 'answer', replyToMessageId: root.id, clientMessageId: `answer-${number}` };
      const { message } = await mutate(user, 'sendMessage', input, 'message { id }');
      await mutate(user, 'editMessage', { messageId: message.id, text: 'edited' }, 'message { id }');
      for (const emoji of ['👍', '🎉'])
        await mutate(user, 'addReaction', { messageId: message.id, emoji }, 'message { id }');
      await mutate(user, 'pinMessage', { messageId: message.id }, 'message { id }');
      await mutate(
        user,
        'forwardMessage',
        { messageId: root.id, roomId, clientMessageId: `${number}` },
        'message { id }',
      );
    }
    const page = (size: number) =>
      user.run(
        `query ($id: ID!) { room(id: $id) {
          pins(first: ${size}) { nodes { message { text } pinnedAt } }
          messages(first: ${size}) { nodes {
            text editedAt pinnedAt mentionsRoom mentions { userId } attachments { name } replyTo { text } forwardedFrom { text } reactions { emoji count viewerReacted }
            thread { root { text } replyCount participantCount } edits(first: 5) { nodes { text } }
            replies(first: ${size}) { nodes { text replyTo { seq } } }
          } }
        } }`,
        { id: roomId },
      );
    const short = await count(() => page(4));
    expect(await count(() => page(25))).toBe(short);
    // room, its pins and their messages, messages, those forwarded, answered and begun with, mentions of people and of everybody, reactions, threads, edits, answers, pins of messages
    expect(short).toBeLessThanOrEqual(14);
  });

  it('are as many for a change of a message however much is on it', async () => {
    // What other statements there are belongs to the relay, which is at work behind the answer.
    const count = async (work: () => Promise<unknown>) => {
      executed.length = 0;
      await work();
      return executed.filter((text) => /room|message|reaction/.test(text) && !/outbox/.test(text)).length;
    };
    const roomId = await user.createRoom();
    const { message } = await user.sendMessage(roomId, 'text');
    const change = async (emoji: string) => [
      await count(() => mutate(user, 'editMessage', { messageId: message.id, text: emoji }, 'message { id }')),
      await count(() => mutate(user, 'addReaction', { messageId: message.id, emoji }, 'message { id }')),
    ];
    const first = await change('👍');
    for (const emoji of ['🎉', '😀', '🥰']) expect(await change(emoji)).toEqual(first);
  });

  it('are two for a message without mentions: what its sender may, and the message', async () => {
    const roomId = await user.createRoom();
    expect(await count(() => user.sendMessage(roomId, 'hello'))).toBe(2);
    expect(await count(() => user.sendMessage(roomId, `hello @${user.username}`))).toBe(3);
  });
});
