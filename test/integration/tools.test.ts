import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres, throwawaySettings } from '../../tools/embedded-postgres.ts';
import { createMigration, diffMigrations, migrate } from '../../tools/migrate.ts';
import { findPostmaster } from '../../tools/postmaster.ts';
import { composeSupergraph, readSubgraphEntries } from '../../tools/supergraph.ts';
import { eventually } from '../eventually.ts';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-tools-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('migrate', () => {
  const schema = `
    datasource db {
      provider = "postgresql"
    }
    enum Colour {
      RED
      BLUE
    }
    model Room {
      id       String    @id @db.Uuid
      colour   Colour    @default(RED)
      messages Message[]
    }
    model Message {
      id     String @id @db.Uuid
      room   Room   @relation(fields: [roomId], references: [id], onDelete: Cascade)
      roomId String @db.Uuid
      text   String

      @@index([roomId, text])
    }`;
  let postgres: EmbeddedPostgres;
  let folder: string;
  let databases = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-tools-'));
    postgres = await startEmbeddedPostgres({ directory: folder, settings: throwawaySettings });
  });

  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true });
  });

  const makeDatabaseUrl = () => subgraphDatabaseUrl(postgres.url, `tools${++databases}`);

  async function makePrismaFolder(migrations: Record<string, string>): Promise<string> {
    const prismaFolder = await makeFolder();
    await mkdir(join(prismaFolder, 'chat/migrations'), { recursive: true });
    await writeFile(join(prismaFolder, 'chat/schema.prisma'), schema);
    for (const [name, sql] of Object.entries(migrations)) {
      await mkdir(join(prismaFolder, 'chat/migrations', name));
      await writeFile(join(prismaFolder, 'chat/migrations', name, 'migration.sql'), sql);
    }
    return prismaFolder;
  }

  it('creates the database and applies each migration once', async () => {
    const prismaFolder = await makePrismaFolder({
      '20260101000000_first': 'CREATE TABLE first (id int)',
      '20260102000000_second': 'ALTER TABLE first ADD COLUMN name text',
    });
    const url = makeDatabaseUrl();
    expect(await migrate('chat', url, { prismaFolder })).toEqual({
      created: true,
      applied: ['20260101000000_first', '20260102000000_second'],
    });
    expect(await migrate('chat', url, { prismaFolder })).toEqual({ created: false, applied: [] });
  });

  it('keeps the record that prisma migrate deploy keeps', async () => {
    const sql = 'CREATE TABLE first (id int)';
    const url = makeDatabaseUrl();
    await migrate('chat', url, { prismaFolder: await makePrismaFolder({ '20260101000000_first': sql }) });
    const { rows } = await withClient(url, (client) => client.query('SELECT * FROM _prisma_migrations'));
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: createHash('sha256').update(sql).digest('hex'),
        migration_name: '20260101000000_first',
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        logs: null,
        applied_steps_count: 1,
      },
    ]);
  });

  it('lets any number of callers migrate at once, of whom one does the work', async () => {
    const prismaFolder = await makePrismaFolder({ '20260101000000_first': 'CREATE TABLE first (id int)' });
    const url = makeDatabaseUrl();
    const results = await Promise.all(Array.from({ length: 6 }, () => migrate('chat', url, { prismaFolder })));
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(results.flatMap(({ applied }) => applied)).toEqual(['20260101000000_first']);
  });

  it('takes semicolons inside a function for what they are', async () => {
    const sql = `
      CREATE FUNCTION greet() RETURNS text LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM 1; -- a comment; with one
        RETURN 'hello; world';
      END $$;`;
    const url = makeDatabaseUrl();
    await migrate('chat', url, { prismaFolder: await makePrismaFolder({ '20260101000000_first': sql }) });
    const { rows } = await withClient(url, (client) => client.query('SELECT greet()'));
    expect(rows).toEqual([{ greet: 'hello; world' }]);
  });

  it('names the migration that failed, and applies none after it until that is resolved', async () => {
    const prismaFolder = await makePrismaFolder({
      '20260101000000_broken': 'CREATE TABLE broken (id nonsense)',
      '20260102000000_after': 'CREATE TABLE after_it (id int)',
    });
    const url = makeDatabaseUrl();
    await expect(migrate('chat', url, { prismaFolder })).rejects.toThrow(/20260101000000_broken[\s\S]*nonsense/);
    await expect(migrate('chat', url, { prismaFolder })).rejects.toThrow(
      /failed migrations[\s\S]*20260101000000_broken/,
    );
    const { rows } = await withClient(url, (client) => client.query("SELECT to_regclass('after_it') AS found"));
    expect(rows).toEqual([{ found: null }]);
  });

  it('refuses a subgraph that has no database', async () => {
    const prismaFolder = await makePrismaFolder({});
    await expect(migrate('chta', makeDatabaseUrl(), { prismaFolder })).rejects.toThrow('There is no');
  });

  it('writes the migration that leads to schema.prisma, after which nothing is left to migrate', async () => {
    const prismaFolder = await makePrismaFolder({ '20260101000000_first': 'CREATE TABLE "Old" (id int)' });
    const path = await createMigration('chat', 'rooms', postgres.url, { prismaFolder });
    expect(path).toMatch(/chat\/migrations\/\d{14}_rooms\/migration\.sql$/);
    const sql = await readFile(path ?? '', 'utf8');
    expect(sql).toContain('DROP TABLE "Old"');
    expect(sql).toContain('ON DELETE CASCADE');
    expect(await diffMigrations('chat', postgres.url, { prismaFolder })).toBe('');
    expect(await createMigration('chat', 'again', postgres.url, { prismaFolder })).toBeUndefined();
    expect((await migrate('chat', makeDatabaseUrl(), { prismaFolder })).applied).toHaveLength(2);
  });

  it('leaves no shadow database behind', async () => {
    const { rows } = await withClient(new URL('/postgres', postgres.url).href, (client) =>
      client.query("SELECT datname FROM pg_database WHERE datname LIKE 'chorus_shadow%'"),
    );
    expect(rows).toEqual([]);
  });
});

