import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { serviceSettingsSchema } from '../subgraphs/chat/env.ts';
import { formatElapsed, isMain, ToolError } from '../tools/command-line.ts';
import { subgraphDatabaseUrl } from '../tools/databases.ts';
import { openChatClient, type Person } from './chat/client.ts';
import { fillRoom } from './chat/fill.ts';
import type { PeerStart } from './chat/peer-process.ts';
import { findWorkDifferences } from './chat/same-work.ts';
import {
  pageFormulas,
  pageSize,
  pageSubjectNames,
  pageSubjects,
  sendFormulas,
  sendNames,
  sendSubjects,
  text,
} from './chat/subjects.ts';
import { startChild } from './child.ts';
import { processMeters } from './cpu.ts';
import { measureIdle, measureInRounds } from './measure.ts';
import { profileSubject } from './profile.ts';
import { computeRatios } from './ratios.ts';
import { describeMachine, writeResult } from './report.ts';
import { type Keep, runBenchCommand } from './run-bench.ts';
import type { StackAddresses, StackStart } from './stack-process.ts';
import { startSurroundings } from './surroundings.ts';
import { printReport } from './tables.ts';

const usage = `npm run bench:chat -- [options]

Measures messages that are sent, through the router and at the chat subgraph alone, beside a bare INSERT of the same rows; and
pages of a long room's history, near and far. It brings its own PostgreSQL and takes some ten minutes.

  --redis               on Redis, instead of the memory engine
  --messages <number>   how many there are in the long room (1000000)
  --rounds <number>     how often each is measured (5)
  --seconds <number>    for how long each time (2)
  --warm-up <number>    for how many seconds it runs unmeasured before: V8 compiles what it sees often (10)
  --concurrency <list>  messages under way at once (1,8,32); pages are read 1 and 8 at once
  --profile             where the CPU of the stack's event loop goes, instead of how much it is`;

interface Options {
  withRedis: boolean;
  messages: number;
  rounds: number;
  milliseconds: number;
  warmUpMilliseconds: number;
  concurrencies: number[];
  isProfile: boolean;
}

const idleMilliseconds = 3_000;
const pageConcurrencies = [1, 8];
/** What chat takes unless told: the peer takes the same. */
const databaseMaxConnections = serviceSettingsSchema.shape.DATABASE_MAX_CONNECTIONS.parse(undefined);

const startedAt = performance.now();

function report(line: string): void {
  console.log(`[${formatElapsed(startedAt).padStart(7)}] ${line}`);
}

function readOptions(commandLine: string[]): Options | null {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      redis: { type: 'boolean', default: false },
      messages: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      'warm-up': { type: 'string', default: '10' },
      concurrency: { type: 'string', default: '1,8,32' },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const options = {
    withRedis: values.redis,
    messages: Number(values.messages),
    rounds: Number(values.rounds),
    milliseconds: Number(values.seconds) * 1000,
    warmUpMilliseconds: Number(values['warm-up']) * 1000,
    concurrencies: values.concurrency.split(',').map(Number),
    isProfile: values.profile,
  };
  const { messages, rounds, milliseconds, warmUpMilliseconds, concurrencies } = options;
  const numbers = [messages, rounds, milliseconds, warmUpMilliseconds, ...concurrencies];
  if (!numbers.every((number) => number > 0)) throw new ToolError(usage);
  if (messages < 2 * pageSize) throw new ToolError(`The long room needs ${2 * pageSize} messages or more.`);
  return options;
}

/** Everything that runs. What is started is handed to `keep`, to be stopped in reverse. */
async function startAll({ withRedis, concurrencies }: Options, keep: Keep) {
  const { databaseUrl, redisUrl, meters, stop } = await startSurroundings({ withRedis });
  keep(stop);
  report(`PostgreSQL is up, and the engine is ${withRedis ? 'Redis' : 'memory'}`);
  const stack = startChild(new URL('./stack-process.ts', import.meta.url));
  keep(stack.stop);
  const makeSecret = () => randomBytes(32).toString('base64url');
  const secrets = {
    VIEWER_SECRET: makeSecret(),
    SIGNING_KEY_SECRET: makeSecret(),
    ACCOUNT_SECRET: makeSecret(),
    CHAT_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  };
  // One address registers everybody, and nobody signs in again. All else is as it is unless somebody sets it.
  const environment = { ...secrets, REGISTRATIONS_PER_HOUR: '1000000', ACCESS_TOKEN_TTL_SECONDS: '3600' };
  const options: StackStart = { databaseUrl, redisUrl, environment };
  const urls = await stack.call<StackAddresses>('start', options);
  const router = openChatClient(urls.router);
  keep(router.stop);
  const chat = openChatClient(urls.chat, secrets.VIEWER_SECRET);
  keep(chat.stop);
  const people: Person[] = [];
  const count = Math.max(...concurrencies, ...pageConcurrencies);
  for (let number = 1; number <= count; number += 1) people.push(await router.introduce(`bench_${number}`));
  const reader = await router.introduce('bench_reader');
  report(`${count + 1} people have a room each`);
  const chatDatabaseUrl = subgraphDatabaseUrl(databaseUrl, 'chat');
  const pool = new pg.Pool({ connectionString: chatDatabaseUrl, max: 4 });
  keep(() => pool.end());
  // The peer takes the shape of a message from here.
  await chat.send(people[0] as Person, text);
  const peer = startChild(new URL('./chat/peer-process.ts', import.meta.url));
  keep(peer.stop);
  const senders = people.map(({ roomId, userId }) => ({ roomId, userId }));
  const peerOptions: PeerStart = { databaseUrl: chatDatabaseUrl, databaseMaxConnections, senders };
  await peer.call('start', peerOptions);
  return { stack, peer, clients: { router, chat }, people, reader, pool, secrets, serverMeters: meters };
}

