import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationList, SchemasContainer } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { repositoryPath, ToolError } from './command-line.ts';

/** Prisma wants to see which kind of database the migrations are for; ours are never for another. */
const lockfileName = 'migration_lock.toml';
const lockfileContent = 'provider = "postgresql"\n';

export async function readSchema(path: string): Promise<SchemasContainer> {
  if (!existsSync(path)) throw new ToolError(`There is no ${repositoryPath(path)}.`);
  return { files: [{ path, content: await readFile(path, 'utf8') }] };
}

/** Reads the folders the way the engine wants them: a folder without a readable script is an error that it reports. */
export async function readMigrations(folder: string): Promise<MigrationList> {
  const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: folder,
    lockfile: { path: lockfileName, content: lockfileContent },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: await readScript(join(folder, name, 'migration.sql')) },
      })),
    ),
  };
}

async function readScript(path: string): Promise<{ tag: 'ok'; value: string } | { tag: 'error'; value: string }> {
  try {
    return { tag: 'ok', value: await readFile(path, 'utf8') };
  } catch (error) {
    return { tag: 'error', value: (error as Error).message };
  }
}

/**
 * Writes `<timestamp>_<name>/migration.sql` into the folder of migrations.
 * @returns its path.
 */
export async function writeMigrationFile(migrationsFolder: string, name: string, sql: string): Promise<string> {
  const folder = join(migrationsFolder, `${formatTimestamp(new Date())}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  await writeFile(join(migrationsFolder, lockfileName), lockfileContent);
  return join(folder, 'migration.sql');
}

/** `20260131235959`, in UTC: the form of Prisma's own migration folders. */
function formatTimestamp(time: Date): string {
  return time.toISOString().replace(/\D/g, '').slice(0, 14);
}
