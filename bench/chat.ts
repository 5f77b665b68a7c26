import pg from 'pg';
import { serviceSettingsSchema } from '../subgraphs/chat/env.ts';
import { isMain, ToolError } from '../tools/command-line.ts';
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
import {
  type BenchTools,
  profile,
  type Report,
  rounds,
  runBenchCommand,
  type Setup,
  seconds,
  warmUpSeconds,
} from './run-bench.ts';
import { startBenchStack } from './stack.ts';
import { printReport } from './tables.ts';

const about = `Measures messages that are sent, through the router and at the chat subgraph alone, beside a bare INSERT of the same rows; and
pages of a long room's history, near and far. It brings its own PostgreSQL and takes some ten minutes.`;

const options = {
  redis: { about: 'on Redis, instead of the memory engine' },
  messages: { default: 1_000_000, about: 'how many there are in the long room' },
  rounds,
  seconds: { ...seconds, default: 2 },
  warmUpSeconds,
  concurrency: { default: [1, 8, 32], about: 'messages under way at once; pages are read 1 and 8 at once' },
  profile,
} as const;
type ChatSetup = Setup<typeof options>;

const idleMilliseconds = 3_000;
const pageConcurrencies = [1, 8];
/** What chat takes unless told: the peer takes the same. */
const databaseMaxConnections = serviceSettingsSchema.shape.DATABASE_MAX_CONNECTIONS.parse(undefined);

/** Everything that runs. What is started is handed to `keep`, to be stopped in reverse. */
async function startAll(setup: ChatSetup, tools: BenchTools) {
  const { keep, report } = tools;
  const { process: stack, urls, environment, surroundings } = await startBenchStack(setup, tools);
  const { databaseUrl, meters } = surroundings;
  const router = openChatClient(urls.router);
  keep(router.stop);
  const chat = openChatClient(urls.chat, environment.VIEWER_SECRET);
  keep(chat.stop);
  const people: Person[] = [];
  const count = Math.max(...setup.concurrency, ...pageConcurrencies);
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
  return { stack, peer, clients: { router, chat }, people, reader, pool, environment, serverMeters: meters };
}

type Running = Awaited<ReturnType<typeof startAll>>;

async function runBench(setup: ChatSetup, tools: BenchTools): Promise<void> {
  if (setup.messages < 2 * pageSize) throw new ToolError(`The long room needs ${2 * pageSize} messages or more.`);
  const { report } = tools;
  const running = await startAll(setup, tools);
  const { stack, peer, clients, people, pool, serverMeters } = running;
  const meters = { ...processMeters(stack), ...serverMeters };
  const subjects = sendSubjects(clients, people, peer, meters, serverMeters);
  if (setup.profile) {
    const concurrency = Math.max(...setup.concurrency);
    for (const subject of subjects.slice(0, 2)) await profileSubject(stack, subject, concurrency, report);
    return;
  }
  const differences = await findWorkDifferences(pool, clients.chat, peer, people[0] as Person, text);
  for (const difference of differences) report(`NOT THE SAME WORK: ${difference}`);
  const sends = await measureInRounds({ ...setup, concurrencies: setup.concurrency, subjects, onProgress: report });
  const pages = await measurePages(setup, running, meters, report);
  report('measuring what it costs when nobody asks');
  const idle = await measureIdle(meters, idleMilliseconds);
  await present(setup, sends, pages, idle, differences);
}

async function measurePages(
  setup: ChatSetup,
  running: Running,
  meters: Parameters<typeof pageSubjects>[3],
  report: Report,
) {
  const { clients, reader, pool, environment } = running;
  const onProgress = createProgress(setup.messages, report);
  await fillRoom(pool, reader, {
    messages: setup.messages,
    text,
    encryptionKeys: environment.CHAT_ENCRYPTION_KEYS,
    onProgress,
  });
  const subjects = pageSubjects(clients, reader, setup.messages, meters);
  return measureInRounds({ ...setup, concurrencies: pageConcurrencies, subjects, onProgress: report });
}

const progressWidth = 40;

/** A bar on a terminal, which is drawn again and again; else a line for every tenth. */
function createProgress(total: number, report: Report): (done: number) => void {
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
  setup: ChatSetup,
  sends: Measurements,
  pages: Measurements,
  idle: Record<string, number>,
  differences: readonly string[],
): Promise<void> {
  const sendRatios = computeRatios({
    measurements: sends,
    concurrencies: setup.concurrency,
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
  const machine = describeMachine();
  const result = { machine, setup, differences, idle, sendRatios, pageRatios, sends, pages };
  console.log(`\nAll of it is in ${await writeResult('chat', result)}.`);
}

if (isMain(import.meta)) await runBenchCommand({ name: 'chat', about, options, run: runBench });
