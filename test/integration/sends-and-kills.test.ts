import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { encodeCursor } from '../../platform/cursor.ts';
import { repositoryRoot } from '../../tools/command-line.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack, testEnvironment } from '../harness.ts';
import { askSubgraph, viewerWith } from '../past-the-router.ts';
import { describeWithRedis, startTestRedis, type TestRedis } from '../redis.ts';

const sends = 10_000;
const people = 5;
const rooms = 5;
const atOnce = 32;
/** One in so many goes through the router; the others to the subgraph, as the router would send them. */
const routerShare = 20;

interface Sent {
  id: string;
  seq: number;
}

interface MessagePage {
  nodes: Sent[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const mutation =
  'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id seq } userErrors { code } } }';

/** Three of ten are sent again: at the same time, or when the first answer is there, or never came. */
const isRetried = (number: number) => number % 10 < 3;
const isSentTwiceAtOnce = (number: number) => number % 10 === 0;

describeWithRedis('10,000 sends of which 3,000 are retried, while the chat process is killed', () => {
  const prefix = `kills-${randomUUID().slice(0, 8)}`;
  let redis: TestRedis;
  let stack: TestStack;
  let chatProcess: ChildProcess;
  let clients: TestClient[];
  let roomIds: string[];
  /** Resolves when the chat process serves. */
  let serving: Promise<void>;

  beforeAll(async () => {
    redis = await startTestRedis();
    stack = await startTestStack({ redis, prefix, environment: { ACCESS_TOKEN_TTL_SECONDS: '3600' } });
    // The router goes on where chat was: to a process of its own.
    await stack.stopSubgraph('chat');
    serving = startChatProcess();
    await serving;
    clients = await Promise.all(Array.from({ length: people }, () => stack.register()));
    const owner = clientOf(0);
    await eventually(async () => {
      roomIds = await Promise.all(Array.from({ length: rooms }, () => owner.createRoom()));
    });
    for (const roomId of roomIds) {
      for (const client of clients) await eventually(() => client.joinRoom(roomId));
    }
  });

  afterAll(async () => {
    await endChatProcess();
    await stack?.stop();
    await redis?.stop();
  });

  const clientOf = (number: number) => clients[number % people] as TestClient;
  const roomOf = (number: number) => roomIds[Math.floor(number / people) % rooms] as string;

  async function startChatProcess(): Promise<void> {
    const { port } = new URL(stack.subgraphs.chat.url);
    const child = spawn(process.execPath, ['subgraphs/chat/main.ts'], {
      cwd: repositoryRoot,
      env: {
        ...testEnvironment,
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: inject('compileCache'),
        PORT: port,
        REDIS_URL: redis.url,
        REDIS_PREFIX: prefix,
        DATABASE_URL: subgraphDatabaseUrl(stack.databases.url, 'chat'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    chatProcess = child;
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.includes('"msg":"serving"')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`The chat process ended with ${code}.`)));
    });
  }

  async function endChatProcess(): Promise<void> {
    if (chatProcess === undefined || chatProcess.exitCode !== null || chatProcess.signalCode !== null) return;
    const ended = once(chatProcess, 'exit');
    chatProcess.kill('SIGKILL');
    await ended;
  }

  /** Sends a message, or sends it again. @returns null when nobody acknowledged it. */
  async function send(number: number): Promise<Sent | null> {
    const client = clientOf(number);
    const input = { roomId: roomOf(number), text: `message ${number}`, clientMessageId: `send-${number}` };
    try {
      const answer = await (number % routerShare === 0
        ? client.send(mutation, { input })
        : sendToSubgraph(client, input));
      return answer.data?.sendMessage?.message ?? null;
    } catch {
      return null;
    }
  }

  async function sendToSubgraph({ userId }: TestClient, input: object) {
    const viewer = viewerWith(userId, ['chat:read', 'chat:write']);
    return askSubgraph(stack.subgraphs.chat, viewer, mutation, { input });
  }

  const limit = pLimit(atOnce);
  const acknowledged = new Map<number, Sent>();
  const contradictions: string[] = [];

  /** Every acknowledgement of a send is the same. */
  function note(number: number, sent: Sent | null): void {
    if (sent === null) return;
    const first = acknowledged.get(number) ?? sent;
    if (first.id !== sent.id || first.seq !== sent.seq) {
      contradictions.push(`${number}: ${JSON.stringify(first)}, ${JSON.stringify(sent)}`);
    }
    acknowledged.set(number, first);
  }

  async function sendWithRetries(number: number): Promise<void> {
    const answers = await Promise.all(isSentTwiceAtOnce(number) ? [send(number), send(number)] : [send(number)]);
    for (const sent of answers) note(number, sent);
    // Who got no answer waits until there is somebody to send to, or all that is left would fail in a moment.
    if (answers.includes(null)) await serving;
    if (isRetried(number) && !isSentTwiceAtOnce(number)) note(number, await send(number));
    if (acknowledged.size >= sends / 2) killOnce();
  }

  let killing: Promise<void> | null = null;
  function killOnce(): void {
    if (killing !== null) return;
    killing = endChatProcess();
    serving = killing.then(startChatProcess);
  }

  const numbers = Array.from({ length: sends }, (_, number) => number);

  async function followFromTheStart(roomId: string, count: number) {
    const reader = clientOf(0);
    const subscription = reader.subscribe(
      `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
        seq ... on MessageSent { message { id } }
      } }`,
      { roomId, after: encodeCursor('room', roomId, 0) },
    );
    const events: { seq: number; message?: { id: string } }[] = await subscription.take(count);
    subscription.stop();
    return events;
  }

  async function readHistory(roomId: string): Promise<Sent[]> {
    const messages: Sent[] = [];
    let after: string | null = null;
    do {
      const query = `query ($id: ID!, $after: String) { room(id: $id) {
        messages(first: 100, after: $after) { nodes { id seq } pageInfo { hasNextPage endCursor } }
      } }`;
      const { messages: page }: { messages: MessagePage } = await clientOf(0).run(query, { id: roomId, after });
      messages.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    return messages;
  }

  it('stores each once, and gives every retry the first result', { timeout: 600_000 }, async () => {
    await Promise.all(numbers.map((number) => limit(() => sendWithRetries(number))));
    expect(killing).not.toBeNull();
    await serving;
    const unacknowledged = numbers.filter((number) => !acknowledged.has(number));
    // Somebody was waiting for an answer when the process was killed.
    expect(unacknowledged.length).toBeGreaterThan(0);
    const replayed = [...unacknowledged, ...numbers.filter(isRetried)];
    await Promise.all(replayed.map((number) => limit(async () => note(number, await send(number)))));
    expect([...new Set(replayed)].filter((number) => !acknowledged.has(number))).toEqual([]);
    // Later still, all of them once more.
    await Promise.all(replayed.map((number) => limit(async () => note(number, await send(number)))));

    expect(contradictions).toEqual([]);
    expect(acknowledged.size).toBe(sends);
    expect(new Set([...acknowledged.values()].map(({ id }) => id)).size).toBe(sends);
    const [count] = await stack.databases.query('chat', 'SELECT count(*)::int AS stored FROM message');
    expect(count).toEqual({ stored: sends });
    const bySeq = (left: Sent, right: Sent) => left.seq - right.seq;
    for (const roomId of roomIds) {
      const expected = numbers
        .filter((number) => roomOf(number) === roomId)
        .map((number) => acknowledged.get(number) as Sent)
        .sort(bySeq);
      expect(await readHistory(roomId)).toEqual(expected);
      // The room was opened, and everybody but its owner joined it.
      const before = people;
      const events = await followFromTheStart(roomId, before + expected.length);
      expect(events.map(({ seq }) => seq)).toEqual(Array.from(events, (_, index) => index + 1));
      expect(events.slice(before).map(({ seq, message }) => ({ id: message?.id, seq }))).toEqual(expected);
      const [room] = await stack.databases.query('chat', 'SELECT head_seq FROM room WHERE id = $1', [roomId]);
      expect(room).toEqual({ head_seq: before + expected.length });
    }
  });
});
