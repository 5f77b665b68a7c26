import { isMain, ToolError } from '../tools/command-line.ts';
import { startChorus } from './fanout/chorus.ts';
import { measureInRounds } from './measure.ts';
import { type BenchTools, rounds, runBenchCommand, type Setup, seconds, warmUpSeconds } from './run-bench.ts';
import { type PeakResident, present } from './stalls/report.ts';
import { openSubjects } from './stalls/subjects.ts';

const about = `Measures what those who read the messages of one room notice of others who have stopped reading from the network, and what those
cost the router: latency, CPU and memory, with and without them in turn. It fails when one who has stopped does not get, after
coming back, every message once and in order. It brings its own PostgreSQL and Redis and takes some two minutes.`;

const options = {
  subscribers: { default: 1000, about: 'all together' },
  stalled: { default: 100, about: 'those among them who stop reading' },
  rate: { default: 20, about: 'messages a second' },
  rounds,
  seconds,
  warmUpSeconds,
} as const;

async function runBench(setup: Setup<typeof options>, { keep, report }: BenchTools): Promise<void> {
  const { subscribers, stalled } = setup;
  if (stalled >= subscribers) throw new ToolError('Somebody has to go on reading.');
  const chorus = await startChorus({
    sockets: subscribers,
    // Whoever does not read answers no ping either. Here it is what waits for them that closes their sockets.
    environment: { SOCKET_PONG_MILLISECONDS: '600000' },
    keep,
    report,
  });
  const readPeak = () => chorus.router.call<number>('peakResident');
  let beforeStalls: number | null = null;
  const onStall = async () => {
    beforeStalls ??= await readPeak();
  };
  const { subjects, stalls } = await openSubjects(chorus, { ...setup, keep, onStall });
  report(`${subscribers} subscribe, of whom ${stalled} will stop reading`);
  const measurements = await measureInRounds({
    ...setup,
    subjects,
    concurrencies: [subscribers - stalled],
    onProgress: report,
  });
  const peakResident: PeakResident = { beforeStalls: beforeStalls ?? Number.NaN, atEnd: await readPeak() };
  await present(setup, measurements, stalls, peakResident);
}

if (isMain(import.meta)) await runBenchCommand({ name: 'stalls', about, options, run: runBench });
