import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

interface Unread {
  unreadCount: number;
  unreadMentionCount: number;
  viewerReadSeq: number | null;
}

const message = 'message { id seq mentionsRoom mentions { userId user { username } } }';

describe('what somebody has read', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member] = await Promise.all([stack.register('owner'), stack.register('member')]);
  });

  afterAll(() => stack?.stop());

  async function openRoom(...others: TestClient[]): Promise<string> {
    const roomId = await owner.createRoom();
    for (const each of [member, ...others]) await each.joinRoom(roomId);
    return roomId;
  }

  const send = async (client: TestClient, roomId: string, text: string) =>
    (await mutate(client, 'sendMessage', { roomId, text, clientMessageId: randomUUID() }, message)).message;

  const markRead = (client: TestClient, roomId: string, seq: number) =>
    mutate(client, 'markRoomRead', { roomId, seq }, 'room { unreadCount unreadMentionCount viewerReadSeq }');

  const markUnread = (client: TestClient, roomId: string, fromMessageId: string) =>
    mutate(
      client,
      'markRoomUnread',
      { roomId, fromMessageId },
      'room { unreadCount unreadMentionCount viewerReadSeq }',
    );

  const unread = (client: TestClient, id: string): Promise<Unread> =>
    client.run('query ($id: ID!) { room(id: $id) { unreadCount unreadMentionCount viewerReadSeq } }', { id });

  describe('counts mentions that are unread', () => {
    it('of the viewer and of everybody, each message once, and no others', async () => {
      const roomId = await openRoom();
      await send(owner, roomId, `hello @${member.username} and again @${member.username}`);
      await send(owner, roomId, `@room and @${member.username}`);
      await send(owner, roomId, '@ROOM');
      await send(owner, roomId, `nobody: me@room.example, @rooms, @${member.username}x`);
      await send(owner, roomId, `@${owner.username} talks to itself`);
      expect(await unread(member, roomId)).toMatchObject({ unreadCount: 5, unreadMentionCount: 3 });
      // An author is never mentioned by themselves, not even as one of everybody.
      const last = await send(member, roomId, 'answer');
      await markUnread(owner, roomId, last.id);
      expect(await unread(owner, roomId)).toMatchObject({ unreadCount: 1, unreadMentionCount: 0 });
    });

    it('only after the read mark, and again when that is moved back', async () => {
      const roomId = await openRoom();
      const first = await send(owner, roomId, '@room');
      const second = await send(owner, roomId, `@${member.username}`);
      expect((await markRead(member, roomId, first.seq)).room).toEqual({
        unreadCount: 1,
        unreadMentionCount: 1,
        viewerReadSeq: first.seq,
      });
      expect((await markRead(member, roomId, second.seq)).room).toMatchObject({
        unreadCount: 0,
        unreadMentionCount: 0,
      });
      expect((await markUnread(member, roomId, first.id)).room).toEqual({
        unreadCount: 2,
        unreadMentionCount: 2,
        viewerReadSeq: 0,
      });
    });

    it('as the texts are now: edited in and out, and gone with a deleted message, which stays unread', async () => {
      const roomId = await openRoom();
      const { id: messageId } = await send(owner, roomId, 'hello');
      const counts: number[] = [];
      for (const text of [`@${member.username}`, '@room', 'nobody', `@room @${member.username}`]) {
        await mutate(owner, 'editMessage', { messageId, text }, 'message { id }');
        counts.push((await unread(member, roomId)).unreadMentionCount);
      }
      expect(counts).toEqual([1, 1, 0, 1]);
      await mutate(owner, 'deleteMessage', { messageId }, 'message { id }');
      expect(await unread(member, roomId)).toMatchObject({ unreadCount: 1, unreadMentionCount: 0 });
    });

    it('for members alone, and from their joining on', async () => {
      const roomId = await openRoom();
      const visitor = await stack.register('visitor');
      await send(owner, roomId, `@room @${visitor.username}`);
      expect(await unread(visitor, roomId)).toEqual({ unreadCount: 0, unreadMentionCount: 0, viewerReadSeq: null });
      await visitor.joinRoom(roomId);
      expect(await unread(visitor, roomId)).toMatchObject({ unreadCount: 0, unreadMentionCount: 0 });
      await send(owner, roomId, `@${visitor.username}`);
      await mutate(visitor, 'leaveRoom', { roomId }, 'room { id }');
      expect(await unread(visitor, roomId)).toEqual({ unreadCount: 0, unreadMentionCount: 0, viewerReadSeq: null });
    });

    it('without those that retention has removed', async () => {
      const roomId = await openRoom();
      for (const text of ['@room', `@${member.username}`, 'no one']) await send(owner, roomId, text);
      await stack.databases.query('chat', 'UPDATE room SET expired_message_number = 1 WHERE id = $1', [roomId]);
      expect(await unread(member, roomId)).toMatchObject({ unreadCount: 2, unreadMentionCount: 1 });
      await markRead(member, roomId, (await send(owner, roomId, 'more')).seq);
      expect(await unread(member, roomId)).toMatchObject({ unreadCount: 0, unreadMentionCount: 0 });
    });
  });

  describe('@room', () => {
    const kinds: [string, boolean][] = [
      ['OWNER', true],
      ['ADMIN', true],
      ['MODERATOR', true],
      ['MEMBER', false],
    ];

    it.each(kinds)('by somebody who is %s mentions everybody: %s, sent or edited in', async (role, expected) => {
      const writer = role === 'OWNER' ? owner : await stack.register('writer');
      const roomId = await openRoom(...(writer === owner ? [] : [writer]));
      if (writer !== owner && role !== 'MEMBER') {
        await mutate(owner, 'changeMemberRole', { roomId, userId: writer.userId, role }, 'member { role }');
      }
      expect((await send(writer, roomId, 'hello @room')).mentionsRoom).toBe(expected);
      expect((await unread(member, roomId)).unreadMentionCount).toBe(expected ? 1 : 0);
      const { id: messageId } = await send(writer, roomId, 'hello');
      const edited = await mutate(writer, 'editMessage', { messageId, text: 'hello @room' }, message);
      expect(edited.message.mentionsRoom).toBe(expected);
    });

    it('never mentions an account of that name', async () => {
      const namesake = await stack.register('namesake');
      const roomId = await openRoom(namesake);
      const name = "UPDATE account_handle SET username_normalized = 'room' WHERE user_id = $1";
      await stack.databases.query('chat', name, [namesake.userId]);
      expect(await send(member, roomId, '@room')).toMatchObject({ mentions: [], mentionsRoom: false });
      expect((await unread(namesake, roomId)).unreadMentionCount).toBe(0);
    });

    it('is told to other subgraphs, with whom else the text mentions', async () => {
      const roomId = await openRoom();
      const { id: messageId } = await send(owner, roomId, `@room @${member.username}`);
      await mutate(owner, 'editMessage', { messageId, text: 'no one' }, 'message { id }');
      const rows = await stack.databases.query<{ payload: object }>(
        'chat',
        `SELECT envelope->'payload' AS payload FROM outbox WHERE envelope->'payload'->>'messageId' = $1 ORDER BY id`,
        [messageId],
      );
      expect(rows.map(({ payload }) => payload)).toMatchObject([
        { mentionsRoom: true, mentionedUserIds: [member.userId] },
        { mentionsRoom: false, mentionedUserIds: [] },
      ]);
    });

    it('says nothing when a message is forwarded', async () => {
      const roomId = await openRoom();
      const { id: messageId } = await send(owner, roomId, `@room @${member.username}`);
      const input = { messageId, roomId, clientMessageId: 'copy' };
      const { message: copy } = await mutate(owner, 'forwardMessage', input, message);
      expect(copy).toMatchObject({ mentions: [], mentionsRoom: false });
      expect((await unread(member, roomId)).unreadMentionCount).toBe(1);
    });
  });

  it('shows whom a message mentions', async () => {
    const roomId = await openRoom();
    const sent = await send(owner, roomId, `@${member.username}, @${owner.username} and @nobody_of_that_name`);
    expect(sent.mentions).toEqual([{ userId: member.userId, user: { username: member.username } }]);
  });

  it('mentions whoever joins while a message is on its way just as the log says', async () => {
    const roomId = await owner.createRoom();
    const comers = await Promise.all(Array.from({ length: 6 }, () => stack.register('comer')));
    const text = comers.map(({ username }) => `@${username}`).join(' ');
    await Promise.all([
      ...comers.map((comer) => comer.joinRoom(roomId)),
      ...Array.from({ length: 12 }, () => send(owner, roomId, text)),
    ]);
    for (const comer of comers) {
      // Everything after the joining is unread, and mentions them.
      const { unreadCount, unreadMentionCount } = await unread(comer, roomId);
      expect(unreadMentionCount).toBe(unreadCount);
    }
  });

  describe('in all rooms together', () => {
    const totals = (client: TestClient) =>
      client.run('{ viewer { unread { unreadCount unreadMentionCount unreadRoomCount } } }');

    it('is the sum of the rooms', async () => {
      const person = await stack.register('person');
      expect((await totals(person)).unread).toEqual({ unreadCount: 0, unreadMentionCount: 0, unreadRoomCount: 0 });
      const [quiet, busy, busier] = [await openRoom(person), await openRoom(person), await openRoom(person)];
      await markRead(person, quiet, (await send(owner, quiet, '@room')).seq);
      await send(owner, busy, 'hello');
      for (const text of ['@room', `@${person.username}`, 'hello']) await send(owner, busier, text);
      expect((await totals(person)).unread).toEqual({ unreadCount: 4, unreadMentionCount: 2, unreadRoomCount: 2 });
      await mutate(owner, 'deleteRoom', { roomId: busier }, 'roomId');
      expect((await totals(person)).unread).toEqual({ unreadCount: 1, unreadMentionCount: 0, unreadRoomCount: 1 });
    });

    it('is nobody else’s to know, as are their settings', async () => {
      const query = 'query ($id: ID!) { user(id: $id) { unread { unreadCount } chatSettings { sendsReadReceipts } } }';
      expect(await owner.run(query, { id: member.userId })).toEqual({ unread: null, chatSettings: null });
      expect(await member.run(query, { id: member.userId })).toMatchObject({
        chatSettings: { sendsReadReceipts: true },
      });
    });
  });

  describe('is marked', () => {
    it('for all devices, by whichever', async () => {
      const roomId = await openRoom();
      const other = await stack.signIn(member.username);
      const { id, seq } = await send(owner, roomId, 'hello');
      await markRead(other, roomId, seq);
      expect(await unread(member, roomId)).toEqual({ unreadCount: 0, unreadMentionCount: 0, viewerReadSeq: seq });
      await markUnread(member, roomId, id);
      expect((await unread(other, roomId)).unreadCount).toBe(1);
    });

    it('unread from a message on, never forward, and read by sending', async () => {
      const roomId = await openRoom();
      const [first, second, third] = [
        await send(owner, roomId, 'one'),
        await send(owner, roomId, 'two'),
        await send(owner, roomId, 'three'),
      ];
      await markRead(member, roomId, third.seq);
      expect((await markUnread(member, roomId, second.id)).room).toMatchObject({
        unreadCount: 2,
        viewerReadSeq: first.seq,
      });
      expect((await markUnread(member, roomId, third.id)).room).toMatchObject({ unreadCount: 2 });
      expect((await markRead(member, roomId, first.seq)).room).toMatchObject({ unreadCount: 2 });
      const { seq } = await send(member, roomId, 'four');
      expect(await unread(member, roomId)).toEqual({ unreadCount: 0, unreadMentionCount: 0, viewerReadSeq: seq });
    });

    it('one way or the other when two devices race, and no third way', async () => {
      const roomId = await openRoom();
      const other = await stack.signIn(member.username);
      const [first, , last] = [
        await send(owner, roomId, 'one'),
        await send(owner, roomId, '@room'),
        await send(owner, roomId, 'three'),
      ];
      for (let round = 0; round < 10; round += 1) {
        await Promise.all([markRead(member, roomId, last.seq), markUnread(other, roomId, first.id)]);
        const { unreadCount, unreadMentionCount } = await unread(member, roomId);
        expect([
          [0, 0],
          [3, 1],
        ]).toContainEqual([unreadCount, unreadMentionCount]);
      }
    });

    it('without an event in the log of the room', async () => {
      const roomId = await openRoom();
      const { id, seq } = await send(owner, roomId, 'hello');
      await markRead(member, roomId, seq);
      await markUnread(member, roomId, id);
      const { headSeq } = await owner.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id: roomId });
      expect(headSeq).toBe(seq);
    });

    it.each([-1, -2_147_483_648, 4, 2_147_483_647])('up to no number that the log has not: %s', async (seq) => {
      const roomId = await openRoom();
      await send(owner, roomId, 'hello');
      const answer = await markRead(member, roomId, seq);
      expect([answer.userErrors, answer.room]).toEqual([[{ code: 'SEQ_INVALID', field: ['seq'] }], null]);
    });

    it('up to no number that does not fit', async () => {
      const roomId = await openRoom();
      const query = 'mutation ($input: MarkRoomReadInput!) { markRoomRead(input: $input) { room { id } } }';
      const { errors } = await member.send(query, { input: { roomId, seq: 2_147_483_648 } });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });

    it('from no message of another room, or of none', async () => {
      const [roomId, elsewhere] = [await openRoom(), await openRoom()];
      const secret = await owner.createRoom('PRIVATE');
      const ids = [
        (await send(owner, elsewhere, 'elsewhere')).id,
        (await send(owner, secret, 'secret')).id,
        randomUUID(),
        'nonsense',
      ];
      for (const id of ids) {
        const { userErrors } = await markUnread(member, roomId, id);
        expect(userErrors).toEqual([{ code: 'MESSAGE_NOT_FOUND', field: ['fromMessageId'] }]);
      }
    });

    it('by members alone', async () => {
      const roomId = await openRoom();
      const { id } = await send(owner, roomId, 'hello');
      const visitor = await stack.register('visitor');
      expect(codesOf(await markUnread(visitor, roomId, id))).toEqual(['NOT_A_MEMBER']);
      const secret = await owner.createRoom('PRIVATE');
      const hidden = await send(owner, secret, 'secret');
      expect(codesOf(await markUnread(visitor, secret, hidden.id))).toEqual(['ROOM_NOT_FOUND']);
      expect(codesOf(await markUnread(visitor, randomUUID(), hidden.id))).toEqual(['ROOM_NOT_FOUND']);
    });
  });
});
