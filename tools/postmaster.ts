import { execFile } from 'node:child_process';
import { readFile, readlink, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ToolError } from './command-line.ts';

/** The main process of a PostgreSQL server, as its own `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Whether it accepts connections: PostgreSQL writes this line last. */
  isReady: boolean;
}

const fastShutdownMilliseconds = 20_000;
const immediateShutdownMilliseconds = 5_000;

/**
 * The server that runs on this data directory, if one does. Removes a `postmaster.pid` whose process number belongs to some
 * other program by now: PostgreSQL would refuse to start for it. One whose process is gone is left to PostgreSQL, which
 * checks more than we could before it takes over.
 */
export async function findPostmaster(dataDirectory: string): Promise<Postmaster | undefined> {
  const path = join(dataDirectory, 'postmaster.pid');
  const content = await readFile(path, 'utf8').catch(() => '');
  // Lines: pid, data directory, start time, port, socket folder, listen address, shared memory key, status.
  const lines = content.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!(pid > 0) || !isAlive(pid)) return undefined;
  if (await isPostgresOf(pid, dataDirectory)) return { pid, port: Number(lines[3]), isReady: lines[7] === 'ready' };
  await rm(path, { force: true });
  return undefined;
}

/**
 * Stops the server and waits until it is gone: connections are cut off, what was committed is safe.
 * @throws ToolError when it does not stop.
 */
export async function stopPostmaster(dataDirectory: string): Promise<void> {
  for (const [signal, milliseconds] of [
    ['SIGINT', fastShutdownMilliseconds],
    // The next start repeats the write-ahead log, as after a power cut.
    ['SIGQUIT', immediateShutdownMilliseconds],
  ] as const) {
    const running = await findPostmaster(dataDirectory);
    if (!running) return;
    process.kill(running.pid, signal);
    if (await waitUntilGone(dataDirectory, running.pid, milliseconds)) return;
  }
  throw new ToolError(`PostgreSQL on ${dataDirectory} does not stop.`);
}

async function waitUntilGone(dataDirectory: string, pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (performance.now() < deadline) {
    if ((await findPostmaster(dataDirectory))?.pid !== pid) return true;
    await delay(20);
  }
  return false;
}

/** A process that we may not send signals to lives, too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether the process is a PostgreSQL that works in this very directory: process numbers are used again, and a copied data
 * directory brings a `postmaster.pid` that names the original's server.
 */
async function isPostgresOf(pid: number, dataDirectory: string): Promise<boolean> {
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }));
    return stdout.includes('postgres') && stdout.includes(dataDirectory);
  }
  try {
    const program = basename(await readlink(`/proc/${pid}/exe`));
    const [working, wanted] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(dataDirectory)]);
    return /^postgres( \(deleted\))?$/.test(program) && working.dev === wanted.dev && working.ino === wanted.ino;
  } catch {
    // A zombie, or another user's process: none that we could have started.
    return false;
  }
}
