import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ToolError } from './command-line.ts';
import { findPostgresProgram, type PostgresProgram } from './postgres-program.ts';
import { readOrCreateSecret } from './secrets.ts';

/** PostgreSQL's data, and what it takes to run a server on it. */
export interface Cluster {
  program: PostgresProgram;
  dataDirectory: string;
  logPath: string;
  /** The password of the superuser `chorus`. */
  password: string;
}

export const superuser = 'chorus';

/**
 * Finds the cluster of a data directory, or makes it. It is made beside its place and renamed into it, so that it is never
 * half there, whoever is killed or comes second.
 */
export async function prepareCluster(directory: string, onProgress: (line: string) => void): Promise<Cluster> {
  const dataDirectory = join(directory, 'postgres');
  const password = await mkdir(directory, { recursive: true })
    .then(() => readOrCreateSecret(directory, 'postgres-password'))
    .catch((error: Error) => {
      throw new ToolError(
        `${directory} cannot hold our data: ${error.message}\nSet DATA_DIR to a folder of your own, or start as the user who owns this one.`,
      );
    });
  const program = findPostgresProgram(dataDirectory);
  const cluster = { program, dataDirectory, logPath: join(directory, 'postgres.log'), password };
  if (existsSync(join(dataDirectory, 'PG_VERSION'))) {
    await adoptCopiedData(cluster);
    return cluster;
  }
  onProgress('creating the PostgreSQL cluster');
  const scratch = `${dataDirectory}.new-${process.pid}`;
  try {
    await initializeCluster(cluster, scratch);
    await rename(scratch, dataDirectory);
  } catch (error) {
    // Another process was faster, with the same password: its cluster is as good.
    if (!existsSync(join(dataDirectory, 'PG_VERSION'))) throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return cluster;
}

async function initializeCluster({ program, password }: Cluster, folder: string): Promise<void> {
  const passwordFile = `${folder}.password`;
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (program.owner) {
      await chown(folder, program.owner.uid, program.owner.gid);
      await chown(passwordFile, program.owner.uid, program.owner.gid);
    }
    const { file, args, options } = program.command('initdb', [
      `--pgdata=${folder}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own C.UTF-8 sorts the same on every operating system.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      // The operating system writes it soon enough; waiting for it takes longer than all the rest.
      '--no-sync',
    ]);
    await promisify(execFile)(file, args, options).catch(({ message, stdout, stderr }) => {
      throw new ToolError(`PostgreSQL's initdb failed: ${message}\n${stdout ?? ''}${stderr ?? ''}`.trim());
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** PostgreSQL wants to own its data and share it with nobody; root's copy of a data directory fulfils neither. */
async function adoptCopiedData({ program, dataDirectory }: Cluster): Promise<void> {
  const { uid, mode } = await stat(dataDirectory);
  if (program.owner && uid === 0) {
    const owner = `${program.owner.uid}:${program.owner.gid}`;
    await promisify(execFile)('chown', ['-R', owner, dataDirectory]);
  }
  if (mode & 0o077) await chmod(dataDirectory, 0o700);
}
