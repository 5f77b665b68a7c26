import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMain, repositoryPath, runCommand, ToolError } from './command-line.ts';
import { createDatabaseIfMissing, maintenanceDatabaseUrl, subgraphDatabaseUrl, withClient } from './databases.ts';
import { startEmbeddedPostgres, withThrowawayPostgres } from './embedded-postgres.ts';
import { readToolSettings } from './env.ts';
import { readMigrations, readSchema, writeMigrationFile } from './migration-files.ts';
import { listDatabaseSubgraphs, prismaPaths } from './prisma-paths.ts';
import { withSchemaEngine } from './schema-engine.ts';

/** Any two numbers that nobody else uses as an advisory lock of these databases; the second means "migrating". */
const migrationLock = [0x63686f72, 1] as const;

const noFilters = { externalTables: [], externalEnums: [] };

export interface MigrateResult {
  /** Whether the database was missing and has been created. */
  created: boolean;
  /** The names of the migrations that this call applied, oldest first. */
  applied: string[];
}

export interface MigrateOptions {
  /** The folder that holds `<subgraph>/migrations`. Default: the repository's `prisma`. */
  prismaFolder?: string | undefined;
}

/**
 * Creates the subgraph's database if it is missing and applies the migrations that it lacks, keeping the ordinary
 * `_prisma_migrations` table: this and `prisma migrate deploy` may take turns. Any number of processes may call it at
 * once; one works, the others wait for it and find nothing left to do.
 * @param databaseUrl the subgraph's own database.
 * @throws ToolError when a migration fails or an earlier one failed; nothing after it is applied.
 */
export async function migrate(
  subgraph: string,
  databaseUrl: string,
  options: MigrateOptions = {},
): Promise<MigrateResult> {
  const paths = prismaPaths(subgraph, options.prismaFolder);
  if (!existsSync(paths.schema)) throw new ToolError(`There is no ${repositoryPath(paths.schema)}.`);
  const migrations = await readMigrations(paths.migrations);
  const created = await createDatabaseIfMissing(databaseUrl);
  const applied = await withClient(databaseUrl, async (client) => {
    // Held by this session: it is released when the connection closes, even by a kill.
    await client.query('SELECT pg_advisory_lock($1, $2)', [...migrationLock]);
    return withSchemaEngine(databaseUrl, async (engine) => {
      const result = await engine
        .applyMigrations({ migrationsList: migrations, filters: noFilters })
        .catch((error: Error) => {
          throw new ToolError(`Migrating ${subgraph} failed${describeFailure(error)}`);
        });
      return result.appliedMigrationNames;
    });
  });
  return { created, applied };
}

/**
 * The SQL that leads from the subgraph's migrations to its `schema.prisma`; empty when they agree.
 * @param serverUrl a PostgreSQL on which a temporary database may be created.
 */
export async function diffMigrations(
  subgraph: string,
  serverUrl: string,
  options: MigrateOptions = {},
): Promise<string> {
  const paths = prismaPaths(subgraph, options.prismaFolder);
  const migrationsList = await readMigrations(paths.migrations);
  const schema = await readSchema(paths.schema);
  const result = await withSchemaEngine(maintenanceDatabaseUrl(serverUrl), (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrationsList },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: noFilters,
    }),
  ).catch((error: Error) => {
    throw new ToolError(`Comparing the migrations of ${subgraph} with its schema failed${describeFailure(error)}`);
  });
  const sql = result.stdout?.trim() ?? '';
  return sql === '-- This is an empty migration.' ? '' : `${sql}\n`;
}

/**
 * Writes the migration that leads from the existing ones to `schema.prisma`.
 * @returns the path of the new file, or nothing when there is nothing to migrate.
 */
export async function createMigration(
  subgraph: string,
  name: string,
  serverUrl: string,
  options: MigrateOptions = {},
): Promise<string | undefined> {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) {
    throw new ToolError(`A migration's name is lower case words with underscores, like add_room_topic; not "${name}".`);
  }
  const sql = await diffMigrations(subgraph, serverUrl, options);
  if (!sql) return undefined;
  return writeMigrationFile(prismaPaths(subgraph, options.prismaFolder).migrations, name, sql);
}

