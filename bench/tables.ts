import type { Measurement } from './measure.ts';
import { type Ratio, totalCpu } from './ratios.ts';
import { formatNumber, formatTable } from './report.ts';

/** Prints what was measured, and the ratios that it was measured for. */
export function printReport(
  measurements: readonly Measurement[],
  ratios: readonly Ratio[],
  idle: Readonly<Record<string, number>>,
): void {
  const meters = Object.keys(measurements[0]?.cpu ?? {});
  const ordered = measurements.toSorted((one, other) => one.concurrency - other.concurrency);
  const rows = ordered.map(({ subject, concurrency, perSecond, p50Milliseconds, p99Milliseconds, cpu }) => [
    subject,
    String(concurrency),
    ...[perSecond, p50Milliseconds, p99Milliseconds].map(formatNumber),
    ...meters.map((meter) => formatMicroseconds(cpu[meter])),
    formatMicroseconds(totalCpu(cpu)),
  ]);
  const head = ['', 'at once', 'per second', 'p50 ms', 'p99 ms', ...meters.map((meter) => `${meter} µs`), 'CPU µs'];
  console.log(`\n${formatTable([head, ...rows])}\n`);
  const concurrencies = [...new Set(ratios.map(({ concurrency }) => concurrency))].sort((one, other) => one - other);
  const names = [...new Set(ratios.map(({ name }) => name))];
  const find = (name: string, concurrency: number) =>
    ratios.find((ratio) => ratio.name === name && ratio.concurrency === concurrency)?.value ?? Number.NaN;
  const ratioRows = names.map((name) => [name, ...concurrencies.map((each) => formatNumber(find(name, each)))]);
  console.log(formatTable([['ratio', ...concurrencies.map((each) => `${each} at once`)], ...ratioRows]));
  const idleText = Object.entries(idle).map(([meter, used]) => `${meter} ${formatMicroseconds(used)}`);
  console.log(`\nµs are CPU microseconds per operation; "CPU" is all of them, and the event loop is a part of its process.
While nobody asks anything, a second costs, in the same µs: ${idleText.join(', ')}.`);
  if (!meters.includes('PostgreSQL')) {
    console.log('This platform does not tell what PostgreSQL uses: the ratios leave it out.');
  }
}

/** What was delivered by each server, what that cost its process, and how long it took. */
export function formatDeliveries(measurements: readonly Measurement[]): string {
  const rows = measurements.map(({ subject, perSecond, p50Milliseconds, p99Milliseconds, cpu }) => [
    subject,
    Math.round(perSecond).toLocaleString('en'),
    ...[cpu['process'], cpu['event loop'], p50Milliseconds, p99Milliseconds].map((value = Number.NaN) =>
      formatNumber(value),
    ),
  ]);
  const head = ['', 'deliveries a second', 'process µs', 'event loop µs', 'p50 ms', 'p99 ms'];
  return formatTable([head, ...rows]);
}

function formatMicroseconds(value: number | undefined): string {
  return value === undefined ? '-' : Math.round(value).toLocaleString('en');
}
