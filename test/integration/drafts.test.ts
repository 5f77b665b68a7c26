import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const fields = 'deviceId text updatedAt room { id } replyTo { id }';

describe('drafts', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let roomId: string;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member] = await Promise.all([stack.register('owner'), stack.register('member')]);
  });

  afterAll(() => stack?.stop());

  const open = async () => {
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
  };
  const save = (client: TestClient, text: string, input: object = {}) =>
    mutate(client, 'saveDraft', { roomId, deviceId: 'phone', text, ...input }, `draft { ${fields} }`);
  const remove = (client: TestClient, deviceId = 'phone') =>
    mutate(client, 'deleteDraft', { roomId, deviceId }, 'room { id }');
  const list = async (client: TestClient) =>
    (await client.run(`query ($id: ID!) { room(id: $id) { drafts { ${fields} } } }`, { id: roomId })).drafts;
  const texts = async (client: TestClient) => (await list(client)).map(({ text }: { text: string }) => text);
  const count = async () => {
    const sql = 'SELECT count(*)::int AS count FROM draft WHERE room_id = $1';
    return (await stack.databases.query<{ count: number }>('chat', sql, [roomId]))[0]?.count;
  };

  it('are kept for each room, person and device, the last one saved, and shown to nobody else', async () => {
    await open();
    const { message } = await owner.sendMessage(roomId, 'question');
    await save(member, 'first');
    await save(member, 'on the laptop', { deviceId: 'laptop' });
    await save(owner, 'of the owner');
    const text = ' second\r\nline ';
    const saved = await save(member, text, { replyToMessageId: message.id });
    const draft = { deviceId: 'phone', text: ' second\nline ', room: { id: roomId }, replyTo: { id: message.id } };
    expect(saved).toMatchObject({ draft, userErrors: [] });
    expect(await list(member)).toEqual([saved.draft, expect.objectContaining({ deviceId: 'laptop' })]);
    expect(await texts(owner)).toEqual(['of the owner']);
    expect(await list(await stack.register('visitor'))).toEqual([]);
    const [sealed] = await stack.databases.query('chat', 'SELECT * FROM draft WHERE room_id = $1 LIMIT 1', [roomId]);
    expect(JSON.stringify(sealed)).not.toContain('second');
  });

  it('of a person are listed over all rooms, page by page, for that person alone', async () => {
    const person = await stack.register('writer');
    const rooms = [await person.createRoom(), await person.createRoom()];
    for (const each of rooms) {
      for (const deviceId of ['a/b', 'z~']) await save(person, `${deviceId} text`, { roomId: each, deviceId });
    }
    const found: string[] = [];
    let page = 'first: 1';
    for (let number = 0; number < 4; number += 1) {
      const query = `{ viewer { drafts(${page}) { nodes { deviceId room { id } } pageInfo { hasNextPage endCursor } } } }`;
      const { nodes, pageInfo } = (await person.run(query)).drafts;
      found.push(`${nodes[0].room.id} ${nodes[0].deviceId}`);
      expect(pageInfo.hasNextPage).toBe(number < 3);
      page = `first: 1, after: "${pageInfo.endCursor}"`;
    }
    expect(found).toEqual(rooms.reverse().flatMap((each) => [`${each} z~`, `${each} a/b`]));
    const foreign = `query ($id: ID!) { user(id: $id) { drafts(first: 10) { nodes { text } } } }`;
    expect((await owner.run(foreign, { id: person.userId })).drafts.nodes).toEqual([]);
    const otherList = await owner.send(`{ viewer { drafts(${page}) { nodes { text } } } }`);
    expect(otherList.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('go when they are deleted or saved without anything to see, again and again', async () => {
    await open();
    for (const text of ['', ' \n', '\u200b']) {
      await save(member, 'something');
      for (let time = 0; time < 2; time += 1) expect(await save(member, text)).toEqual({ draft: null, userErrors: [] });
      expect(await list(member)).toEqual([]);
    }
    await save(member, 'something');
    await remove(owner);
    expect(await texts(member)).toEqual(['something']);
    for (let time = 0; time < 2; time += 1) {
      expect(await remove(member)).toEqual({ room: { id: roomId }, userErrors: [] });
    }
    expect(await count()).toBe(0);
  });

  it('are kept for 20 devices of one person in a room: the oldest makes room, also for many at once', async () => {
    await open();
    const devices = Array.from({ length: 20 }, (_, number) => `device-${number}`);
    await Promise.all(devices.map((deviceId) => save(member, deviceId, { deviceId })));
    await save(owner, 'of the owner');
    await atLater(1_000, async () => void (await save(member, 'refreshed', { deviceId: 'device-0' })));
    await atLater(2_000, async () => {
      await Promise.all(['new-1', 'new-2', 'new-3'].map((deviceId) => save(member, deviceId, { deviceId })));
      const kept = await texts(member);
      expect(kept).toHaveLength(20);
      for (const text of ['new-1', 'new-2', 'new-3', 'refreshed']) expect(kept).toContain(text);
    });
    expect(await texts(owner)).toEqual(['of the owner']);
  });

  it('are refused with a bad device, text or answer, and where their author may not write', async () => {
    await open();
    const hidden = await owner.createRoom('PRIVATE');
    const { message: foreign } = await owner.sendMessage(hidden, 'hidden');
    const cases: [object, string][] = [
      ...['', 'my phone', 'ü', '\u0007', 'x'.repeat(65)].map((deviceId): [object, string] => [
        { deviceId },
        'DEVICE_ID_INVALID',
      ]),
      [{ text: 'x'.repeat(8_001) }, 'MESSAGE_TOO_LONG'],
      [{ text: 'broken \ud800' }, 'MESSAGE_INVALID'],
      [{ text: 'bell \u0007' }, 'MESSAGE_INVALID'],
      [{ replyToMessageId: foreign.id }, 'MESSAGE_NOT_FOUND'],
      [{ replyToMessageId: 'no id' }, 'MESSAGE_NOT_FOUND'],
      [{ roomId: hidden }, 'ROOM_NOT_FOUND'],
      [{ roomId: randomUUID() }, 'ROOM_NOT_FOUND'],
      [{ roomId: await owner.createRoom() }, 'NOT_A_MEMBER'],
    ];
    for (const [input, code] of cases) {
      expect([input, codesOf(await save(member, 'x', input))]).toEqual([input, [code]]);
    }
    expect(codesOf(await remove(member, 'my phone'))).toEqual(['DEVICE_ID_INVALID']);
    expect((await save(member, 'x'.repeat(8_000))).userErrors).toEqual([]);
    const mutation = 'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { userErrors { code } } }';
    const input = { roomId, deviceId: 'phone', text: 'x' };
    expect((await stack.guest.send(mutation, { input })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('are written by who is muted, not by who may only read, and not in an archived room, but can be thrown away', async () => {
    await open();
    await save(member, 'before');
    await mutate(owner, 'muteMember', { roomId, userId: member.userId }, '');
    expect((await save(member, 'muted')).userErrors).toEqual([]);
    await mutate(owner, 'changeMemberRole', { roomId, userId: member.userId, role: 'READ_ONLY' }, '');
    expect(codesOf(await save(member, 'x'))).toEqual(['NOT_ALLOWED']);
    await save(owner, 'before');
    await mutate(owner, 'archiveRoom', { roomId }, '');
    expect(codesOf(await save(owner, 'x'))).toEqual(['ROOM_ARCHIVED']);
    expect(await texts(member)).toEqual(['muted']);
    expect((await remove(member)).userErrors).toEqual([]);
    expect(await list(member)).toEqual([]);
  });

  it('go with the membership, the room and the account', async () => {
    await open();
    const leaver = await stack.register('leaver');
    await leaver.joinRoom(roomId);
    for (const client of [owner, member, leaver]) await save(client, 'unsent');
    await mutate(member, 'leaveRoom', { roomId }, '');
    expect(await count()).toBe(2);
    await member.joinRoom(roomId);
    expect(await list(member)).toEqual([]);
    await leaver.run('mutation { deleteAccount { userErrors { code } } }');
    await expect.poll(count, { timeout: 10_000 }).toBe(1);
    await mutate(owner, 'deleteRoom', { roomId }, '');
    await expect.poll(count).toBe(0);
  });
});
