import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { describeEachEngine, startTestStack, type TestStack } from '../harness.ts';

const roomEvents =
  'subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) { seq cursor } }';

describeEachEngine('the log of a room', (engine) => {
  let stack: TestStack;
  let writer: TestClient;

  beforeAll(async () => {
    stack = await startTestStack({ engine });
    writer = await stack.register('writer');
  });

  afterAll(() => stack?.stop());

  function seqsOf(events: { seq: number }[]): number[] {
    return events.map(({ seq }) => seq);
  }

  function range(first: number, last: number): number[] {
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  /** Sends messages one after the other in one request, which spares the router most of its work. */
  async function sendMany(member: TestClient, roomId: string, count: number): Promise<void> {
    const numbers = Array.from({ length: count }, (_, number) => number);
    const declarations = numbers.map((number) => `$input${number}: SendMessageInput!`);
    const fields = numbers.map((number) => `m${number}: sendMessage(input: $input${number}) { userErrors { code } }`);
    const inputs = numbers.map((number) => {
      return [`input${number}`, { roomId, text: `message ${number}`, clientMessageId: randomUUID() }] as const;
    });
    const query = `mutation (${declarations.join(', ')}) { ${fields.join(' ')} }`;
    const { data, errors } = await member.send(query, Object.fromEntries(inputs));
    expect([errors, ...numbers.flatMap((number) => data[`m${number}`].userErrors)]).toEqual([undefined]);
  }

  it('gives a subscriber that was cut off exactly what it missed', async () => {
    const roomId = await writer.createRoom();
    const reader = await stack.register('reader');
    const live = reader.subscribe(roomEvents, { roomId, after: await writer.headCursor(roomId) });
    for (let number = 0; number < 5; number += 1) await writer.sendMessage(roomId, 'live');
    const seen = await live.take(5);
    reader.cut();
    for (let number = 0; number < 250; number += 1) await writer.sendMessage(roomId, 'missed');
    const resumed = reader.subscribe(roomEvents, { roomId, after: seen.at(-1).cursor });
    const missed = await resumed.take(250);
    await writer.sendMessage(roomId, 'live again');
    expect(seqsOf([...seen, ...missed, await resumed.next()])).toEqual(range(2, 257));
  });

  it('resumes from any event, a message or not, in the middle of a stream of others', async () => {
    const roomId = await writer.createRoom();
    const reader = await stack.register('reader');
    let after = await writer.headCursor(roomId);
    const sending = (async () => {
      for (let number = 0; number < 40; number += 1) await writer.sendMessage(roomId, `message ${number}`);
    })();
    const seqs: number[] = [];
    while (seqs.at(-1) !== 41) {
      const subscription = reader.subscribe(roomEvents, { roomId, after });
      const event = await subscription.next();
      reader.cut();
      after = event.cursor;
      seqs.push(event.seq);
    }
    await sending;
    expect(seqs).toEqual(range(seqs[0] as number, 41));
  });

  it('stores a message once that is sent ten times at once, and returns it ten times', async () => {
    const roomId = await writer.createRoom();
    const clientMessageId = randomUUID();
    const results = await Promise.all(
      Array.from({ length: 10 }, () => writer.sendMessage(roomId, 'only once', clientMessageId)),
    );
    expect(new Set(results.map(({ message }) => message.id)).size).toBe(1);
    expect(results.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    // No number was used up by the nine that came too late.
    expect((await writer.sendMessage(roomId, 'the next')).message.seq).toBe(3);
    const late = await writer.sendMessage(roomId, 'another text', clientMessageId);
    expect(late.message).toMatchObject({ id: results[0]?.message.id, text: 'only once' });
  });

  it('keeps the names that two people give their messages apart', async () => {
    const roomId = await writer.createRoom();
    const other = await stack.register('other');
    await other.joinRoom(roomId);
    const [mine, theirs] = [
      await writer.sendMessage(roomId, 'mine', 'a'),
      await other.sendMessage(roomId, 'theirs', 'a'),
    ];
    expect(theirs.message).toMatchObject({ text: 'theirs' });
    expect(theirs.message.id).not.toBe(mine.message.id);
  });

  it('numbers 5,000 messages of 50 writers without a gap, and shows two subscribers the same order', async () => {
    const [writerCount, messagesEach, perRequest] = [50, 100, 5];
    const roomId = await writer.createRoom();
    // A few at once: to hash a password takes a thread for a while.
    const limit = pLimit(4);
    const registrations = Array.from({ length: writerCount }, (_, number) =>
      limit(() => stack.register(`writer${number}`)),
    );
    const writers = await Promise.all(registrations);
    await Promise.all(writers.map((member) => member.joinRoom(roomId)));
    const start = Buffer.from(`room:${roomId}:0`).toString('base64url');
    const events = `subscription ($roomId: ID!, $after: String) {
      roomEvents(roomId: $roomId, after: $after) { seq ... on MessageSent { message { id } } }
    }`;
    const [first, second] = await Promise.all([stack.register('first'), stack.register('second')]);
    const subscriptions = [first, second].map((reader) => reader.subscribe(events, { roomId, after: start }));
    await Promise.all(
      writers.map(async (member) => {
        for (let sent = 0; sent < messagesEach; sent += perRequest) await sendMany(member, roomId, perRequest);
      }),
    );
    const total = 1 + writerCount + writerCount * messagesEach;
    const logs = await Promise.all(subscriptions.map((subscription) => subscription.take(total)));
    expect(seqsOf(logs[0] ?? [])).toEqual(range(1, total));
    expect(logs[1]).toEqual(logs[0]);
    const [stored] = await stack.databases.query<{ count: number; distinct: number; highest: number }>(
      'chat',
      'SELECT count(*)::int, count(DISTINCT seq)::int AS distinct, max(seq) AS highest FROM room_event WHERE room_id = $1',
      [roomId],
    );
    expect(stored).toEqual({ count: total, distinct: total, highest: total });
  });

  it('delivers an event whose live publication was lost, by comparing heads with the database', async () => {
    const roomId = await writer.createRoom();
    const reader = await stack.register('reader');
    const subscription = reader.subscribe(roomEvents, { roomId, after: await writer.headCursor(roomId) });
    await writer.sendMessage(roomId, 'seen live');
    await subscription.next();
    // A second chat process that crashed between its commit and its publication leaves just this behind.
    await stack.databases.query(
      'chat',
      `WITH advanced AS (UPDATE room SET head_seq = head_seq + 1 WHERE id = $1 RETURNING id, head_seq)
       INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
       SELECT id, head_seq, 'MEMBER_JOINED', $2, now() FROM advanced`,
      [roomId, writer.userId],
    );
    expect(await subscription.next()).toMatchObject({ seq: 3 });
  });
});
