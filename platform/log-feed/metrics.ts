import { Counter, type Registry } from 'prom-client';
import type { HistoryCounts } from './log-history.ts';

/** Shows how often the past of logs was read from the database, and how often what somebody else had read was enough. */
export function historyCounter(registry: Registry, counts: HistoryCounts): void {
  new Counter({
    name: 'chorus_history_pages_total',
    help: 'Pages of the past of logs that readers needed, by where they came from: the database, or memory.',
    labelNames: ['source'],
    registers: [registry],
    collect() {
      this.reset();
      for (const source of ['database', 'memory'] as const) this.inc({ source }, counts[source]);
    },
  });
}
