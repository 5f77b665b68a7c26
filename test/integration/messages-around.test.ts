import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';

interface Page {
  edges: { cursor: string; node: { seq: number; text: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const query = `query ($room: ID!, $messageId: ID, $at: DateTime, $count: Int!) { room(id: $room) {
  messagesAround(messageId: $messageId, at: $at, count: $count) {
    edges { cursor node { seq text } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
} }`;

const start = Date.parse('2026-03-01T00:00:00Z');
const hour = 3_600_000;

describe('the messages around a place', () => {
  let stack: TestStack;
  let owner: TestClient;
  let roomId: string;
  /** Those of the room, in order. What other events there are stands between them in the log. */
  const sent: { id: string; seq: number; text: string }[] = [];

  beforeAll(async () => {
    stack = await startTestStack();
    owner = await stack.register();
    roomId = await owner.createRoom('PRIVATE');
    for (let number = 0; number < 20; number += 1) {
      const { message } = await owner.sendMessage(roomId, `message ${number}`);
      sent.push(message);
      if (number % 3 === 0) await mutate(owner, 'addReaction', { messageId: message.id, emoji: '👍' }, '');
    }
    // One event an hour.
    const times = `UPDATE room_event SET occurred_at = to_timestamp($2::float8 / 1000) + seq * interval '1 hour' WHERE room_id = $1`;
    await chat(times, [roomId, start]);
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  const look = async (place: object, client = owner, room = roomId): Promise<Page> =>
    (await client.run(query, { room, ...place })).messagesAround;

  const textsOf = ({ edges }: Page) => edges.map(({ node }) => node.text);
  const numbers = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => `message ${first + index}`);

  it.each([
    [10, 5, numbers(8, 12), true, true],
    [10, 4, numbers(8, 11), true, true],
    [10, 1, numbers(10, 10), true, true],
    [10, 2, numbers(9, 10), true, true],
    [0, 5, numbers(0, 2), false, true],
    [1, 5, numbers(0, 3), false, true],
    [2, 5, numbers(0, 4), false, true],
    [3, 5, numbers(1, 5), true, true],
    [19, 5, numbers(17, 19), true, false],
    [17, 5, numbers(15, 19), true, false],
    [16, 5, numbers(14, 18), true, true],
    [10, 100, numbers(0, 19), false, false],
  ])('have message %i in the middle of %i', async (number, count, texts, hasPreviousPage, hasNextPage) => {
    const page = await look({ messageId: sent[number]?.id, count });
    expect(textsOf(page)).toEqual(texts);
    expect(page.pageInfo).toMatchObject({ hasPreviousPage, hasNextPage });
  });

  it('have cursors that lead on in both directions', async () => {
    const { pageInfo } = await look({ messageId: sent[10]?.id, count: 4 });
    const page = async (paging: string) =>
      (await owner.run(`{ room(id: "${roomId}") { messages(${paging}) { nodes { text } } } }`)).messages.nodes.map(
        ({ text }: { text: string }) => text,
      );
    expect(await page(`first: 3, after: "${pageInfo.endCursor}"`)).toEqual(numbers(12, 14));
    expect(await page(`last: 3, before: "${pageInfo.startCursor}"`)).toEqual(numbers(5, 7));
  });

  it('begin, for any time, with the first message at that time or after it', async () => {
    const heads =
      (await chat<{ seq: number }>('SELECT head_seq AS seq FROM room WHERE id = $1', [roomId]))[0]?.seq ?? 0;
    const moments = Array.from({ length: heads + 4 }, (_, index) => start + (index - 1) * hour);
    for (const moment of [...moments, ...moments.map((each) => each + 1 + randomInt(hour - 1))]) {
      const place = sent.findIndex(({ seq }) => start + seq * hour >= moment);
      const from = place < 0 ? sent.length : place;
      const page = await look({ at: new Date(moment).toISOString(), count: 4 });
      expect({ moment, texts: textsOf(page) }).toEqual({
        moment,
        texts: sent.slice(Math.max(from - 2, 0), from + 2).map(({ text }) => text),
      });
      expect(page.pageInfo).toMatchObject({ hasPreviousPage: from > 2, hasNextPage: from + 2 < sent.length });
    }
  });

  it('are found for times at the edges of what there is', async () => {
    expect(textsOf(await look({ at: '0000-01-01T00:00:00Z', count: 2 }))).toEqual(numbers(0, 0));
    expect(textsOf(await look({ at: '9999-12-31T23:59:59.999Z', count: 2 }))).toEqual(numbers(19, 19));
    const empty = await owner.createRoom();
    expect(await look({ at: new Date().toISOString(), count: 2 }, owner, empty)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('are found by time where the log begins later, and where one event of it has just been removed', async () => {
    const other = await owner.createRoom();
    for (let number = 0; number < 12; number += 1) await owner.sendMessage(other, `message ${number}`);
    const spread = `UPDATE room_event SET occurred_at = to_timestamp($2::float8 / 1000) + seq * interval '1 hour' WHERE room_id = $1`;
    await chat(spread, [other, start]);
    const at = (seq: number) => ({ at: new Date(start + seq * hour).toISOString(), count: 2 });
    const expectTheRest = async () => {
      for (const time of [0, 6]) {
        const page = await look(at(time), owner, other);
        expect(textsOf(page)).toEqual(numbers(4, 4));
        expect(page.pageInfo.hasPreviousPage).toBe(false);
      }
      expect(textsOf(await look(at(9), owner, other))).toEqual(numbers(6, 7));
    };
    const begin = (firstSeq: number) => chat('UPDATE room SET first_seq = $2 WHERE id = $1', [other, firstSeq]);
    // The rows before the beginning are still there, and nobody is to read them.
    await begin(6);
    await expectTheRest();
    await chat('DELETE FROM message WHERE room_id = $1 AND seq < 6', [other]);
    await chat('DELETE FROM room_event WHERE room_id = $1 AND seq < 6', [other]);
    await expectTheRest();
    // Whoever has read the beginning before it was moved finds no events there.
    await begin(1);
    await expectTheRest();
  });

  it('keep the place of a deleted message', async () => {
    const { message } = await owner.sendMessage(roomId, 'message 20');
    await mutate(owner, 'deleteMessage', { messageId: message.id }, '');
    const { edges } = await look({ messageId: message.id, count: 3 });
    expect(edges.map(({ node }) => node.text)).toEqual(['message 19', null]);
  });

  it.each([
    ['no place', { count: 5 }, 'messageId'],
    ['two places', { messageId: randomUUID(), at: '2026-01-01T00:00:00Z', count: 5 }, 'messageId'],
    ['no messages', { at: '2026-01-01T00:00:00Z', count: 0 }, 'count'],
    ['too many messages', { at: '2026-01-01T00:00:00Z', count: 101 }, 'count'],
    ['a message that is not there', { messageId: randomUUID(), count: 5 }, 'messageId'],
    ['what is no id', { messageId: 'message 10', count: 5 }, 'messageId'],
  ])('are refused for %s', async (_what, place, argument) => {
    const { errors } = await owner.send(query, { room: roomId, ...place });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  });

  it('are refused for a message of another room, the same way whether it may be read or not', async () => {
    const stranger = await stack.register();
    const [own, hidden] = [await owner.createRoom(), await stranger.createRoom('PRIVATE')];
    const foreign = [
      (await owner.sendMessage(own, 'mine')).message,
      (await stranger.sendMessage(hidden, 'his')).message,
    ];
    const answers = [randomUUID(), ...foreign.map(({ id }) => id)].map(
      async (messageId) => (await owner.send(query, { room: roomId, messageId, count: 5 })).errors,
    );
    const [missing, ...others] = await Promise.all(answers);
    expect(missing).toHaveLength(1);
    for (const errors of others) expect(errors).toEqual(missing);
  });

  it('are not there for somebody who may not read the room', async () => {
    const stranger = await stack.register();
    const { data, errors } = await stranger.send(query, { room: roomId, messageId: sent[3]?.id, count: 5 });
    expect([data, errors]).toEqual([{ room: null }, undefined]);
  });
});
