import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

describe('a thread', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let roomId: string;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member] = await Promise.all([stack.register(), stack.register()]);
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
  });

  afterAll(() => stack?.stop());

  const fields = 'id seq text createdAt replyTo { id } thread { root { id } replyCount participantCount lastReplyAt }';
  const reply = (client: TestClient, replyToMessageId: string, text: string, more: object = {}) =>
    mutate(
      client,
      'sendMessage',
      { roomId, text, replyToMessageId, clientMessageId: randomUUID(), ...more },
      `message { ${fields} }`,
    );
  const read = (page = 'first: 100', client = owner) =>
    client.run(
      `query ($id: ID!) { room(id: $id) { messages(last: 100) { nodes {
        ${fields} replies(${page}) { nodes { id } pageInfo { endCursor hasNextPage } }
      } } } }`,
      { id: roomId },
    );
  const find = async (id: string, page?: string) =>
    (await read(page)).messages.nodes.find((each: { id: string }) => each.id === id);

  it('has all answers to a message, and answers to them', async () => {
    const { message: root } = await owner.sendMessage(roomId, 'a question');
    expect(await find(root.id)).toMatchObject({ replyTo: null, thread: null, replies: { nodes: [] } });
    const first = (await reply(member, root.id, 'an answer')).message;
    const second = (await reply(member, first.id, 'an answer to the answer')).message;
    expect(second.replyTo).toEqual({ id: first.id });
    const thread = { root: { id: root.id }, replyCount: 2, participantCount: 2, lastReplyAt: second.createdAt };
    for (const { id } of [root, first, second]) expect((await find(id)).thread).toEqual(thread);
    expect((await find(root.id)).replies.nodes).toEqual([{ id: first.id }, { id: second.id }]);
    expect((await find(first.id)).replies.nodes).toEqual([]);
    const page = (await find(root.id, 'first: 1')).replies;
    expect(page).toMatchObject({ nodes: [{ id: first.id }], pageInfo: { hasNextPage: true } });
    const next = (await find(root.id, `first: 1, after: "${page.pageInfo.endCursor}"`)).replies;
    expect(next).toMatchObject({ nodes: [{ id: second.id }], pageInfo: { hasNextPage: false } });
  });

  it('keeps exact counts when many answer at once, some of them again', async () => {
    const { message: root } = await owner.sendMessage(roomId, 'all at once');
    const people = await Promise.all(Array.from({ length: 4 }, () => stack.register()));
    for (const person of people) await person.joinRoom(roomId);
    const names = Array.from({ length: 5 }, () => randomUUID());
    const sending = people.flatMap((person) =>
      [...names, ...names].map((clientMessageId) => reply(person, root.id, 'me', { clientMessageId })),
    );
    const results = await Promise.all(sending);
    expect(results.flatMap(codesOf)).toEqual([]);
    const { thread, replies } = await find(root.id);
    expect(thread).toMatchObject({ replyCount: 20, participantCount: 5 });
    expect(replies.nodes).toHaveLength(20);
    const [newest] = (await read()).messages.nodes.slice(-1);
    expect(thread.lastReplyAt).toBe(newest.createdAt);
  });

  it('keeps its root and its answers in their places when they are deleted', async () => {
    const { message: root } = await owner.sendMessage(roomId, 'root');
    const answer = (await reply(member, root.id, 'answer')).message;
    for (const { id } of [root, answer]) await mutate(owner, 'deleteMessage', { messageId: id }, 'message { id }');
    expect(await find(root.id)).toMatchObject({
      text: null,
      thread: { replyCount: 1 },
      replies: { nodes: [{ id: answer.id }] },
    });
    expect(await find(answer.id)).toMatchObject({ text: null, replyTo: { id: root.id } });
  });

  it('is not begun in another room, nor from a message that is not there', async () => {
    const elsewhere = await owner.createRoom('PRIVATE');
    const { message: foreign } = await owner.sendMessage(elsewhere, 'foreign');
    for (const id of [foreign.id, randomUUID(), 'no id']) {
      for (const client of [owner, member]) {
        const { userErrors } = await reply(client, id, 'x');
        expect(userErrors).toEqual([{ code: 'MESSAGE_NOT_FOUND', field: ['replyToMessageId'] }]);
      }
    }
    const { userErrors } = await reply(member, foreign.id, 'x', { roomId: elsewhere });
    expect(userErrors).toMatchObject([{ code: 'ROOM_NOT_FOUND' }]);
  });

  it('takes no cursor of another room', async () => {
    const cursor = await owner.headCursor(await owner.createRoom());
    const query = `query ($id: ID!) { room(id: $id) { messages(last: 1) { nodes { replies(first: 1, after: "${cursor}") { nodes { id } } } } } }`;
    const { errors } = await owner.send(query, { id: roomId });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});
