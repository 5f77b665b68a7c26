import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { splitWords } from '../../subgraphs/chat/search/words.ts';
import { indexAsAnotherProcess, rotateRoomKey } from '../chat-database.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { findTexts, search, searchAll } from '../search.ts';

/** What a message is, as the model of search sees it. */
interface Modelled {
  id: string;
  roomId: string;
  authorId: string;
  text: string;
  hasAttachment: boolean;
}

const vocabulary = ['red', 'Green', 'blue', 'café', 'Straße', '学习', 'x1', 'the', 'the', 'the'];
const pick = <Value>(values: readonly Value[]) => values[randomInt(values.length)] as Value;
const randomText = () =>
  Array.from({ length: 1 + randomInt(5) }, () => pick(vocabulary)).join(pick([' ', ', ', ' - ']));

describe('the index of search', () => {
  let stack: TestStack;
  let people: TestClient[];

  beforeAll(async () => {
    stack = await startTestStack();
    people = await Promise.all([stack.register(), stack.register(), stack.register()]);
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  async function openRooms(count: number): Promise<string[]> {
    const [owner, ...others] = people as [TestClient, ...TestClient[]];
    const rooms: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const roomId = await owner.createRoom();
      for (const other of others) await other.joinRoom(roomId);
      rooms.push(roomId);
    }
    return rooms;
  }

  async function send(author: TestClient, roomId: string, text: string, hasAttachment = false): Promise<Modelled> {
    const file = { url: 'https://example.org/a', name: 'paper.pdf', contentType: 'a/b', sizeBytes: 1 };
    const input = { roomId, text, clientMessageId: randomUUID(), ...(hasAttachment && { attachments: [file] }) };
    const { message } = await mutate(author, 'sendMessage', input, 'message { id }');
    return { id: message.id, roomId, authorId: author.userId, text, hasAttachment };
  }

  it('finds exactly what going through all messages finds, page by page', async () => {
    const [owner] = people as [TestClient];
    const rooms = await openRooms(4);
    const model: Modelled[] = [];
    for (let number = 0; number < 160; number += 1) {
      model.push(await send(pick(people), pick(rooms), randomText(), randomInt(4) === 0));
      if (number % 40 === 39) await rotateRoomKey(stack.databases, pick(rooms));
      const victim = pick(model);
      const author = people.find(({ userId }) => userId === victim.authorId) as TestClient;
      if (randomInt(8) === 0) {
        victim.text = `${randomText()} ${number}`;
        await mutate(author, 'editMessage', { messageId: victim.id, text: victim.text }, '');
      } else if (randomInt(15) === 0) {
        await mutate(author, 'deleteMessage', { messageId: victim.id }, '');
        model.splice(model.indexOf(victim), 1);
      }
    }
    for (let round = 0; round < 60; round += 1) {
      const words = randomInt(6) === 0 ? [] : Array.from({ length: 1 + randomInt(3) }, () => pick(vocabulary));
      const [roomId, author, hasAttachment] = [
        pick([null, ...rooms]),
        pick([null, ...people]),
        pick([null, true, false]),
      ];
      if (words.length === 0 && author === null && hasAttachment !== true) continue;
      const authorId = author?.userId ?? null;
      const expected = model
        .filter((message) => roomId === null || message.roomId === roomId)
        .filter((message) => authorId === null || message.authorId === authorId)
        .filter((message) => hasAttachment === null || message.hasAttachment === hasAttachment)
        .filter(({ text }) => splitWords(words.join(' ')).every((word) => splitWords(text).includes(word)))
        .map(({ id }) => id)
        .sort()
        .reverse();
      const asked = { words: words.length > 0 ? words.join(' ') : null, roomId, authorId, hasAttachment };
      const found = (await searchAll(owner, asked, pick([1, 3, 7, 100]))).map(({ id }) => id);
      expect({ asked, found }).toEqual({ asked, found: expected });
    }
  });

  it('gives what was there at the first page once on all pages, while people go on writing', async () => {
    const [owner] = people as [TestClient];
    const rooms = await openRooms(3);
    const before = new Set<string>();
    for (let number = 0; number < 40; number += 1) before.add((await send(pick(people), pick(rooms), 'steady')).id);
    let isOver = false;
    const writing = Promise.all(
      people.map(async (author) => {
        while (!isOver) await send(author, pick(rooms), 'steady');
      }),
    );
    const found = (await searchAll(owner, { words: 'steady' }, 3)).map(({ id }) => id);
    isOver = true;
    await writing;
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(found.toSorted().toReversed());
    expect(found.filter((id) => before.has(id))).toHaveLength(before.size);
  });

  /** Makes messages what they were before there was search. */
  async function forgetWords(roomId: string): Promise<void> {
    await chat('DELETE FROM message_word WHERE room_id = $1', [roomId]);
    await chat('UPDATE message SET words = NULL WHERE room_id = $1', [roomId]);
  }

  const entries = (roomId: string) =>
    chat('SELECT word::text, message_id AS id FROM message_word WHERE room_id = $1 ORDER BY 1, 2', [roomId]);

  it('gets messages from before there was search when chat starts', async () => {
    const [owner] = people as [TestClient];
    const [roomId = ''] = await openRooms(1);
    for (let number = 0; number < 5; number += 1) await send(owner, roomId, `old ${number}`, number === 0);
    const { id } = await send(owner, roomId, 'old and deleted');
    await mutate(owner, 'deleteMessage', { messageId: id }, '');
    const expected = await entries(roomId);
    await forgetWords(roomId);
    expect(await findTexts(owner, { roomId, words: 'old' })).toEqual([]);
    const second = await startTestStack({ databases: stack.databases });
    onTestFinished(() => second.stop());
    await expect.poll(() => entries(roomId)).toEqual(expected);
    expect(await chat('SELECT seq FROM message WHERE room_id = $1 AND words IS NULL', [roomId])).toEqual([]);
    expect(await findTexts(owner, { roomId, words: 'old 0', hasAttachment: true })).toEqual(['old 0']);
  });

  it('gets them from any number of processes at once, ended in the middle, while people edit and delete', async () => {
    const [owner] = people as [TestClient];
    const [roomId = ''] = await openRooms(1);
    const sent = await Promise.all(Array.from({ length: 450 }, (_, number) => send(owner, roomId, `early ${number}`)));
    await forgetWords(roomId);
    // It ends after the first batch, as if somebody had ended the process.
    const answers = [false];
    await indexAsAnotherProcess(stack.databases, () => answers.shift() ?? true);
    const missing = async () => {
      const [row] = await chat<{ count: number }>(
        'SELECT count(*)::int FROM message WHERE room_id = $1 AND words IS NULL',
        [roomId],
      );
      return row?.count ?? 0;
    };
    expect(await missing()).toBe(250);
    const indexing = Promise.all([indexAsAnotherProcess(stack.databases), indexAsAnotherProcess(stack.databases)]);
    for (const [number, { id }] of sent.slice(-60).entries()) {
      if (number % 2 === 0) await mutate(owner, 'editMessage', { messageId: id, text: `late ${number}` }, '');
      else await mutate(owner, 'deleteMessage', { messageId: id }, '');
    }
    await indexing;
    expect(await missing()).toBe(0);
    expect(await searchAll(owner, { roomId, words: 'early' }, 100)).toHaveLength(390);
    expect(await findTexts(owner, { roomId, words: 'late' })).toHaveLength(30);
    const orphans = `SELECT FROM message_word LEFT JOIN message ON message.room_id = message_word.room_id AND message.id = message_id
                       AND word = ANY(words) WHERE message_word.room_id = $1 AND message.id IS NULL`;
    expect(await chat(orphans, [roomId])).toEqual([]);
  });

  it('lets a message that can not be opened be found by its author, and errs only where its text is asked for', async () => {
    const [owner] = people as [TestClient];
    const [roomId = ''] = await openRooms(1);
    const { id } = await send(owner, roomId, 'to be broken');
    await send(owner, roomId, 'whole');
    await forgetWords(roomId);
    await chat('UPDATE message SET sealed_text = substr(sealed_text, 1, 30) WHERE id = $1', [id]);
    expect(await indexAsAnotherProcess(stack.databases)).toBe(2);
    expect(await findTexts(owner, { roomId, words: 'whole' })).toEqual(['whole']);
    const { nodes } = await owner.run(
      'query ($id: ID!, $room: ID!) { searchMessages(authorId: $id, roomId: $room, first: 5) { nodes { id } } }',
      { id: owner.userId, room: roomId },
    );
    expect(nodes.map((node: { id: string }) => node.id)).toContain(id);
    expect((await search(owner, { roomId, words: 'broken' })).edges).toEqual([]);
  });
});
