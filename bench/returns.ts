import { isMain } from '../tools/command-line.ts';
import { startAudience } from './fanout/audience.ts';
import { startChorus } from './fanout/chorus.ts';
import { closeAll, openChorusSubject, openPeerSubjects } from './idle/subjects.ts';
import { type Measurement, measureInRounds, type Subject } from './measure.ts';
import { computeRatios, type Formulas, type Ratio } from './ratios.ts';
import { describeMachine, formatNumber, formatTable, writeResult } from './report.ts';
import { type BenchTools, rounds, runBenchCommand, type Setup } from './run-bench.ts';

const about = `Measures what it costs when subscribers come back that were cut off at once, as after a deploy: to open a socket, sign in and
subscribe. Chorus, with whom it asks whether they may, beside graphql-ws without federation and bare ws, which ask nobody. It
brings its own PostgreSQL and Redis and takes some two minutes.`;

const options = {
  sockets: { default: 3000, about: 'that come back each time' },
  rooms: { default: 10, about: 'to which they subscribe in turn' },
  rounds,
} as const;

const subjectNames = {
  chorus: 'Chorus, the router',
  graphql: 'graphql-ws without federation',
  bare: 'bare ws',
} as const;
const formulas: Formulas<keyof typeof subjectNames> = {
  'CPU: all of Chorus / graphql-ws': ({ chorus, graphql }) => chorus.cpu / graphql.cpu,
  'CPU: all of Chorus / bare ws': ({ chorus, bare }) => chorus.cpu / bare.cpu,
};
/** Where it is spent. The event loop is a part of its process. */
const meterNames = ['process', 'event loop', 'subgraphs', 'PostgreSQL', 'Redis'];

async function runBench(setup: Setup<typeof options>, { keep, report }: BenchTools): Promise<void> {
  const { sockets, rooms } = setup;
  const chorus = await startChorus({ sockets, keep, report });
  const behindChorus = { subgraphs: () => chorus.subgraphs.call<number>('cpu'), ...chorus.surroundings.meters };
  const opened = [await openChorusSubject(chorus, rooms), ...(await openPeerSubjects(keep))];
  const subjects = opened.map((one): Subject => {
    const { name, server } = one;
    let leave = async (): Promise<void> => undefined;
    return {
      name,
      meters: {
        process: () => server.call('cpu'),
        'event loop': () => server.call('threadCpu'),
        ...(server === chorus.router && behindChorus),
      },
      async run({ concurrency: size }) {
        const begunAt = performance.now();
        const audience = await startAudience({ ...one, size, keep });
        leave = () => closeAll(server, audience);
        return { elapsedMilliseconds: performance.now() - begunAt, latencies: new Float64Array(), operations: size };
      },
      finish: () => leave(),
    };
  });
  const measurements = await measureInRounds({
    subjects,
    concurrencies: [sockets],
    rounds: setup.rounds,
    // They come as fast as they are let in, however long that takes.
    seconds: 0,
    warmUpSeconds: 0,
    onProgress: report,
  });
  await present(setup, measurements);
}

/** All that it costs, wherever. */
function sumCpu({ 'event loop': _ofProcess, ...cpu }: Readonly<Record<string, number>>): number {
  return Object.values(cpu).reduce((sum, used) => sum + used, 0);
}

async function present(setup: Setup<typeof options>, measurements: Measurement[]): Promise<void> {
  const concurrencies = [setup.sockets];
  const ratios: Ratio[] = computeRatios({ measurements, concurrencies, subjectNames, formulas, cpuOf: sumCpu });
  const rows = measurements.map(({ subject, perSecond, cpu }) => [
    subject,
    Math.round(perSecond).toLocaleString('en'),
    ...meterNames.map((name) => formatNumber(cpu[name] ?? Number.NaN)),
    formatNumber(sumCpu(cpu)),
  ]);
  const head = ['', 'sockets a second', ...meterNames.map((name) => `${name} µs`), 'CPU µs'];
  const ratioRows = ratios.map(({ name, value }) => [name, formatNumber(value)]);
  console.log(`\n${formatTable([head, ...rows])}

µs are CPU microseconds per socket; "CPU" is all of them, and the event loop is a part of its process.

${formatTable([['ratio of the same round, median', 'value'], ...ratioRows])}`);
  const path = await writeResult('returns', { machine: describeMachine(), setup, ratios, measurements });
  console.log(`\nAll of it is in ${path}.`);
}

if (isMain(import.meta)) await runBenchCommand({ name: 'returns', about, options, run: runBench });
