import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { serviceSettingsSchema } from '../subgraphs/auth/env.ts';
import { formatElapsed, isMain, ToolError } from '../tools/command-line.ts';
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
import { type Keep, runBenchCommand } from './run-bench.ts';
import type { StackAddresses, StackStart } from './stack-process.ts';
import { startSurroundings } from './surroundings.ts';
import { printReport } from './tables.ts';

const usage = `npm run bench:auth -- [options]

Measures logins and refreshes, through the router and at the auth subgraph alone, beside nothing but argon2 and nothing but
the database. It brings its own PostgreSQL and takes some five minutes.

  --redis               on Redis, instead of the memory engine
  --rounds <number>     how often each is measured (5)
  --seconds <number>    for how long each time (2)
  --warm-up <number>    for how many seconds it runs unmeasured before: V8 compiles what it sees often (10)
  --concurrency <list>  operations under way at once (1,8)
  --accounts <number>   how many people sign in (512): with too few the cap on sessions ends those that are measured
  --profile             where the CPU of the stack's event loop goes, instead of how much it is`;

interface Options {
  withRedis: boolean;
  rounds: number;
  milliseconds: number;
  warmUpMilliseconds: number;
  concurrencies: number[];
  accounts: number;
  isProfile: boolean;
}

const idleMilliseconds = 3_000;
/** What auth takes unless told: the peers take the same. */
const hashingConcurrency = serviceSettingsSchema.shape.HASHING_CONCURRENCY.parse(undefined);
const databaseMaxConnections = serviceSettingsSchema.shape.DATABASE_MAX_CONNECTIONS.parse(undefined);

const startedAt = performance.now();

function report(text: string): void {
  console.log(`[${formatElapsed(startedAt).padStart(7)}] ${text}`);
}

function readOptions(commandLine: string[]): Options | null {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      redis: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      'warm-up': { type: 'string', default: '10' },
      concurrency: { type: 'string', default: '1,8' },
      accounts: { type: 'string', default: '512' },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const concurrencies = values.concurrency.split(',').map(Number);
  const options = {
    withRedis: values.redis,
    rounds: Number(values.rounds),
    milliseconds: Number(values.seconds) * 1000,
    warmUpMilliseconds: Number(values['warm-up']) * 1000,
    concurrencies,
    accounts: Number(values.accounts),
    isProfile: values.profile,
  };
  const { rounds, milliseconds, warmUpMilliseconds, accounts } = options;
  const numbers = [rounds, milliseconds, warmUpMilliseconds, accounts, ...concurrencies];
  if (!numbers.every((number) => number > 0)) throw new ToolError(usage);
  if (accounts < Math.max(...concurrencies)) throw new ToolError('Each caller needs an account of its own.');
  return options;
}

/** Everything that runs. What is started is handed to `keep`, to be stopped in reverse. */
async function startAll({ withRedis, accounts }: Options, keep: Keep) {
  const { databaseUrl, redisUrl, meters, stop } = await startSurroundings({ withRedis });
  keep(stop);
  report(`PostgreSQL is up, and the engine is ${withRedis ? 'Redis' : 'memory'}`);
  const stack = startChild(new URL('./stack-process.ts', import.meta.url));
  keep(stack.stop);
  const secrets = {
    VIEWER_SECRET: makeSecret(),
    SIGNING_KEY_SECRET: makeSecret(),
    ACCOUNT_SECRET: makeSecret(),
    CHAT_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  };
  // One address registers everybody. All else is as it is unless somebody sets it.
  const environment = { ...secrets, REGISTRATIONS_PER_HOUR: '1000000' };
  const options: StackStart = { databaseUrl, redisUrl, environment };
  const urls = await stack.call<StackAddresses>('start', options);
  const router = openAuthClient(urls.router);
  keep(router.stop);
  const auth = openAuthClient(urls.auth, secrets.VIEWER_SECRET);
  keep(auth.stop);
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

async function runBench(options: Options, keep: Keep): Promise<void> {
  const { stack, peer, router, auth, logins, serverMeters } = await startAll(options, keep);
  const meters = { ...processMeters(stack), ...serverMeters };
  const measured = stackSubjects({ router, auth }, logins, meters);
  if (options.isProfile) {
    const concurrency = Math.max(...options.concurrencies);
    for (const subject of measured) await profileSubject(stack, subject, concurrency, report);
    return;
  }
  const differences = await findStatementDifferences(stack, auth, logins[0] as string);
  for (const difference of differences) report(`NOT THE SAME WORK: ${difference}`);
  const subjects = [...measured, ...peerSubjects(peer, serverMeters)];
  const measurements = await measureInRounds({ ...options, subjects, onProgress: report });
  report('measuring what it costs when nobody asks');
  const idle = await measureIdle(meters, idleMilliseconds);
  await present(options, measurements, idle, differences);
}

function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

async function present(
  { withRedis, rounds, milliseconds, warmUpMilliseconds, concurrencies, accounts }: Options,
  measurements: readonly Measurement[],
  idle: Record<string, number>,
  differences: readonly string[],
): Promise<void> {
  const ratios = computeRatios({ measurements, concurrencies, subjectNames, formulas });
  printReport(measurements, ratios, idle);
  for (const difference of differences) console.log(`\nNOT THE SAME WORK: ${difference}`);
  const engine = withRedis ? 'redis' : 'memory';
  const setup = { engine, rounds, milliseconds, warmUpMilliseconds, accounts, hashingConcurrency };
  const machine = describeMachine();
  const path = await writeResult('auth', { machine, setup, differences, idle, ratios, measurements });
  console.log(`\nAll of it is in ${path}.`);
}

if (isMain(import.meta)) await runBenchCommand({ usage, readOptions, run: runBench });
