import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../tools/command-line.ts';
import type { Measurement } from '../measure.ts';
import { computeRatios, type Ratio } from '../ratios.ts';
import { describeMachine, formatNumber, formatTable, writeResult } from '../report.ts';
import { formatDeliveries } from '../tables.ts';
import { drawChart } from './chart.ts';
import { formulas, goal, subjectNames } from './subjects.ts';

/** What Chorus may cost at most: so many times as much as each of these. */
const goals: readonly { ratio: string; limit: number }[] = [
  { ratio: goal.chorusToBare, limit: 1.3 },
  { ratio: goal.chorusToSocketIo, limit: 1 },
];

const legend = `µs are CPU microseconds of the serving process per delivery, user and system; the event loop is a part of its process. ms are from
sending to arrival.`;

/** Prints, draws and writes down what was measured. */
export async function present(
  setup: Readonly<{ subscribers: number; rate: number }>,
  measurements: readonly Measurement[],
  samples: readonly string[],
  differences: readonly string[],
): Promise<void> {
  const { subscribers, rate } = setup;
  const cpuOf = (cpu: Readonly<Record<string, number>>) => cpu['process'] ?? Number.NaN;
  const ratios = computeRatios({ measurements, concurrencies: [subscribers], subjectNames, formulas, cpuOf });
  const chorus = measurements.find(({ subject }) => subject === subjectNames.chorus) as Measurement;
  console.log(`\n${formatDeliveries(measurements)}

${legend}\n\n${formatRatios(ratios)}`);
  console.log(`\n${describeSending(chorus, subscribers)}`);
  for (const difference of differences) console.log(`\nNOT THE SAME BYTES: ${difference}`);
  const frameBytes = samples.map((sample) => Buffer.byteLength(sample));
  const machine = describeMachine();
  const path = await writeResult('fanout', {
    machine,
    setup: { ...setup, frameBytes },
    differences,
    ratios,
    measurements,
  });
  const title = `${subscribers.toLocaleString('en')} subscribers of one room, ${rate} messages a second`;
  await writeFile(join(repositoryRoot, 'bench/results/fanout.svg'), drawChart(title, measurements));
  console.log(`\nAll of it is in ${path}, and drawn in bench/results/fanout.svg.`);
}

function formatRatios(ratios: readonly Ratio[]): string {
  const rows = ratios.map(({ name, value }) => {
    const limit = goals.find(({ ratio }) => ratio === name)?.limit;
    const verdict = limit === undefined ? '' : `${value <= limit ? 'reached' : 'not reached'}: at most ${limit}`;
    return [name, formatNumber(value), verdict];
  });
  return formatTable([['ratio of the same round, median', 'value', 'goal'], ...rows]);
}

/** What a message costs where it comes in does not depend on who listens. */
function describeSending({ cpu }: Measurement, subscribers: number): string {
  const others = Object.entries(cpu).filter(([meter]) => meter !== 'process' && meter !== 'event loop');
  const costs = others.map(
    ([meter, used]) =>
      `${meter} ${formatNumber(used)} (${Math.round(used * subscribers).toLocaleString('en')} a message)`,
  );
  const all = others.reduce((sum, [, used]) => sum + used, cpu['process'] ?? 0);
  return `Beside the router, Chorus stores each message and hands it on, which costs per delivery, in the same µs: ${costs.join(', ')}.
With the router that is ${formatNumber(all)}.`;
}
