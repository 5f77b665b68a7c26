import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatElapsed, isMain, repositoryPath, repositoryRoot, ToolError } from '../tools/command-line.ts';
import { startChorus } from './fanout/chorus.ts';
import { createProgressBar } from './idle/progress.ts';
import {
  chorusName,
  type IdleMeasurement,
  measureIdleSockets,
  openChorusSubject,
  openPeerSubjects,
} from './idle/subjects.ts';
import { describeMachine, formatTable, writeResult } from './report.ts';
import { type Keep, runBenchCommand } from './run-bench.ts';
import { startSurroundings } from './surroundings.ts';

const usage = `npm run bench:idle -- [options]

Measures the resident memory that an idle subscribed socket takes in Chorus's router, beside graphql-ws without federation and
bare ws. It brings its own PostgreSQL and Redis and takes some two minutes. A server and its sockets need as many file
descriptors each (\`ulimit -n\`).

  --sockets <number>  of each server (10000)
  --rooms <number>    to which they subscribe in turn (100)
  --snapshot          writes what is on each server's heap, for Chrome's tools`;

interface Options {
  sockets: number;
  rooms: number;
  isSnapshot: boolean;
}

const goalBytes = 30 * 1024;
/** So many sockets are one and the same person. */
const socketsPerPerson = 50;

const startedAt = performance.now();

function report(line: string): void {
  console.log(`[${formatElapsed(startedAt).padStart(7)}] ${line}`);
}

function readOptions(commandLine: string[]): Options | null {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      sockets: { type: 'string', default: '10000' },
      rooms: { type: 'string', default: '100' },
      snapshot: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const options = { sockets: Number(values.sockets), rooms: Number(values.rooms), isSnapshot: values.snapshot };
  if (!(options.sockets > 0 && options.rooms > 0)) throw new ToolError(usage);
  return options;
}

async function runBench({ sockets, rooms, isSnapshot }: Options, keep: Keep) {
  const surroundings = await startSurroundings({ withRedis: true });
  keep(surroundings.stop);
  const chorus = await startChorus({ surroundings, people: Math.ceil(sockets / socketsPerPerson), keep });
  report(`Chorus is up, with ${chorus.people.length} people`);
  const subjects = [await openChorusSubject(chorus, rooms), ...(await openPeerSubjects(keep))];
  const measurements: IdleMeasurement[] = [];
  for (const subject of subjects) {
    const measurement = await measureIdleSockets(subject, {
      sockets,
      keep,
      onProgress: (name) => createProgressBar(name, sockets),
      async onOpen({ name, server }) {
        if (!isSnapshot) return;
        const path = join(repositoryRoot, 'bench/results', `${name.replaceAll(' ', '-')}.heapsnapshot`);
        await server.call('writeHeapSnapshot', path);
        report(`${repositoryPath(path)} is written`);
      },
    });
    measurements.push(measurement);
  }
  await present({ sockets, rooms }, measurements);
}

async function present(setup: { sockets: number; rooms: number }, measurements: IdleMeasurement[]): Promise<void> {
  const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1);
  const rows = measurements.map(({ subject, before, after, perSocket }) => [
    subject,
    ...[before.resident, after.resident].map((bytes) => Math.round(bytes / 1024 ** 2).toLocaleString('en')),
    kilobytes(perSocket.heap),
    kilobytes(perSocket.resident),
  ]);
  const head = ['', 'before MB', 'after MB', 'heap KB per socket', 'resident KB per socket'];
  console.log(`\n${formatTable([head, ...rows])}`);
  const ofChorus = measurements.find(({ subject }) => subject === chorusName)?.perSocket.resident ?? Number.NaN;
  const verdict = ofChorus <= goalBytes ? 'reached' : 'not reached';
  console.log(`\nThe goal for Chorus, at most ${kilobytes(goalBytes)} KB resident, is ${verdict}.`);
  const path = await writeResult('idle', { machine: describeMachine(), setup, goalBytes, measurements });
  console.log(`\nAll of it is in ${path}.`);
}

if (isMain(import.meta)) await runBenchCommand({ usage, readOptions, run: runBench });
