import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../subgraphs/chat/repository.ts';
import { revokeDirectDecisions } from '../../subgraphs/chat/rooms/repository.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

const startOf = (roomId: string) => Buffer.from(`room:${roomId}:0`).toString('base64url');

describe('direct rooms', () => {
  let stack: TestStack;
  let ada: TestClient;
  let bob: TestClient;
  let stranger: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    stranger = await stack.register('stranger');
  });

  /** A room between two people who have none yet. */
  async function openRoom(): Promise<string> {
    [ada, bob] = await Promise.all([stack.register('ada'), stack.register('bob')]);
    const { room, userErrors } = await open(ada, bob.userId);
    expect(userErrors).toEqual([]);
    return room.id;
  }

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  const open = (client: TestClient, userId: string, selection = 'room { id }') =>
    mutate(client, 'openDirectRoom', { userId }, selection);

  const act = async (client: TestClient, name: string, input: object): Promise<string[]> =>
    codesOf(await mutate(client, name, input, ''));

  /** What the event of a decision does. */
  const setBlock = (blocker: TestClient, blocked: TestClient, isBlocked: boolean) =>
    chat(
      `WITH decided AS (
         INSERT INTO account_block VALUES ($1, $2, now(), $3)
         ON CONFLICT (blocker_id, blocked_id) DO UPDATE SET is_blocked = excluded.is_blocked
       )
       UPDATE room SET standing_version = standing_version + 1 FROM direct_room
       WHERE id = room_id AND lower_id = LEAST($1::uuid, $2::uuid) AND higher_id = GREATEST($1::uuid, $2::uuid)`,
      [blocker.userId, blocked.userId, isBlocked],
    );

  const look = (client: TestClient, id: string) =>
    client.run(
      `query ($id: ID!) { room(id: $id) {
        kind name viewerRole memberCount headSeq directPeer { id username }
        members(first: 5) { nodes { role user { id } } } messages(last: 9) { nodes { text } }
      } }`,
      { id },
    );

  const listed = async (client: TestClient): Promise<string[]> =>
    (await client.run('{ viewer { rooms(first: 50) { nodes { id } } } }')).rooms.nodes.map(
      ({ id }: { id: string }) => id,
    );

  it('are between two people as equals, and each sees the other as the peer', async () => {
    const roomId = await openRoom();
    for (const [viewer, peer] of [
      [ada, bob],
      [bob, ada],
    ] as const) {
      const room = await look(viewer, roomId);
      expect(room).toMatchObject({ kind: 'DIRECT', name: null, viewerRole: 'MEMBER', memberCount: 2, headSeq: 2 });
      expect(room.directPeer).toEqual({ id: peer.userId, username: peer.username });
      expect(room.members.nodes.map(({ role }: { role: string }) => role)).toEqual(['MEMBER', 'MEMBER']);
      expect(await listed(viewer)).toEqual([roomId]);
      expect((await open(viewer, peer.userId)).room.id).toBe(roomId);
      expect((await open(viewer, peer.userId.toUpperCase())).room.id).toBe(roomId);
    }
    expect(codesOf(await ada.sendMessage(roomId, 'hello'))).toEqual([]);
    expect(codesOf(await bob.sendMessage(roomId, 'hello to you'))).toEqual([]);
    const log = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
      __typename seq ... on RoomCreated { actor { id } } ... on MemberJoined { userId }
    } }`;
    expect(await bob.subscribe(log, { roomId, after: startOf(roomId) }).take(4)).toEqual([
      { __typename: 'RoomCreated', seq: 1, actor: { id: ada.userId } },
      { __typename: 'MemberJoined', seq: 2, userId: bob.userId },
      { __typename: 'MessageSent', seq: 3 },
      { __typename: 'MessageSent', seq: 4 },
    ]);
  });

  it('do not exist for anybody else', async () => {
    const roomId = await openRoom();
    await ada.sendMessage(roomId, 'between us');
    expect(await look(stranger, roomId)).toBeNull();
    expect(codesOf(await stranger.joinRoom(roomId))).toEqual(['ROOM_NOT_FOUND']);
    expect(codesOf(await stranger.sendMessage(roomId, 'x'))).toEqual(['ROOM_NOT_FOUND']);
    const { data, errors } = await stack.guest.send(
      `mutation { openDirectRoom(input: { userId: "${ada.userId}" }) { room { id } } }`,
    );
    expect([data?.openDirectRoom ?? null, errors?.[0]?.extensions.code]).toEqual([null, 'UNAUTHENTICATED']);
  });

  it('are one for a pair, however many ask for it from both sides at once', async () => {
    [ada, bob] = await Promise.all([stack.register('ada'), stack.register('bob')]);
    const opened = await Promise.all(
      Array.from({ length: 40 }, (_, number) => (number % 2 ? open(ada, bob.userId) : open(bob, ada.userId))),
    );
    expect(opened.flatMap(codesOf)).toEqual([]);
    const ids = new Set(opened.map(({ room }) => room.id));
    expect(ids.size).toBe(1);
    const [roomId] = ids;
    const people = [ada.userId, bob.userId];
    expect(await chat('SELECT DISTINCT room_id AS id FROM room_member WHERE user_id = ANY($1)', [people])).toEqual([
      { id: roomId },
    ]);
    expect(await chat('SELECT id FROM room WHERE creator_id = ANY($1)', [people])).toEqual([{ id: roomId }]);
    const log = await chat('SELECT seq, kind FROM room_event WHERE room_id = $1 ORDER BY seq', [roomId]);
    expect(log).toEqual([
      { seq: 1, kind: 'ROOM_CREATED' },
      { seq: 2, kind: 'MEMBER_JOINED' },
    ]);
    // Nothing is left of those that lost.
    expect(
      await chat(`SELECT room_id FROM room_key WHERE room_id <> '00000000-0000-0000-0000-000000000000'
                    AND NOT EXISTS (SELECT FROM room WHERE id = room_id)`),
    ).toEqual([]);
  });

  it('are not opened with oneself, with nobody, nor with whoever is gone', async () => {
    const [viewer, leaver] = await Promise.all([stack.register(), stack.register()]);
    await leaver.run('mutation { deleteAccount { deletedUserId } }');
    await expect
      .poll(() => chat('SELECT FROM account_handle WHERE user_id = $1 AND deleted_at IS NOT NULL', [leaver.userId]))
      .toHaveLength(1);
    for (const [userId, code] of [
      [viewer.userId, 'CONTACT_WITH_ONESELF'],
      [viewer.userId.toUpperCase(), 'CONTACT_WITH_ONESELF'],
      [randomUUID(), 'MEMBER_NOT_FOUND'],
      [leaver.userId, 'MEMBER_NOT_FOUND'],
      ['nonsense', 'MEMBER_NOT_FOUND'],
      [`{${randomUUID()}}`, 'MEMBER_NOT_FOUND'],
      ['', 'MEMBER_NOT_FOUND'],
    ] as const) {
      const { room, userErrors } = await open(viewer, userId);
      expect({ userId, room, userErrors }).toEqual({ userId, room: null, userErrors: [{ code, field: ['userId'] }] });
    }
    expect(await listed(viewer)).toEqual([]);
  });

  it('have nothing to join, to leave, to moderate or to change', async () => {
    const roomId = await openRoom();
    const { message } = await ada.sendMessage(roomId, 'mine');
    const person = { roomId, userId: ada.userId };
    const attempts: [string, object][] = [
      ['joinRoom', { roomId }],
      ['leaveRoom', { roomId }],
      ['updateRoom', { roomId, name: 'A name' }],
      ['archiveRoom', { roomId }],
      ['restoreRoom', { roomId }],
      ['deleteRoom', { roomId }],
      ['kickMember', person],
      ['banMember', person],
      ['unbanMember', person],
      ['muteMember', person],
      ['unmuteMember', person],
      ['transferOwnership', person],
      ['changeMemberRole', { ...person, role: 'READ_ONLY' }],
      ['deleteMessage', { messageId: message.id }],
    ];
    for (const [name, input] of attempts)
      expect({ name, codes: await act(bob, name, input) }).toEqual({ name, codes: ['NOT_ALLOWED'] });
    expect((await look(bob, roomId)).headSeq).toBe(3);
  });

  it('take messages, edits, reactions, pins and read marks of both', async () => {
    const roomId = await openRoom();
    const { message } = await ada.sendMessage(roomId, 'text');
    const messageId = message.id;
    expect(await act(ada, 'editMessage', { messageId, text: 'new text' })).toEqual([]);
    expect(await act(bob, 'editMessage', { messageId, text: 'not mine' })).toEqual(['NOT_ALLOWED']);
    expect(await act(bob, 'addReaction', { messageId, emoji: '👍' })).toEqual([]);
    expect(await act(bob, 'pinMessage', { messageId })).toEqual([]);
    expect(await act(bob, 'markRoomRead', { roomId, seq: 3 })).toEqual([]);
    expect(await act(ada, 'deleteMessage', { messageId })).toEqual([]);
  });

  it('count for nothing in the totals of who has blocked the other, who does not find them', async () => {
    const [ada, bob, eve] = await Promise.all(['ada', 'bob', 'eve'].map((name) => stack.register(name)));
    if (!ada || !bob || !eve) throw new Error('nobody registered');
    const [hidden, shown] = [(await open(ada, bob.userId)).room.id, (await open(ada, eve.userId)).room.id];
    await Promise.all([bob.sendMessage(hidden, `@${ada.username}`), eve.sendMessage(shown, `@${ada.username}`)]);
    const look = `{ viewer { unread { unreadCount unreadMentionCount unreadRoomCount }
      rooms(first: 10) { nodes { unreadCount unreadMentionCount } } } }`;
    const count = async () => {
      const { unread, rooms } = await ada.run(look);
      const sum = (field: string) => rooms.nodes.reduce((total: number, room: never) => total + room[field], 0);
      expect(unread.unreadCount).toBe(sum('unreadCount'));
      expect(unread.unreadMentionCount).toBe(sum('unreadMentionCount'));
      return unread;
    };
    expect(await count()).toEqual({ unreadCount: 2, unreadMentionCount: 2, unreadRoomCount: 2 });
    await setBlock(ada, bob, true);
    expect(await count()).toEqual({ unreadCount: 1, unreadMentionCount: 1, unreadRoomCount: 1 });
    await setBlock(ada, bob, false);
    // Who is blocked goes on finding the room.
    await setBlock(bob, ada, true);
    expect(await count()).toEqual({ unreadCount: 2, unreadMentionCount: 2, unreadRoomCount: 2 });
  });

  it.each(['by who reads', 'by the other'] as const)(
    'show nobody how far the other has read after a block %s',
    async (by) => {
      const [reader, other] = [await stack.register('reader'), await stack.register('other')];
      const roomId = (await open(reader, other.userId)).room.id;
      const sent: { id: string; seq: number }[] = [];
      for (const text of ['one', 'two', 'three']) sent.push((await other.sendMessage(roomId, text)).message);
      const markRead = (index: number) => act(reader, 'markRoomRead', { roomId, seq: sent[index]?.seq });
      const receipts = async (client: TestClient): Promise<string[]> => {
        const query = 'query ($id: ID!) { room(id: $id) { readReceipts(first: 5) { nodes { userId } } } }';
        const { nodes } = (await client.run(query, { id: roomId })).readReceipts;
        return nodes.map(({ userId }: { userId: string }) => userId).sort();
      };
      const signals = other.subscribe<{ seq: number }>(
        'subscription ($id: ID!) { roomSignals(roomId: $id) { ... on ReadMarkMoved { seq } } }',
        { id: roomId },
      );
      // Nobody can tell that it has begun but by a signal.
      const first = signals.next();
      await eventually(async () => {
        await act(reader, 'markRoomUnread', { roomId, fromMessageId: sent[0]?.id });
        await markRead(0);
        expect(signals.events.length).toBeGreaterThan(0);
      });
      expect((await first)?.seq).toBe(sent[0]?.seq);
      const both = [reader.userId, other.userId].sort();
      expect(await receipts(other)).toEqual(both);
      const [blocker, blocked] = by === 'by who reads' ? [reader, other] : [other, reader];
      await setBlock(blocker, blocked, true);
      expect(await markRead(1)).toEqual([]);
      expect([await receipts(reader), await receipts(other)]).toEqual([[], []]);
      await setBlock(blocker, blocked, false);
      await markRead(2);
      await eventually(() => expect(signals.events.at(-1)?.seq).toBe(sent[2]?.seq));
      expect(signals.events.map(({ seq }) => seq)).not.toContain(sent[1]?.seq);
      expect(await receipts(other)).toEqual(both);
    },
  );

  it.each(['who blocks', 'who is blocked'] as const)('are refused to %s in the same words', async (side) => {
    [ada, bob] = await Promise.all([stack.register('ada'), stack.register('bob')]);
    const [blocker, blocked] = side === 'who blocks' ? [ada, bob] : [bob, ada];
    await setBlock(blocker, blocked, true);
    const refusal = {
      code: 'CONTACT_REFUSED',
      message: 'There is no contact between you and this person.',
      field: ['userId'],
    };
    const { room, userErrors } = await open(ada, bob.userId, 'room { id } userErrors { code message field }');
    expect({ room, userErrors }).toEqual({ room: null, userErrors: [refusal] });
    await setBlock(blocker, blocked, false);
    expect(codesOf(await open(ada, bob.userId))).toEqual([]);
  });

  it('can be read, and not written to, while one blocks the other; a retry of what was sent before gets its result', async () => {
    const roomId = await openRoom();
    const { message } = await bob.sendMessage(roomId, 'before', 'first');
    await setBlock(ada, bob, true);
    for (const person of [ada, bob]) {
      expect((await look(person, roomId)).messages.nodes).toEqual([{ text: 'before' }]);
      const { message: refused, userErrors } = await person.sendMessage(roomId, 'after');
      expect({ refused, userErrors }).toEqual({
        refused: null,
        userErrors: [{ code: 'CONTACT_REFUSED', field: ['roomId'] }],
      });
      expect(await act(person, 'addReaction', { messageId: message.id, emoji: '👍' })).toEqual(['CONTACT_REFUSED']);
      expect(await act(person, 'pinMessage', { messageId: message.id })).toEqual(['CONTACT_REFUSED']);
      const copy = { messageId: message.id, roomId, clientMessageId: 'copy' };
      expect(await act(person, 'forwardMessage', copy)).toEqual(['CONTACT_REFUSED']);
      expect(await act(person, 'markRoomRead', { roomId, seq: 3 })).toEqual([]);
    }
    expect(await act(bob, 'editMessage', { messageId: message.id, text: 'after' })).toEqual(['CONTACT_REFUSED']);
    expect((await bob.sendMessage(roomId, 'before', 'first')).message.id).toBe(message.id);
    expect([await listed(ada), await listed(bob)]).toEqual([[], [roomId]]);
    expect((await open(ada, bob.userId)).room.id).toBe(roomId);
    // What one has written stays theirs to take back.
    expect(await act(bob, 'deleteMessage', { messageId: message.id })).toEqual([]);
    await setBlock(ada, bob, false);
    expect(codesOf(await bob.sendMessage(roomId, 'after'))).toEqual([]);
    expect(await listed(ada)).toEqual([roomId]);
  });

  it('do not touch rooms that the two share with others', async () => {
    const roomId = await openRoom();
    const shared = await ada.createRoom();
    await bob.joinRoom(shared);
    await setBlock(ada, bob, true);
    expect(codesOf(await bob.sendMessage(shared, 'x'))).toEqual([]);
    expect(await listed(ada)).toEqual([shared]);
    expect(await listed(bob)).toEqual([shared, roomId]);
  });

  it('decide anew about a message that was allowed before a block', async () => {
    const roomId = await openRoom();
    const pool = new pg.Pool({ connectionString: subgraphDatabaseUrl(stack.databases.url, 'chat') });
    const database = openDatabase(pool);
    onTestFinished(async () => {
      await database.$disconnect();
      await pool.end();
    });
    const sending = await database.$transaction(async (transaction) => {
      await transaction.$executeRaw`INSERT INTO account_block VALUES (${ada.userId}::uuid, ${bob.userId}::uuid, now(), true)`;
      await revokeDirectDecisions(transaction, ada.userId, bob.userId);
      const sent = bob.sendMessage(roomId, 'too late');
      const waits = `SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%json_to_recordset%'`;
      await expect.poll(() => chat(waits)).toHaveLength(1);
      // In a list, which is not waited for.
      return [sent];
    });
    expect((await Promise.all(sending)).flatMap(codesOf)).toEqual(['CONTACT_REFUSED']);
    expect((await look(ada, roomId)).headSeq).toBe(2);
  });

  it('stay with the one when the other deletes their account', async () => {
    const roomId = await openRoom();
    await ada.sendMessage(roomId, 'remember me');
    await ada.run('mutation { deleteAccount { deletedUserId } }');
    await expect.poll(async () => (await look(bob, roomId)).memberCount).toBe(1);
    const room = await look(bob, roomId);
    expect(room).toMatchObject({ directPeer: null, headSeq: 4, messages: { nodes: [{ text: 'remember me' }] } });
    expect(room.members.nodes).toEqual([{ role: 'MEMBER', user: { id: bob.userId } }]);
    expect(await listed(bob)).toEqual([roomId]);
    expect(codesOf(await open(bob, ada.userId))).toEqual(['MEMBER_NOT_FOUND']);
  });
});
