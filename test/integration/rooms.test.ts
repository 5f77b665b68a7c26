import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const roomEvents = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
  __typename seq ... on RoomUpdated { fields room { name } } ... on RoomDeleted { actorId }
} }`;
const fields = 'name topic avatarUrl archivedAt settings { whoMayPost whoMayInvite whoMayPin slowModeSeconds }';

describe('rooms', () => {
  let stack: TestStack;
  let owner: TestClient;
  let friend: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, friend] = await Promise.all([stack.register('owner'), stack.register('friend')]);
  });

  afterAll(() => stack?.stop());

  const act = async (client: TestClient, name: string, input: object): Promise<string[]> =>
    codesOf(await mutate(client, name, input, ''));

  async function openRoom(kind: 'PUBLIC' | 'PRIVATE' = 'PUBLIC'): Promise<string> {
    const roomId = await owner.createRoom(kind);
    await friend.joinRoom(roomId);
    return roomId;
  }

  const read = (client: TestClient, id: string) =>
    client.run(`query ($id: ID!) { room(id: $id) { headSeq ${fields} } }`, { id });

  it('are changed field by field, each change an event that names what was changed', async () => {
    const roomId = await openRoom();
    const subscription = owner.subscribe(roomEvents, { roomId, after: await owner.headCursor(roomId) });
    const input = { name: 'New', topic: ' About ', avatarUrl: 'https://example.org/a.png' };
    const changed = await mutate(owner, 'updateRoom', { roomId, ...input }, `room { ${fields} }`);
    const settings = { whoMayPost: 'MEMBER', whoMayInvite: 'MEMBER', whoMayPin: 'MODERATOR', slowModeSeconds: 0 };
    expect(changed.room).toEqual({ ...input, topic: 'About', archivedAt: null, settings });
    expect(await act(owner, 'updateRoom', { roomId, ...input })).toEqual([]);
    const slow = { whoMayInvite: 'ADMIN', slowModeSeconds: 21_600 };
    expect(await act(owner, 'updateRoom', { roomId, settings: slow })).toEqual([]);
    expect(await act(owner, 'updateRoom', { roomId, topic: '', avatarUrl: null, name: null })).toEqual([]);
    expect(await subscription.take(3)).toEqual([
      { __typename: 'RoomUpdated', seq: 3, fields: ['name', 'topic', 'avatarUrl'], room: { name: 'New' } },
      { __typename: 'RoomUpdated', seq: 4, fields: ['whoMayInvite', 'slowModeSeconds'], room: { name: 'New' } },
      { __typename: 'RoomUpdated', seq: 5, fields: ['topic', 'avatarUrl'], room: { name: 'New' } },
    ]);
    const expected = { name: 'New', topic: null, avatarUrl: null, archivedAt: null };
    expect(await read(friend, roomId)).toEqual({ headSeq: 5, ...expected, settings: { ...settings, ...slow } });
  });

  it('have nothing that people wrote about them in the database', async () => {
    const roomId = await openRoom();
    await act(owner, 'updateRoom', { roomId, topic: 'a marker', avatarUrl: 'https://example.org/marker' });
    const [row] = await stack.databases.query<{ text: string }>(
      'chat',
      `SELECT encode(sealed_topic, 'escape') || encode(sealed_avatar_url, 'escape') || room::text AS text
       FROM room WHERE id = $1`,
      [roomId],
    );
    expect(row?.text).not.toContain('marker');
  });

  it.each([
    [{ name: '' }, 'ROOM_NAME_INVALID', ['name']],
    [{ name: 'a\nb' }, 'ROOM_NAME_INVALID', ['name']],
    [{ topic: 'x'.repeat(501) }, 'TOPIC_INVALID', ['topic']],
    [{ topic: '\u200b' }, 'TOPIC_INVALID', ['topic']],
    [{ topic: 'a\u0000' }, 'TOPIC_INVALID', ['topic']],
    [{ avatarUrl: 'http://example.org/a.png' }, 'AVATAR_URL_INVALID', ['avatarUrl']],
    [{ avatarUrl: 'javascript:alert(1)' }, 'AVATAR_URL_INVALID', ['avatarUrl']],
    [{ avatarUrl: 'https://me:secret@example.org' }, 'AVATAR_URL_INVALID', ['avatarUrl']],
    [{ avatarUrl: `https://example.org/${'x'.repeat(2_048)}` }, 'AVATAR_URL_INVALID', ['avatarUrl']],
    [{ settings: { slowModeSeconds: -1 } }, 'SETTING_INVALID', ['settings', 'slowModeSeconds']],
    [{ settings: { slowModeSeconds: 21_601 } }, 'SETTING_INVALID', ['settings', 'slowModeSeconds']],
    [{ settings: { whoMayPost: 'READ_ONLY' } }, 'SETTING_INVALID', ['settings', 'whoMayPost']],
  ])('are not changed to %o', async (change, code, field) => {
    const roomId = await openRoom();
    const { userErrors } = await mutate(owner, 'updateRoom', { roomId, ...change }, '');
    expect(userErrors).toEqual([{ code, field }]);
    expect((await read(owner, roomId)).headSeq).toBe(2);
  });

  it('let those post whom the settings name', async () => {
    const roomId = await openRoom();
    await act(owner, 'updateRoom', { roomId, settings: { whoMayPost: 'MODERATOR' } });
    expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual(['NOT_ALLOWED']);
    await act(owner, 'changeMemberRole', { roomId, userId: friend.userId, role: 'MODERATOR' });
    expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual([]);
  });

  it('in slow mode take one message of a member at a time, however many come at once', async () => {
    const roomId = await openRoom();
    await act(owner, 'updateRoom', { roomId, settings: { slowModeSeconds: 30 } });
    // The clock stands still meanwhile.
    await atLater(0, async () => {
      const sent = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => friend.sendMessage(roomId, id, id)));
      expect(sent.flatMap(codesOf)).toEqual(Array(4).fill('SLOW_MODE'));
      const first = sent.find(({ message }) => message !== null)?.message;
      expect((await friend.sendMessage(roomId, 'again', first?.text)).message.id).toBe(first?.id);
      const refused = await mutate(
        friend,
        'sendMessage',
        { roomId, text: 'x', clientMessageId: 'x' },
        'userErrors { message }',
      );
      expect(refused.userErrors[0].message).toContain('wait 30 seconds');
    });
    for (const text of ['an owner', 'never waits']) expect(codesOf(await owner.sendMessage(roomId, text))).toEqual([]);
    await atLater(30_000, async () => expect(codesOf(await friend.sendMessage(roomId, 'next'))).toEqual([]));
  });

  it('that are archived can be read and not written to, until they are restored', async () => {
    const roomId = await openRoom();
    await owner.sendMessage(roomId, 'hello', 'a');
    expect(await act(friend, 'archiveRoom', { roomId })).toEqual(['NOT_ALLOWED']);
    expect(await act(owner, 'archiveRoom', { roomId })).toEqual([]);
    expect(await act(owner, 'archiveRoom', { roomId })).toEqual([]);
    const stranger = await stack.register('stranger');
    expect(codesOf(await stranger.joinRoom(roomId))).toEqual(['ROOM_ARCHIVED']);
    expect(codesOf(await owner.sendMessage(roomId, 'x'))).toEqual(['ROOM_ARCHIVED']);
    expect(codesOf(await owner.sendMessage(roomId, 'hello', 'a'))).toEqual([]);
    expect(await act(owner, 'updateRoom', { roomId, name: 'New' })).toEqual(['ROOM_ARCHIVED']);
    expect(await act(owner, 'kickMember', { roomId, userId: friend.userId })).toEqual(['ROOM_ARCHIVED']);
    expect(await read(friend, roomId)).toMatchObject({ headSeq: 4, archivedAt: expect.any(String) });
    expect(await act(owner, 'restoreRoom', { roomId })).toEqual([]);
    expect(await act(owner, 'restoreRoom', { roomId })).toEqual([]);
    expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual([]);
    expect(await read(friend, roomId)).toMatchObject({ headSeq: 6, archivedAt: null });
  });

  it('that are archived while people send have no message behind that', async () => {
    const roomId = await openRoom();
    await Promise.all([
      act(owner, 'archiveRoom', { roomId }),
      ...[1, 2, 3, 4, 5, 6].map((number) => friend.sendMessage(roomId, `message ${number}`)),
    ]);
    const sql = 'SELECT kind FROM room_event WHERE room_id = $1 ORDER BY seq DESC LIMIT 1';
    expect(await stack.databases.query('chat', sql, [roomId])).toEqual([{ kind: 'ROOM_ARCHIVED' }]);
  });

  it('that are deleted are gone, with everything in them, and readers end', async () => {
    const roomId = await openRoom();
    const { message } = await friend.sendMessage(roomId, 'hello');
    const after = Buffer.from(`room:${roomId}:0`).toString('base64url');
    const subscription = friend.subscribe(roomEvents, { roomId, after });
    await subscription.take(3);
    expect(await act(friend, 'deleteRoom', { roomId })).toEqual(['NOT_ALLOWED']);
    // Rows in the tables that belong to messages.
    await stack.databases.query('chat', "INSERT INTO reaction_count VALUES ($1, 3, '+', 1, 3)", [roomId]);
    expect(await mutate(owner, 'deleteRoom', { roomId }, 'roomId')).toEqual({ roomId, userErrors: [] });
    expect(await subscription.next()).toEqual({ __typename: 'RoomDeleted', seq: 4, actorId: owner.userId });
    const codes = ((await subscription.ended) as Answer['errors'])?.map(({ extensions }) => extensions.code);
    expect(codes).toEqual(['NOT_FOUND']);
    expect(await read(owner, roomId)).toBeNull();
    for (const name of ['deleteRoom', 'restoreRoom', 'joinRoom', 'leaveRoom']) {
      expect(await act(owner, name, { roomId })).toEqual(['ROOM_NOT_FOUND']);
    }
    expect(codesOf(await friend.sendMessage(roomId, 'x'))).toEqual(['ROOM_NOT_FOUND']);
    const again = friend.subscribe(roomEvents, { roomId, after });
    expect(((await again.ended) as Answer['errors'])?.[0]?.extensions.code).toBe('NOT_FOUND');
    await expect.poll(() => rowsOf(roomId)).toEqual(['room_event']);
    expect(message.id).toEqual(expect.any(String));
  });

  /** The tables that have rows of a room, each as often as it has. */
  async function rowsOf(roomId: string): Promise<string[]> {
    const tables = await stack.databases.query<{ name: string }>(
      'chat',
      `SELECT table_name AS name FROM information_schema.columns JOIN pg_class ON relname = table_name
       WHERE column_name = 'room_id' AND table_schema = 'public' AND NOT relispartition`,
    );
    const rows = tables.map(async ({ name }) =>
      stack.databases.query<{ name: string }>('chat', `SELECT '${name}' AS name FROM ${name} WHERE room_id = $1`, [
        roomId,
      ]),
    );
    return (await Promise.all(rows)).flat().map(({ name }) => name);
  }

  it('that were deleted when the process died are emptied by the next start', async () => {
    const roomId = await openRoom();
    await friend.sendMessage(roomId, 'hello');
    await stack.databases.query('chat', 'DELETE FROM room_member WHERE room_id = $1', [roomId]);
    await stack.databases.query('chat', 'DELETE FROM room_key WHERE room_id = $1', [roomId]);
    await stack.databases.query('chat', 'UPDATE room SET deleted_at = now() WHERE id = $1', [roomId]);
    await stack.stopSubgraph('chat');
    await stack.restartSubgraph('chat');
    await expect.poll(() => rowsOf(roomId)).toEqual([]);
  });
});
