import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { exportBatchSize } from '../../subgraphs/chat/export/service.ts';
import { exportLimit } from '../../subgraphs/chat/export/slots.ts';
import { openRoomEncryption, withChatDatabase } from '../chat-database.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { callWebhook, createWebhook } from '../webhooks.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for.
type Line = any;

let stack: TestStack;
let owner: TestClient;

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.register('owner');
});

afterAll(() => stack?.stop());

const bearer = ({ accessToken }: TestClient) => ({ authorization: `Bearer ${accessToken}` });
const download = (client: TestClient, roomId: string, query = '') =>
  fetch(new URL(`/rooms/${roomId}/export${query}`, stack.url), { headers: bearer(client) });

function parse(text: string): Line[] {
  return text
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each));
}

async function exportLines(client: TestClient, roomId: string, query = ''): Promise<Line[]> {
  const response = await download(client, roomId, query);
  expect(response.status).toBe(200);
  return parse(await response.text());
}

const ofType = (lines: Line[], type: string) => lines.filter((each) => each.type === type);

/** Fills a room with messages as `sendMessage` would, in no time: the texts are sealed and the log has its events. */
async function fillRoom(roomId: string, authorId: string, count: number, characters: number): Promise<void> {
  const ids = Array.from({ length: count }, () => crypto.randomUUID());
  const texts = await withChatDatabase(stack.databases, (database) => {
    const encryption = openRoomEncryption(database);
    return Promise.all(
      ids.map(async (rowId, index) => {
        const text = `${index} `.padEnd(characters, 'text ');
        return Buffer.from(await encryption.seal({ roomId, field: 'message.text', rowId }, 1, text));
      }),
    );
  });
  await stack.databases.query(
    'chat',
    `WITH head AS (
       UPDATE room SET head_seq = head_seq + $3, message_count = message_count + $3 WHERE id = $1
       RETURNING head_seq - $3 AS seq, message_count - $3 AS number
     ), given AS (
       SELECT seq + place AS seq, number + place AS number, id, sealed_text
       FROM head CROSS JOIN unnest($4::uuid[], $5::bytea[]) WITH ORDINALITY AS each(id, sealed_text, place)
     ), logged AS (
       INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
       SELECT $1, seq, 'MESSAGE_SENT', $2, now() FROM given
     )
     INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, sealed_text, created_at)
     SELECT $1, seq, id, $2, id, number, sealed_text, now() FROM given`,
    [roomId, authorId, count, ids, texts],
  );
}

/** Everything that history shows of a room's messages, in the form of the export's lines. */
async function readHistory(client: TestClient, roomId: string): Promise<Line[]> {
  const query = `query ($id: ID!, $after: String) { room(id: $id) { messages(first: 100, after: $after) {
    nodes { id seq author { id } webhook { id name } createdAt text editedAt deletedAt isForwarded replyTo { seq }
      thread { root { seq } } attachments { url name contentType sizeBytes } reactions { emoji count }
      edits(first: 100) { nodes { version } } }
    pageInfo { hasNextPage endCursor }
  } } }`;
  const found: Line[] = [];
  let after: string | null = null;
  do {
    const { messages }: Line = await client.run(query, { id: roomId, after });
    found.push(...messages.nodes);
    after = messages.pageInfo.hasNextPage ? messages.pageInfo.endCursor : null;
  } while (after !== null);
  return found.map(({ author, replyTo, thread, edits, ...message }) => ({
    type: 'message',
    ...message,
    authorId: author?.id ?? null,
    edits: message.deletedAt === null ? edits.nodes.length : expect.any(Number),
    replyToSeq: replyTo?.seq ?? null,
    threadSeq: thread && thread.root.seq !== message.seq ? thread.root.seq : null,
  }));
}

