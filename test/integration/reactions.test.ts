import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

const emoji = [...'😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰😗😙🥲🤔🤩🙄'];

describe('what people do with messages', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let stranger: TestClient;
  let roomId: string;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member, stranger] = await Promise.all([stack.register(), stack.register(), stack.register()]);
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
  });

  afterAll(() => stack?.stop());

  const selection = 'message { id pinnedAt reactions { emoji count viewerReacted } }';
  const react = (client: TestClient, messageId: string, emoji: string) =>
    mutate(client, 'addReaction', { messageId, emoji }, selection);
  const unreact = (client: TestClient, messageId: string, emoji: string) =>
    mutate(client, 'removeReaction', { messageId, emoji }, selection);
  const pin = (client: TestClient, messageId: string) => mutate(client, 'pinMessage', { messageId }, selection);
  const unpin = (client: TestClient, messageId: string) => mutate(client, 'unpinMessage', { messageId }, selection);
  const headSeq = async () =>
    (await owner.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id: roomId })).headSeq;

  it('is counted for each emoji, with whether the viewer is among them', async () => {
    const { id } = (await owner.sendMessage(roomId, 'react')).message;
    await react(owner, id, '👍');
    await react(member, id, '👍');
    const { message } = await react(member, id, '❤️');
    expect(message.reactions).toEqual([
      { emoji: '👍', count: 2, viewerReacted: true },
      { emoji: '❤️', count: 1, viewerReacted: true },
    ]);
    expect((await unreact(owner, id, '👍')).message.reactions).toEqual([
      { emoji: '👍', count: 1, viewerReacted: false },
      { emoji: '❤️', count: 1, viewerReacted: false },
    ]);
    expect((await unreact(member, id, '👍')).message.reactions).toEqual([
      { emoji: '❤️', count: 1, viewerReacted: true },
    ]);
  });

  it('changes nothing when it is repeated, however often at once', async () => {
    const { id } = (await owner.sendMessage(roomId, 'again')).message;
    const before = await headSeq();
    const results = await Promise.all(
      [owner, member].flatMap((client) => Array.from({ length: 5 }, () => react(client, id, '👍'))),
    );
    expect(results.flatMap(codesOf)).toEqual([]);
    expect(await headSeq()).toBe(before + 2);
    expect((await react(owner, id, '👍')).message.reactions).toEqual([{ emoji: '👍', count: 2, viewerReacted: true }]);
    await Promise.all(Array.from({ length: 5 }, () => unreact(owner, id, '👍')));
    expect(await headSeq()).toBe(before + 3);
  });

  it('has at most twenty different emoji, also at once', async () => {
    const { id } = (await owner.sendMessage(roomId, 'many')).message;
    const results = await Promise.all(emoji.map((each) => react(owner, id, each)));
    expect(results.flatMap(codesOf)).toEqual(['REACTION_LIMIT_REACHED']);
    const { message } = await react(member, id, results[0].message ? (emoji[0] as string) : (emoji[1] as string));
    expect(message.reactions).toHaveLength(20);
  });

  it.each(['', 'a', '👍👍', '❤', '👍\u200d', ':+1:', '\ud83d', `👍${'\u0301'.repeat(100)}`])(
    'is not %j',
    async (text) => {
      const { id } = (await owner.sendMessage(roomId, 'bad')).message;
      for (const change of [react, unreact]) {
        expect((await change(owner, id, text)).userErrors).toEqual([{ code: 'REACTION_INVALID', field: ['emoji'] }]);
      }
    },
  );

  it('is for members', async () => {
    const { id } = (await owner.sendMessage(roomId, 'members')).message;
    expect(codesOf(await react(stranger, id, '👍'))).toEqual(['NOT_A_MEMBER']);
    const hidden = await owner.createRoom('PRIVATE');
    const secret = (await owner.sendMessage(hidden, 'secret')).message;
    expect(codesOf(await react(stranger, secret.id, '👍'))).toEqual(['MESSAGE_NOT_FOUND']);
    expect(codesOf(await pin(stranger, secret.id))).toEqual(['MESSAGE_NOT_FOUND']);
  });

  it('pins messages, newest pin first, and unpins them', async () => {
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three']) ids.push((await member.sendMessage(roomId, text)).message.id);
    for (const id of ids) expect((await pin(owner, id)).message.pinnedAt).not.toBeNull();
    const before = await headSeq();
    await pin(owner, ids[0] as string);
    expect(await headSeq()).toBe(before);
    const pins = async (page: string) =>
      (
        await member.run(
          `query ($id: ID!) { room(id: $id) { pins(${page}) { nodes { message { id pinnedAt } pinnedAt pinnedBy { id } } pageInfo { endCursor } } } }`,
          { id: roomId },
        )
      ).pins;
    const first = await pins('first: 2');
    expect(first.nodes.map(({ message }: { message: { id: string } }) => message.id)).toEqual([ids[2], ids[1]]);
    expect(first.nodes[0].pinnedBy).toEqual({ id: owner.userId });
    expect(first.nodes[0].message.pinnedAt).toBe(first.nodes[0].pinnedAt);
    const second = await pins(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(second.nodes).toMatchObject([{ message: { id: ids[0] } }]);
    for (const id of [...ids, ...ids]) expect(codesOf(await unpin(owner, id))).toEqual([]);
    expect((await pins('first: 10')).nodes).toEqual([]);
    expect(await headSeq()).toBe(before + 3);
  });

  it('lets moderators pin, and no other member', async () => {
    const { id } = (await member.sendMessage(roomId, 'not by me')).message;
    for (const change of [pin, unpin]) {
      expect(codesOf(await change(member, id))).toEqual(['NOT_ALLOWED']);
      expect(codesOf(await change(stranger, id))).toEqual(['NOT_A_MEMBER']);
    }
  });

  it('pins at most fifty messages of a room, also at once', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 52; number += 1) ids.push((await owner.sendMessage(roomId, 'pin')).message.id);
    const results = await Promise.all(ids.map((id) => pin(owner, id)));
    expect(results.flatMap(codesOf)).toEqual(['PIN_LIMIT_REACHED', 'PIN_LIMIT_REACHED']);
    const pinned = ids.find((_id, index) => results[index].message !== null) as string;
    await mutate(owner, 'deleteMessage', { messageId: pinned }, 'message { id }');
    const refused = ids.find((_id, index) => results[index].message === null) as string;
    expect(codesOf(await pin(owner, refused))).toEqual([]);
  });
});
