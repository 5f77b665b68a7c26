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
  }
}

/**
 * Once for the whole run: a PostgreSQL (DATABASE_URL, or an embedded one on a directory of its own) and in it a migrated
 * database for each subgraph, which test files copy in milliseconds.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/chorus_template_${randomBytes(4).toString('hex')}`;
  const databases = subgraphNames.map((name) => subgraphDatabaseUrl(templateUrl.href, name));
  await Promise.all(subgraphNames.map((name) => migrate(name, subgraphDatabaseUrl(templateUrl.href, name))));
  project.provide('templateUrl', templateUrl.href);
  return async () => {
    await Promise.all(databases.map(dropDatabase));
    await server.stop();
  };
}

async function openServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given, stop: async () => {} };
  const directory = await mkdtemp(join(tmpdir(), 'chorus-test-'));
  const postgres = await startEmbeddedPostgres({ directory, settings: throwawaySettings });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
