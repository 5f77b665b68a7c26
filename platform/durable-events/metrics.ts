import type { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';
import type { SqlClient } from '../database.ts';
import { countDeadLetters } from './dead-letters.ts';

/** Shows how many events of a subgraph wait as dead letters. While the database is away the last number stands. */
export function deadLetterGauge(registry: Registry, database: SqlClient): void {
  new Gauge({
    name: 'chorus_dead_letters',
    help: 'Events that could not be handled and wait to be replayed.',
    registers: [registry],
    async collect() {
      await countDeadLetters(database).then(
        (count) => this.set(count),
        () => undefined,
      );
    },
  });
}

/** Shows how many events of a subgraph wait to be published. While the database is away the last number stands. */
export function outboxGauge(registry: Registry, pool: Pool): void {
  new Gauge({
    name: 'chorus_outbox_waiting',
    help: 'Events that are committed and wait to be published.',
    registers: [registry],
    async collect() {
      await countWaiting(pool).then(
        (count) => this.set(count),
        () => undefined,
      );
    },
  });
}

async function countWaiting(pool: Pool): Promise<number> {
  const result = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM outbox WHERE published_position IS NULL',
  );
  return result.rows[0]?.count ?? 0;
}
