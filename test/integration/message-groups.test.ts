import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { recordStatements } from '../statement-recorder.ts';

describe('messages that are stored in groups', () => {
  let stack: TestStack;
  let members: TestClient[];
  let owner: TestClient;
  let roomId: string;
  let text: string;

  beforeAll(async () => {
    stack = await startTestStack();
    members = await Promise.all(Array.from({ length: 12 }, (_, number) => stack.register(`member${number}`)));
    owner = members[0] as TestClient;
    roomId = await owner.createRoom();
    text = `hello @${members[1]?.username}`;
    for (const member of members.slice(1)) await member.joinRoom(roomId);
  });

  afterAll(() => stack?.stop());

  const send = (sender: TestClient, clientMessageId: string, room = roomId, more: object = {}) =>
    mutate(
      sender,
      'sendMessage',
      { roomId: room, text, clientMessageId, ...more },
      'message { id seq replyTo { seq } }',
    );
  const insertions = (sent: { text: string }[]) => sent.filter(({ text }) => text.includes('INSERT INTO message ('));

  /** Holds a room as a long change of it does, until the work is done, which can ask how many connections wait for locks. */
  async function whileLocked<Result>(
    lockedId: string,
    work: (countWaiting: () => Promise<number>) => Promise<Result>,
  ): Promise<Result> {
    const client = new pg.Client({ connectionString: subgraphDatabaseUrl(stack.databases.url, 'chat') });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT FROM room WHERE id = $1 FOR UPDATE', [lockedId]);
      return await work(async () => {
        const { rows } = await client.query<{ count: number }>(
          `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return rows[0]?.count ?? 0;
      });
    } finally {
      await client.end();
    }
  }

  it('get the next numbers of their room, each once, and share statements', async () => {
    const head = await headOf(roomId);
    const recorder = recordStatements();
    const rounds = 5;
    const sent = await recorder.during(async () => {
      const results = await Promise.all(
        Array.from({ length: rounds }, (_, round) =>
          members.map((member, number) => send(member, `${round}-${number}`)),
        ).flat(),
      );
      const seqs = results.map(({ message }) => message.seq).toSorted((one, other) => one - other);
      expect(seqs).toEqual(Array.from({ length: rounds * members.length }, (_, index) => head + 1 + index));
    });
    recorder.stop();
    expect(insertions(sent).length).toBeLessThan(rounds * members.length);
  });

  it('are each what they would be alone: retries, answers of one thread, and mentions', async () => {
    const { message: root } = await send(owner, 'root');
    const first = await Promise.all(members.map((member, number) => send(member, `first-${number}`)));
    const [again, answers] = await Promise.all([
      Promise.all(members.map((member, number) => send(member, `first-${number}`))),
      Promise.all(
        members.map((member, number) => send(member, `answer-${number}`, roomId, { replyToMessageId: root.id })),
      ),
    ]);
    expect(again).toEqual(first);
    expect(answers.map(({ message }) => message.replyTo.seq)).toEqual(members.map(() => root.seq));
    const { message } = await mutate(
      owner,
      'sendMessage',
      { roomId, text, clientMessageId: 'root' },
      'message { thread { replyCount participantCount } replies(first: 50) { nodes { seq } } mentions { userId } }',
    );
    const { thread, replies, mentions } = message;
    expect(thread).toEqual({ replyCount: members.length, participantCount: members.length });
    expect(replies.nodes.map(({ seq }: { seq: number }) => seq)).toEqual(
      answers.map(({ message }) => message.seq).toSorted((one, other) => one - other),
    );
    expect(mentions).toEqual([{ userId: members[1]?.userId }]);
  });

  it('wait for nobody but who changes their own room', async () => {
    const others = await Promise.all(members.map((member) => member.createRoom()));
    // So that what follows is decided already.
    for (const [number, member] of members.entries()) await send(member, 'before', others[number]);
    for (const member of members) await send(member, 'before');
    let held = Promise.resolve<{ message: { seq: number } }[]>([]);
    await whileLocked(roomId, async (countWaiting) => {
      // More than chat has connections.
      held = Promise.all(members.map((member) => send(member, 'held')));
      await eventually(async () => expect(await countWaiting()).toBeGreaterThan(0));
      const through = await Promise.all(members.map((member, number) => send(member, 'through', others[number])));
      expect(through.flatMap(({ userErrors }) => userErrors)).toEqual([]);
      expect(await countWaiting()).toBe(1);
    });
    const seqs = (await held).map(({ message }) => message.seq).toSorted((one, other) => one - other);
    const head = await headOf(roomId);
    expect(seqs).toEqual(members.map((_, index) => head - members.length + 1 + index));
  });

  async function headOf(id: string): Promise<number> {
    return (await owner.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id })).headSeq;
  }
});
