import type pg from 'pg';
import { subgraphDatabaseUrl, withClient } from '../tools/databases.ts';
import type { TestDatabases } from './harness.ts';
import type { SentStatement } from './statement-recorder.ts';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

/**
 * How many rows of a table of chat's a statement looks at, by the plan that serves all values: the one that a prepared
 * statement gets, which can't know that these values are few or many. Nothing of what it writes stays.
 */
export async function countRowsRead(
  databases: TestDatabases,
  { text, values }: SentStatement,
  table: string,
): Promise<number> {
  return withClient(subgraphDatabaseUrl(databases.url, 'chat'), async (client: pg.Client) => {
    const given = values.map((value) => (value == null ? 'NULL' : client.escapeLiteral(toText(value))));
    await client.query('SET plan_cache_mode = force_generic_plan');
    await client.query(`PREPARE recorded AS ${text}`);
    await client.query('BEGIN');
    const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE recorded (${given})`);
    await client.query('ROLLBACK');
    return countRows(rows[0]['QUERY PLAN'][0].Plan, table);
  });
}

function countRows(plan: Plan, table: string): number {
  const isScan = plan['Relation Name'] === table && plan['Node Type'] !== 'ModifyTable';
  const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = isScan ? (plan['Actual Rows'] + removed) * plan['Actual Loops'] : 0;
  return (plan.Plans ?? []).map((child) => countRows(child, table)).reduce((sum, rows) => sum + rows, own);
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(item)).join(',')}}`;
  return value instanceof Date ? value.toISOString() : String(value);
}
