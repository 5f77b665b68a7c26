import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { recordStatements, type SentStatement } from '../statement-recorder.ts';

const sizes = {
  small: { members: 10, messages: 100 },
  'many members': { members: 10_000, messages: 100 },
  'many messages': { members: 10, messages: 1_000_000 },
} as const;
type Size = keyof typeof sizes;
const pageSize = 20;

let stack: TestStack;
let recorder: ReturnType<typeof recordStatements>;
const people = {} as Record<Size, TestClient>;
const rooms = {} as Record<Size, string>;

beforeAll(async () => {
  // The relay's poll would be counted along: here it only works when it is woken.
  stack = await startTestStack({
    environment: { OUTBOX_POLL_MILLISECONDS: '60000', FEED_HEARTBEAT_MILLISECONDS: '60000' },
  });
  for (const size of Object.keys(sizes) as Size[]) {
    people[size] = await stack.register();
    rooms[size] = await people[size].createRoom();
    await fill(rooms[size], people[size].userId, sizes[size]);
    for (let number = 0; number <= pageSize; number += 1) await people[size].sendMessage(rooms[size], 'the newest');
  }
  await query('ANALYZE');
  recorder = recordStatements();
});

afterAll(async () => {
  recorder?.stop();
  await stack?.stop();
});

const query = (sql: string, values: unknown[] = []) => stack.databases.query('chat', sql, values);

/** Gives a room members that are strangers, and messages that have no text. */
async function fill(
  roomId: string,
  authorId: string,
  { members, messages }: { members: number; messages: number },
): Promise<void> {
  await query(
    `INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number)
     SELECT $1, gen_random_uuid(), 'MEMBER', now(), 0 FROM generate_series(2, $2)`,
    [roomId, members],
  );
  await query(
    `INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, created_at)
     SELECT $1, number + 1, lpad(number::text, 32, '0')::uuid, $2, to_char(number, 'FM0000000'), number, now()
     FROM generate_series(1, $3) AS number`,
    [roomId, authorId, messages],
  );
  await query(
    `INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
     SELECT $1, number + 1, 'MESSAGE_SENT', $2, now() FROM generate_series(1, $3) AS number`,
    [roomId, authorId, messages],
  );
  // So that an index is worth its while in this table, too.
  await query(
    `INSERT INTO expired_message (room_id, name_hash, seq, id, created_at)
     SELECT $1, sha256(number::text::bytea), number, gen_random_uuid(), now() FROM generate_series(1, 2000) AS number`,
    [roomId],
  );
  await query('UPDATE room SET head_seq = $2 + 1, message_count = $2, member_count = $3 WHERE id = $1', [
    roomId,
    messages,
    members,
  ]);
}

/** Gives many rooms reports that are decided, one room an open one, and another room a hundred. */
async function fillReports(roomId: string, busyRoomId: string): Promise<void> {
  await query(
    `INSERT INTO report (id, room_id, message_seq, message_id, author_id, reporter_id, client_report_id, reason, state, created_at)
     SELECT lpad(n::text, 32, '0')::uuid, CASE n % 200 WHEN 1 THEN $1 WHEN 2 THEN $2 ELSE md5((n % 200)::text)::uuid END, n,
            gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'one', 'SPAM',
            CASE WHEN n = 1 OR n % 200 = 2 THEN 'OPEN' WHEN n % 2 = 1 THEN 'RESOLVED' ELSE 'DISMISSED' END::report_state, now()
     FROM generate_series(1, 20000) AS n`,
    [roomId, busyRoomId],
  );
  await query('ANALYZE report');
}

const roomFields = `name unreadCount viewerRole members(first: ${pageSize}) { nodes { role } }
  messages(last: ${pageSize}) { nodes { text author { username } } }`;
const readRoom = (client: TestClient, roomId: string, fields: string) =>
  client.run(`query ($id: ID!) { room(id: $id) { ${fields} } }`, { id: roomId });
const middleOf = (size: Size) =>
  Buffer.from(`room:${rooms[size]}:${Math.floor(sizes[size].messages / 2)}`).toString('base64url');

const operations: Record<string, (client: TestClient, size: Size) => Promise<unknown>> = {
  'a message': (client, size) => client.sendMessage(rooms[size], 'hello'),
  'a message that mentions somebody': (client, size) => client.sendMessage(rooms[size], `hello @${client.username}`),
  'a room with its newest messages': (client, size) => readRoom(client, rooms[size], roomFields),
  'the first page of a room': (client, size) =>
    readRoom(client, rooms[size], `messages(first: ${pageSize}) { nodes { seq } pageInfo { hasNextPage } }`),
  'a page in the middle': (client, size) =>
    readRoom(client, rooms[size], `messages(first: ${pageSize}, after: "${middleOf(size)}") { nodes { seq } }`),
  'the list of rooms': (client) => client.run(`{ viewer { rooms(first: 10) { nodes { ${roomFields} } } } }`),
};