describe('the export of a room', () => {
  it('is what its history shows: edits, answers, reactions, attachments, webhooks, and what was deleted', async () => {
    const roomId = await owner.createRoom('PUBLIC', 'Engines');
    await mutate(owner, 'updateRoom', { roomId, topic: 'About "engines"\nand more' }, 'room { id }');
    const member = await stack.register('member');
    await member.joinRoom(roomId);
    const { message: first } = await owner.sendMessage(roomId, 'first 🚂\nline');
    await mutate(owner, 'editMessage', { messageId: first.id, text: 'edited' }, 'message { id }');
    const attachments = [{ url: 'https://example.org/a', name: 'ä "b"', contentType: 'text/plain', sizeBytes: 1 }];
    const answer = { roomId, text: '', attachments, replyToMessageId: first.id, clientMessageId: 'a' };
    const { message: second } = await mutate(member, 'sendMessage', answer, 'message { id }');
    await mutate(member, 'addReaction', { messageId: first.id, emoji: '👍' }, 'message { id }');
    await mutate(owner, 'addReaction', { messageId: first.id, emoji: '👍' }, 'message { id }');
    await mutate(owner, 'addReaction', { messageId: second.id, emoji: '🎉' }, 'message { id }');
    const { message: gone } = await member.sendMessage(roomId, 'a secret');
    await mutate(member, 'deleteMessage', { messageId: gone.id }, 'message { id }');
    const copy = { messageId: first.id, roomId, clientMessageId: 'copy' };
    await mutate(owner, 'forwardMessage', copy, 'message { id }');
    const { path } = await createWebhook(owner, roomId);
    await callWebhook(stack.url, path, { text: 'from a program' });

    const response = await download(member, roomId);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-disposition': `attachment; filename="room-${roomId}.jsonl"`,
      'cache-control': 'no-store',
    });
    const text = await response.text();
    expect(text.endsWith('\n')).toBe(true);
    expect(text).not.toContain('a secret');
    const [begin, ...lines] = parse(text);
    const { headSeq } = await owner.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id: roomId });
    expect(begin).toEqual({
      type: 'export',
      room: { id: roomId, name: 'Engines', topic: 'About "engines"\nand more', kind: 'PUBLIC' },
      fromSeq: 1,
      toSeq: headSeq,
      exportedAt: expect.any(String),
    });
    const history = await readHistory(member, roomId);
    expect(history).toHaveLength(5);
    expect(lines.slice(0, 5)).toEqual(history);
    expect(lines.slice(5)).toEqual([
      { type: 'progress', seq: headSeq, toSeq: headSeq },
      { type: 'end', messages: 5 },
    ]);
  });

  it('is whole for thousands of messages, in batches, and goes on after a cut where it was', async () => {
    const roomId = await owner.createRoom();
    const count = 3_050;
    await fillRoom(roomId, owner.userId, count, 20);
    const lines = await exportLines(owner, roomId);
    expect(ofType(lines, 'message')).toEqual(await readHistory(owner, roomId));
    expect(ofType(lines, 'progress')).toHaveLength(Math.ceil(count / exportBatchSize));
    expect(lines.at(-1)).toEqual({ type: 'end', messages: count });
    const cutAt = ofType(lines, 'progress')[4].seq;
    const rest = await exportLines(owner, roomId, `?after=${cutAt}&format=jsonl`);
    expect(rest[0].fromSeq).toBe(cutAt + 1);
    expect(ofType(rest, 'message')).toEqual(ofType(lines, 'message').filter(({ seq }) => seq > cutAt));
    const nothing = await exportLines(owner, roomId, `?after=${lines[0].toSeq}`);
    expect(nothing.map(({ type }) => type)).toEqual(['export', 'end']);
  });

  it('ends where the log ended when it began, however much is written meanwhile', async () => {
    const roomId = await owner.createRoom();
    await owner.sendMessage(roomId, 'before');
    const [lines] = await Promise.all([
      exportLines(owner, roomId),
      ...Array.from({ length: 10 }, (_, number) => owner.sendMessage(roomId, `meanwhile ${number}`)),
    ]);
    const messages = ofType(lines, 'message');
    expect(messages.every(({ seq }) => seq <= lines[0].toSeq)).toBe(true);
    expect(lines.at(-1)).toEqual({ type: 'end', messages: messages.length });
    expect(lines[0].toSeq).toBe(1 + messages.length);
  });

  it('tells of a text that can not be read, and goes on', async () => {
    const roomId = await owner.createRoom();
    const { message } = await owner.sendMessage(roomId, 'broken');
    await owner.sendMessage(roomId, 'good');
    await stack.databases.query('chat', "UPDATE message SET sealed_text = 'nonsense' WHERE id = $1", [message.id]);
    const messages = ofType(await exportLines(owner, roomId), 'message');
    expect(messages.map(({ text, isUnreadable }) => [text, isUnreadable])).toEqual([
      [null, true],
      ['good', undefined],
    ]);
  });
});

