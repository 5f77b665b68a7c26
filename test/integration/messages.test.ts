import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

const selection =
  'message { id seq text editedAt deletedAt attachments { url name contentType sizeBytes } isForwarded forwardedFrom { id } edits(first: 10) { nodes { version text } } }';

describe('a message that is changed', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let stranger: TestClient;
  let roomId: string;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member, stranger] = await Promise.all([stack.register(), stack.register(), stack.register()]);
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
  });

  afterAll(() => stack?.stop());

  const edit = (client: TestClient, messageId: string, text: string) =>
    mutate(client, 'editMessage', { messageId, text }, selection);
  const remove = (client: TestClient, messageId: string) => mutate(client, 'deleteMessage', { messageId }, selection);
  const read = async (client: TestClient, id: string) =>
    (
      await client.run(
        `query ($id: ID!) { room(id: $id) { messages(last: 100) { nodes { author { id } ${selection.slice(10, -2)} } } } }`,
        { id: roomId },
      )
    ).messages.nodes.find((each: { id: string }) => each.id === id);
  const headSeq = async (id = roomId) =>
    (await owner.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id })).headSeq;

  it('is edited by its author, and keeps the texts before', async () => {
    const { message } = await member.sendMessage(roomId, 'first');
    for (const text of ['second', 'third\r\nline'])
      expect((await edit(member, message.id, text)).userErrors).toEqual([]);
    const edited = await read(owner, message.id);
    expect(edited).toMatchObject({ seq: message.seq, text: 'third\nline', deletedAt: null });
    expect(Date.parse(edited.editedAt)).toBeGreaterThan(0);
    expect(edited.edits.nodes).toEqual([
      { version: 1, text: 'first' },
      { version: 2, text: 'second' },
    ]);
  });

  it('is not changed by an edit to the same text', async () => {
    const { message } = await member.sendMessage(roomId, 'the same');
    const before = await headSeq();
    expect((await edit(member, message.id, 'the same')).message).toMatchObject({
      editedAt: null,
      edits: { nodes: [] },
    });
    expect(await headSeq()).toBe(before);
  });

  it('is not edited by anybody else', async () => {
    const { message } = await member.sendMessage(roomId, 'mine');
    expect(codesOf(await edit(owner, message.id, 'yours'))).toEqual(['NOT_ALLOWED']);
    expect(codesOf(await edit(stranger, message.id, 'yours'))).toEqual(['NOT_A_MEMBER']);
    const hidden = await owner.createRoom('PRIVATE');
    const secret = (await owner.sendMessage(hidden, 'secret')).message;
    for (const id of [secret.id, randomUUID(), 'no id']) {
      expect(await edit(stranger, id, 'x')).toEqual({
        message: null,
        userErrors: [{ code: 'MESSAGE_NOT_FOUND', field: ['messageId'] }],
      });
    }
  });

  it.each([
    ['nothing', '', 'MESSAGE_EMPTY'],
    ['zero-width characters', '\u200b\u200d\ufeff', 'MESSAGE_EMPTY'],
    ['combining marks alone', '\u0301'.repeat(10_000), 'MESSAGE_INVALID'],
    ['a letter with 10,000 combining marks', `a${'\u0301'.repeat(10_000)}`, 'MESSAGE_INVALID'],
    ['8,001 characters', 'x'.repeat(8_001), 'MESSAGE_TOO_LONG'],
    ['broken UTF-16', 'broken \ud800', 'MESSAGE_INVALID'],
    ['a control character', 'bell \u0007', 'MESSAGE_INVALID'],
  ])('is not edited to %s', async (_what, text, code) => {
    const { message } = await member.sendMessage(roomId, 'good');
    expect(codesOf(await edit(member, message.id, text))).toEqual([code]);
    expect((await read(member, message.id)).text).toBe('good');
  });

  it('tells those whom an edit mentions for the first time, each once', async () => {
    const count = async () =>
      (await owner.run('{ viewer { notifications(first: 50) { nodes { id message { id } } } } }')).notifications.nodes;
    const { message } = await member.sendMessage(roomId, 'nobody');
    await edit(member, message.id, `hello @${owner.username}`);
    await edit(member, message.id, 'nobody again');
    await edit(member, message.id, `hello again @${owner.username}`);
    const { message: last } = await member.sendMessage(roomId, `that it arrived, @${owner.username}`);
    await expect.poll(async () => (await count())[0]?.message.id).toBe(last.id);
    expect((await count()).map((each: { message: { id: string } }) => each.message.id)).toEqual([last.id, message.id]);
  });

  it('is deleted by its author or a moderator, for good, and keeps its place', async () => {
    for (const [author, remover] of [
      [member, member],
      [member, owner],
    ] as const) {
      const { message } = await author.sendMessage(roomId, 'gone soon');
      await edit(author, message.id, 'gone sooner');
      await mutate(author, 'addReaction', { messageId: message.id, emoji: '👍' }, 'message { id }');
      await mutate(owner, 'pinMessage', { messageId: message.id }, 'message { id }');
      expect((await remove(remover, message.id)).userErrors).toEqual([]);
      const deleted = await read(owner, message.id);
      expect(deleted).toMatchObject({ seq: message.seq, text: null, attachments: [], edits: { nodes: [] } });
      expect(deleted.author).toEqual({ id: author.userId });
      expect(deleted.deletedAt).not.toBeNull();
      const before = await headSeq();
      expect((await remove(remover, message.id)).userErrors).toEqual([]);
      expect(await headSeq()).toBe(before);
      const rows = await stack.databases.query(
        'chat',
        `SELECT FROM message_edit WHERE room_id = $1 AND seq = $2
         UNION ALL SELECT FROM reaction WHERE room_id = $1 AND message_seq = $2
         UNION ALL SELECT FROM reaction_count WHERE room_id = $1 AND message_seq = $2
         UNION ALL SELECT FROM message_mention WHERE room_id = $1 AND seq = $2
         UNION ALL SELECT FROM pin WHERE room_id = $1 AND message_seq = $2`,
        [roomId, message.seq],
      );
      expect(rows).toEqual([]);
      expect(codesOf(await edit(author, message.id, 'back'))).toEqual(['MESSAGE_DELETED']);
      const reacted = await mutate(author, 'addReaction', { messageId: message.id, emoji: '👍' }, 'message { id }');
      expect(codesOf(reacted)).toEqual(['MESSAGE_DELETED']);
    }
  });

  it('is not deleted by another member', async () => {
    const { message } = await owner.sendMessage(roomId, 'stays');
    expect(codesOf(await remove(member, message.id))).toEqual(['NOT_ALLOWED']);
    expect(codesOf(await remove(stranger, message.id))).toEqual(['NOT_A_MEMBER']);
    expect((await read(member, message.id)).text).toBe('stays');
  });

  it('still counts as unread when it is deleted, as it keeps its place', async () => {
    const id = await owner.createRoom();
    await member.joinRoom(id);
    const unread = async () =>
      (await member.run('query ($id: ID!) { room(id: $id) { unreadCount } }', { id })).unreadCount;
    const { message } = await owner.sendMessage(id, 'one');
    await owner.sendMessage(id, 'two');
    await remove(owner, message.id);
    expect(await unread()).toBe(2);
    await mutate(member, 'markRoomRead', { roomId: id, seq: await headSeq(id) }, 'room { id }');
    expect(await unread()).toBe(0);
  });

  it('takes edits one after the other, and none once it is deleted', async () => {
    const { message } = await member.sendMessage(roomId, 'start');
    const texts = Array.from({ length: 12 }, (_, number) => `text ${number}`);
    const results = await Promise.all(texts.map((text) => edit(member, message.id, text)));
    expect(results.flatMap(codesOf)).toEqual([]);
    const { edits, text } = await read(member, message.id);
    const versions = (
      await stack.databases.query<{ version: number }>(
        'chat',
        'SELECT version FROM message_edit WHERE room_id = $1 AND seq = $2 ORDER BY version',
        [roomId, message.seq],
      )
    ).map(({ version }) => version);
    expect(versions).toEqual(texts.map((_, index) => index + 1));
    expect(new Set([...edits.nodes.map((each: { text: string }) => each.text), text]).size).toBeGreaterThan(10);
    const [edited, deleted] = await Promise.all([edit(member, message.id, 'last'), remove(member, message.id)]);
    expect(codesOf(deleted)).toEqual([]);
    expect([[], ['MESSAGE_DELETED']]).toContainEqual(codesOf(edited));
    expect(await read(member, message.id)).toMatchObject({ text: null, edits: { nodes: [] } });
  });

  const file = { url: 'https://example.org/a.png', name: 'a.png', contentType: 'image/png', sizeBytes: 12 };
  const sendWith = (input: object) =>
    mutate(member, 'sendMessage', { roomId, text: '', clientMessageId: randomUUID(), ...input }, selection);

  it('may have attachments, with a text or without', async () => {
    for (const text of ['', 'look']) {
      const { message, userErrors } = await sendWith({ text, attachments: [file, { ...file, name: 'b.png' }] });
      expect(userErrors).toEqual([]);
      expect(await read(owner, message.id)).toMatchObject({ text, attachments: [file, { ...file, name: 'b.png' }] });
      await remove(member, message.id);
      expect((await read(owner, message.id)).attachments).toEqual([]);
    }
  });

  it.each([
    [{ ...file, url: 'http://example.org' }, 'url'],
    [{ ...file, url: 'javascript:alert(1)' }, 'url'],
    [{ ...file, url: 'https://user:password@example.org' }, 'url'],
    [{ ...file, url: `https://example.org/${'x'.repeat(2_048)}` }, 'url'],
    [{ ...file, name: '' }, 'name'],
    [{ ...file, name: 'two\nlines' }, 'name'],
    [{ ...file, contentType: 'image' }, 'contentType'],
    [{ ...file, sizeBytes: -1 }, 'sizeBytes'],
  ])('has no attachment like %o', async (attachment, field) => {
    const { userErrors } = await sendWith({ attachments: [attachment] });
    expect(userErrors).toEqual([{ code: 'ATTACHMENT_INVALID', field: ['attachments', '0', field] }]);
  });

  it('has at most ten attachments, and none is no text', async () => {
    expect(codesOf(await sendWith({ attachments: Array(11).fill(file) }))).toEqual(['ATTACHMENT_LIMIT_REACHED']);
    expect(codesOf(await sendWith({ attachments: [] }))).toEqual(['MESSAGE_EMPTY']);
  });

  it('is forwarded with its attachments, once for each name, and shows its source to those who may see it', async () => {
    const hidden = await member.createRoom('PRIVATE');
    const source = await mutate(
      member,
      'sendMessage',
      { roomId: hidden, text: 'secret', attachments: [file], clientMessageId: randomUUID() },
      selection,
    );
    const input = { messageId: source.message.id, roomId, clientMessageId: randomUUID() };
    const { message } = await mutate(member, 'forwardMessage', input, selection);
    expect(message).toMatchObject({ text: 'secret', attachments: [file], isForwarded: true });
    expect(message.forwardedFrom).toEqual({ id: source.message.id });
    expect(await read(owner, message.id)).toMatchObject({ text: 'secret', isForwarded: true, forwardedFrom: null });
    await remove(member, source.message.id);
    expect((await mutate(member, 'forwardMessage', input, selection)).message.id).toBe(message.id);
    const other = { ...input, clientMessageId: randomUUID() };
    expect(codesOf(await mutate(member, 'forwardMessage', other, selection))).toEqual(['MESSAGE_NOT_FOUND']);
    expect(codesOf(await mutate(owner, 'forwardMessage', other, selection))).toEqual(['MESSAGE_NOT_FOUND']);
    const { message: open } = await owner.sendMessage(roomId, 'open');
    const away = { messageId: open.id, roomId: hidden, clientMessageId: randomUUID() };
    expect(codesOf(await mutate(owner, 'forwardMessage', away, selection))).toEqual(['ROOM_NOT_FOUND']);
  });
});