/** What PostgreSQL said, and at which migration; the engine wraps that in a trace of its own functions. */
function describeFailure({ message }: Error): string {
  const [reason = message] = message.split(/\n +0: /);
  const [, migration] = /migration_name="([^"]+)"/.exec(message) ?? [];
  return `${migration ? ` at ${migration}` : ''}: ${reason.replace(/^external connector error\n/, '')}`;
}

const usage = `node tools/migrate.ts [subgraph...]              creates and migrates the databases of these subgraphs, or of all
node tools/migrate.ts --own-database <subgraph>  the same for one, with DATABASE_URL naming its own database
node tools/migrate.ts --create <subgraph> <name> writes a migration from what schema.prisma says and no migration does
node tools/migrate.ts --check                    says whether schema.prisma and the migrations agree

DATABASE_URL names the server and the base name of the databases: with .../chorus, the subgraph chat has chorus_chat.
Without it an embedded PostgreSQL is used.`;

async function runMigrateCommand(commandLine: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: commandLine,
    allowPositionals: true,
    options: {
      check: { type: 'boolean' },
      create: { type: 'boolean' },
      help: { type: 'boolean' },
      'own-database': { type: 'boolean' },
    },
  });
  const [subgraph, name] = positionals;
  if (values.check) return checkMigrations();
  if (values.create && subgraph && name) return writeMigration(subgraph, name);
  if (values.create || values.help || (values['own-database'] && positionals.length !== 1)) {
    console.log(usage);
    return values.help === true;
  }
  return migrateAll(positionals, values['own-database'] === true);
}

async function migrateAll(named: string[], isOwnDatabase: boolean): Promise<boolean> {
  const subgraphs = named.length > 0 ? named : await listDatabaseSubgraphs();
  await withServer(async (url) => {
    for (const subgraph of subgraphs) {
      const { created, applied } = await migrate(subgraph, isOwnDatabase ? url : subgraphDatabaseUrl(url, subgraph));
      const news = [...(created ? ['created'] : []), ...applied.map((migration) => `applied ${migration}`)];
      console.log(`${subgraph}: ${news.join(', ') || 'up to date'}`);
    }
  });
  return true;
}

async function writeMigration(subgraph: string, name: string): Promise<boolean> {
  const path = await withScratchServer((url) => createMigration(subgraph, name, url));
  console.log(path ? `wrote ${repositoryPath(path)}: read it before you commit it` : 'there is nothing to migrate');
  return path !== undefined;
}

/** @returns for each subgraph whose migrations do not lead to its `schema.prisma`, what is missing. */
export async function listMigrationDifferences(): Promise<string[]> {
  const subgraphs = await listDatabaseSubgraphs();
  return withScratchServer(async (url) => {
    const differences = subgraphs.map(async (subgraph) => {
      const sql = await diffMigrations(subgraph, url);
      return sql ? [`${subgraph}: no migration does this, which schema.prisma says:\n${sql}`] : [];
    });
    return (await Promise.all(differences)).flat();
  });
}

async function checkMigrations(): Promise<boolean> {
  const differences = await listMigrationDifferences();
  console.log(differences.join('\n') || 'every schema.prisma agrees with its migrations');
  return differences.length === 0;
}

/** Runs `work` with the server that DATABASE_URL names, or else with the embedded one of the data directory. */
export async function withServer<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL, DATA_DIR } = readToolSettings();
  if (DATABASE_URL) return work(DATABASE_URL);
  const postgres = await startEmbeddedPostgres({ directory: DATA_DIR, onProgress: console.log });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}

/** For work that leaves nothing behind. */
function withScratchServer<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL } = readToolSettings();
  return DATABASE_URL ? work(DATABASE_URL) : withThrowawayPostgres(work);
}

if (isMain(import.meta)) await runCommand(() => runMigrateCommand(process.argv.slice(2)));
