import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupMemberLimit } from '../../subgraphs/chat/rooms/groups.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

const startOf = (roomId: string) => Buffer.from(`room:${roomId}:0`).toString('base64url');

describe('a room', () => {
  let stack: TestStack;
  let creator: TestClient;
  let friend: TestClient;
  let third: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [creator, friend, third] = await Promise.all([
      stack.register('creator'),
      stack.register('friend'),
      stack.register('third'),
    ]);
    // Until all are known, so that each is what others see.
    for (const person of [creator, friend, third]) await person.createRoom();
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  const create = (input: object, client = creator) =>
    mutate(client, 'createRoom', { name: 'Room', kind: 'PRIVATE', ...input }, 'room { id name topic kind }');

  const openGroup = (input: object, client = creator) =>
    mutate(
      client,
      'openGroupRoom',
      { userIds: [friend.userId, third.userId], clientRoomId: randomUUID(), ...input },
      'room { id name kind viewerRole memberCount settings { whoMayInvite } }',
    );

  const countRooms = async () => (await chat<{ count: number }>('SELECT count(*)::int FROM room'))[0]?.count;

  describe('that is created', () => {
    it('has a name and perhaps a topic', async () => {
      const { room } = await create({ name: ' A name ', topic: 'What it is about', clientRoomId: randomUUID() });
      expect(room).toMatchObject({ name: 'A name', topic: 'What it is about', kind: 'PRIVATE' });
      expect((await create({ topic: ' ' })).room.topic).toBeNull();
    });

    it('is the first one for every retry, also when they race, and whatever else they ask for', async () => {
      const clientRoomId = randomUUID();
      const before = (await countRooms()) ?? 0;
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, number) => create({ clientRoomId, name: `Name ${number}` })),
      );
      expect(answers.flatMap(codesOf)).toEqual([]);
      expect(new Set(answers.map(({ room }) => room.id)).size).toBe(1);
      const later = await create({ clientRoomId, name: 'Another', kind: 'PUBLIC' });
      expect(later.room).toEqual(answers[0]?.room);
      expect(await countRooms()).toBe(before + 1);
      // Each person has names of their own.
      expect((await create({ clientRoomId }, friend)).room.id).not.toBe(later.room.id);
    });

    it('is not what `openGroupRoom` has opened under the name, nor the other way round, also once it is deleted', async () => {
      const [ofRoom, ofGroup] = [randomUUID(), randomUUID()];
      const { room } = await create({ clientRoomId: ofRoom });
      const { room: group } = await openGroup({ clientRoomId: ofGroup });
      const before = await countRooms();
      const refused = { room: null, userErrors: [{ code: 'CLIENT_ROOM_ID_USED', field: ['clientRoomId'] }] };
      for (const isDeleted of [false, true]) {
        expect(await create({ clientRoomId: ofGroup })).toMatchObject(refused);
        expect(await openGroup({ clientRoomId: ofRoom })).toMatchObject(refused);
        if (!isDeleted) for (const { id } of [room, group]) await mutate(creator, 'deleteRoom', { roomId: id }, '');
      }
      expect(await countRooms()).toBe(before);
    });

    it('is not created again after it was deleted or left', async () => {
      const [deleted, left] = [randomUUID(), randomUUID()];
      const first = (await create({ clientRoomId: deleted })).room;
      await mutate(creator, 'deleteRoom', { roomId: first.id }, '');
      const second = (await create({ clientRoomId: left })).room;
      await mutate(creator, 'leaveRoom', { roomId: second.id }, '');
      const before = await countRooms();
      for (const clientRoomId of [deleted, left])
        expect(codesOf(await create({ clientRoomId }))).toEqual(['ROOM_NOT_FOUND']);
      expect(await countRooms()).toBe(before);
    });

    it.each([
      [{ kind: 'DIRECT' }, 'ROOM_KIND_INVALID', 'kind'],
      [{ kind: 'GROUP' }, 'ROOM_KIND_INVALID', 'kind'],
      [{ name: '\u200b\u200d\ufeff' }, 'ROOM_NAME_INVALID', 'name'],
      [{ name: '\u3164\u2800' }, 'ROOM_NAME_INVALID', 'name'],
      [{ name: 'e\u0301'.repeat(41) }, 'ROOM_NAME_INVALID', 'name'],
      [{ name: `a${'\u0301'.repeat(10_000)}` }, 'ROOM_NAME_INVALID', 'name'],
      [{ name: 'a\ud800' }, 'ROOM_NAME_INVALID', 'name'],
      [{ topic: 'x'.repeat(501) }, 'TOPIC_INVALID', 'topic'],
      [{ topic: '\u200b' }, 'TOPIC_INVALID', 'topic'],
      [{ clientRoomId: '' }, 'CLIENT_ROOM_ID_INVALID', 'clientRoomId'],
      [{ clientRoomId: 'with space' }, 'CLIENT_ROOM_ID_INVALID', 'clientRoomId'],
      [{ clientRoomId: 'é' }, 'CLIENT_ROOM_ID_INVALID', 'clientRoomId'],
      [{ clientRoomId: 'x'.repeat(65) }, 'CLIENT_ROOM_ID_INVALID', 'clientRoomId'],
    ])('is not created as %j', async (input, code, field) => {
      const before = await countRooms();
      const { room, userErrors } = await create(input);
      expect({ room, userErrors }).toEqual({ room: null, userErrors: [{ code, field: [field] }] });
      expect(await countRooms()).toBe(before);
    });
  });

  describe('of a group', () => {
    it('has everybody in it at once, each by an event, and nobody else knows of it', async () => {
      const { room } = await openGroup({ name: 'Trip' });
      expect(room).toMatchObject({
        name: 'Trip',
        kind: 'GROUP',
        viewerRole: 'OWNER',
        memberCount: 3,
        settings: { whoMayInvite: 'MEMBER' },
      });
      const log = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
        __typename seq ... on RoomCreated { actor { id } } ... on MemberJoined { userId user { id } }
      } }`;
      const events = [
        { __typename: 'RoomCreated', seq: 1, actor: { id: creator.userId } },
        ...[friend, third].map(({ userId }, index) => ({
          __typename: 'MemberJoined',
          seq: index + 2,
          userId,
          user: { id: userId },
        })),
      ];
      for (const member of [creator, friend, third]) {
        expect(await member.subscribe(log, { roomId: room.id, after: startOf(room.id) }).take(3)).toEqual(events);
        expect(codesOf(await member.sendMessage(room.id, 'hello'))).toEqual([]);
        const { rooms } = await member.run('{ viewer { rooms(first: 1) { nodes { id kind directPeer { id } } } } }');
        expect(rooms.nodes).toEqual([{ id: room.id, kind: 'GROUP', directPeer: null }]);
      }
      const stranger = await stack.register('stranger');
      expect(await stranger.run('query ($id: ID!) { room(id: $id) { id } }', { id: room.id })).toBeNull();
      expect(codesOf(await stranger.joinRoom(room.id))).toEqual(['ROOM_NOT_FOUND']);
    });

    it('needs no name', async () => {
      expect((await openGroup({})).room.name).toBeNull();
      expect((await openGroup({ name: null })).room.name).toBeNull();
    });

    it('is the first one for every retry, also when they race, and when somebody in it has become unreachable', async () => {
      const clientRoomId = randomUUID();
      const answers = await Promise.all(Array.from({ length: 8 }, () => openGroup({ clientRoomId })));
      expect(answers.flatMap(codesOf)).toEqual([]);
      expect(new Set(answers.map(({ room }) => room.id)).size).toBe(1);
      await chat('INSERT INTO account_block VALUES ($1, $2, now(), true)', [friend.userId, creator.userId]);
      try {
        expect((await openGroup({ clientRoomId })).room.id).toBe(answers[0]?.room.id);
      } finally {
        await chat('DELETE FROM account_block');
      }
    });

    it.each(['friend', 'creator'] as const)(
      'takes nobody when %s has blocked the other, and does not tell who',
      async (side) => {
        const pair = side === 'friend' ? [friend.userId, creator.userId] : [creator.userId, friend.userId];
        await chat('INSERT INTO account_block VALUES ($1, $2, now(), true)', pair);
        try {
          const { room, userErrors } = await openGroup({ userIds: [third.userId, friend.userId] });
          expect({ room, userErrors }).toEqual({
            room: null,
            userErrors: [{ code: 'CONTACT_REFUSED', field: ['userIds', '1'] }],
          });
        } finally {
          await chat('DELETE FROM account_block');
        }
      },
    );

    it('takes 2 to 49 others who are there, each once', async () => {
      const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
      const [a, b] = [friend.userId, third.userId];
      const cases: [string[], string, string[]][] = [
        [[], 'GROUP_INVALID', ['userIds']],
        [[a], 'GROUP_INVALID', ['userIds']],
        [ids(groupMemberLimit), 'GROUP_INVALID', ['userIds']],
        [ids(10_000), 'GROUP_INVALID', ['userIds']],
        [[a, b, a], 'GROUP_INVALID', ['userIds', '2']],
        [[a, b, a.toUpperCase()], 'GROUP_INVALID', ['userIds', '2']],
        [[a, creator.userId], 'GROUP_INVALID', ['userIds', '1']],
        [[a, 'nonsense'], 'MEMBER_NOT_FOUND', ['userIds', '1']],
        [[a, `${b}\n`], 'MEMBER_NOT_FOUND', ['userIds', '1']],
        [[randomUUID(), a], 'MEMBER_NOT_FOUND', ['userIds', '0']],
      ];
      const before = await countRooms();
      for (const [userIds, code, field] of cases) {
        const { room, userErrors } = await openGroup({ userIds });
        expect({ userIds, room, userErrors }).toEqual({ userIds, room: null, userErrors: [{ code, field }] });
      }
      expect(codesOf(await openGroup({ name: '\u200b' }))).toEqual(['ROOM_NAME_INVALID']);
      expect(codesOf(await openGroup({ clientRoomId: 'é' }))).toEqual(['CLIENT_ROOM_ID_INVALID']);
      expect(await countRooms()).toBe(before);
    });

    it('takes as many as the limit says', async () => {
      const others = Array.from({ length: groupMemberLimit - 1 }, () => randomUUID());
      await chat(
        `INSERT INTO account_handle (user_id, username_normalized, named_at) SELECT id, 'crowd' || place, now()
         FROM unnest($1::uuid[]) WITH ORDINALITY AS person(id, place)`,
        [others],
      );
      const { room, userErrors } = await openGroup({ userIds: others });
      expect(userErrors).toEqual([]);
      expect(room.memberCount).toBe(groupMemberLimit);
      expect(await chat('SELECT max(seq)::int AS head FROM room_event WHERE room_id = $1', [room.id])).toEqual([
        { head: groupMemberLimit },
      ]);
    });

    it('is left, run and deleted like a private room', async () => {
      const { room } = await openGroup({});
      expect(codesOf(await mutate(third, 'leaveRoom', { roomId: room.id }, ''))).toEqual([]);
      expect(codesOf(await third.joinRoom(room.id))).toEqual(['ROOM_NOT_FOUND']);
      expect(codesOf(await mutate(friend, 'updateRoom', { roomId: room.id, name: 'New' }, ''))).toEqual([
        'NOT_ALLOWED',
      ]);
      expect(codesOf(await mutate(creator, 'updateRoom', { roomId: room.id, name: 'New' }, ''))).toEqual([]);
      expect(codesOf(await mutate(creator, 'deleteRoom', { roomId: room.id }, ''))).toEqual([]);
      expect(await friend.run('query ($id: ID!) { room(id: $id) { id } }', { id: room.id })).toBeNull();
    });
  });
});
