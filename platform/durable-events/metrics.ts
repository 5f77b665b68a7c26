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
