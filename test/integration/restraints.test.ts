import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteAccount } from '../account-events.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { accept, act, createLink } from '../inviting.ts';
import { atLater, codesOf } from '../mutations.ts';

const roomEvents = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
  __typename seq
  ... on MemberJoined { userId role isMuted mutedUntil }
  ... on MemberUnmuted { userId } ... on RoleChanged { userId to } ... on OwnershipTransferred { userId }
} }`;

describe('what restrains a member', () => {
  let stack: TestStack;
  let owner: TestClient;
  let friend: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, friend] = await Promise.all([stack.register('owner'), stack.register('friend')]);
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  async function openRoom(...members: TestClient[]): Promise<string> {
    const roomId = await owner.createRoom();
    for (const member of members) await member.joinRoom(roomId);
    return roomId;
  }

  const send = async (client: TestClient, roomId: string) => codesOf(await client.sendMessage(roomId, 'a message'));
  const mute = (roomId: string, who: TestClient, until?: string) =>
    act(owner, 'muteMember', { roomId, userId: who.userId, until });
  const restraintsOf = ({ userId }: TestClient) => chat('SELECT FROM member_restraint WHERE user_id = $1', [userId]);

  const waysBack: [string, (roomId: string) => Promise<unknown>][] = [
    [
      'leaving and joining',
      async (roomId) => {
        expect(await act(friend, 'leaveRoom', { roomId })).toEqual([]);
        await friend.joinRoom(roomId);
      },
    ],
    [
      'a kick and a link',
      async (roomId) => {
        await act(owner, 'kickMember', { roomId, userId: friend.userId });
        const { invitation } = await createLink(owner, roomId);
        expect(await accept(friend, { code: invitation.code })).toEqual([]);
      },
    ],
    [
      'a ban and its end',
      async (roomId) => {
        const target = { roomId, userId: friend.userId };
        for (const name of ['banMember', 'unbanMember']) expect(await act(owner, name, target)).toEqual([]);
        await friend.joinRoom(roomId);
      },
    ],
  ];

  describe.each(waysBack)('outlives %s:', (_way, comeBack) => {
    it('a mute, until it ends', async () => {
      const roomId = await openRoom(friend);
      const until = new Date(Date.now() + 60_000).toISOString();
      expect(await mute(roomId, friend, until)).toEqual([]);
      const events = owner.subscribe(roomEvents, { roomId, after: await owner.headCursor(roomId) });
      for (const _ of ['once', 'and once more']) {
        await comeBack(roomId);
        expect(await send(friend, roomId)).toEqual(['MEMBER_MUTED']);
      }
      await expect
        .poll(() => events.events.filter(({ __typename }) => __typename === 'MemberJoined'))
        .toMatchObject(Array(2).fill({ userId: friend.userId, role: 'MEMBER', isMuted: true, mutedUntil: until }));
      await atLater(61_000, async () => expect(await send(friend, roomId)).toEqual([]));
    });

    it('READ_ONLY, until another role is given', async () => {
      const roomId = await openRoom(friend);
      const give = (role: string) => act(owner, 'changeMemberRole', { roomId, userId: friend.userId, role });
      expect(await give('READ_ONLY')).toEqual([]);
      await comeBack(roomId);
      expect(await send(friend, roomId)).toEqual(['NOT_ALLOWED']);
      expect(await give('MEMBER')).toEqual([]);
      await comeBack(roomId);
      expect(await send(friend, roomId)).toEqual([]);
    });

    it('slow mode', async () => {
      const roomId = await openRoom(friend);
      await act(owner, 'updateRoom', { roomId, settings: { slowModeSeconds: 30 } });
      expect(await send(friend, roomId)).toEqual([]);
      await comeBack(roomId);
      expect(await send(friend, roomId)).toEqual(['SLOW_MODE']);
      await atLater(30_000, async () => expect(await send(friend, roomId)).toEqual([]));
    });
  });

  it('is lifted from somebody who is back as from anybody, and nothing is kept of who was not restrained', async () => {
    const roomId = await openRoom(friend);
    await mute(roomId, friend);
    for (const name of ['leaveRoom', 'joinRoom']) expect(await act(friend, name, { roomId })).toEqual([]);
    expect(await act(owner, 'unmuteMember', { roomId, userId: friend.userId })).toEqual([]);
    expect(await send(friend, roomId)).toEqual([]);
    expect(await act(friend, 'leaveRoom', { roomId })).toEqual([]);
    expect(await restraintsOf(friend)).toEqual([]);
    const after = Buffer.from(`room:${roomId}:0`).toString('base64url');
    const joined = (await owner.subscribe(roomEvents, { roomId, after }).take(5)).filter(
      ({ __typename }) => __typename === 'MemberJoined',
    );
    expect(joined).toMatchObject([{ isMuted: false }, { isMuted: true, mutedUntil: null }]);
  });

  it('goes with the room, and with the account, as a ban does', async () => {
    const [leaver, banned] = await Promise.all([stack.register('leaver'), stack.register('banned')]);
    const [deleted, kept] = [await openRoom(leaver), await openRoom(leaver, banned)];
    for (const roomId of [deleted, kept]) {
      await mute(roomId, leaver);
      await act(leaver, 'leaveRoom', { roomId });
    }
    await act(owner, 'banMember', { roomId: kept, userId: banned.userId });
    expect(await restraintsOf(leaver)).toHaveLength(2);
    expect(await act(owner, 'deleteRoom', { roomId: deleted })).toEqual([]);
    await expect.poll(() => restraintsOf(leaver)).toHaveLength(1);
    for (const { userId } of [leaver, banned]) await deleteAccount(stack.databases, userId);
    await expect.poll(() => restraintsOf(leaver)).toEqual([]);
    await expect.poll(() => chat('SELECT FROM room_ban WHERE user_id = $1', [banned.userId])).toEqual([]);
  });

  it('ends when the room is handed to them, and the log tells', async () => {
    const roomId = await openRoom(friend);
    await mute(roomId, friend);
    const after = await owner.headCursor(roomId);
    expect(await act(owner, 'transferOwnership', { roomId, userId: friend.userId })).toEqual([]);
    expect(await send(friend, roomId)).toEqual([]);
    expect(await owner.subscribe(roomEvents, { roomId, after }).take(2)).toMatchObject([
      { __typename: 'OwnershipTransferred', userId: friend.userId },
      { __typename: 'MemberUnmuted', userId: friend.userId },
    ]);
    const list = 'query ($id: ID!) { room(id: $id) { members(first: 9) { nodes { isMuted } } } }';
    expect((await friend.run(list, { id: roomId })).members.nodes).toEqual([{ isMuted: false }, { isMuted: false }]);
  });

  it('ends when the room falls to them, and the log tells', async () => {
    const founder = await stack.register('founder');
    const roomId = await founder.createRoom();
    await friend.joinRoom(roomId);
    await act(founder, 'muteMember', { roomId, userId: friend.userId });
    const events = friend.subscribe(roomEvents, { roomId, after: await friend.headCursor(roomId) });
    await deleteAccount(stack.databases, founder.userId);
    expect(await events.take(3)).toMatchObject([
      { __typename: 'MemberLeft', seq: 4 },
      { __typename: 'RoleChanged', seq: 5, userId: friend.userId, to: 'OWNER' },
      { __typename: 'MemberUnmuted', seq: 6, userId: friend.userId },
    ]);
    expect(await send(friend, roomId)).toEqual([]);
    expect((await friend.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id: roomId })).headSeq).toBe(7);
  });
});
