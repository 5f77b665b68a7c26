import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { TestClient } from '../client.ts';
import { redisServer } from '../redis.ts';

/** `npm start` without npm: the same command, in a process group of its own, on a data directory of its own. */
class RunningStart {
  readonly #child: ChildProcess;
  readonly lines: string[] = [];
  url = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async begin(dataDirectory: string, environment: Record<string, string> = {}): Promise<RunningStart> {
    const { DATABASE_URL: _database, REDIS_URL: _redis, ...inherited } = process.env;
    const child = spawn(process.execPath, ['tools/start.ts'], {
      env: { ...inherited, NODE_ENV: 'development', DATA_DIR: dataDirectory, PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const start = new RunningStart(child);
    const output = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    await new Promise<void>((resolve, reject) => {
      output.on('line', (line) => {
        start.lines.push(line);
        start.url ||= /GraphQL, HTTP and WebSocket\s+(\S+)/.exec(line)?.[1] ?? '';
        if (line.includes('npm run tour')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`It ended with ${code}.\n${start.lines.join('\n')}`)));
    });
    return start;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    return (await exited)[0];
  }
}

/** A folder with links to all programs on the PATH, except Redis. */
async function linkProgramsExceptRedis(folder: string): Promise<void> {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of await readdir(directory).catch(() => [])) {
      if (/^(redis|valkey)-server$/.test(name)) continue;
      // The first on the PATH wins, as it does for a shell.
      await symlink(join(directory, name), join(folder, name)).catch(() => undefined);
    }
  }
}

describe.each([
  ['with what the machine has', redisServer === null ? 'engine: memory' : 'engine: a private Redis', false],
  ['without a Redis on the PATH', 'engine: memory', true],
])('npm start, %s', (_name, engineLine, isRedisHidden) => {
  let dataDirectory: string;
  let programs: string;
  let environment: Record<string, string>;
  let running: RunningStart;

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'chorus-start-'));
    programs = await mkdtemp(join(tmpdir(), 'chorus-path-'));
    if (isRedisHidden) await linkProgramsExceptRedis(programs);
    // Empty secrets, as in a copied .env.example, count as not set: the data directory's own are used.
    environment = {
      VIEWER_SECRET: '',
      SIGNING_KEY_SECRET: '',
      ACCOUNT_SECRET: '',
      CHAT_ENCRYPTION_KEYS: '',
      ...(isRedisHidden && { PATH: programs }),
    };
  });

  afterEach(async () => {
    await running?.end('SIGTERM');
  });

  afterAll(async () => {
    await Promise.all([dataDirectory, programs].map((folder) => rm(folder, { recursive: true, force: true })));
  });

  async function exchangeMessage(writer: TestClient, reader: TestClient, roomId: string, text: string): Promise<void> {
    const subscription = reader.subscribe(
      `subscription ($roomId: ID!, $after: String) {
        messageAdded(roomId: $roomId, after: $after) { seq cursor message { text author { username displayName } } }
      }`,
      { roomId, after: await reader.headCursor(roomId) },
    );
    await writer.sendMessage(roomId, text);
    const author = { username: writer.username, displayName: writer.username };
    expect(await subscription.next()).toMatchObject({ message: { text, author } });
    await reader.disconnect();
  }

  it('brings up a whole chat, keeps everything through kill -9, and stops in order', async () => {
    running = await RunningStart.begin(dataDirectory, environment);
    const said = running.lines.join('\n');
    expect(said).toContain(engineLine);
    // How long that takes is the machine's affair, and said rather than judged.
    expect(said).toMatch(/it answered its first query \d+\.\d s after the start/);
    const [ada, grace] = [new TestClient(running.url), new TestClient(running.url)];
    await ada.register('ada');
    await grace.register('grace');
    const roomId = await ada.createRoom('PRIVATE', 'Kept');
    const publicRoom = await ada.createRoom();
    await grace.joinRoom(publicRoom);
    await exchangeMessage(ada, grace, publicRoom, 'before');
    await ada.sendMessage(roomId, 'kept');

    await running.end('SIGKILL');
    running = await RunningStart.begin(dataDirectory, environment);
    const again = new TestClient(running.url);
    const { session, user } = await again.run(
      `mutation { login(input: { login: "ada", password: "the password of ada" }) {
        session { accessToken } user { id displayName }
      } }`,
    );
    expect(user).toEqual({ id: ada.userId, displayName: 'ada' });
    again.accessToken = session.accessToken;
    const { name, messages } = await again.run(
      'query ($id: ID!) { room(id: $id) { name messages(first: 5) { nodes { text } } } }',
      { id: roomId },
    );
    expect({ name, texts: messages.nodes }).toEqual({ name: 'Kept', texts: [{ text: 'kept' }] });
    // Access tokens from before are good as well: the signing key is kept.
    const returning = new TestClient(running.url);
    returning.accessToken = grace.accessToken;
    again.username = 'ada';
    await exchangeMessage(again, returning, publicRoom, 'after');

    expect(await running.end('SIGTERM')).toBe(0);
  });
});

describe('npm start', () => {
  it('says what is wrong with its settings, and does not start', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'chorus-start-'));
    const start = RunningStart.begin(dataDirectory, { PORT: 'many', LOG_LEVEL: 'loud' });
    await expect(start).rejects.toThrow('It ended with 1.');
    await rm(dataDirectory, { recursive: true, force: true });
  });
});

describe('npm run tour', () => {
  it('walks through everything against a running stack, and ends well', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'chorus-start-'));
    onTestFinished(() => rm(dataDirectory, { recursive: true, force: true }));
    const secretPath = join(dataDirectory, 'signing-key-of-the-owner');
    await writeFile(secretPath, 'a signing key secret that comes from a file\n');
    const running = await RunningStart.begin(dataDirectory, { SIGNING_KEY_SECRET_FILE: secretPath });
    // What was registered last is run first.
    onTestFinished(async () => void (await running.end('SIGTERM')));
    const tour = spawn(process.execPath, ['tools/tour.ts'], { env: { ...process.env, CHORUS_URL: running.url } });
    const output: string[] = [];
    tour.stdout.on('data', (chunk) => output.push(String(chunk)));
    const [code] = await once(tour, 'close');
    expect(output.join('')).toContain('That was the tour.');
    expect(code).toBe(0);
    const generated = await readdir(join(dataDirectory, 'secrets'));
    expect(generated).toContain('viewer');
    // The one of the file is used.
    expect(generated).not.toContain('signing-key');
  });
});
