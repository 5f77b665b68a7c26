import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { repositoryRoot } from '../../tools/command-line.ts';
import { dropDatabase, subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import { findFreePort } from '../../tools/free-port.ts';
import { subgraphNames } from '../../tools/stack.ts';
import { TestClient } from '../client.ts';
import { eventually } from '../eventually.ts';
import { describeWithRedis, startTestRedis, type TestRedis } from '../redis.ts';

const processNames = [...subgraphNames, 'router'] as const;
type ProcessName = (typeof processNames)[number];
type Environment = Record<string, string>;

/** Every process and command runs here as in a container: with the arguments of docker-compose.yml for Node. */
const { services } = parse(await readFile(join(repositoryRoot, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, { command: string[] }>;
};

function argumentsOf(service: string): string[] {
  const { command } = services[service] ?? {};
  if (!command) throw new Error(`docker-compose.yml has no command for ${service}.`);
  return command;
}

/** A program of Chorus as a process of its own, which knows nothing of this one's environment but the PATH, and what is compiled. */
class RunningProgram {
  readonly output: string[] = [];
  /** Resolves with the exit code, or null after a signal, when everything that was printed is in `output`. */
  readonly ended: Promise<number | null>;
  readonly #child;

  constructor(programArguments: readonly string[], environment: Environment) {
    this.#child = spawn(process.execPath, programArguments, {
      cwd: repositoryRoot,
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: inject('compileCache'), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.output.push(line));
    }
    this.ended = once(this.#child, 'close').then(([code]) => code);
  }

  get text(): string {
    return this.output.join('\n');
  }

  /** Where it serves, as soon as it says so. Rejects with what it printed when it ends instead. */
  async untilServing(): Promise<string> {
    const { stdout } = this.#child;
    return new Promise((resolve, reject) => {
      createInterface({ input: stdout }).on('line', (line) => {
        const { msg, url } = line.startsWith('{') ? JSON.parse(line) : {};
        if (msg === 'serving') resolve(url);
      });
      this.ended.then((code) => reject(new Error(`It ended with ${code}.\n${this.text}`)));
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.signal(signal);
    return this.ended;
  }
}

/** Runs a program to its end. @returns what it printed. */
async function runToSuccess(programArguments: readonly string[], environment: Environment): Promise<string> {
  const program = new RunningProgram(programArguments, environment);
  expect(await program.ended, program.text).toBe(0);
  return program.text;
}

/** The settings in which a process that ended found mistakes, by what it printed. */
async function mistakesOf(name: ProcessName, environment: Environment): Promise<string[]> {
  const program = new RunningProgram(argumentsOf(name), environment);
  expect(await program.ended, program.text).toBe(1);
  expect(program.output[0]).toBe('The environment has mistakes:');
  return program.output.slice(1).sort();
}

const makeSecret = () => randomBytes(32).toString('hex');
const makeKey = () => randomBytes(32).toString('base64');

describe.each(processNames)('the process %s', (name) => {
  const isRouter = name === 'router';

  it('does not start with mistakes in its environment, and names every one', async () => {
    const mistakes = await mistakesOf(name, { PORT: 'many', LOG_LEVEL: 'loud' });
    expect(mistakes.map((line) => /^ {2}- (\w+): /.exec(line)?.[1])).toEqual([
      ...(name === 'auth' ? ['ACCOUNT_SECRET'] : []),
      ...(name === 'chat' ? ['CHAT_ENCRYPTION_KEYS'] : []),
      ...(isRouter ? [] : ['DATABASE_URL']),
      ...['LOG_LEVEL', 'PORT', 'REDIS_URL'],
      ...(name === 'auth' ? ['SIGNING_KEY_SECRET'] : []),
      'VIEWER_SECRET',
    ]);
  });

  it('does not start in production with secrets that are for development only', async () => {
    const secret = 'development-only-secret-that-is-long-enough';
    const mistakes = await mistakesOf(name, {
      NODE_ENV: 'production',
      REDIS_URL: 'redis://127.0.0.1:1',
      VIEWER_SECRET: secret,
      ...(!isRouter && { DATABASE_URL: 'postgresql://127.0.0.1:1/chorus' }),
      ...(name === 'auth' && { SIGNING_KEY_SECRET: secret, ACCOUNT_SECRET: secret }),
      ...(name === 'chat' && { CHAT_ENCRYPTION_KEYS: `development-only:${makeKey()}` }),
    });
    expect(mistakes).toEqual([
      ...(name === 'auth' ? ['  - ACCOUNT_SECRET still has its development value'] : []),
      ...(name === 'chat' ? ['  - CHAT_ENCRYPTION_KEYS still has its development value'] : []),
      ...(name === 'auth' ? ['  - SIGNING_KEY_SECRET still has its development value'] : []),
      '  - VIEWER_SECRET still has its development value',
    ]);
  });
});

describeWithRedis('Chorus as five processes', () => {
  const databaseUrl = new URL(inject('templateUrl'));
  databaseUrl.pathname = `/chorus_processes_${randomBytes(6).toString('hex')}`;
  const secrets = {
    VIEWER_SECRET: makeSecret(),
    SIGNING_KEY_SECRET: makeSecret(),
    ACCOUNT_SECRET: makeSecret(),
    CHAT_ENCRYPTION_KEYS: `main:${makeKey()}`,
  };
  const running = new Map<ProcessName, RunningProgram>();
  /** Where each process serves: at a free port that it keeps. */
  const urls = new Map<ProcessName, string>();
  let redis: TestRedis;
  let user: TestClient;
  let roomId: string;

  const urlOf = (name: ProcessName) => urls.get(name) as string;
  const databaseOf = (name: string) => subgraphDatabaseUrl(databaseUrl.href, name);

  async function start(name: ProcessName): Promise<void> {
    const isRouter = name === 'router';
    const url = urls.get(name);
    const program = new RunningProgram(argumentsOf(name), {
      NODE_ENV: 'production',
      PORT: url ? new URL(url).port : String(await findFreePort()),
      REDIS_URL: redis.url,
      ...secrets,
      ...(isRouter
        ? {
            SUBGRAPH_URLS: subgraphNames.map((subgraph) => `${subgraph}=${urlOf(subgraph)}`).join(','),
            DRAIN_MILLISECONDS: '100',
          }
        : { DATABASE_URL: databaseOf(name) }),
    });
    running.set(name, program);
    urls.set(name, await program.untilServing());
  }

  async function end(name: ProcessName, signal: NodeJS.Signals): Promise<number | null> {
    const code = await (running.get(name) as RunningProgram).end(signal);
    running.delete(name);
    return code;
  }

  async function untilAllServe(): Promise<void> {
    const allOk = Object.fromEntries(subgraphNames.map((name) => [name, 'ok']));
    await eventually(async () => {
      const response = await fetch(new URL('/services', urlOf('router')));
      const { services } = (await response.json()) as { services: { name: string; status: string }[] };
      expect(Object.fromEntries(services.map(({ name, status }) => [name, status]))).toEqual(allOk);
    });
  }

  /** Subscribes to the room; resolves when an event has come, so that the subscription is open all the way. */
  async function followRoom() {
    const subscription = user.subscribe<{ seq: number; message: { text: string } }>(
      'subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { seq message { text } } }',
      { roomId, after: await user.headCursor(roomId) },
    );
    const text = randomBytes(4).toString('hex');
    await user.sendMessage(roomId, text);
    expect(await subscription.next()).toMatchObject({ message: { text } });
    return subscription;
  }

  /** The same for the notifications of the user, whom somebody else mentions. */
  async function followNotifications(other: TestClient) {
    const { headCursor } = (await user.run('{ viewer { notifications(first: 1) { headCursor } } }')).notifications;
    const subscription = user.subscribe<{ notification: { kind: string } }>(
      'subscription ($after: String) { notificationAdded(after: $after) { notification { kind } } }',
      { after: headCursor },
    );
    await other.sendMessage(roomId, `Hello @${user.username}`);
    expect(await subscription.next()).toEqual({ notification: { kind: 'MENTION' } });
    return subscription;
  }

  async function register(name: string): Promise<TestClient> {
    const client = new TestClient(urlOf('router'));
    await client.register(name);
    return client;
  }

  beforeAll(async () => {
    redis = await startTestRedis();
    const migrations = subgraphNames.map(async (name) => {
      const printed = await runToSuccess(argumentsOf(`migrate-${name}`), { DATABASE_URL: databaseOf(name) });
      expect(printed).toMatch(new RegExp(`^${name}: created, applied `));
    });
    await Promise.all(migrations);
    await Promise.all(subgraphNames.map(start));
    await start('router');
    await untilAllServe();
    user = await register('ada');
    roomId = await user.createRoom();
  });

  afterAll(async () => {
    await user?.disconnect();
    await Promise.all([...running.keys()].map((name) => end(name, 'SIGKILL')));
    await Promise.all(subgraphNames.map((name) => dropDatabase(databaseOf(name))));
    await redis?.stop();
  });

  it('finds nothing to migrate a second time', async () => {
    const printed = await runToSuccess(argumentsOf('migrate-chat'), { DATABASE_URL: databaseOf('chat') });
    expect(printed).toBe('chat: up to date');
  });

  it('walks through the whole tour', async () => {
    expect(await runToSuccess(['tools/tour.ts'], { CHORUS_URL: urlOf('router') })).toContain('That was the tour.');
  });

  it('answers in part while a subgraph that was killed is away, and in full when it is back', async () => {
    const query = 'query ($roomId: ID!) { viewer { username displayName } room(id: $roomId) { name } }';
    const whole = await user.send(query, { roomId });
    const viewer = { username: 'ada', displayName: 'ada' };
    expect(whole).toEqual({ status: 200, data: { viewer, room: { name: 'Room' } } });

    expect(await end('chat', 'SIGKILL')).toBeNull();
    const partial = await user.send(query, { roomId });
    expect(partial).toMatchObject({ status: 200, data: { viewer, room: null } });
    expect(partial.errors).toEqual([
      expect.objectContaining({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'chat' } }),
    ]);

    await start('chat');
    expect(await user.send(query, { roomId })).toEqual(whole);
    // Messages are stored and come through live as before.
    (await followRoom()).stop();
  });

  it('delivers an event, once, when auth is killed between its commit and the event', async () => {
    const client = await withClient(databaseOf('auth'), async (database) => {
      // Whoever wants to publish waits for this lock, so the process dies with the event committed and not sent.
      await database.query('SELECT pg_advisory_lock(4812001)');
      const registered = await register('survivor');
      expect(await end('auth', 'SIGKILL')).toBeNull();
      const waiting = await database.query('SELECT envelope FROM outbox WHERE published_position IS NULL');
      expect(waiting.rows.map(({ envelope }) => envelope.payload)).toEqual([
        { userId: registered.userId, username: 'survivor' },
      ]);
      return registered;
    });
    await start('auth');
    await untilAllServe();
    // However long auth was away: by now others may wait for its event no longer.
    await eventually(async () =>
      expect(await client.run('{ viewer { displayName } }')).toEqual({ displayName: 'survivor' }),
    );
    const inbox = `SELECT count(*)::int AS times FROM inbox WHERE event_id = $1`;
    const [eventId] = await withClient(databaseOf('auth'), async (database) => {
      const { rows } = await database.query(
        `SELECT event_id FROM outbox WHERE envelope->'payload'->>'username' = 'survivor'`,
      );
      return rows.map((row) => row.event_id);
    });
    const [row] = await withClient(
      databaseOf('user'),
      async (database) => (await database.query(inbox, [eventId])).rows,
    );
    expect(row).toEqual({ times: 1 });
  });

  it('ends subgraphs in order by SIGTERM while subscriptions are open, which learn that and why', async () => {
    const other = await register('grace');
    await other.joinRoom(roomId);
    const subscriptions = [await followRoom(), await followNotifications(other)];
    expect(await Promise.all([end('chat', 'SIGTERM'), end('notification', 'SIGTERM')])).toEqual([0, 0]);
    for (const { ended } of subscriptions) {
      expect(await ended).toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }) }),
      ]);
    }
    await Promise.all([start('chat'), start('notification')]);
    await untilAllServe();
  });

  it('ends the router in order by SIGTERM while a subscription is open, and the subgraphs after it', async () => {
    const subscription = await followRoom();
    // By default it would end a process; the router reads its supergraph anew.
    running.get('router')?.signal('SIGHUP');
    // A process that doesn't end in order is ended by its own limit, with 1.
    expect(await end('router', 'SIGTERM')).toBe(0);
    expect(await subscription.ended).toMatchObject({ code: 1012 });
    const codes = await Promise.all(subgraphNames.map((name) => end(name, 'SIGTERM')));
    expect(codes).toEqual([0, 0, 0, 0]);
  });
});
