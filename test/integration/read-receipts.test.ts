import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { countRowsRead } from '../plans.ts';
import { recordStatements, type SentStatement } from '../statement-recorder.ts';

describe('how far somebody has read is shown to the others', () => {
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
    (await mutate(client, 'sendMessage', { roomId, text, clientMessageId: randomUUID() }, 'message { id seq }'))
      .message;

  const markRead = (client: TestClient, roomId: string, seq: number) =>
    mutate(client, 'markRoomRead', { roomId, seq }, 'room { id }');

  const markUnread = (client: TestClient, roomId: string, fromMessageId: string) =>
    mutate(client, 'markRoomUnread', { roomId, fromMessageId }, 'room { id }');

  const receipts = async (client: TestClient, id: string, page = 'first: 100') =>
    (
      await client.run(
        `query ($id: ID!) { room(id: $id) { readReceipts(${page}) { nodes { userId seq readAt } pageInfo { hasNextPage endCursor } } } }`,
        { id },
      )
    ).readReceipts;

  const seqsByUser = async (client: TestClient, id: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await receipts(client, id)).nodes.map((node: { userId: string; seq: number }) => [node.userId, node.seq]),
    );

  it('at the cost of those who have read something, and not of all members', async () => {
    const roomId = await openRoom();
    await stack.databases.query(
      'chat',
      `INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number)
       SELECT $1, gen_random_uuid(), 'MEMBER', now(), 0 FROM generate_series(1, 10000)`,
      [roomId],
    );
    await stack.databases.query('chat', 'ANALYZE room_member');
    const { seq } = await send(owner, roomId, 'read me');
    await markRead(member, roomId, seq);
    const recorder = recordStatements();
    try {
      const sent = await recorder.during(() => receipts(owner, roomId));
      const paging = sent.find(({ text }) => text.includes('sends_read_receipts')) as SentStatement;
      expect(await countRowsRead(stack.databases, paging, 'room_member')).toBe(2);
    } finally {
      recorder.stop();
    }
    expect(await seqsByUser(owner, roomId)).toEqual({ [owner.userId]: seq, [member.userId]: seq });
  });

  it('without an entry in an index for every message that is read', async () => {
    const roomId = await openRoom();
    await markRead(member, roomId, (await send(owner, roomId, 'read me')).seq);
    await withClient(subgraphDatabaseUrl(stack.databases.url, 'chat'), async (client: pg.Client) => {
      await client.query('BEGIN');
      // So that there is room for another version of the row beside it.
      await client.query('CREATE TABLE copy (LIKE room_member INCLUDING ALL)');
      await client.query(
        `INSERT INTO copy (room_id, user_id, role, joined_at, read_message_number, seen_at)
         SELECT room_id, user_id, role, joined_at, read_message_number, seen_at FROM room_member WHERE user_id = $1`,
        [member.userId],
      );
      await client.query("UPDATE copy SET seen_seq = 9, seen_at = now() + interval '1 second' WHERE room_id = $1", [
        roomId,
      ]);
      const { rows } = await client.query("SELECT pg_stat_get_xact_tuples_hot_updated('copy'::regclass)::int AS count");
      await client.query('ROLLBACK');
      expect(rows).toEqual([{ count: 1 }]);
    });
  });

  it('up to the furthest that was read, which marking unread does not take back', async () => {
    const roomId = await openRoom();
    const { seq: ownSeq } = await send(owner, roomId, 'hello');
    expect(await seqsByUser(owner, roomId)).toEqual({ [owner.userId]: ownSeq });
    const { id, seq } = await send(owner, roomId, 'read me');
    await markRead(member, roomId, seq);
    await markUnread(member, roomId, id);
    expect(await seqsByUser(owner, roomId)).toEqual({ [owner.userId]: seq, [member.userId]: seq });
    const [node] = (await receipts(member, roomId)).nodes;
    expect(Math.abs(Date.now() - Date.parse(node.readAt))).toBeLessThan(60_000);
  });

  it('unless they do not want it, in any room, who still see the others', async () => {
    const person = await stack.register('person');
    const rooms = [await openRoom(person), await openRoom(person)];
    for (const roomId of rooms) await markRead(person, roomId, (await send(owner, roomId, 'hello')).seq);
    const choose = (input: object) => mutate(person, 'updateChatSettings', input, 'settings { sendsReadReceipts }');
    expect((await choose({ sendsReadReceipts: false })).settings).toEqual({ sendsReadReceipts: false });
    for (const roomId of rooms) {
      expect(Object.keys(await seqsByUser(owner, roomId))).toEqual([owner.userId]);
      expect(Object.keys(await seqsByUser(person, roomId))).toEqual([owner.userId]);
    }
    expect((await choose({})).settings).toEqual({ sendsReadReceipts: false });
    expect((await choose({ sendsReadReceipts: true })).settings).toEqual({ sendsReadReceipts: true });
    expect(Object.keys(await seqsByUser(owner, rooms[0] as string))).toContain(person.userId);
  });

  it('who are members, and to nobody else', async () => {
    const roomId = await openRoom();
    await send(owner, roomId, 'hello');
    const visitor = await stack.register('visitor');
    expect(await seqsByUser(visitor, roomId)).toEqual({});
    await visitor.joinRoom(roomId);
    // Whoever has just come has read nothing yet.
    expect(Object.keys(await seqsByUser(visitor, roomId))).toEqual([owner.userId]);
  });

  it('in pages', async () => {
    const people = await Promise.all([stack.register('a'), stack.register('b'), stack.register('c')]);
    const roomId = await openRoom(...people);
    for (const each of people) await send(each, roomId, 'hello');
    const first = await receipts(owner, roomId, 'first: 2');
    expect(first).toMatchObject({ nodes: [{}, {}], pageInfo: { hasNextPage: true } });
    const second = await receipts(owner, roomId, `first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(second).toMatchObject({ nodes: [{}], pageInfo: { hasNextPage: false } });
    const userIds = [...first.nodes, ...second.nodes].map(({ userId }) => userId);
    expect(new Set(userIds)).toEqual(new Set(people.map(({ userId }) => userId)));
  });

  it('no more, like their settings, when the account or the membership is gone', async () => {
    const [leaver, kicked] = await Promise.all([stack.register('leaver'), stack.register('kicked')]);
    const roomId = await openRoom(leaver, kicked);
    for (const each of [leaver, kicked]) await send(each, roomId, 'hello');
    await mutate(leaver, 'updateChatSettings', { sendsReadReceipts: true }, 'settings { sendsReadReceipts }');
    await mutate(owner, 'kickMember', { roomId, userId: kicked.userId }, 'room { id }');
    await leaver.run('mutation { deleteAccount { deletedUserId } }');
    await eventually(async () => expect(await seqsByUser(owner, roomId)).toEqual({}));
    const settings = 'SELECT FROM chat_settings WHERE user_id = $1';
    expect(await stack.databases.query('chat', settings, [leaver.userId])).toEqual([]);
  });
});
