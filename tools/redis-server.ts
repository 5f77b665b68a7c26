import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { findFreePort } from './free-port.ts';

export interface RedisServerOptions {
  /** The program, as `findRedisServer` finds it. */
  binary: string;
  /** A free one unless told. */
  port?: number;
  /** Where the server keeps its files; it must exist. */
  directory: string;
  /** More arguments of the program, after ours: of two that contradict each other the later one counts. */
  arguments?: readonly string[];
}

export interface RedisServer {
  url: string;
  port: number;
  pid: number;
  /** Ends the server in order; resolves when its process is gone. Safe to call twice. */
  stop(): Promise<void>;
  /** Ends the server by SIGKILL, as a crash would; resolves when its process is gone. */
  kill(): Promise<void>;
}

/** A server that has not said that it is ready after this long has failed. */
const startTimeoutMilliseconds = 10_000;
/** A server that was told to end and has not done so after this long is killed. */
const stopTimeoutMilliseconds = 5_000;
/** Between finding a free port and listening on it, somebody else may take it. */
const portAttempts = 5;

/** The path of `redis-server` or `valkey-server` on the PATH, or null when there is none. */
export function findRedisServer(path: string = process.env['PATH'] ?? ''): string | null {
  for (const name of ['redis-server', 'valkey-server']) {
    for (const directory of path.split(delimiter)) {
      const candidate = join(directory, name);
      if (directory !== '' && isExecutable(candidate)) return candidate;
    }
  }
  return null;
}

/**
 * Starts a private server on the loopback address, without persistence unless the arguments ask for it, and resolves
 * when it is ready. It dies with this process, however this process dies. Rejects with what the server printed when it
 * can't start.
 */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  if (options.port !== undefined) return startOnPort(options, options.port);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnPort(options, await findFreePort());
    } catch (error) {
      if (attempt >= portAttempts || !String(error).includes('Address already in use')) throw error;
    }
  }
}

async function startOnPort(options: RedisServerOptions, port: number): Promise<RedisServer> {
  const child = spawnTiedToThisProcess(options.binary, [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', options.directory],
    ...['--save', '', '--appendonly', 'no', '--daemonize', 'no', '--logfile', ''],
    ...(options.arguments ?? []),
  ]);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      // Tells the watcher in `spawnTiedToThisProcess` to leave the process id alone: it may soon be another's.
      child.stdin.end('done\n');
      resolve();
    });
  });

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMilliseconds);
    await exited;
    clearTimeout(timer);
  }

  try {
    await untilReady(child);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: child.pid as number,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/**
 * Spawns a program that is killed when this process ends, even by SIGKILL, of which no handler here would learn. The
 * shell starts a watcher in the background, then becomes the program itself, which so gets the process id that
 * `spawn` knows. The watcher reads from a pipe that this process holds open: a line means that the program has ended
 * by itself, the end of the pipe that this process has.
 */
function spawnTiedToThisProcess(binary: string, programArguments: readonly string[]): Child {
  const script = 'exec 3<&0; { read -r line <&3 || kill -KILL $$; } >/dev/null 2>&1 & exec "$0" "$@" 3<&- </dev/null';
  const child = spawn('/bin/sh', ['-c', script, binary, ...programArguments], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // A group of its own: Ctrl-C in a terminal must not end the server before those who use it.
    detached: true,
  });
  // The watcher may be gone before it is told that it can go.
  child.stdin.on('error', () => {});
  return child;
}

/** Reads the server's log until it says that it is ready; rejects with the log when it ends or stays silent instead. */
function untilReady(child: Child): Promise<void> {
  return new Promise((resolve, reject) => {
    const printed: string[] = [];
    const fail = (reason: string): void => reject(new Error(`${reason}\n${printed.join('\n')}`));
    const timer = setTimeout(() => fail('The Redis server did not become ready.'), startTimeoutMilliseconds);
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (!line.includes('Ready to accept connections')) {
        printed.push(line);
        return;
      }
      resolve();
      lines.close();
      // Whatever it prints from now on is thrown away; a full pipe would stop the server.
      child.stdout.resume();
    });
    child.once('error', reject);
    lines.once('close', () => {
      clearTimeout(timer);
      fail('The Redis server ended at once.');
    });
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
