import { serviceSettingsSchema } from '../subgraphs/auth/env.ts';
import { isMain, ToolError } from '../tools/command-line.ts';
import { subgraphDatabaseUrl } from '../tools/databases.ts';
import { password } from './auth/accounts.ts';
import { openAuthClient } from './auth/client.ts';
import type { PeerStart } from './auth/peer-process.ts';
import { formulas } from './auth/ratios.ts';
import { findStatementDifferences, peerSubjects, stackSubjects, subjectNames } from './auth/subjects.ts';
import { startChild } from './child.ts';
import { processMeters } from './cpu.ts';
import { type Measurement, measureIdle, measureInRounds } from './measure.ts';
import { profileSubject } from './profile.ts';
import { computeRatios } from './ratios.ts';
import { describeMachine, writeResult } from './report.ts';
import { type BenchTools, profile, rounds, runBenchCommand, type Setup, seconds, warmUpSeconds } from './run-bench.ts';
import { startBenchStack } from './stack.ts';
import { printReport } from './tables.ts';

const about = `Measures logins and refreshes, through the router and at the auth subgraph alone, beside nothing but argon2 and nothing but
the database. It brings its own PostgreSQL and takes some five minutes.`;

const options = {
  redis: { about: 'on Redis, instead of the memory engine' },
  rounds,
  seconds: { ...seconds, default: 2 },
  warmUpSeconds,
  concurrency: { default: [1, 8], about: 'operations under way at once' },
  accounts: {
    default: 512,
    about: 'how many people sign in: with too few the cap on sessions ends those that are measured',
  },
  profile,
} as const;
type AuthSetup = Setup<typeof options>;

const idleMilliseconds = 3_000;
/** What auth takes unless told: the peers take the same. */
const hashingConcurrency = serviceSettingsSchema.shape.HASHING_CONCURRENCY.parse(undefined);
const databaseMaxConnections = serviceSettingsSchema.shape.DATABASE_MAX_CONNECTIONS.parse(undefined);

/** Everything that runs. What is started is handed to `keep`, to be stopped in reverse. */
async function startAll(setup: AuthSetup, tools: BenchTools) {
  const { keep, report } = tools;
  const { process: stack, urls, environment, surroundings } = await startBenchStack(setup, tools);
  const { databaseUrl, meters } = surroundings;
  const router = openAuthClient(urls.router);
  keep(router.stop);
  const auth = openAuthClient(urls.auth, environment.VIEWER_SECRET);
  keep(auth.stop);
  const { accounts } = setup;
  const logins = Array.from({ length: accounts }, (_, index) => `bench_${index + 1}`);
  for (const login of logins) await router.register(login, password);
  report(`${accounts} accounts are registered`);
  const peer = startChild(new URL('./auth/peer-process.ts', import.meta.url));
  keep(peer.stop);
  const authDatabaseUrl = subgraphDatabaseUrl(databaseUrl, 'auth');
  const peerOptions: PeerStart = { databaseUrl: authDatabaseUrl, databaseMaxConnections, hashingConcurrency, logins };
  await peer.call('start', peerOptions);
  return { stack, peer, router, auth, logins, serverMeters: meters };
}

async function runBench(setup: AuthSetup, tools: BenchTools): Promise<void> {
  if (setup.accounts < Math.max(...setup.concurrency)) throw new ToolError('Each caller needs an account of its own.');
  const { report } = tools;
  const { stack, peer, router, auth, logins, serverMeters } = await startAll(setup, tools);
  const meters = { ...processMeters(stack), ...serverMeters };
  const measured = stackSubjects({ router, auth }, logins, meters);
  if (setup.profile) {
    const concurrency = Math.max(...setup.concurrency);
    for (const subject of measured) await profileSubject(stack, subject, concurrency, report);
    return;
  }
  const differences = await findStatementDifferences(stack, auth, logins[0] as string);
  for (const difference of differences) report(`NOT THE SAME WORK: ${difference}`);
  const subjects = [...measured, ...peerSubjects(peer, serverMeters)];
  const measurements = await measureInRounds({
    ...setup,
    concurrencies: setup.concurrency,
    subjects,
    onProgress: report,
  });
  report('measuring what it costs when nobody asks');
  const idle = await measureIdle(meters, idleMilliseconds);
  await present(setup, measurements, idle, differences);
}

async function present(
  setup: AuthSetup,
  measurements: readonly Measurement[],
  idle: Record<string, number>,
  differences: readonly string[],
): Promise<void> {
  const ratios = computeRatios({ measurements, concurrencies: setup.concurrency, subjectNames, formulas });
  printReport(measurements, ratios, idle);
  for (const difference of differences) console.log(`\nNOT THE SAME WORK: ${difference}`);
  const machine = describeMachine();
  const result = { machine, setup: { ...setup, hashingConcurrency }, differences, idle, ratios, measurements };
  const path = await writeResult('auth', result);
  console.log(`\nAll of it is in ${path}.`);
}

if (isMain(import.meta)) await runBenchCommand({ name: 'auth', about, options, run: runBench });
