import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findUndescribed } from './check-schema.ts';
import { findSettingDifferences } from './check-settings.ts';
import { findForbiddenImports, findUntidiness, readSources } from './check-sources.ts';
import { formatElapsed, isMain, repositoryRoot, runCommand } from './command-line.ts';
import { checkGenerated, generateClients } from './generate.ts';
import { listMigrationDifferences } from './migrate.ts';
import { readSubgraphEntries, readSubgraphSchemas } from './supergraph.ts';

interface Check {
  title: string;
  /** @returns what is wrong, in lines for a person; nothing when all is well. */
  run(): Promise<string[]>;
}

const checks: Check[] = [
  { title: 'types (tsc)', run: () => runProgram('tsc', ['--project', '.']) },
  { title: 'lint and format (biome)', run: () => runProgram('biome', ['check', '--error-on-warnings', '.']) },
  {
    title: 'generated files',
    run: async () => (await checkGenerated()).map((path) => `${path} is not what \`npm run generate\` makes`),
  },
  { title: 'migrations and schema.prisma agree', run: listMigrationDifferences },
  {
    title: 'every part of the graph is described',
    run: async () => findUndescribed(await readSubgraphSchemas(await readSubgraphEntries())),
  },
  { title: '.env.example lists every setting', run: findSettingDifferences },
  { title: 'imports run the right way', run: async () => (await readSources()).flatMap(findForbiddenImports) },
  { title: 'sources are tidy', run: async () => (await readSources()).flatMap(findUntidiness) },
];

async function runProgram(name: string, args: string[]): Promise<string[]> {
  try {
    await promisify(execFile)(join(repositoryRoot, 'node_modules/.bin', name), args, {
      cwd: repositoryRoot,
      maxBuffer: 64 * 1024 * 1024,
    });
    return [];
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    return [`${stdout}${stderr}`.trim() || message];
  }
}

/** Runs every check at once and prints a line for each, with all that is wrong below those that fail. */
async function runChecks(): Promise<boolean> {
  // Types are checked against the database clients, which are generated and not committed.
  await generateClients();
  const passed = checks.map(async ({ title, run }) => {
    const startedAt = performance.now();
    const problems = await run().catch((error: Error) => [error.stack ?? error.message]);
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title} (${formatElapsed(startedAt)})`);
    for (const problem of problems) console.log(problem.replace(/^/gm, '     '));
    return problems.length === 0;
  });
  return (await Promise.all(passed)).every(Boolean);
}

if (isMain(import.meta)) await runCommand(runChecks);
