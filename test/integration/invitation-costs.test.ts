import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import { createDatabases, queryDatabase, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { act, createLink } from '../inviting.ts';
import { recordStatements, type SentStatement } from '../statement-recorder.ts';

const endedInvitations = 20_000;

describe('invitations that have ended', () => {
  let databases: TestDatabases;
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let roomId: string;
  let recorder: ReturnType<typeof recordStatements>;

  beforeAll(async () => {
    databases = await createDatabases();
    stack = await startTestStack({ databases });
    [owner, member] = await Promise.all([stack.register('owner'), stack.register('member')]);
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
    // One after the other: expired, used up, declined and revoked.
    await queryDatabase(
      databases,
      'chat',
      `INSERT INTO invitation (room_id, id, created_by_id, client_invitation_id, created_at,
                               expires_at, max_uses, use_count, declined_at, revoked_at)
       SELECT $1, gen_random_uuid(), $2, number::text, now(),
              now() + CASE number % 4 WHEN 0 THEN interval '-1 day' ELSE interval '1 day' END,
              CASE number % 4 WHEN 1 THEN 1 END, CASE number % 4 WHEN 1 THEN 1 ELSE 0 END,
              CASE number % 4 WHEN 2 THEN now() END, CASE number % 4 WHEN 3 THEN now() END
       FROM generate_series(1, $3) AS number`,
      [roomId, member.userId, endedInvitations],
    );
    await queryDatabase(databases, 'chat', 'ANALYZE invitation');
    recorder = recordStatements();
  });

  afterAll(async () => {
    recorder?.stop();
    await stack?.stop();
    await databases?.drop();
  });

  it('are not read when somebody makes one, and not when somebody leaves', async () => {
    const link = await recorder.during(() => createLink(member, roomId));
    const counting = link.find(({ text }) => /count\(\*\).*FROM invitation/s.test(text));
    const left = await recorder.during(() => act(member, 'leaveRoom', { roomId }));
    const revoking = left.find(({ text }) => /UPDATE invitation/.test(text));
    for (const statement of [counting, revoking]) {
      expect(await countRowsRead(statement as SentStatement)).toBeLessThanOrEqual(1);
    }
    // The link, and of those that had ended none that had not been revoked before.
    const revoked = 'SELECT FROM invitation WHERE revoked_at IS NOT NULL AND room_id = $1';
    expect(await queryDatabase(databases, 'chat', revoked, [roomId])).toHaveLength(endedInvitations / 4 + 1);
  });

  /** How many rows of the table the plan looks at that serves all values, as a prepared statement's does. */
  async function countRowsRead({ text, values }: SentStatement): Promise<number> {
    return withClient(subgraphDatabaseUrl(databases.url, 'chat'), async (client: pg.Client) => {
      const literals = values.map((value) => client.escapeLiteral(toText(value)));
      const given = values.map((value, index) => (value === null ? 'NULL' : literals[index]));
      await client.query('SET plan_cache_mode = force_generic_plan');
      await client.query(`PREPARE recorded AS ${text}`);
      await client.query('BEGIN');
      const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE recorded (${given})`);
      await client.query('ROLLBACK');
      return countRows(rows[0]['QUERY PLAN'][0].Plan);
    });
  }
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

function countRows(plan: Plan): number {
  const isScan = plan['Relation Name'] === 'invitation' && plan['Node Type'] !== 'ModifyTable';
  const perLoop =
    plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = isScan ? perLoop * plan['Actual Loops'] : 0;
  return (plan.Plans ?? []).map(countRows).reduce((sum, rows) => sum + rows, own);
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(item)).join(',')}}`;
  return value instanceof Date ? value.toISOString() : String(value);
}
