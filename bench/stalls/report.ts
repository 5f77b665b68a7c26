import type { Measurement } from '../measure.ts';
import { computeRatios, type Ratio } from '../ratios.ts';
import { describeMachine, formatNumber, formatTable, writeResult } from '../report.ts';
import { formatDeliveries } from '../tables.ts';
import type { CloseCodes } from './stallers-process.ts';
import type { Stall } from './stalls.ts';
import { formulas, goalRatio, subjectNames } from './subjects.ts';

/** Those who read may wait so many times as long, at most, while others do not. */
const goal = 1.2;

/** The most resident memory that the router ever had, in bytes. */
export interface PeakResident {
  beforeStalls: number;
  atEnd: number;
}

const legend =
  'µs are CPU microseconds of the router per delivery, to those who read and those who do not. ms are from sending to arrival at those who read.';

/** Prints and writes down what was measured. */
export async function present(
  setup: Readonly<{ subscribers: number; stalled: number }>,
  measurements: readonly Measurement[],
  stalls: readonly Stall[],
  peakResident: PeakResident,
): Promise<void> {
  const cpuOf = (cpu: Readonly<Record<string, number>>) => cpu['process'] ?? Number.NaN;
  const concurrencies = [setup.subscribers - setup.stalled];
  const ratios = computeRatios({ measurements, concurrencies, subjectNames, formulas, cpuOf });
  console.log(
    `\n${formatDeliveries(measurements)}

${legend}\n\n${formatRatios(ratios)}\n\n${describeStalls(stalls, peakResident)}`,
  );
  const result = { machine: describeMachine(), setup, goal, ratios, measurements, stalls, peakResident };
  console.log(`\nAll of it is in ${await writeResult('stalls', result)}.`);
}

function formatRatios(ratios: readonly Ratio[]): string {
  const rows = ratios.map(({ name, value }) => [
    name,
    formatNumber(value),
    name === goalRatio ? `${value <= goal ? 'reached' : 'not reached'}: at most ${goal}` : '',
  ]);
  return formatTable([['ratio of the same round, median', 'value', 'goal'], ...rows]);
}

function describeStalls(stalls: readonly Stall[], { beforeStalls, atEnd }: PeakResident): string {
  const megabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(0);
  const highest = Math.max(...stalls.map(({ highestBufferedBytes }) => highestBufferedBytes));
  const measured = Math.max(...stalls.map(({ bufferedBytes }) => bufferedBytes));
  return `In the router waited at most ${megabytes(measured)} MB for those who had stopped, while the others were measured, and ${megabytes(highest)} MB before the last of them was closed.
Its peak resident memory was ${megabytes(beforeStalls)} MB before anybody stopped reading, and ${megabytes(atEnd)} MB at the end.
Closed were, by code: ${formatCodes(stalls.map(({ closed }) => closed))}; as seen by their clients: ${formatCodes(stalls.map(({ seen }) => seen))}.
All of them came back and got every message once and in order.`;
}

function formatCodes(counts: readonly CloseCodes[]): string {
  const sums = new Map<string, number>();
  for (const [code, count] of counts.flatMap((each) => Object.entries(each)))
    sums.set(code, (sums.get(code) ?? 0) + count);
  return [...sums].map(([code, count]) => `${count.toLocaleString('en')} with ${code}`).join(', ');
}