describe('the statements', () => {
  it.each(Object.keys(operations))('for %s are as many in a room of any size', async (name) => {
    const run = operations[name] as (typeof operations)[string];
    const counts = {} as Record<Size, number>;
    for (const size of Object.keys(sizes) as Size[]) {
      counts[size] = await recorder.count(() => run(people[size], size));
    }
    expect(counts).toEqual({ small: counts.small, 'many members': counts.small, 'many messages': counts.small });
  });

  it.each([
    ['the newest page', `messages(last: ${pageSize}) { nodes { seq } }`],
    ['the first page', `messages(first: ${pageSize}) { nodes { seq } }`],
    ['a page in the middle', `messages(last: ${pageSize}, before: "CURSOR") { nodes { seq } }`],
  ])('for %s of a million messages read its rows by the primary key, in one partition', async (_name, fields) => {
    const size = 'many messages';
    const selection = fields.replace('CURSOR', middleOf(size));
    const sent = await recorder.during(() => readRoom(people[size], rooms[size], selection));
    const reading = sent.find(({ text }) => /FROM message\b/.test(text)) as SentStatement;
    const scans = await explain(reading);
    const ofMessages = scans.filter(({ relation }) => relation.startsWith('message'));
    expect(ofMessages).toHaveLength(1);
    expect(ofMessages[0]?.index).toMatch(/^message_\d\d_pkey$/);
    expect(ofMessages[0]?.rows).toBe(pageSize + 1);
  });

  it('for a message look at no more than a few rows, in one partition of each table', async () => {
    const size = 'many messages';
    const [client, roomId] = [people[size], rooms[size]];
    const clientMessageId = randomUUID();
    const undo = `DELETE FROM outbox; DELETE FROM message_word WHERE room_id = '${roomId}'`;
    const sent = await recorder.during(() => client.sendMessage(roomId, 'hello', clientMessageId));
    const writing = sent.find(({ text }) => /INSERT INTO message\b/.test(text)) as SentStatement;
    // The same message under another name, so that it is written again.
    const values = writing.values.map((value) => (value === clientMessageId ? 'explained' : value));
    const scans = await explain({ text: writing.text, values }, undo);
    expect(scans.map(({ relation }) => relation)).toContain('room');
    // What was written is read within the statement, not from a table.
    expect(scans.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(5);
    // There are only three rooms: their table is read whole.
    const grown = scans.filter(({ relation }) => /_\d\d$|^room_member$/.test(relation));
    for (const scan of grown) expect(scan.index, JSON.stringify(scan)).not.toBeNull();
    const partitions = grown.map(({ relation }) => relation);
    const tables = partitions.map((partition) => partition.replace(/_\d\d$/, ''));
    expect(new Set(partitions).size).toBe(new Set(tables).size);
  });

  it('for the open reports read no decided ones, in the queue of a room and in that of all rooms', async () => {
    const roomId = rooms.small;
    await fillReports(roomId, rooms['many members']);
    const guardian = await stack.register();
    await stack.databases.query('auth', "UPDATE account SET role = 'MODERATOR' WHERE id = $1", [guardian.userId]);
    await guardian.signIn(guardian.username);
    const page = 'reports(state: OPEN, first: 20) { nodes { state } }';
    // By the index of states, or by that of rooms and states: there are few rooms here.
    const queues: [TestClient, string, number][] = [
      [people.small, `room(id: "${roomId}") { ${page} }`, 1],
      [guardian, page, 101],
    ];
    for (const [reader, fields, openReports] of queues) {
      const sent = await recorder.during(() => reader.run(`{ ${fields} }`));
      const reading = sent.find(({ text }) => /FROM report\b/.test(text)) as SentStatement;
      const scans = await explain(reading);
      const [scan, ...others] = scans.filter(({ relation }) => relation === 'report');
      expect([scan?.index, others]).toEqual([expect.stringMatching(/_state_id_idx$/), []]);
      expect(scan?.rows).toBeLessThanOrEqual(openReports);
    }
  });
});

/** What PostgreSQL has read for a statement: a table or a partition, by which index, and how many rows. */
interface Scan {
  relation: string;
  /** Null for one that is read from its beginning to its end. */
  index: string | null;
  rows: number;
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/**
 * Runs a statement as it was sent, by the plan that the connections of chat have for it, undoes it, and tells what was read. That
 * plan is made for all values at once: one that is made for these alone would be a better one, and one that never runs.
 */
async function explain({ text, values }: SentStatement, before = 'SELECT'): Promise<Scan[]> {
  return withClient(subgraphDatabaseUrl(stack.databases.url, 'chat'), async (client: pg.Client) => {
    await client.query('BEGIN');
    await client.query(before);
    await client.query('SET LOCAL plan_cache_mode = force_generic_plan');
    await client.query(`PREPARE explained AS ${text}`);
    const given = values.map((value) => literalOf(client, value)).join(', ');
    const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE explained (${given})`);
    await client.query('ROLLBACK');
    return findScans(rows[0]['QUERY PLAN'][0].Plan);
  });
}

function literalOf(client: pg.Client, value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'`;
  if (value instanceof Date) return `'${value.toISOString()}'`;
  if (Array.isArray(value)) return client.escapeLiteral(`{${value.map((each) => JSON.stringify(String(each)))}}`);
  return client.escapeLiteral(String(value));
}

function findScans(plan: Plan): Scan[] {
  const relation = plan['Relation Name'];
  const isScan = relation !== undefined && plan['Node Type'] !== 'ModifyTable' && plan['Actual Loops'] > 0;
  const rows = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
  const own = isScan ? [{ relation, index: plan['Index Name'] ?? null, rows }] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(findScans)];
}