describe('who exports a room', () => {
  const answerOf = async (response: Response) => {
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    return [response.status, errors[0]?.extensions.code];
  };

  it('is a member, with a token that may read', async () => {
    const [visitor, outcast] = [await stack.register('visitor'), await stack.register('outcast')];
    const [open, closed] = [await owner.createRoom('PUBLIC'), await owner.createRoom('PRIVATE')];
    await outcast.joinRoom(open);
    await mutate(owner, 'banMember', { roomId: open, userId: outcast.userId }, 'room { id }');
    expect(await answerOf(await download(visitor, open))).toEqual([403, 'NOT_A_MEMBER']);
    expect(await answerOf(await download(outcast, open))).toEqual([403, 'BANNED']);
    expect(await answerOf(await download(visitor, closed))).toEqual([404, 'NOT_FOUND']);
    expect(await answerOf(await download(owner, crypto.randomUUID()))).toEqual([404, 'NOT_FOUND']);
    expect(await answerOf(await download(owner, 'nonsense'))).toEqual([404, 'NOT_FOUND']);
    expect(await answerOf(await fetch(new URL(`/rooms/${open}/export`, stack.url)))).toEqual([401, 'UNAUTHENTICATED']);
    const headers = { authorization: 'Bearer nonsense' };
    expect(await answerOf(await fetch(new URL(`/rooms/${open}/export`, stack.url), { headers }))).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
    for (const query of ['?after=-1', '?after=x', '?after=1&after=2', '?after=99', '?format=csv', '?limit=1']) {
      expect([query, ...(await answerOf(await download(owner, open, query)))]).toEqual([query, 400, 'BAD_USER_INPUT']);
    }
  });

  it('may be a program with an API key that may read, and none that may only write', async () => {
    const roomId = await owner.createRoom();
    const keyFor = async (scopes: string[]) =>
      (await mutate(owner, 'createApiKey', { name: 'export', scopes }, 'secret')).secret as string;
    const ask = async (key: string) =>
      fetch(new URL(`/rooms/${roomId}/export`, stack.url), { headers: { authorization: `Bearer ${key}` } });
    expect((await ask(await keyFor(['chat:read']))).status).toBe(200);
    expect(await answerOf(await ask(await keyFor(['chat:write'])))).toEqual([403, 'FORBIDDEN']);
  });

  it('has so many at once, and more when one has ended or its reader has gone', async () => {
    const roomId = await owner.createRoom();
    await fillRoom(roomId, owner.userId, 5_000, 4_000);
    const reader = await stack.register('reader');
    await reader.joinRoom(roomId);
    const open = await Promise.all(Array.from({ length: exportLimit }, () => pausedDownload(reader, roomId)));
    const refused = await download(reader, roomId);
    expect(await answerOf(refused)).toEqual([429, 'RATE_LIMITED']);
    expect(refused.headers.get('retry-after')).toBe('10');
    // The limit is each one's own.
    expect((await exportLines(owner, roomId, '?after=4990')).at(-1).type).toBe('end');
    open[0]?.destroy();
    await eventually(async () => expect((await exportLines(reader, roomId, '?after=4990')).at(-1).type).toBe('end'));
    expect((await readOn(open[1] as IncomingMessage)).at(-1)).toEqual({ type: 'end', messages: 5_000 });
  });
});

/** A reader who has the first piece and takes no more for now. */
async function pausedDownload(client: TestClient, roomId: string): Promise<IncomingMessage> {
  const request = requestHttp(new URL(`/rooms/${roomId}/export`, stack.url), { headers: bearer(client) });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  onTestFinished(() => void response.destroy());
  expect(response.statusCode).toBe(200);
  response.pause();
  return response;
}

async function readOn(response: IncomingMessage): Promise<Line[]> {
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  return parse(text);
}

describe('a slow reader of an export', () => {
  let reads = 0;
  const query = pg.Client.prototype.query;

  beforeAll(() => {
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const statement = args[0] as string | { text: string };
      if (/FROM message\s+WHERE room_id = wanted.id/.test(typeof statement === 'string' ? statement : statement.text)) {
        reads += 1;
      }
      return Reflect.apply(query, this, args);
    } as typeof query;
  });

  afterAll(() => {
    pg.Client.prototype.query = query;
  });

  /** Resolves when chat has read nothing more for a while: all buffers on the way are full. */
  async function untilReadingStops(): Promise<void> {
    let before = -1;
    await expect
      .poll(
        () => {
          const stands = reads === before;
          before = reads;
          return stands;
        },
        { interval: 300, timeout: 10_000 },
      )
      .toBe(true);
  }

  it('holds up the reading, loses nothing, and is no member any more from the moment that they are removed', async () => {
    const roomId = await owner.createRoom();
    // Far more than all sockets on the way can hold.
    const count = 14_000;
    await fillRoom(roomId, owner.userId, count, 4_000);
    const batches = Math.ceil(count / exportBatchSize);
    const [faithful, removed] = [await stack.register('faithful'), await stack.register('removed')];
    for (const member of [faithful, removed]) await member.joinRoom(roomId);

    reads = 0;
    const whole = await pausedDownload(faithful, roomId);
    await untilReadingStops();
    expect(reads).toBeLessThan(batches * 0.8);
    const lines = await readOn(whole);
    expect(lines.at(-1)).toEqual({ type: 'end', messages: count });
    expect(new Set(ofType(lines, 'message').map(({ seq }) => seq)).size).toBe(count);

    reads = 0;
    const cut = await pausedDownload(removed, roomId);
    await untilReadingStops();
    await mutate(owner, 'kickMember', { roomId, userId: removed.userId }, 'room { id }');
    const readAsMember = reads;
    const partial = await readOn(cut);
    expect(partial.at(-1)).toEqual({ type: 'error', code: 'FORBIDDEN' });
    expect(ofType(partial, 'end')).toEqual([]);
    // What was asked for before the kick was answered, and not one batch more.
    expect(ofType(partial, 'message').length).toBeLessThanOrEqual(readAsMember * exportBatchSize);
    expect(ofType(partial, 'message').length).toBeLessThan(count * 0.9);
  });
});
