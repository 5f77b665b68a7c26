import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { ToolError } from './command-line.ts';
import { isAlive } from './postmaster.ts';

/** An advisory lock of the server's own database `postgres` that nobody else takes. */
const lockKey = 0x63686f72;
const invalidPassword = '28P01';
/** Each connection of a lease says in its name whose it is. */
const clientName = 'chorus stack ';
const ghostMilliseconds = 2_000;

/**
 * One stack's claim on a server that others may share: a connection that holds an advisory lock in shared mode. Whoever
 * then gets the lock for itself alone is the last. PostgreSQL drops the claim with the connection, so a killed stack leaves none behind.
 */
export interface PostgresLease {
  /** Whether another stack held one when this one was taken. */
  isShared: boolean;
  /** @returns whether nobody else holds one: then nobody can get one any more, and the server is to be stopped. */
  release(): Promise<boolean>;
}

/**
 * @param url the server's maintenance database.
 * @returns nothing when the server does not accept connections, or is about to be stopped: look again.
 * @throws ToolError when the server does not know our password.
 */
export async function takeLease(url: string): Promise<PostgresLease | undefined> {
  const first = await connectAndLock(url);
  if (!first) return undefined;
  let client: pg.Client | undefined = first;
  let isReleased = false;
  const keep = (current: pg.Client) => {
    // The server may crash and recover; without a lease another stack could then stop it under us.
    current.once('end', async () => {
      client = undefined;
      while (!isReleased && !client) {
        await delay(250, undefined, { ref: false });
        client = await connectAndLock(url).catch(() => undefined);
      }
      if (client) keep(client);
    });
  };
  keep(first);
  return {
    isShared: (await listOtherHolders(first)).some(isAlive),
    release: async () => {
      isReleased = true;
      // Gone before we were: whatever server is there now is not ours to stop.
      if (!client) return false;
      const isLast = await lockExclusively(client);
      if (!isLast) await client.end();
      return isLast;
    },
  };
}

async function connectAndLock(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `${clientName}${process.pid}`,
    connectionTimeoutMillis: 5_000,
  });
  // A lost connection is handled where it ends; an unhandled 'error' would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('SELECT pg_try_advisory_lock_shared($1) AS locked', [lockKey]);
    if (rows[0].locked) return client;
  } catch (error) {
    if ((error as pg.DatabaseError).code === invalidPassword) {
      throw new ToolError('PostgreSQL refuses the password that is kept in the data directory.');
    }
  }
  await client.end().catch(() => {});
  return undefined;
}

/** The processes of the other stacks that hold the lock, in either mode. */
async function listOtherHolders(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND objid = $1 AND granted AND pid <> pg_backend_pid()`,
    [lockKey],
  );
  return rows.map(({ name }) => Number(name.replace(clientName, '')));
}

/** Gives up the own claim first: two stacks that leave together would else each see the other's. */
async function lockExclusively(client: pg.Client): Promise<boolean> {
  await client.query('SELECT pg_advisory_unlock_shared($1)', [lockKey]);
  const deadline = performance.now() + ghostMilliseconds;
  for (;;) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS locked', [lockKey]);
    if (rows[0].locked) return true;
    // PostgreSQL takes a moment to notice that a killed stack is gone.
    if ((await listOtherHolders(client)).some(isAlive) || performance.now() > deadline) return false;
    await delay(20);
  }
}
