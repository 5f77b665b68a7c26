import { parseArgs } from 'node:util';
import { formatElapsed, isMain, ToolError } from '../tools/command-line.ts';
import { startChorus } from './fanout/chorus.ts';
import { present } from './fanout/report.ts';
import { findByteDifferences } from './fanout/same-bytes.ts';
import { openChorus, openPeers } from './fanout/subjects.ts';
import { measureInRounds } from './measure.ts';
import { profileSubject } from './profile.ts';
import { type Keep, runBenchCommand } from './run-bench.ts';
import { startSurroundings } from './surroundings.ts';

const usage = `npm run bench:fanout -- [options]

Measures what it costs to deliver the messages of one room to many subscribers, and how long a message takes to them: Chorus
through the router, with four selections among the subscribers, beside bare ws, Socket.IO with the Redis Streams adapter, and
graphql-ws without federation, all with the same bytes. It brings its own PostgreSQL and Redis and takes some three minutes.

  --subscribers <number>  of each server (1000)
  --rate <number>         messages a second (20); of 10000 subscribers, two cores can serve some 2 a second
  --rounds <number>       how often each is measured (5)
  --seconds <number>      for how long each time (4)
  --warm-up <number>      for how many seconds it runs unmeasured before: V8 compiles what it sees often (10)
  --profile               where the CPU of each server's event loop goes, instead of how much it is`;

export interface Options {
  subscribers: number;
  rate: number;
  rounds: number;
  milliseconds: number;
  warmUpMilliseconds: number;
  isProfile: boolean;
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
      rate: { type: 'string', default: '20' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      'warm-up': { type: 'string', default: '10' },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const options = {
    subscribers: Number(values.subscribers),
    rate: Number(values.rate),
    rounds: Number(values.rounds),
    milliseconds: Number(values.seconds) * 1000,
    warmUpMilliseconds: Number(values['warm-up']) * 1000,
    isProfile: values.profile,
  };
  const { isProfile: _, ...numbers } = options;
  if (!Object.values(numbers).every((number) => number > 0)) throw new ToolError(usage);
  return options;
}

async function runBench(options: Options, keep: Keep): Promise<void> {
  const { subscribers } = options;
  const surroundings = await startSurroundings({ withRedis: true });
  keep(surroundings.stop);
  report('PostgreSQL and Redis are up');
  const chorus = await startChorus({ surroundings, people: Math.ceil(subscribers / socketsPerPerson), keep });
  report(`Chorus is up, with ${chorus.people.length} people`);
  const ofChorus = await openChorus(chorus, surroundings.meters, { ...options, keep });
  report(`${subscribers} subscribe to Chorus`);
  const start = { samples: ofChorus.samples, redisUrl: surroundings.redisUrl as string };
  const peers = await openPeers(start, { ...options, keep });
  report(`and as many to each of ${peers.length} peers`);
  if (options.isProfile) {
    const servers = [
      { server: chorus.router, subject: ofChorus.subject },
      { server: chorus.subgraphs, subject: { ...ofChorus.subject, name: 'Chorus, its subgraphs' } },
      ...peers,
    ];
    for (const { server, subject } of servers) await profileSubject(server, subject, subscribers, report);
    return;
  }
  const differences = findByteDifferences(ofChorus.samples, peers);
  for (const difference of differences) report(`NOT THE SAME BYTES: ${difference}`);
  const subjects = [ofChorus.subject, ...peers.map(({ subject }) => subject)];
  const measurements = await measureInRounds({
    ...options,
    subjects,
    concurrencies: [subscribers],
    onProgress: report,
  });
  await present(options, measurements, ofChorus.samples, differences);
}

if (isMain(import.meta)) await runBenchCommand({ usage, readOptions, run: runBench });
