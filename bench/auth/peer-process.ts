import { verify } from '@node-rs/argon2';
import pLimit, { type LimitFunction } from 'p-limit';
import pg from 'pg';
import { answerCalls } from '../child.ts';
import { ownCpuMicroseconds, ownThreadCpuMicroseconds } from '../cpu.ts';
import { drive, type Load, type Run } from '../measure.ts';
import { createLoginPicker, password } from './accounts.ts';
import { type BareSession, runLoginStatements, runRefreshStatements } from './statements.ts';

// The peers, in a process of their own: nothing but argon2, and nothing but PostgreSQL. No HTTP, no GraphQL, no Prisma.

export interface PeerStart {
  /** Of auth's own database. */
  databaseUrl: string;
  databaseMaxConnections: number;
  hashingConcurrency: number;
  logins: string[];
}

let pool: pg.Pool;
let limitHashing: LimitFunction;
let passwordHash: string;
let pickLogin: ReturnType<typeof createLoginPicker>;
const sessions: BareSession[] = [];

async function start(options: PeerStart): Promise<void> {
  pickLogin = createLoginPicker(options.logins);
  pool = new pg.Pool({ connectionString: options.databaseUrl, max: options.databaseMaxConnections });
  limitHashing = pLimit(options.hashingConcurrency);
  // One of auth's own, and so of its parameters.
  const { rows } = await pool.query('SELECT password_hash FROM account WHERE username_normalized = $1', [
    options.logins[0],
  ]);
  passwordHash = rows[0].password_hash;
}

async function verifyPasswords(load: Load): Promise<Run> {
  return drive(async () => {
    if (!(await limitHashing(() => verify(passwordHash, password)))) throw new Error('The password is wrong.');
  }, load);
}

async function sendLoginStatements(load: Load): Promise<Run> {
  return drive((caller) => runLoginStatements(pool, pickLogin(caller, load.concurrency)), load);
}

async function sendRefreshStatements(load: Load): Promise<Run> {
  for (let caller = sessions.length; caller < load.concurrency; caller += 1) {
    sessions.push(await runLoginStatements(pool, pickLogin(caller, load.concurrency)));
  }
  return drive((caller) => runRefreshStatements(pool, sessions[caller] as BareSession), load);
}

answerCalls({
  start,
  verifyPasswords,
  sendLoginStatements,
  sendRefreshStatements,
  cpu: ownCpuMicroseconds,
  threadCpu: ownThreadCpuMicroseconds,
  stop: () => pool?.end(),
});
