import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { dropDatabase, subgraphDatabaseUrl } from '../tools/databases.ts';
import { startEmbeddedPostgres, throwawaySettings } from '../tools/embedded-postgres.ts';
import { migrate } from '../tools/migrate.ts';
import { subgraphNames } from '../tools/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Names the PostgreSQL server of this run and the migrated databases that each test file copies. */
    templateUrl: string;
    /** How new databases are best copied from the migrated ones: an option of CREATE DATABASE, or nothing. */
    copyStrategy: string;
    /** NODE_COMPILE_CACHE for the programs that tests start. */
    compileCache: string;
  }
}

/**
 * Once for the whole run: a PostgreSQL (DATABASE_URL, or an embedded one on a directory of its own) and in it a migrated
 * database for each subgraph, which test files copy in milliseconds; and a place where the programs that tests start find what
 * Node has compiled for others, which halves the time that they take to start.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const compiled = await mkdtemp(join(tmpdir(), 'chorus-compiled-'));
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/chorus_template_${randomBytes(4).toString('hex')}`;
  const databases = subgraphNames.map((name) => subgraphDatabaseUrl(templateUrl.href, name));
  await Promise.all(subgraphNames.map((name) => migrate(name, subgraphDatabaseUrl(templateUrl.href, name))));
  project.provide('templateUrl', templateUrl.href);
  project.provide('copyStrategy', server.copyStrategy);
  project.provide('compileCache', compiled);
  return async () => {
    await Promise.all(databases.map(dropDatabase));
    await server.stop();
    await rm(compiled, { recursive: true, force: true, maxRetries: 10 });
  };
}

async function openServer(): Promise<{ url: string; copyStrategy: string; stop(): Promise<void> }> {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given, copyStrategy: '', stop: async () => {} };
  const directory = await mkdtemp(join(tmpdir(), 'chorus-test-'));
  const postgres = await startEmbeddedPostgres({ directory, settings: throwawaySettings });
  return {
    url: postgres.url,
    // Half the work; but it begins and ends with a checkpoint, and those cost nothing only where nothing is written safely.
    copyStrategy: 'STRATEGY FILE_COPY',
    async stop() {
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
