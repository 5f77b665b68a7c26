import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteAccount } from '../account-events.ts';
import type { Answer, TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { act } from '../inviting.ts';
import { codesOf, mutate } from '../mutations.ts';

const roomEvents = `subscription ($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) { __typename seq } }`;

describe('a room in which nobody is left', () => {
  let stack: TestStack;
  let visitor: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    visitor = await stack.register('visitor');
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  /** What could still be opened, or show who was there; and how the log ends. */
  async function remainsOf(roomId: string) {
    const tables = ['room_key', 'room_member', 'room_ban', 'webhook', 'direct_room'];
    const counts = tables.map((table) => `SELECT FROM ${table} WHERE room_id = $1`).join(' UNION ALL ');
    const rows = await chat(counts, [roomId]);
    const [room] = await chat<{ isDeleted: boolean; members: number; headSeq: number }>(
      `SELECT deleted_at IS NOT NULL AND sealed_name IS NULL AS "isDeleted", member_count AS members, head_seq AS "headSeq"
       FROM room WHERE id = $1`,
      [roomId],
    );
    const [last] = await chat<{ kind: string; seq: number }>(
      'SELECT kind, seq FROM room_event WHERE room_id = $1 ORDER BY seq DESC LIMIT 1',
      [roomId],
    );
    return { rows: rows.length, ...room, last };
  }

  const isPurged = async (roomId: string) =>
    (await chat('SELECT FROM room WHERE id = $1 AND purged_at IS NOT NULL', [roomId])).length === 1;

  const deletedAt = (seq: number) => ({
    ...{ rows: 0, isDeleted: true, members: 0, headSeq: seq },
    last: { kind: 'ROOM_DELETED', seq },
  });

  const openDirect = async (client: TestClient, peer: TestClient) =>
    (await mutate(client, 'openDirectRoom', { userId: peer.userId }, 'room { id }')).room.id as string;

  it.each(['PUBLIC', 'PRIVATE'] as const)('is deleted with the last one who leaves: %s', async (kind) => {
    const owner = await stack.register('owner');
    const roomId = await owner.createRoom(kind);
    await owner.sendMessage(roomId, 'a text');
    await act(owner, 'banMember', { roomId, userId: visitor.userId });
    await act(owner, 'archiveRoom', { roomId });
    const { room, userErrors } = await mutate(owner, 'leaveRoom', { roomId }, 'room { id }');
    expect([room, userErrors]).toEqual([null, []]);
    expect(await remainsOf(roomId)).toEqual(deletedAt(6));
    await expect.poll(() => isPurged(roomId)).toBe(true);
    for (const name of ['leaveRoom', 'joinRoom'])
      expect(await act(owner, name, { roomId })).toEqual(['ROOM_NOT_FOUND']);
    expect(codesOf(await visitor.joinRoom(roomId))).toEqual(['ROOM_NOT_FOUND']);
  });

  it('tells those who follow it that they left, and then that it is deleted', async () => {
    const owner = await stack.register('owner');
    const roomId = await owner.createRoom();
    const subscription = visitor.subscribe(roomEvents, { roomId, after: await owner.headCursor(roomId) });
    await owner.sendMessage(roomId, 'seen');
    await subscription.next();
    expect(await act(owner, 'leaveRoom', { roomId })).toEqual([]);
    const codes = ((await subscription.ended) as Answer['errors'])?.map(({ extensions }) => extensions.code);
    expect(codes).toEqual(['NOT_FOUND']);
    expect(subscription.events.map(({ __typename, seq }) => [__typename, seq])).toEqual([
      ['MessageSent', 2],
      ['MemberLeft', 3],
      ['RoomDeleted', 4],
    ]);
  });

  it('is deleted or has an owner when somebody joins while the last one leaves', async () => {
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      const roomId = await visitor.createRoom();
      const [owner] = [await stack.register('owner')];
      await owner.joinRoom(roomId);
      await act(visitor, 'transferOwnership', { roomId, userId: owner.userId });
      await act(visitor, 'leaveRoom', { roomId });
      await Promise.all([act(owner, 'leaveRoom', { roomId }), visitor.joinRoom(roomId)]);
      const members = await chat('SELECT role FROM room_member WHERE room_id = $1 ORDER BY role', [roomId]);
      const isGone = (await remainsOf(roomId)).isDeleted;
      expect(members).toEqual(isGone ? [] : [{ role: 'OWNER' }, { role: 'MEMBER' }]);
    }
  });

  it('is deleted with the account of its last member, and no other is', async () => {
    const [leaver, friend] = await Promise.all([stack.register('leaver'), stack.register('friend')]);
    const alone = [await leaver.createRoom(), await leaver.createRoom('PRIVATE')];
    await leaver.sendMessage(alone[1] as string, 'a text');
    const shared = await leaver.createRoom();
    await friend.joinRoom(shared);
    const following = visitor.subscribe(roomEvents, {
      roomId: alone[0],
      after: await visitor.headCursor(alone[0] as string),
    });
    await deleteAccount(stack.databases, leaver.userId);
    await following.ended;
    expect(following.events.map(({ __typename }) => __typename)).toEqual(['MemberLeft', 'RoomDeleted']);
    expect(await Promise.all(alone.map(remainsOf))).toEqual([deletedAt(3), deletedAt(4)]);
    expect(await remainsOf(shared)).toMatchObject({ isDeleted: false, members: 1, headSeq: 4 });
    expect(codesOf(await friend.sendMessage(shared, 'still here'))).toEqual([]);
  });

  it('is deleted when both of a direct room are gone, and stays for the one who is left', async () => {
    const [one, other] = await Promise.all([stack.register('one'), stack.register('other')]);
    const roomId = await openDirect(one, other);
    await one.sendMessage(roomId, 'a text');
    await deleteAccount(stack.databases, one.userId);
    await expect.poll(() => remainsOf(roomId)).toMatchObject({ isDeleted: false, members: 1 });
    const query = 'query ($id: ID!) { room(id: $id) { messages(first: 9) { nodes { text } } } }';
    expect((await other.run(query, { id: roomId })).messages.nodes).toEqual([{ text: 'a text' }]);
    await deleteAccount(stack.databases, other.userId);
    await expect.poll(() => remainsOf(roomId)).toEqual(deletedAt(6));
    await expect.poll(() => isPurged(roomId)).toBe(true);
  });
});
