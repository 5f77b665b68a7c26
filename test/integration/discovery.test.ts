import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createIndexKey } from '../../subgraphs/chat/encryption/index-key.ts';
import { createKeyEncryption } from '../../subgraphs/chat/encryption/key-encryption.ts';
import { rewrapRoomKeys, rotateRoomKeys } from '../../subgraphs/chat/encryption/rotation.ts';
import { roomSearchLimit } from '../../subgraphs/chat/rooms/discovery/service.ts';
import { withChatDatabase } from '../chat-database.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const nobodysRoom = '00000000-0000-0000-0000-000000000000';

describe('public rooms are found', () => {
  let stack: TestStack;
  let owner: TestClient;
  let visitor: TestClient;

  beforeAll(async () => {
    const setting = `old:${oldKey.toString('base64')},new:${newKey.toString('base64')}`;
    stack = await startTestStack({ environment: { CHAT_ENCRYPTION_KEYS: setting } });
    [owner, visitor] = await Promise.all([stack.register('owner'), stack.register('visitor')]);
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  const act = async (client: TestClient, name: string, input: object): Promise<string[]> =>
    codesOf(await mutate(client, name, input, ''));

  async function create(name: string, topic: string | null = null, kind = 'PUBLIC'): Promise<string> {
    return (await mutate(owner, 'createRoom', { name, topic, kind }, 'room { id }')).room.id;
  }

  const query = `query ($search: String, $first: Int, $after: String) {
    publicRooms(search: $search, first: $first, after: $after) {
      nodes { id name viewerRole memberCount } pageInfo { hasNextPage endCursor }
    }
  }`;

  async function find(search: string | null, client = visitor): Promise<string[]> {
    return (await client.run(query, { search, first: 100 })).nodes.map(({ id }: { id: string }) => id);
  }

  const entriesOf = async (roomId: string) => chat('SELECT FROM room_word WHERE room_id = $1', [roomId]);

  it('by how the words of their names and topics begin, whatever the case and the accents', async () => {
    const roomId = await create('General: Ćwiczenia & ÉTÉ', 'Planning of the Straßenfest 2026 (日本)');
    for (const search of [
      'gen',
      'GENERAL',
      'ge',
      'general',
      'cwicz',
      'ĆWI',
      'ete',
      'e\u0301te\u0301',
      'plan gen',
      '2026',
      '20',
      'ｇｅｎ',
      '日本',
      '!gen?',
      'gen%',
    ])
      expect({ search, found: await find(search) }).toEqual({ search, found: [roomId] });
    for (const search of ['g', 'eneral', 'generals', 'gen nothing', 'x', '!!!', '\ud800', "' OR true --", '%'])
      expect({ search, found: await find(search) }).toEqual({ search, found: [] });
  });

  it('newest first, in pages, all of them without a search, with what the viewer is in each', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 5; number += 1) ids.unshift(await create(`Paged ${number}`));
    const [, joined = ''] = ids;
    await visitor.joinRoom(joined);
    const first = await visitor.run(query, { search: 'paged', first: 2 });
    expect(first.nodes).toEqual([
      { id: ids[0], name: 'Paged 4', viewerRole: null, memberCount: 1 },
      { id: ids[1], name: 'Paged 3', viewerRole: 'MEMBER', memberCount: 2 },
    ]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    // A new room does not push one into the next page.
    await create('Paged later');
    const rest = await visitor.run(query, { search: 'paged', first: 5, after: first.pageInfo.endCursor });
    expect(rest.nodes.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
    expect(rest.pageInfo.hasNextPage).toBe(false);
    for (const search of [null, '', '  ']) expect((await find(search)).slice(1, 6)).toEqual(ids);
  });

  it('only while they are public and open, and not by those who are banned, nor by a guest', async () => {
    const roomId = await create('Fleeting', 'Words');
    const closed = await create('Fleeting in secret', null, 'PRIVATE');
    const [direct, group] = await Promise.all([
      mutate(owner, 'openDirectRoom', { userId: visitor.userId }, 'room { id }'),
      mutate(
        owner,
        'openGroupRoom',
        { userIds: [visitor.userId, (await stack.register()).userId], name: 'Fleeting', clientRoomId: 'g' },
        'room { id }',
      ),
    ]);
    for (const id of [closed, direct.room.id, group.room.id]) expect(await entriesOf(id)).toEqual([]);
    expect(await find('fleeting', owner)).toEqual([roomId]);
    await act(owner, 'updateRoom', { roomId: closed, topic: 'Fleeting' });
    expect(await entriesOf(closed)).toEqual([]);
    expect((await stack.guest.run(query, { search: 'fleeting', first: 5 })).nodes).toEqual([]);
    await act(owner, 'banMember', { roomId, userId: visitor.userId });
    expect(await find('fleeting')).toEqual([]);
    expect(await find(null)).not.toContain(roomId);
    await act(owner, 'unbanMember', { roomId, userId: visitor.userId });
    expect(await find('fleeting')).toEqual([roomId]);
    await act(owner, 'archiveRoom', { roomId });
    expect(await find('fleeting')).toEqual([]);
    await act(owner, 'restoreRoom', { roomId });
    expect(await find('fleeting')).toEqual([roomId]);
    await act(owner, 'deleteRoom', { roomId });
    expect(await find('fleeting')).toEqual([]);
    await expect.poll(() => entriesOf(roomId)).toEqual([]);
  });

  it('by their new name and topic once these are changed, also when both are changed at once', async () => {
    const roomId = await create('Before', 'Ancient');
    await act(owner, 'updateRoom', { roomId, name: 'After' });
    expect([await find('before'), await find('after'), await find('ancient after')]).toEqual([[], [roomId], [roomId]]);
    await act(owner, 'updateRoom', { roomId, topic: null });
    expect([await find('ancient'), await find('after')]).toEqual([[], [roomId]]);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        act(owner, 'updateRoom', { roomId, name: `Left${round}` }),
        act(owner, 'updateRoom', { roomId, topic: `Right${round}` }),
      ]);
      expect(await find(`left${round} right${round}`)).toEqual([roomId]);
    }
    const before = (await entriesOf(roomId)).length;
    await act(owner, 'updateRoom', {
      roomId,
      settings: { whoMayPin: 'ADMIN' },
      avatarUrl: 'https://example.org/a.png',
    });
    expect((await entriesOf(roomId)).length).toBe(before);
  });

  it('by searches of a bounded length', async () => {
    expect(await find('x'.repeat(roomSearchLimit))).toEqual([]);
    const { errors } = await visitor.send(query, { search: 'x'.repeat(roomSearchLimit + 1), first: 5 });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'search' });
    const other = await visitor.send(query, { first: 5, after: await owner.headCursor(await create('Cursor')) });
    expect(other.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('without a word of theirs in the database', async () => {
    const marker = `marker${randomBytes(6).toString('hex')}`;
    const roomId = await create(`The ${marker}`, `About ${marker}`);
    expect(await find(marker.slice(0, 9))).toEqual([roomId]);
    const rows = await chat<{ row: string }>('SELECT room_word::text AS row FROM room_word');
    expect(rows.length).toBeGreaterThan(marker.length);
    const forms = [marker, Buffer.from(marker).toString('hex'), marker.slice(0, 4)];
    expect(rows.filter(({ row }) => forms.some((form) => row.includes(form)))).toEqual([]);
    // The entries depend on the key of this installation.
    await withChatDatabase(stack.databases, async (database) => {
      const entry = async (key: Buffer) =>
        createIndexKey(database, createKeyEncryption([{ id: 'old', key }]), () => new Date()).hash([marker]);
      expect(await chat('SELECT FROM room_word WHERE word = $1', [String((await entry(oldKey))[0])])).toHaveLength(1);
      await expect(entry(newKey)).rejects.toThrow();
    });
  });

  it('after all keys were wrapped anew and rooms got new data keys', async () => {
    const roomId = await create('Rotated');
    await withChatDatabase(stack.databases, async (database) => {
      const keyEncryption = createKeyEncryption([
        { id: 'new', key: newKey },
        { id: 'old', key: oldKey },
      ]);
      expect(await rewrapRoomKeys(database, keyEncryption)).toBeGreaterThan(1);
      await rotateRoomKeys(database, keyEncryption, () => new Date());
    });
    const keys = 'SELECT version, key_encryption_key_id AS id FROM room_key WHERE room_id = $1';
    expect(await chat(keys, [nobodysRoom])).toEqual([{ version: 1, id: 'new' }]);
    await stack.stopSubgraph('chat');
    await stack.restartSubgraph('chat');
    expect(await find('rotated')).toEqual([roomId]);
    await act(owner, 'updateRoom', { roomId, topic: 'New key' });
    expect(await find('rotated key')).toEqual([roomId]);
  });

  it('also those from before there was discovery, once chat has started, by any number of processes at once', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 3; number += 1) ids.unshift(await create(`Older ${number}`, 'Once'));
    const broken = await create('Older and broken');
    await stack.stopSubgraph('chat');
    await chat('DELETE FROM room_word');
    // Without the key of the index, too: as it is in a database from before.
    await chat('DELETE FROM room_key WHERE room_id = ANY($1)', [[nobodysRoom, broken]]);
    const setting = `old:${oldKey.toString('base64')},new:${newKey.toString('base64')}`;
    const [second] = await Promise.all([
      startTestStack({ databases: stack.databases, environment: { CHAT_ENCRYPTION_KEYS: setting } }),
      stack.restartSubgraph('chat'),
    ]);
    onTestFinished(() => second.stop());
    expect(await find('older once')).toEqual(ids);
    expect(await find('older')).toEqual(ids);
    expect(await chat('SELECT count(*)::int FROM room_key WHERE room_id = $1', [nobodysRoom])).toEqual([{ count: 1 }]);
  });
});
