import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot, ToolError } from './command-line.ts';
import { defaultPrismaFolder, prismaPaths } from './prisma-paths.ts';

/** Inside the generated folder, so that a client and the knowledge of what it was made from arrive in one rename. */
const fingerprintFile = '.fingerprint';

/** Whether the client that is there was made from what `fingerprint` stands for. */
export async function isPrismaClientCurrent(subgraph: string, fingerprint: string): Promise<boolean> {
  const path = join(prismaPaths(subgraph).client, fingerprintFile);
  return existsSync(path) && (await readFile(path, 'utf8')) === fingerprint;
}

/**
 * Generates the database client from `prisma/<subgraph>/schema.prisma`. It is made in a folder of this process's own and
 * then renamed, so that two commands at once never see a half-written client.
 */
export async function generatePrismaClient(subgraph: string, fingerprint: string): Promise<void> {
  // Two levels of `client`, so that the ignore rule `prisma/*/client/` also covers what a kill leaves behind.
  const scratch = join(defaultPrismaFolder, `.${subgraph}-${process.pid}`);
  const paths = prismaPaths(subgraph);
  const schemaPath = join(scratch, 'client', 'schema.prisma');
  try {
    await mkdir(dirname(schemaPath), { recursive: true });
    await copyFile(paths.schema, schemaPath);
    await runPrismaGenerate(subgraph, schemaPath);
    const generated = join(scratch, 'client', 'client');
    await writeFile(join(generated, fingerprintFile), fingerprint);
    if (await isPrismaClientCurrent(subgraph, fingerprint)) return;
    await rm(paths.client, { recursive: true, force: true });
    await rename(generated, paths.client).catch(async (error) => {
      // Another process finished between the removal and the renaming, with the same client.
      if (!(await isPrismaClientCurrent(subgraph, fingerprint))) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runPrismaGenerate(subgraph: string, schemaPath: string): Promise<void> {
  const packagePath = createRequire(import.meta.url).resolve('prisma/package.json');
  const command = join(dirname(packagePath), 'build/index.js');
  try {
    await promisify(execFile)(process.execPath, [command, 'generate', '--no-hints', '--schema', schemaPath], {
      cwd: repositoryRoot,
      env: {
        ...process.env,
        // Generating needs no schema engine, but without a path to one the command tries to download it.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        // No question to Prisma's update server.
        CHECKPOINT_DISABLE: '1',
      },
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new ToolError(`Generating the database client of ${subgraph} failed:\n${stdout}${stderr}`.trim());
  }
}