type Running = Awaited<ReturnType<typeof startAll>>;

async function runBench(options: Options, keep: Keep): Promise<void> {
  const running = await startAll(options, keep);
  const { stack, peer, clients, people, pool, serverMeters } = running;
  const meters = { ...processMeters(stack), ...serverMeters };
  const subjects = sendSubjects(clients, people, peer, meters, serverMeters);
  if (options.isProfile) {
    const concurrency = Math.max(...options.concurrencies);
    for (const subject of subjects.slice(0, 2)) await profileSubject(stack, subject, concurrency, report);
    return;
  }
  const differences = await findWorkDifferences(pool, clients.chat, peer, people[0] as Person, text);
  for (const difference of differences) report(`NOT THE SAME WORK: ${difference}`);
  const sends = await measureInRounds({ ...options, subjects, onProgress: report });
  const pages = await measurePages(options, running, meters);
  report('measuring what it costs when nobody asks');
  const idle = await measureIdle(meters, idleMilliseconds);
  await present(options, sends, pages, idle, differences);
}

async function measurePages(options: Options, running: Running, meters: Parameters<typeof pageSubjects>[3]) {
  const { clients, reader, pool, secrets } = running;
  const onProgress = createProgress(options.messages);
  await fillRoom(pool, reader, {
    messages: options.messages,
    text,
    encryptionKeys: secrets.CHAT_ENCRYPTION_KEYS,
    onProgress,
  });
  const subjects = pageSubjects(clients, reader, options.messages, meters);
  return measureInRounds({ ...options, concurrencies: pageConcurrencies, subjects, onProgress: report });
}

const progressWidth = 40;

/** A bar on a terminal, which is drawn again and again; else a line for every tenth. */
function createProgress(total: number): (done: number) => void {
  let lastTenth = 0;
  return (done) => {
    const line = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} messages are written`;
    if (process.stdout.isTTY) {
      const filled = Math.round((done / total) * progressWidth);
      process.stdout.write(`\r[${'#'.repeat(filled).padEnd(progressWidth)}] ${line}${done === total ? '\n' : ''}`);
      return;
    }
    const tenth = Math.floor((done / total) * 10);
    if (tenth > lastTenth) report(line);
    lastTenth = tenth;
  };
}

type Measurements = Awaited<ReturnType<typeof measureInRounds>>;

async function present(
  options: Options,
  sends: Measurements,
  pages: Measurements,
  idle: Record<string, number>,
  differences: readonly string[],
): Promise<void> {
  const { withRedis, messages, rounds, milliseconds, warmUpMilliseconds, concurrencies } = options;
  const sendRatios = computeRatios({
    measurements: sends,
    concurrencies,
    subjectNames: sendNames,
    formulas: sendFormulas,
  });
  const pageRatios = computeRatios({
    measurements: pages,
    concurrencies: pageConcurrencies,
    subjectNames: pageSubjectNames,
    formulas: pageFormulas,
  });
  printReport(sends, sendRatios, idle);
  printReport(pages, pageRatios, idle);
  for (const difference of differences) console.log(`\nNOT THE SAME WORK: ${difference}`);
  const setup = { engine: withRedis ? 'redis' : 'memory', messages, rounds, milliseconds, warmUpMilliseconds };
  const machine = describeMachine();
  const result = { machine, setup, differences, idle, sendRatios, pageRatios, sends, pages };
  console.log(`\nAll of it is in ${await writeResult('chat', result)}.`);
}

if (isMain(import.meta)) await runBenchCommand({ usage, readOptions, run: runBench });
