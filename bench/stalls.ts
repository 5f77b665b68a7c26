import { parseArgs } from 'node:util';
import { formatElapsed, isMain, ToolError } from '../tools/command-line.ts';
import { startChorus } from './fanout/chorus.ts';
import { measureInRounds } from './measure.ts';
import { type Keep, runBenchCommand } from './run-bench.ts';
import { type PeakResident, present } from './stalls/report.ts';
import { openSubjects } from './stalls/subjects.ts';
import { startSurroundings } from './surroundings.ts';

const usage = `npm run bench:stalls -- [options]

Measures what those who read the messages of one room notice of others who have stopped reading from the network, and what those
cost the router: latency, CPU and memory, with and without them in turn. It fails when one who has stopped does not get, after
coming back, every message once and in order. It brings its own PostgreSQL and Redis and takes some two minutes.

  --subscribers <number>  all together (1000)
  --stalled <number>      those among them who stop reading (100)
  --rate <number>         messages a second (20)
  --rounds <number>       how often each is measured (5)
  --seconds <number>      for how long each time (4)
  --warm-up <number>      for how many seconds each runs unmeasured before (5)`;

export interface Options {
  subscribers: number;
  stalled: number;
  rate: number;
  rounds: number;
  milliseconds: number;
  warmUpMilliseconds: number;
}

/** So many subscribers are one and the same person. */
const socketsPerPerson = 50;

const startedAt = performance.now();

function report(line: string): void {
  console.log(`[${formatElapsed(startedAt).padStart(7)}] ${line}`);
}

function readOptions(commandLine: string[]): Options | null {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      subscribers: { type: 'string', default: '1000' },
      stalled: { type: 'string', default: '100' },
      rate: { type: 'string', default: '20' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      'warm-up': { type: 'string', default: '5' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const options = {
    subscribers: Number(values.subscribers),
    stalled: Number(values.stalled),
    rate: Number(values.rate),
    rounds: Number(values.rounds),
    milliseconds: Number(values.seconds) * 1000,
    warmUpMilliseconds: Number(values['warm-up']) * 1000,
  };
  const areGood = Object.values(options).every((number) => number > 0) && options.stalled < options.subscribers;
  if (!areGood) throw new ToolError(usage);
  return options;
}

async function runBench(options: Options, keep: Keep): Promise<void> {
  const { subscribers, stalled } = options;
  const surroundings = await startSurroundings({ withRedis: true });
  keep(surroundings.stop);
  report('PostgreSQL and Redis are up');
  const chorus = await startChorus({
    surroundings,
    people: Math.ceil(subscribers / socketsPerPerson),
    // Whoever does not read answers no ping either. Here it is what waits for them that closes their sockets.
    environment: { SOCKET_PONG_MILLISECONDS: '600000' },
    keep,
  });
  const readPeak = () => chorus.router.call<number>('peakResident');
  let beforeStalls: number | null = null;
  const onStall = async () => {
    beforeStalls ??= await readPeak();
  };
  const { subjects, stalls } = await openSubjects(chorus, { ...options, keep, onStall });
  report(`${subscribers} subscribe, of whom ${stalled} will stop reading`);
  const measurements = await measureInRounds({
    ...options,
    subjects,
    concurrencies: [subscribers - stalled],
    onProgress: report,
  });
  const peakResident: PeakResident = { beforeStalls: beforeStalls ?? Number.NaN, atEnd: await readPeak() };
  await present(options, measurements, stalls, peakResident);
}

if (isMain(import.meta)) await runBenchCommand({ usage, readOptions, run: runBench });
