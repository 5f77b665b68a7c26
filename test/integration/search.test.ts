import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageWordLimit } from '../../subgraphs/chat/search/message-words.ts';
import { searchTextLimit, searchWordLimit } from '../../subgraphs/chat/search/query.ts';
import { rotateRoomKey } from '../chat-database.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { atLater, mutate } from '../mutations.ts';
import { findTexts, search, trySearch } from '../search.ts';

describe('search', () => {
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

  /** A room with messages of its owner. */
  async function openRoom(kind: 'PUBLIC' | 'PRIVATE', ...texts: string[]): Promise<string> {
    const roomId = await owner.createRoom(kind);
    for (const text of texts) await owner.sendMessage(roomId, text);
    return roomId;
  }

  /** Somebody of whom no other test has heard. */
  const register = () => stack.register('searcher');

  it('finds messages that have all the words, newest first, without regard to case and accents', async () => {
    const roomId = await openRoom(
      'PRIVATE',
      'The quick brown fox',
      'a QUICK crème brûlée',
      'slow food',
      'quickly done',
    );
    const find = (words: string) => findTexts(owner, { roomId, words });
    expect(await find('quick')).toEqual(['a QUICK crème brûlée', 'The quick brown fox']);
    expect(await find('Fox, QUICK!')).toEqual(['The quick brown fox']);
    expect(await find('CREME')).toEqual(['a QUICK crème brûlée']);
    expect(await find('quick slow')).toEqual([]);
    expect(await find('qui')).toEqual([]);
  });

  it('finds words of languages that are written without spaces', async () => {
    const roomId = await openRoom('PRIVATE', '我喜欢学习', '東京へ行きました', 'สวัสดีครับ');
    expect(await findTexts(owner, { roomId, words: '学习' })).toEqual(['我喜欢学习']);
    expect(await findTexts(owner, { roomId, words: '東京' })).toEqual(['東京へ行きました']);
    expect(await findTexts(owner, { roomId, words: 'สวัสดี' })).toEqual(['สวัสดีครับ']);
  });

  it('looks into all rooms of the viewer, and into one alone when it is asked to', async () => {
    const viewer = await register();
    const rooms = [await viewer.createRoom('PRIVATE'), await viewer.createRoom('PUBLIC'), await viewer.createRoom()];
    for (const [index, roomId] of rooms.entries()) await viewer.sendMessage(roomId, `needle ${index}`);
    expect(await findTexts(viewer, { words: 'needle' })).toEqual(['needle 2', 'needle 1', 'needle 0']);
    expect(await findTexts(viewer, { words: 'needle', roomId: rooms[1] })).toEqual(['needle 1']);
  });

  it('finds by author, by time and by attachments, alone and together', async () => {
    const roomId = await openRoom('PUBLIC', 'plan of the owner');
    await friend.joinRoom(roomId);
    await friend.sendMessage(roomId, 'plan of the friend');
    const file = { url: 'https://example.org/a', name: 'Jahresbericht 2026.pdf', contentType: 'a/b', sizeBytes: 1 };
    const withFile = { roomId, text: 'with a file', clientMessageId: randomUUID(), attachments: [file] };
    await mutate(friend, 'sendMessage', withFile, 'message { id }');
    const find = (asked: object) => findTexts(owner, { roomId, ...asked });
    expect(await find({ authorId: owner.userId })).toEqual(['plan of the owner']);
    expect(await find({ authorId: friend.userId })).toEqual(['with a file', 'plan of the friend']);
    expect(await find({ authorId: friend.userId, words: 'plan' })).toEqual(['plan of the friend']);
    expect(await find({ hasAttachment: true })).toEqual(['with a file']);
    expect(await find({ hasAttachment: true, authorId: owner.userId })).toEqual([]);
    expect(await find({ hasAttachment: false, authorId: friend.userId })).toEqual(['plan of the friend']);
    // The name of a file is found like the text beside it.
    expect(await find({ words: 'jahresbericht file' })).toEqual(['with a file']);
    expect(await find({ authorId: 'nobody' })).toEqual([]);
    expect(await find({ authorId: friend.userId.toUpperCase() })).toEqual([]);
    const [{ at } = { at: new Date() }] = await chat<{ at: Date }>(
      'SELECT max(created_at) AS at FROM message WHERE room_id = $1',
      [roomId],
    );
    await atLater(600_000, async () => void (await owner.sendMessage(roomId, 'plan of later')));
    const later = new Date(at.getTime() + 1);
    expect(await find({ words: 'plan', since: later })).toEqual(['plan of later']);
    expect(await find({ words: 'plan', until: later })).toEqual(['plan of the friend', 'plan of the owner']);
    expect(await find({ words: 'plan', since: later, until: later })).toEqual([]);
    expect(await find({ words: 'file', since: at, until: later })).toEqual(['with a file']);
    expect(await find({ words: 'plan', since: '0000-01-01T00:00:00Z', until: '9999-12-31T23:59:59Z' })).toHaveLength(3);
  });

  it('finds an edited message by its new words and not by the old, with its author and its files', async () => {
    const roomId = await owner.createRoom('PRIVATE');
    const file = { url: 'https://example.org/a', name: 'invoice.pdf', contentType: 'a/b', sizeBytes: 1 };
    const input = { roomId, text: 'before words', clientMessageId: 'a', attachments: [file] };
    const { message } = await mutate(owner, 'sendMessage', input, 'message { id }');
    await rotateRoomKey(stack.databases, roomId);
    await mutate(owner, 'editMessage', { messageId: message.id, text: 'after words' }, 'message { id }');
    const find = (asked: object) => findTexts(owner, { roomId, ...asked });
    expect(await find({ words: 'before' })).toEqual([]);
    for (const words of ['after', 'words after', 'invoice after'])
      expect(await find({ words })).toEqual(['after words']);
    expect(await find({ words: 'after', authorId: owner.userId, hasAttachment: true })).toEqual(['after words']);
  });

  it('does not find deleted messages, and leaves nothing of them in the index', async () => {
    const roomId = await openRoom('PRIVATE', 'gone word', 'kept word');
    const [gone] = (await search(owner, { roomId, words: 'gone' })).edges;
    await mutate(owner, 'deleteMessage', { messageId: gone?.node.id }, 'message { id }');
    expect(await findTexts(owner, { roomId, words: 'word' })).toEqual(['kept word']);
    expect(await findTexts(owner, { roomId, authorId: owner.userId })).toEqual(['kept word']);
    const left = 'SELECT count(*)::int FROM message_word WHERE room_id = $1 AND message_id = $2';
    expect(await chat(left, [roomId, gone?.node.id])).toEqual([{ count: 0 }]);
  });

  it('finds forwarded messages where they were forwarded to', async () => {
    const [from, to] = [await openRoom('PRIVATE', 'to be forwarded'), await owner.createRoom('PRIVATE')];
    const [found] = (await search(owner, { roomId: from, words: 'forwarded' })).edges;
    const input = { messageId: found?.node.id, roomId: to, clientMessageId: 'copy' };
    await mutate(owner, 'forwardMessage', input, 'message { id }');
    expect(await findTexts(owner, { roomId: to, words: 'forwarded' })).toEqual(['to be forwarded']);
  });

  it('finds what was written under every data key that the room has had', async () => {
    const roomId = await openRoom('PRIVATE', 'epoch one');
    await rotateRoomKey(stack.databases, roomId);
    await owner.sendMessage(roomId, 'epoch two');
    await rotateRoomKey(stack.databases, roomId);
    await owner.sendMessage(roomId, 'epoch three');
    expect(await findTexts(owner, { words: 'epoch', roomId })).toEqual(['epoch three', 'epoch two', 'epoch one']);
    expect(await findTexts(owner, { words: 'epoch two', roomId })).toEqual(['epoch two']);
  });

  it('looks into archived rooms and not into deleted ones', async () => {
    const [archived, deleted] = [await openRoom('PRIVATE', 'fate 1'), await openRoom('PRIVATE', 'fate 2')];
    await mutate(owner, 'archiveRoom', { roomId: archived }, '');
    await mutate(owner, 'deleteRoom', { roomId: deleted }, '');
    expect(await findTexts(owner, { words: 'fate' })).toEqual(['fate 1']);
    expect(await findTexts(owner, { words: 'fate', roomId: deleted })).toEqual([]);
    await expect.poll(() => chat('SELECT word FROM message_word WHERE room_id = $1', [deleted])).toEqual([]);
  });

  it('lets members find, also in a public room of which the viewer is none if it names that room', async () => {
    const viewer = await register();
    const [open, closed] = [await openRoom('PUBLIC', 'visible secret'), await openRoom('PRIVATE', 'hidden secret')];
    const find = (asked: object) => findTexts(viewer, { words: 'secret', ...asked });
    expect(await find({})).toEqual([]);
    expect(await find({ roomId: open })).toEqual(['visible secret']);
    // Forbidden and missing look the same.
    expect(await find({ roomId: closed })).toEqual([]);
    expect(await find({ roomId: randomUUID() })).toEqual([]);
    expect(await find({ roomId: 'no id' })).toEqual([]);
    await viewer.joinRoom(open);
    expect(await find({})).toEqual(['visible secret']);
    await mutate(owner, 'banMember', { roomId: open, userId: viewer.userId }, '');
    expect(await find({ roomId: open })).toEqual([]);
  });

  it.each(['kickMember', 'banMember', 'leaveRoom'])('gives no hit to a former member: %s', async (removal) => {
    const viewer = await register();
    const roomId = await openRoom('PUBLIC', 'members only');
    await viewer.joinRoom(roomId);
    await chat("UPDATE room SET kind = 'PRIVATE' WHERE id = $1", [roomId]);
    expect(await findTexts(viewer, { words: 'members' })).toEqual(['members only']);
    if (removal === 'leaveRoom') await mutate(viewer, removal, { roomId }, '');
    else await mutate(owner, removal, { roomId, userId: viewer.userId }, '');
    expect(await findTexts(viewer, { words: 'members' })).toEqual([]);
    expect(await findTexts(viewer, { words: 'members', roomId })).toEqual([]);
  });

  it('finds nothing for somebody who is signed out', async () => {
    const roomId = await openRoom('PUBLIC', 'for people');
    expect(await findTexts(stack.guest, { words: 'people', roomId })).toEqual([]);
    expect(await findTexts(stack.guest, { words: 'people' })).toEqual([]);
  });

  it('knows a message by its first words, however many it has', async () => {
    const roomId = await owner.createRoom('PRIVATE');
    const text = Array.from({ length: messageWordLimit + 1 }, (_, number) => `w${number}`).join(' ');
    await owner.sendMessage(roomId, text);
    const last = messageWordLimit - 1;
    expect(await findTexts(owner, { roomId, words: `w0 w${last}` })).toEqual([text]);
    expect(await findTexts(owner, { roomId, words: `w${last + 1}` })).toEqual([]);
    expect(await findTexts(owner, { roomId, authorId: owner.userId })).toEqual([text]);
  });

  it('tells the words of one room by other numbers than those of another', async () => {
    const [here, there] = [await openRoom('PRIVATE', 'equal'), await openRoom('PRIVATE', 'equal')];
    const rows = await chat<{ word: string }>('SELECT word FROM message_word WHERE room_id IN ($1, $2)', [here, there]);
    // A word and an author in each.
    expect(new Set(rows.map(({ word }) => word)).size).toBe(4);
  });

  const times = { since: '2026-02-01T00:00:00Z', until: '2026-01-31T23:59:59Z' };
  it.each<[string, object, string]>([
    ['nothing to search for', {}, 'words'],
    ['no more than a lack of attachments', { hasAttachment: false }, 'words'],
    ['a time alone', { since: times.since }, 'words'],
    ['empty words', { words: '' }, 'words'],
    ['blanks', { words: ' \t\u200b\n' }, 'words'],
    ['only punctuation', { words: '"...", ?! -- ()' }, 'words'],
    ['only emoji', { words: '👍' }, 'words'],
    ['10,000 combining marks', { words: '\u0301'.repeat(10_000) }, 'words'],
    ['a few combining marks and nothing below them', { words: '\u0301\u0302' }, 'words'],
    ['broken UTF-16', { words: 'ada\ud800' }, 'words'],
    ['too many words', { words: Array.from({ length: searchWordLimit + 1 }, (_, n) => `w${n}`).join(' ') }, 'words'],
    ['a text that is too long', { words: 'x'.repeat(searchTextLimit + 1) }, 'words'],
    ['an end before the beginning', { words: 'a', ...times }, 'until'],
    ['no messages', { words: 'a', first: 0 }, 'first'],
    ['too many messages', { words: 'a', first: 101 }, 'first'],
  ])('refuses %s', async (_what, asked, argument) => {
    const { data, errors } = await trySearch(owner, asked);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  });

  it('takes as many words as it may, and text that means something elsewhere, for words alone', async () => {
    const roomId = await openRoom('PRIVATE', `Robert'); DROP TABLE message;--`, '100% _sure_ .*');
    const many = Array.from({ length: searchWordLimit }, (_, number) => `w${number}`).join(' ');
    expect(await findTexts(owner, { roomId, words: many })).toEqual([]);
    expect(await findTexts(owner, { roomId, words: `'); DROP TABLE message;--` })).toHaveLength(1);
    expect(await findTexts(owner, { roomId, words: '%sure%' })).toHaveLength(1);
    expect(await findTexts(owner, { roomId, words: 'su.*' })).toEqual([]);
    expect(await findTexts(owner, { roomId, words: 'author:1' })).toEqual([]);
  });

  it('refuses a cursor of another list, and of another search', async () => {
    const roomId = await openRoom('PRIVATE', 'one page', 'two page', 'three page');
    const { pageInfo } = await search(owner, { roomId, words: 'page', first: 1 });
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const next = { roomId, words: 'Page!', after: pageInfo.endCursor };
    expect(await findTexts(owner, next)).toEqual(['two page', 'one page']);
    const foreign = [
      { words: 'one', roomId, after: pageInfo.endCursor },
      { words: 'page', after: pageInfo.endCursor },
      { words: 'page', roomId, after: await owner.headCursor(roomId) },
      { words: 'page', roomId, after: 'nonsense' },
      { words: 'page', roomId, after: '' },
    ];
    for (const asked of foreign) {
      const { errors } = await trySearch(owner, asked);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});
