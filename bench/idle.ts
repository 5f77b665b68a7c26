import { join } from 'node:path';
import { isMain, repositoryPath, repositoryRoot } from '../tools/command-line.ts';
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
import { type BenchTools, runBenchCommand, type Setup } from './run-bench.ts';

const about = `Measures the resident memory that an idle subscribed socket takes in Chorus's router, beside graphql-ws without federation and
bare ws. It brings its own PostgreSQL and Redis and takes some two minutes. A server and its sockets need as many file
descriptors each (\`ulimit -n\`).`;

const options = {
  sockets: { default: 10_000, about: 'of each server' },
  rooms: { default: 100, about: 'to which they subscribe in turn' },
  snapshot: { about: "writes what is on each server's heap, for Chrome's tools" },
} as const;

const goalBytes = 30 * 1024;

async function runBench(setup: Setup<typeof options>, { keep, report }: BenchTools): Promise<void> {
  const { sockets, rooms, snapshot } = setup;
  const chorus = await startChorus({ sockets, keep, report });
  const subjects = [await openChorusSubject(chorus, rooms), ...(await openPeerSubjects(keep))];
  const measurements: IdleMeasurement[] = [];
  for (const subject of subjects) {
    const measurement = await measureIdleSockets(subject, {
      sockets,
      keep,
      onProgress: (name) => createProgressBar(name, sockets),
      async onOpen({ name, server }) {
        if (!snapshot) return;
        const path = join(repositoryRoot, 'bench/results', `${name.replaceAll(' ', '-')}.heapsnapshot`);
        await server.call('writeHeapSnapshot', path);
        report(`${repositoryPath(path)} is written`);
      },
    });
    measurements.push(measurement);
  }
  await present(setup, measurements);
}

async function present(setup: Setup<typeof options>, measurements: IdleMeasurement[]): Promise<void> {
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

if (isMain(import.meta)) await runBenchCommand({ name: 'idle', about, options, run: runBench });