describe('composeSupergraph', () => {
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
  const subgraph = (name: string, schema: string) => ({ name, routingUrl: `http://${name}/graphql`, schema });

  it('says with code, subgraph and line why subgraphs do not compose', async () => {
    const first = subgraph(
      'first',
      `${link}\ntype Query { user: User }\ntype User @key(fields: "id") { id: ID!\nage: Int }`,
    );
    const second = subgraph('second', `${link}\ntype User @key(fields: "id") { id: ID!\nage: String }`);
    await expect(composeSupergraph([first, second])).rejects.toThrow(
      /FIELD_TYPE_MISMATCH \(first:4, second:3\): .*"User\.age"/,
    );
  });

  it('says where a schema is not GraphQL', async () => {
    const broken = subgraph('broken', `${link}\ntype Query { user User }`);
    await expect(composeSupergraph([broken])).rejects.toThrow(/The schema of broken .*\n.*broken:2/);
  });

  it('names every mistake in the list of subgraphs', async () => {
    const path = join(await makeFolder(), 'supergraph.yaml');
    await writeFile(path, 'federation_version: =2.14.4\nsubgraphs:\n  chat:\n    routing_url: nowhere\n');
    await expect(readSubgraphEntries(path)).rejects.toThrow(/routing_url[\s\S]*schema/);
  });
});

