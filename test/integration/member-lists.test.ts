import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const hour = 3_600_000;

describe('who is in a room and who is kept out', () => {
  let stack: TestStack;
  let owner: TestClient;
  let people: TestClient[];

  beforeAll(async () => {
    stack = await startTestStack();
    owner = await stack.register('owner');
    people = await Promise.all(Array.from({ length: 6 }, (_, number) => stack.register(`person${number}`)));
  });

  afterAll(() => stack?.stop());

  const act = async (client: TestClient, name: string, input: object): Promise<string[]> =>
    codesOf(await mutate(client, name, input, ''));

  async function person(index: number): Promise<TestClient> {
    const found = people[index];
    if (found === undefined) throw new Error(`There is no person ${index}.`);
    return found;
  }

  const memberCount = async (roomId: string): Promise<number> =>
    (await owner.run('query ($id: ID!) { room(id: $id) { memberCount } }', { id: roomId })).memberCount;

  /** Rooms whose count is not what there is. */
  const miscounted = () =>
    stack.databases.query(
      'chat',
      `SELECT id, member_count, (SELECT count(*)::int FROM room_member WHERE room_id = room.id) AS counted FROM room
       WHERE member_count <> (SELECT count(*) FROM room_member WHERE room_id = room.id)`,
    );

  it('is counted exactly through joining, leaving, kicks, bans, and the end of accounts, many at once', async () => {
    const rooms = [await owner.createRoom(), await owner.createRoom(), await owner.createRoom()];
    const [first = '', second = '', third = ''] = rooms;
    // Twice each: who is in already is not counted again.
    await Promise.all(rooms.flatMap((roomId) => [...people, ...people].map((each) => each.joinRoom(roomId))));
    for (const roomId of rooms) expect(await memberCount(roomId)).toBe(7);
    expect(await miscounted()).toEqual([]);
    const [leaver, kicked, banned, gone, busy] = await Promise.all([0, 1, 2, 3, 4].map(person));
    if (!leaver || !kicked || !banned || !gone || !busy) throw new Error('Nobody is there.');
    await Promise.all([
      act(leaver, 'leaveRoom', { roomId: first }),
      act(leaver, 'leaveRoom', { roomId: first }),
      act(owner, 'kickMember', { roomId: first, userId: kicked.userId }),
      act(owner, 'kickMember', { roomId: first, userId: kicked.userId }),
      act(owner, 'banMember', { roomId: first, userId: banned.userId }),
      act(owner, 'banMember', { roomId: first, userId: banned.userId }),
      gone.run('mutation { deleteAccount { deletedUserId } }'),
    ]);
    await expect.poll(() => memberCount(first)).toBe(3);
    await expect.poll(() => memberCount(second)).toBe(6);
    // A ban of somebody who is no member takes nobody away, and joining anew counts anew.
    await act(owner, 'banMember', { roomId: first, userId: kicked.userId });
    expect(await memberCount(first)).toBe(3);
    await leaver.joinRoom(first);
    expect(await memberCount(first)).toBe(4);
    await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        number % 2 ? busy.joinRoom(third) : act(busy, 'leaveRoom', { roomId: third }),
      ),
    );
    const [direct, group] = await Promise.all([
      mutate(owner, 'openDirectRoom', { userId: busy.userId }, 'room { memberCount }'),
      mutate(
        owner,
        'openGroupRoom',
        { userIds: [busy.userId, leaver.userId], clientRoomId: 'a' },
        'room { memberCount }',
      ),
    ]);
    expect([direct.room.memberCount, group.room.memberCount]).toEqual([2, 3]);
    await act(owner, 'deleteRoom', { roomId: second });
    expect(await miscounted()).toEqual([]);
  });

  it('is told to moderators for bans, in pages, without those that have ended', async () => {
    const roomId = await owner.createRoom();
    const [moderator, member, forever, brief, lifted] = await Promise.all([0, 1, 2, 4, 5].map(person));
    if (!moderator || !member || !forever || !brief || !lifted) throw new Error('Nobody is there.');
    for (const each of [moderator, member]) await each.joinRoom(roomId);
    await act(owner, 'changeMemberRole', { roomId, userId: moderator.userId, role: 'MODERATOR' });
    const bannedUntil = new Date(Date.now() + hour).toISOString();
    await act(owner, 'banMember', { roomId, userId: forever.userId });
    await act(owner, 'banMember', { roomId, userId: brief.userId, until: bannedUntil });
    await act(owner, 'banMember', { roomId, userId: lifted.userId });
    await act(owner, 'unbanMember', { roomId, userId: lifted.userId });
    const query = `query ($id: ID!, $first: Int, $after: String) { room(id: $id) { bans(first: $first, after: $after) {
      nodes { bannedAt bannedUntil user { id username } } pageInfo { hasNextPage endCursor }
    } } }`;
    const list = async (client: TestClient, variables: object = { first: 10 }) =>
      (await client.run(query, { id: roomId, ...variables })).bans;
    const expected = [
      { bannedAt: expect.any(String), bannedUntil: null, user: { id: forever.userId, username: forever.username } },
      { bannedAt: expect.any(String), bannedUntil, user: { id: brief.userId, username: brief.username } },
    ].sort((one, other) => (one.user.id < other.user.id ? -1 : 1));
    for (const client of [owner, moderator]) expect((await list(client)).nodes).toEqual(expected);
    for (const client of [member, lifted]) expect((await list(client)).nodes).toEqual([]);
    const page = await list(owner, { first: 1 });
    expect(page.pageInfo.hasNextPage).toBe(true);
    const next = await list(owner, { first: 1, after: page.pageInfo.endCursor });
    expect([...page.nodes, ...next.nodes]).toEqual(expected);
    expect(next.pageInfo.hasNextPage).toBe(false);
    const { errors } = await owner.send(query, { id: roomId, first: 1, after: await owner.headCursor(roomId) });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    await atLater(2 * hour, async () => {
      const session = await stack.signIn(owner.username);
      expect((await list(session)).nodes.map(({ user }: { user: { id: string } }) => user.id)).toEqual([
        forever.userId,
      ]);
    });
  });

  it('is not told to somebody who is signed out', async () => {
    const roomId = await owner.createRoom();
    expect(
      await stack.guest.run(
        'query ($id: ID!) { room(id: $id) { memberCount bans(first: 1) { nodes { bannedAt } } } }',
        { id: roomId },
      ),
    ).toBeNull();
  });
});
