import pg from 'pg';
import { ToolError } from './command-line.ts';

const databaseDoesNotExist = '3D000';
const databaseAlreadyExists = '42P04';
const uniqueViolation = '23505';

/**
 * The database of one subgraph: `postgresql://.../chorus` and `chat` give `postgresql://.../chorus_chat`.
 * This rule holds for the tools and `npm start`; a subgraph that runs as a process of its own gets the full URL of its own database.
 */
export function subgraphDatabaseUrl(baseUrl: string, subgraph: string): string {
  const url = new URL(baseUrl);
  const base = url.pathname.slice(1) || 'chorus';
  url.pathname = `/${base}_${subgraph}`;
  return url.href;
}

/** The database of the same server that is always there. */
export function maintenanceDatabaseUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  return url.href;
}

/**
 * Creates the database that the URL names, unless it is there. Any number of processes may do this at once.
 * @returns whether this call created it.
 */
export async function createDatabaseIfMissing(databaseUrl: string): Promise<boolean> {
  // Asking the database itself first spares an existing one the need for rights on the maintenance database.
  if (await canConnect(databaseUrl)) return false;
  try {
    await inMaintenanceDatabase(databaseUrl, (client, name) =>
      client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`),
    );
    return true;
  } catch (error) {
    // PostgreSQL reports a creation that lost the race against another one in either way.
    const code = (error as pg.DatabaseError).code;
    if (code === databaseAlreadyExists || code === uniqueViolation) return false;
    throw error;
  }
}

/** Drops the database that the URL names, if it is there, and cuts off whoever is connected to it. */
export async function dropDatabase(databaseUrl: string): Promise<void> {
  await inMaintenanceDatabase(databaseUrl, (client, name) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  );
}

/** Runs `work` on a connection of its own, which is closed whatever happens. */
export async function withClient<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect().catch((error: pg.DatabaseError) => {
      if (error.code === databaseDoesNotExist) throw error;
      throw new ToolError(
        `PostgreSQL at ${withoutPassword(databaseUrl)} does not let us in: ${describeFailure(error)}`,
      );
    });
    return await work(client);
  } finally {
    // After a failed connection, too: its timer would keep the process alive.
    await client.end();
  }
}

/** The URL as it may be shown and logged. */
export function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password) url.password = '***';
  return url.href;
}

async function canConnect(databaseUrl: string): Promise<boolean> {
  try {
    await withClient(databaseUrl, async () => {});
    return true;
  } catch (error) {
    if ((error as pg.DatabaseError).code === databaseDoesNotExist) return false;
    throw error;
  }
}

async function inMaintenanceDatabase(
  databaseUrl: string,
  work: (client: pg.Client, databaseName: string) => Promise<unknown>,
): Promise<void> {
  const name = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  await withClient(maintenanceDatabaseUrl(databaseUrl), (client) => work(client, name));
}

/** A refused connection to a name with several addresses is an AggregateError without a message of its own. */
function describeFailure(error: Error): string {
  if (error instanceof AggregateError) return error.errors.map((each: Error) => each.message).join(', ');
  return error.message;
}
