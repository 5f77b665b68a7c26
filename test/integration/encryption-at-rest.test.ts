import { randomBytes } from 'node:crypto';
import { access, constants, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createKeyEncryption } from '../../subgraphs/chat/encryption/key-encryption.ts';
import { rewrapRoomKeys, rotateRoomKeys } from '../../subgraphs/chat/encryption/rotation.ts';
import type { SubgraphName } from '../../tools/stack.ts';
import { withChatDatabase } from '../chat-database.ts';
import type { Answer, TestClient } from '../client.ts';
import { findTextInputs, freeTexts, moveTexts, notFreeTexts } from '../free-texts.ts';
import { startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { findTexts } from '../search.ts';
import { callWebhook } from '../webhooks.ts';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const settingOf = (...keys: [string, Buffer][]) => keys.map(([id, key]) => `${id}:${key.toString('base64')}`).join(',');
const now = () => new Date();

describe('what people write, at rest', () => {
  let stack: TestStack;
  let user: TestClient;

  beforeAll(async () => {
    const environment = { CHAT_ENCRYPTION_KEYS: settingOf(['old', oldKey], ['new', newKey]) };
    stack = await startTestStack({ environment });
    user = await stack.register();
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  async function readTexts(reader: TestClient, roomId: string): Promise<Answer> {
    return reader.send('query ($id: ID!) { room(id: $id) { name messages(last: 100) { nodes { text } } } }', {
      id: roomId,
    });
  }

  it('comes by inputs of which each is written by the next test, or is no free text for a reason', () => {
    expect(findTextInputs().toSorted()).toEqual([...Object.keys(freeTexts), ...Object.keys(notFreeTexts)].toSorted());
  });

  it('is nowhere in the tables, the outbox, the broker, other databases and the write-ahead log', async ({
    annotate,
  }) => {
    const marker = `marker${randomBytes(8).toString('hex')}`;
    const friend = await stack.register();
    const roomId = await user.createRoom('PUBLIC', `room ${marker}`);
    await friend.joinRoom(roomId);
    const published: string[] = [];
    const listener = { onMessage: (message: string) => void published.push(message), onGap: () => undefined };
    const listening = await stack.engine.subscribe(`room:${roomId}`, listener);
    onTestFinished(() => listening.stop());
    const { message } = await user.sendMessage(roomId, `hello @${friend.username}`);
    const scene = { user, roomId, messageId: message.id, marker, register: () => stack.register() };
    for (const write of Object.values(freeTexts)) await write(scene);
    await moveTexts(scene);
    const link = { roomId, clientInvitationId: 'link' };
    const { invitation } = await mutate(user, 'createInvitation', link, 'invitation { code }');
    const named = { roomId, name: 'A webhook', clientWebhookId: 'webhook' };
    const { path } = (await mutate(user, 'createWebhook', named, 'webhook { path }')).webhook;
    const secret = path.split('/')[3] as string;
    expect((await callWebhook(stack.url, path, { text: `posted ${marker}` })).status).toBe(201);
    const list = '{ viewer { notifications(first: 10) { nodes { id } } } }';
    await expect.poll(async () => (await friend.run(list)).notifications.nodes).toHaveLength(1);
    await expect.poll(() => published.length).toBeGreaterThan(5);
    expect(published.filter((event) => [marker, secret].some((text) => event.includes(text)))).toEqual([]);
    // All of it is there for whoever may read it, and is found by its words.
    const { data } = await readTexts(user, roomId);
    expect(JSON.stringify(data).split(marker).length).toBeGreaterThan(4);
    expect((await findTexts(user, { words: marker })).length).toBeGreaterThan(2);
    for (const subgraph of ['chat', 'notification'] as const) {
      expect(await findInTables(stack.databases, subgraph, marker)).toEqual([]);
      expect(await findInTables(stack.databases, subgraph, invitation.code)).toEqual([]);
      expect(await findInTables(stack.databases, subgraph, secret)).toEqual([]);
    }
    // The same search finds what is there.
    expect(await findInTables(stack.databases, 'chat', roomId)).toEqual(
      expect.arrayContaining(['room', 'message', 'message_word', 'room_event', 'outbox']),
    );
    await chat('CHECKPOINT');
    const [{ data_directory: directory } = { data_directory: '' }] = await chat<{ data_directory: string }>(
      'SHOW data_directory',
    );
    const walDirectory = join(directory, 'pg_wal');
    // That of a server elsewhere, which DATABASE_URL names, can't be read from here.
    if (!(await canRead(walDirectory)))
      return void (await annotate(`not searched for want of access: ${walDirectory}`));
    expect(await findInFiles(walDirectory, marker)).toEqual([]);
    expect(await findInFiles(walDirectory, secret)).toEqual([]);
    // The same search finds what is there, which others who write much have not made the server write over yet.
    const witness = `witness${randomBytes(8).toString('hex')}`;
    await chat("SELECT pg_logical_emit_message(true, 'test', $1::text)", [witness]);
    await chat('CHECKPOINT');
    expect(await findInFiles(walDirectory, witness)).not.toEqual([]);
  });

  it('can not be read in another row, field or room, nor when it was changed', async () => {
    const [here, there] = [await user.createRoom(), await user.createRoom()];
    const [first, second] = [
      (await user.sendMessage(here, 'one')).message,
      (await user.sendMessage(here, 'two')).message,
    ];
    const elsewhere = (await user.sendMessage(there, 'three')).message;
    const copies: [string, string[]][] = [
      [
        'another row',
        [
          'UPDATE message SET sealed_text = (SELECT sealed_text FROM message WHERE id = $2) WHERE id = $1',
          first.id,
          second.id,
        ],
      ],
      [
        'another room',
        [
          'UPDATE message SET sealed_text = (SELECT sealed_text FROM message WHERE id = $2) WHERE id = $1',
          first.id,
          elsewhere.id,
        ],
      ],
      [
        'another field',
        ['UPDATE message SET sealed_text = (SELECT sealed_name FROM room WHERE id = $2) WHERE id = $1', first.id, here],
      ],
      [
        'a changed byte',
        [
          'UPDATE message SET sealed_text = set_byte(sealed_text, 20, get_byte(sealed_text, 20) # 1) WHERE id = $1',
          first.id,
        ],
      ],
      ['a cut', ['UPDATE message SET sealed_text = substr(sealed_text, 1, 10) WHERE id = $1', first.id]],
      ['an unknown key', ['UPDATE message SET sealed_text = set_byte(sealed_text, 4, 9) WHERE id = $1', first.id]],
      ['nothing', ["UPDATE message SET sealed_text = '' WHERE id = $1", first.id]],
    ];
    const [saved] = await chat<{ sealed: Buffer }>('SELECT sealed_text AS sealed FROM message WHERE id = $1', [
      first.id,
    ]);
    for (const [what, [sql = '', ...values]] of copies) {
      await chat(sql, values);
      const { data, errors } = await readTexts(user, here);
      expect({ what, texts: data.room.messages.nodes }).toEqual({ what, texts: [{ text: null }, { text: 'two' }] });
      expect(errors).toMatchObject([
        { path: ['room', 'messages', 'nodes', 0, 'text'], extensions: { code: 'INTERNAL' } },
      ]);
      await chat('UPDATE message SET sealed_text = $2 WHERE id = $1', [first.id, saved?.sealed]);
    }
    await chat('UPDATE room SET sealed_name = (SELECT sealed_name FROM room WHERE id = $2) WHERE id = $1', [
      here,
      there,
    ]);
    const { data, errors } = await readTexts(user, here);
    expect(data.room).toEqual({ name: null, messages: { nodes: [{ text: 'one' }, { text: 'two' }] } });
    expect(errors).toMatchObject([{ path: ['room', 'name'], extensions: { code: 'INTERNAL' } }]);
  });

  it('can not be read with the data key of another room', async () => {
    const [here, there] = [await user.createRoom(), await user.createRoom()];
    await user.sendMessage(here, 'hidden');
    await chat('UPDATE room_key SET wrapped = (SELECT wrapped FROM room_key WHERE room_id = $2) WHERE room_id = $1', [
      here,
      there,
    ]);
    await stack.stopSubgraph('chat');
    await stack.restartSubgraph('chat');
    const { data, errors } = await readTexts(user, here);
    expect(data.room).toEqual({ name: null, messages: { nodes: [{ text: null }] } });
    expect(errors).toHaveLength(2);
  });

  it('is read again when all its keys have been wrapped by another key-encryption key, without a restart', async () => {
    const roomId = await user.createRoom();
    await user.sendMessage(roomId, 'before');
    const keyIds = () => chat<{ id: string }>('SELECT DISTINCT key_encryption_key_id AS id FROM room_key');
    // What another test has broken can't be unwrapped, and must not be lost either.
    await chat('DELETE FROM room_key WHERE room_id <> $1', [roomId]);
    expect(await keyIds()).toEqual([{ id: 'old' }]);
    const keys = [
      { id: 'new', key: newKey },
      { id: 'old', key: oldKey },
    ] as const;
    const counts = await withChatDatabase(stack.databases, async (database) => [
      await rewrapRoomKeys(database, createKeyEncryption([...keys])),
      await rewrapRoomKeys(database, createKeyEncryption([...keys])),
    ]);
    expect(counts).toEqual([1, 0]);
    expect(await keyIds()).toEqual([{ id: 'new' }]);
    await user.sendMessage(roomId, 'after');
    // A process that starts now reads what both have written.
    await stack.stopSubgraph('chat');
    await stack.restartSubgraph('chat');
    const { data } = await readTexts(user, roomId);
    expect(data.room).toEqual({ name: 'Room', messages: { nodes: [{ text: 'before' }, { text: 'after' }] } });
  });

  it('gets new data keys while people write, and stays readable', async () => {
    const roomId = await user.createRoom();
    const texts = Array.from({ length: 60 }, (_, number) => `message ${number}`);
    await withChatDatabase(stack.databases, async (database) => {
      const keyEncryption = createKeyEncryption([{ id: 'old', key: oldKey }]);
      const rotating = (async () => {
        for (let round = 0; round < 5; round += 1) await rotateRoomKeys(database, keyEncryption, now, roomId);
      })();
      for (const text of texts) await user.sendMessage(roomId, text);
      await rotating;
      expect(await rotateRoomKeys(database, keyEncryption, now)).toBeGreaterThan(0);
    });
    await user.sendMessage(roomId, 'under the newest');
    const { data } = await readTexts(user, roomId);
    expect(data.room.messages.nodes.map(({ text }: { text: string }) => text)).toEqual([...texts, 'under the newest']);
    const newest =
      'SELECT get_byte(sealed_text, 4) AS version FROM message WHERE room_id = $1 ORDER BY seq DESC LIMIT 1';
    expect(await chat(newest, [roomId])).toEqual([{ version: 7 }]);
  });

  it('from before there was encryption is sealed when chat starts, by any number of processes at once', async () => {
    const roomId = await user.createRoom();
    const count = 450;
    for (const text of ['first', 'second']) await user.sendMessage(roomId, text);
    await stack.stopSubgraph('chat');
    await chat("UPDATE room SET plain_name = 'an old name', sealed_name = NULL WHERE id = $1", [roomId]);
    await chat('DELETE FROM room_key WHERE room_id = $1', [roomId]);
    await chat('DELETE FROM message WHERE room_id = $1', [roomId]);
    await chat(
      `INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, plain_text, created_at)
       SELECT $1, seq, gen_random_uuid(), $2, 'old ' || seq, seq, 'an old text ' || seq, now() FROM generate_series(1, $3::int) seq`,
      [roomId, user.userId, count],
    );
    const second = await startTestStack({
      databases: stack.databases,
      environment: { CHAT_ENCRYPTION_KEYS: settingOf(['old', oldKey], ['new', newKey]) },
    });
    onTestFinished(() => second.stop());
    await stack.restartSubgraph('chat');
    const plain = `SELECT count(*)::int FROM room FULL JOIN message ON room_id = room.id
                   WHERE plain_name IS NOT NULL OR plain_text IS NOT NULL`;
    expect(await chat(plain)).toEqual([{ count: 0 }]);
    const { data } = await readTexts(user, roomId);
    expect(data.room.name).toBe('an old name');
    expect(data.room.messages.nodes[0]).toEqual({ text: `an old text ${count - 99}` });
  });
});

/** The tables of a database that have a text in them somewhere, be it in bytes. */
async function findInTables(databases: TestDatabases, subgraph: SubgraphName, text: string): Promise<string[]> {
  const tables = await databases.query<{ name: string }>(
    subgraph,
    // A table shows what is in its partitions.
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    // A row as text shows its bytes in hexadecimal.
    const rows = await databases.query<{ row: string }>(subgraph, `SELECT "${name}"::text AS row FROM "${name}"`);
    const inHexadecimal = Buffer.from(text).toString('hex');
    const inBase64 = Buffer.from(text).toString('base64').slice(2, -4);
    const forms = [text, inHexadecimal, inBase64];
    if (rows.some(({ row }) => forms.some((form) => row.includes(form)))) found.push(name);
  }
  return found;
}

async function canRead(directory: string): Promise<boolean> {
  return access(directory, constants.R_OK).then(
    () => true,
    () => false,
  );
}

async function findInFiles(directory: string, text: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    // Since it was listed, the server may have given the file of a segment that it needs no more the name of one to come.
    const content = await readFile(join(directory, entry.name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return '';
    });
    if (content.includes(text)) found.push(entry.name);
  }
  return found;
}