describe('startEmbeddedPostgres', () => {
  /** Another stack, as a process of its own. */
  async function startStack(directory: string): Promise<{ process: ChildProcess; url: string; origin: string }> {
    const module = JSON.stringify(join(import.meta.dirname, '../../tools/embedded-postgres.ts'));
    const script = `
      import { startEmbeddedPostgres, throwawaySettings } from ${module};
      const { url, origin, stop } = await startEmbeddedPostgres({
        directory: ${JSON.stringify(directory)}, settings: throwawaySettings,
      });
      console.log(JSON.stringify({ url, origin }));
      process.once('SIGTERM', stop);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    cleanups.push(async () => child.kill('SIGKILL'));
    const exited = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the stack ended with ${code}`)));
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
    exited.catch(() => {});
    return { process: child, ...JSON.parse(line) };
  }

  async function startHere(directory: string): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ directory, settings: throwawaySettings });
    cleanups.push(postgres.stop);
    return postgres;
  }

  const findServer = (directory: string) => findPostmaster(join(directory, 'postgres'));

  const query = (url: string, sql: string) =>
    withClient(new URL('/postgres', url).href, async (client) => (await client.query(sql)).rows);

  it('takes over the server, and the data, of a stack that was killed', async () => {
    const directory = await makeFolder();
    const killed = await startStack(directory);
    await query(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    killed.process.kill('SIGKILL');
    await once(killed.process, 'exit');
    const next = await startHere(directory);
    expect(next.url).toBe(killed.url);
    expect(await query(next.url, 'TABLE kept')).toEqual([{ answer: 42 }]);
    await next.stop();
    expect(await findServer(directory)).toBeUndefined();
  });

  it('is shared by stacks on the same data, and stopped by the last of them', async () => {
    const directory = await makeFolder();
    const first = await startStack(directory);
    const second = await startHere(directory);
    expect([first.origin, second.origin]).toEqual(['started', 'shared']);
    first.process.kill('SIGTERM');
    await once(first.process, 'exit');
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(await findServer(directory)).toBeUndefined();
  });

  it('makes one cluster for stacks that begin together', async () => {
    const directory = await makeFolder();
    const stacks = await Promise.all([startStack(directory), startStack(directory), startHere(directory)]);
    expect(new Set(stacks.map(({ url }) => url)).size).toBe(1);
    for (const { process: child } of stacks.slice(0, 2) as { process: ChildProcess }[]) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

  it('keeps its lease when the server crashes and recovers', async () => {
    const directory = await makeFolder();
    const first = await startHere(directory);
    const [checkpointer] = await query(
      first.url,
      "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'",
    );
    process.kill(checkpointer.pid, 'SIGKILL');
    await expect
      .poll(() => query(first.url, 'SELECT 1 AS one').catch(() => []), { timeout: 10_000 })
      .toEqual([{ one: 1 }]);
    const leases = "SELECT count(*)::int AS leases FROM pg_locks WHERE locktype = 'advisory'";
    await expect.poll(() => query(first.url, leases), { timeout: 10_000 }).toEqual([{ leases: 1 }]);
    const second = await startStack(directory);
    expect(second.origin).toBe('shared');
    second.process.kill('SIGTERM');
    await once(second.process, 'exit');
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('leaves alone a process that has the number of its server by chance', async () => {
    const directory = await makeFolder();
    await (await startHere(directory)).stop();
    const stranger = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    cleanups.push(async () => stranger.kill('SIGKILL'));
    const pidFile = join(directory, 'postgres/postmaster.pid');
    await writeFile(pidFile, `${stranger.pid}\n${directory}/postgres\n1\n5432\n\n127.0.0.1\n1 1\nready\n`);
    const postgres = await startHere(directory);
    expect(postgres.origin).toBe('started');
    await postgres.stop();
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  it('starts a server of its own on a copy of data whose server runs', async () => {
    const directory = await makeFolder();
    const original = await startHere(directory);
    const copy = await makeFolder();
    // PostgreSQL removes files of its own at any moment, of which a copy that meets that complains.
    await eventually(() => cp(directory, copy, { recursive: true }));
    const copied = await startHere(copy);
    expect(copied.port).not.toBe(original.port);
    await copied.stop();
    expect(await query(original.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('lets nobody in without the password', async () => {
    const postgres = await startHere(await makeFolder());
    const url = new URL(postgres.url);
    url.password = 'guess';
    url.pathname = '/postgres';
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow('password authentication failed');
  });
});
