import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const startOf = (roomId: string) => Buffer.from(`room:${roomId}:0`).toString('base64url');
const roomEvents = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
  __typename seq
  ... on MemberLeft { userId }
  ... on MemberKicked { userId actorId actor { username } user { username } }
  ... on MemberBanned { userId actorId until }
  ... on MemberUnbanned { userId }
  ... on MemberMuted { userId until }
  ... on MemberUnmuted { userId }
  ... on RoleChanged { userId from to }
  ... on OwnershipTransferred { userId actorId }
} }`;

describe('members', () => {
  let stack: TestStack;
  let owner: TestClient;
  let friend: TestClient;
  let stranger: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, friend, stranger] = await Promise.all([
      stack.register('owner'),
      stack.register('friend'),
      stack.register('stranger'),
    ]);
  });

  afterAll(() => stack?.stop());

  const act = async (client: TestClient, name: string, input: object): Promise<string[]> =>
    codesOf(await mutate(client, name, input, ''));

  const giveRole = (client: TestClient, roomId: string, who: TestClient, role: string) =>
    act(client, 'changeMemberRole', { roomId, userId: who.userId, role });

  async function openRoom(...members: TestClient[]): Promise<string> {
    const roomId = await owner.createRoom();
    for (const member of members) await member.joinRoom(roomId);
    return roomId;
  }

  /** A private room cannot be joined yet without an invitation: it is closed when everybody is in. */
  async function openPrivateRoom(...members: TestClient[]): Promise<string> {
    const roomId = await openRoom(...members);
    await stack.databases.query('chat', "UPDATE room SET kind = 'PRIVATE' WHERE id = $1", [roomId]);
    return roomId;
  }

  async function rolesIn(roomId: string): Promise<Record<string, string>> {
    const rows = await stack.databases.query<{ user_id: string; role: string }>(
      'chat',
      'SELECT user_id, role FROM room_member WHERE room_id = $1',
      [roomId],
    );
    return Object.fromEntries(rows.map(({ user_id, role }) => [user_id, role]));
  }

  async function logOf(roomId: string, count: number) {
    const events = await owner.subscribe(roomEvents, { roomId, after: startOf(roomId) }).take(count);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    return events;
  }

  const headOf = async (roomId: string) =>
    (await owner.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id: roomId })).headSeq;

  it('are listed in pages, with role and time, and the statements do not grow', async () => {
    const roomId = await openRoom(friend, stranger);
    await giveRole(owner, roomId, friend, 'ADMIN');
    const list = `query ($id: ID!, $after: String) { room(id: $id) { viewerRole members(first: 2, after: $after) {
      nodes { role joinedAt isMuted mutedUntil user { id username } } pageInfo { hasNextPage endCursor }
    } } }`;
    const first = await friend.run(list, { id: roomId });
    expect(first.viewerRole).toBe('ADMIN');
    expect(first.members.pageInfo.hasNextPage).toBe(true);
    const second = await friend.run(list, { id: roomId, after: first.members.pageInfo.endCursor });
    expect(second.members.pageInfo.hasNextPage).toBe(false);
    const nodes = [...first.members.nodes, ...second.members.nodes];
    const roles = Object.fromEntries(nodes.map(({ user, role }) => [user.username, role]));
    expect(roles).toEqual({ [owner.username]: 'OWNER', [friend.username]: 'ADMIN', [stranger.username]: 'MEMBER' });
    const { errors } = await friend.send(list, { id: roomId, after: startOf(roomId) });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('get roles below that of who gives them, and each change is an event', async () => {
    const roomId = await openRoom(friend, stranger);
    expect(await giveRole(owner, roomId, friend, 'ADMIN')).toEqual([]);
    expect(await giveRole(owner, roomId, friend, 'ADMIN')).toEqual([]);
    expect(await giveRole(friend, roomId, stranger, 'MODERATOR')).toEqual([]);
    expect(await giveRole(friend, roomId, stranger, 'ADMIN')).toEqual(['NOT_ALLOWED']);
    expect(await giveRole(owner, roomId, stranger, 'OWNER')).toEqual(['NOT_ALLOWED']);
    expect(await giveRole(friend, roomId, owner, 'MEMBER')).toEqual(['NOT_ALLOWED']);
    expect(await giveRole(owner, roomId, owner, 'ADMIN')).toEqual(['NOT_ALLOWED']);
    expect(await giveRole(stranger, roomId, friend, 'MEMBER')).toEqual(['NOT_ALLOWED']);
    expect(await giveRole(owner, roomId, stranger, 'READ_ONLY')).toEqual([]);
    expect(codesOf(await stranger.sendMessage(roomId, 'x'))).toEqual(['NOT_ALLOWED']);
    expect((await logOf(roomId, 6)).slice(3)).toEqual([
      { __typename: 'RoleChanged', seq: 4, userId: friend.userId, from: 'MEMBER', to: 'ADMIN' },
      { __typename: 'RoleChanged', seq: 5, userId: stranger.userId, from: 'MEMBER', to: 'MODERATOR' },
      { __typename: 'RoleChanged', seq: 6, userId: stranger.userId, from: 'MODERATOR', to: 'READ_ONLY' },
    ]);
    expect(await headOf(roomId)).toBe(6);
  });

  it('own a room one at a time: it is handed over, and an owner does not leave others behind', async () => {
    const roomId = await openRoom(friend);
    const subscription = stranger.subscribe(roomEvents, { roomId, after: startOf(roomId) });
    // It has begun before the room goes.
    await subscription.take(2);
    expect(await act(owner, 'leaveRoom', { roomId })).toEqual(['ROOM_OWNER_MUST_HAND_OVER']);
    expect(await act(friend, 'transferOwnership', { roomId, userId: friend.userId })).toEqual(['NOT_ALLOWED']);
    expect(await act(owner, 'transferOwnership', { roomId, userId: stranger.userId })).toEqual(['MEMBER_NOT_FOUND']);
    expect(await act(owner, 'transferOwnership', { roomId, userId: friend.userId })).toEqual([]);
    expect(await rolesIn(roomId)).toEqual({ [owner.userId]: 'ADMIN', [friend.userId]: 'OWNER' });
    expect(await act(owner, 'leaveRoom', { roomId })).toEqual([]);
    expect(await act(owner, 'leaveRoom', { roomId })).toEqual([]);
    expect(await act(friend, 'leaveRoom', { roomId })).toEqual([]);
    expect(await rolesIn(roomId)).toEqual({});
    expect(await subscription.take(4)).toEqual([
      { __typename: 'OwnershipTransferred', seq: 3, userId: friend.userId, actorId: owner.userId },
      { __typename: 'MemberLeft', seq: 4, userId: owner.userId },
      { __typename: 'MemberLeft', seq: 5, userId: friend.userId },
      { __typename: 'RoomDeleted', seq: 6 },
    ]);
  });

  it('are kicked by those above them, and may come back to a public room', async () => {
    const roomId = await openRoom(friend, stranger);
    await giveRole(owner, roomId, friend, 'MODERATOR');
    expect(await act(stranger, 'kickMember', { roomId, userId: friend.userId })).toEqual(['NOT_ALLOWED']);
    expect(await act(friend, 'kickMember', { roomId, userId: owner.userId })).toEqual(['NOT_ALLOWED']);
    expect(await act(friend, 'kickMember', { roomId, userId: stranger.userId })).toEqual([]);
    expect(await act(friend, 'kickMember', { roomId, userId: stranger.userId })).toEqual(['MEMBER_NOT_FOUND']);
    expect(codesOf(await stranger.sendMessage(roomId, 'x'))).toEqual(['NOT_A_MEMBER']);
    expect(codesOf(await stranger.joinRoom(roomId))).toEqual([]);
    expect((await logOf(roomId, 6))[4]).toEqual({
      __typename: 'MemberKicked',
      seq: 5,
      userId: stranger.userId,
      user: { username: stranger.username },
      actorId: friend.userId,
      actor: { username: friend.username },
    });
  });

  it('are banned, members or not, until a time or until they are unbanned', async () => {
    const roomId = await openRoom(friend);
    const ban = (who: TestClient, until?: string) => act(owner, 'banMember', { roomId, userId: who.userId, until });
    const until = new Date(Date.now() + 60_000).toISOString();
    expect(await ban(friend)).toEqual([]);
    expect(await ban(friend)).toEqual([]);
    expect(await ban(stranger, until)).toEqual([]);
    expect(await rolesIn(roomId)).toEqual({ [owner.userId]: 'OWNER' });
    for (const banned of [friend, stranger]) {
      expect(codesOf(await banned.joinRoom(roomId))).toEqual(['BANNED']);
      expect(codesOf(await banned.sendMessage(roomId, 'x'))).toEqual(['BANNED']);
      expect(await banned.run('query ($id: ID!) { room(id: $id) { id } }', { id: roomId })).toBeNull();
    }
    await atLater(61_000, async () => expect(codesOf(await stranger.joinRoom(roomId))).toEqual([]));
    expect(await act(owner, 'unbanMember', { roomId, userId: friend.userId })).toEqual([]);
    expect(await act(owner, 'unbanMember', { roomId, userId: friend.userId })).toEqual([]);
    expect(codesOf(await friend.joinRoom(roomId))).toEqual([]);
    const log = await logOf(roomId, 7);
    expect(log.slice(2).map(({ __typename, userId }) => [__typename, userId])).toEqual([
      ['MemberBanned', friend.userId],
      ['MemberBanned', stranger.userId],
      ['MemberJoined', undefined],
      ['MemberUnbanned', friend.userId],
      ['MemberJoined', undefined],
    ]);
    expect([log[2].until, log[3].until]).toEqual([null, until]);
  });

  it('that are banned from a private room find nothing there', async () => {
    const roomId = await openPrivateRoom(friend);
    expect(await act(owner, 'banMember', { roomId, userId: friend.userId })).toEqual([]);
    expect(codesOf(await friend.joinRoom(roomId))).toEqual(['ROOM_NOT_FOUND']);
    expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual(['ROOM_NOT_FOUND']);
  });

  it('are muted, until a time or until they are unmuted, and their retries still get the first result', async () => {
    const roomId = await openRoom(friend);
    const { message } = await friend.sendMessage(roomId, 'before', 'a');
    const mute = (until?: string) => act(owner, 'muteMember', { roomId, userId: friend.userId, until });
    expect(await mute(new Date(Date.now() + 60_000).toISOString())).toEqual([]);
    expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual(['MEMBER_MUTED']);
    expect((await friend.sendMessage(roomId, 'before', 'a')).message.id).toBe(message.id);
    await atLater(61_000, async () => expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual([]));
    expect(await mute()).toEqual([]);
    await atLater(61_000, async () => expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual(['MEMBER_MUTED']));
    expect(await act(owner, 'unmuteMember', { roomId, userId: friend.userId })).toEqual([]);
    expect(await act(owner, 'unmuteMember', { roomId, userId: friend.userId })).toEqual([]);
    expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual([]);
    const kinds = (await logOf(roomId, 8)).map(({ __typename }) => __typename);
    expect(kinds.slice(3)).toEqual(['MemberMuted', 'MessageSent', 'MemberMuted', 'MemberUnmuted', 'MessageSent']);
  });

  it.each([
    ['kickMember', {}],
    ['banMember', {}],
    ['muteMember', {}],
    ['changeMemberRole', { role: 'MEMBER' }],
  ])('that do not exist get %s nothing but MEMBER_NOT_FOUND', async (name, more) => {
    const roomId = await openRoom();
    const strangers = ['', 'nobody', "'; DROP TABLE room", '01a9cf00-0000-7000-8000-000000000000'];
    for (const userId of [...strangers, owner.userId.toUpperCase()]) {
      expect(await act(owner, name, { roomId, userId, ...more })).toEqual(['MEMBER_NOT_FOUND']);
    }
    expect(await act(owner, name, { roomId: 'nowhere', userId: friend.userId, ...more })).toEqual(['ROOM_NOT_FOUND']);
  });

  it('are not found by an id in capitals, and neither is a room, so that no event names anybody in two ways', async () => {
    const roomId = await openPrivateRoom(friend);
    const subscription = friend.subscribe(roomEvents, { roomId, after: startOf(roomId) });
    // It has begun before its reader is kicked.
    await subscription.take(2);
    const capitals = { roomId, userId: friend.userId.toUpperCase() };
    for (const name of ['kickMember', 'banMember', 'muteMember', 'unmuteMember', 'transferOwnership']) {
      expect(await act(owner, name, capitals)).toEqual(['MEMBER_NOT_FOUND']);
    }
    expect(await act(owner, 'changeMemberRole', { ...capitals, role: 'MODERATOR' })).toEqual(['MEMBER_NOT_FOUND']);
    const publicId = await openRoom();
    expect(codesOf(await stranger.joinRoom(publicId.toUpperCase()))).toEqual(['ROOM_NOT_FOUND']);
    expect(await rolesIn(publicId)).toEqual({ [owner.userId]: 'OWNER' });
    expect(await act(owner, 'kickMember', { roomId, userId: friend.userId })).toEqual([]);
    await owner.sendMessage(roomId, 'unseen');
    await subscription.ended;
    expect(subscription.events.slice(2)).toMatchObject([{ __typename: 'MemberKicked', seq: 3, userId: friend.userId }]);
  });

  it('are not banned or muted until a time that has passed', async () => {
    const roomId = await openRoom(friend);
    for (const name of ['banMember', 'muteMember']) {
      const past = { roomId, userId: friend.userId, until: '2020-01-01T00:00:00Z' };
      expect(await act(owner, name, past)).toEqual(['TIME_INVALID']);
    }
    expect(await headOf(roomId)).toBe(2);
  });

  describe.each(['roomEvents', 'messageAdded'])('that follow %s of a private room', (field) => {
    const events = `subscription ($roomId: ID!, $after: String) {
      ${field}(roomId: $roomId, after: $after) { __typename seq } }`;

    it.each(['leaveRoom', 'kickMember', 'banMember'])('get nothing after %s', async (name) => {
      const roomId = await openPrivateRoom(friend);
      const subscription = friend.subscribe(events, { roomId, after: await owner.headCursor(roomId) });
      await owner.sendMessage(roomId, 'seen');
      await subscription.next();
      const isLeaving = name === 'leaveRoom';
      const removal = isLeaving ? { roomId } : { roomId, userId: friend.userId };
      expect(await act(isLeaving ? friend : owner, name, removal)).toEqual([]);
      await owner.sendMessage(roomId, 'unseen');
      const codes = ((await subscription.ended) as Answer['errors'])?.map(({ extensions }) => extensions.code);
      expect(codes).toEqual(['NOT_FOUND']);
      expect(subscription.events.map(({ seq }) => seq)).toEqual(field === 'roomEvents' ? [3, 4] : [3]);
    });
  });

  it('that were removed get nothing more when live publication was lost either', async () => {
    const roomId = await openPrivateRoom(friend);
    const subscription = friend.subscribe(roomEvents, { roomId, after: await owner.headCursor(roomId) });
    await owner.sendMessage(roomId, 'seen');
    await subscription.next();
    // What a chat process leaves behind that crashed between its commits and their publication.
    await stack.databases.query(
      'chat',
      `WITH gone AS (DELETE FROM room_member WHERE room_id = $1 AND user_id = $2),
         advanced AS (UPDATE room SET head_seq = head_seq + 2 WHERE id = $1 RETURNING head_seq)
       INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at, data)
       SELECT $1, head_seq - 1, 'MEMBER_KICKED'::room_event_kind, $3::uuid, now(), jsonb_build_object('userId', $2::uuid)
       FROM advanced UNION ALL
       SELECT $1, head_seq, 'MEMBER_JOINED', $3::uuid, now(), '{}' FROM advanced`,
      [roomId, friend.userId, owner.userId],
    );
    await subscription.ended;
    expect(subscription.events.map(({ seq }) => seq)).toEqual([3, 4]);
  });

  it('that left a public room follow it on, and those who were banned do not', async () => {
    const roomId = await openRoom(friend, stranger);
    const after = await owner.headCursor(roomId);
    const following = [friend, stranger].map((client) => client.subscribe(roomEvents, { roomId, after }));
    const [left, banned] = following as [(typeof following)[0], (typeof following)[0]];
    await act(friend, 'leaveRoom', { roomId });
    // Nobody gets anything who begins to follow only once they are banned.
    for (const { next } of following) expect((await next()).seq).toBe(4);
    await act(owner, 'banMember', { roomId, userId: stranger.userId });
    await owner.sendMessage(roomId, 'on it goes');
    expect((await left.take(2)).map(({ seq }) => seq)).toEqual([5, 6]);
    await banned.ended;
    expect(banned.events.map(({ seq }) => seq)).toEqual([4, 5]);
  });

  it('that came back replay the log past their own removal', async () => {
    const roomId = await openRoom(friend);
    await act(owner, 'kickMember', { roomId, userId: friend.userId });
    await friend.joinRoom(roomId);
    await stack.databases.query('chat', "UPDATE room SET kind = 'PRIVATE' WHERE id = $1", [roomId]);
    const replay = await friend.subscribe(roomEvents, { roomId, after: startOf(roomId) }).take(4);
    expect(replay.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  describe('in a race', () => {
    const rounds = Array.from({ length: 8 }, (_, round) => round);

    it('end with one of two roles, and the log tells how', async () => {
      for (const _ of rounds) {
        const roomId = await openRoom(friend, stranger);
        await giveRole(owner, roomId, friend, 'ADMIN');
        await Promise.all([
          giveRole(owner, roomId, stranger, 'MODERATOR'),
          giveRole(friend, roomId, stranger, 'READ_ONLY'),
        ]);
        const changes = (await logOf(roomId, 6)).slice(4);
        expect(changes[0].to).toBe(changes[1].from);
        expect((await rolesIn(roomId))[stranger.userId]).toBe(changes[1].to);
      }
    });

    it('that are kicked while they send have no message behind the kick', async () => {
      for (const _ of rounds) {
        const roomId = await openRoom(friend);
        const [, ...sent] = await Promise.all([
          act(owner, 'kickMember', { roomId, userId: friend.userId }),
          ...rounds.map((number) => friend.sendMessage(roomId, `message ${number}`)),
        ]);
        const stored = sent.filter(({ message }) => message !== null).length;
        const kinds = (await logOf(roomId, 3 + stored)).map(({ __typename }) => __typename);
        expect(kinds.at(-1)).toBe('MemberKicked');
        const refused = sent.flatMap(codesOf);
        expect(refused).toEqual(Array(rounds.length - stored).fill('NOT_A_MEMBER'));
      }
    });

    it('that are muted while they send have no message behind the mute', async () => {
      const roomId = await openRoom(friend);
      await Promise.all([
        act(owner, 'muteMember', { roomId, userId: friend.userId }),
        ...rounds.map((number) => friend.sendMessage(roomId, `message ${number}`)),
      ]);
      const events = await logOf(roomId, await headOf(roomId));
      expect(events.at(-1).__typename).toBe('MemberMuted');
    });

    it('that are banned while they join are no members', async () => {
      for (const _ of rounds) {
        const roomId = await openRoom();
        await Promise.all([friend.joinRoom(roomId), act(owner, 'banMember', { roomId, userId: friend.userId })]);
        expect(await rolesIn(roomId)).toEqual({ [owner.userId]: 'OWNER' });
        expect((await logOf(roomId, await headOf(roomId))).at(-1).__typename).toBe('MemberBanned');
      }
    });

    it('of a transfer and a leave leave no room without an owner', async () => {
      for (const _ of rounds) {
        const roomId = await openRoom(friend);
        await Promise.all([
          act(owner, 'transferOwnership', { roomId, userId: friend.userId }),
          act(owner, 'leaveRoom', { roomId }),
          act(friend, 'leaveRoom', { roomId }),
        ]);
        const roles = Object.values(await rolesIn(roomId));
        expect(roles.filter((role) => role === 'OWNER')).toHaveLength(roles.length > 0 ? 1 : 0);
      }
    });

    it('of two transfers have one owner', async () => {
      for (const _ of rounds) {
        const roomId = await openRoom(friend, stranger);
        const codes = await Promise.all(
          [friend, stranger].map(({ userId }) => act(owner, 'transferOwnership', { roomId, userId })),
        );
        expect(codes.flat()).toEqual(['NOT_ALLOWED']);
        const roles = Object.values(await rolesIn(roomId));
        expect(roles.toSorted()).toEqual(['ADMIN', 'MEMBER', 'OWNER']);
        await logOf(roomId, 4);
      }
    });
  });
});
