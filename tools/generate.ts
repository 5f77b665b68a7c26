import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatElapsed, isMain, repositoryPath, repositoryRoot, runCommand } from './command-line.ts';
import { generatePrismaClient, isPrismaClientCurrent } from './prisma-client.ts';
import { listDatabaseSubgraphs, prismaPaths } from './prisma-paths.ts';
import {
  composeSupergraph,
  readSubgraphEntries,
  readSubgraphSchemas,
  type SubgraphSchema,
  supergraphPath,
} from './supergraph.ts';

/** A generated file that is committed: the resolver types of each subgraph, and the supergraph. */
interface CommittedFile {
  path: string;
  /** Everything it is made from. */
  inputs: string[];
  produce(): Promise<string>;
}

export interface GenerateOptions {
  /** Generates what is up to date, too. */
  force?: boolean;
  /** Told what was generated, in lines for a person at a terminal. */
  onProgress?: (line: string) => void;
}

/** Remembers which committed file was made from what. Losing it costs a regeneration and nothing else. */
const stampsPath = join(repositoryRoot, 'node_modules/.cache/chorus/generated.json');

/**
 * Brings everything generated up to date: database clients, resolver types, the supergraph. What was made from the same
 * inputs is left alone, unless `force` is set.
 * @returns what was written, as paths in the repository.
 */
export async function generate(options: GenerateOptions = {}): Promise<string[]> {
  const written = await Promise.all([generateClients(options), generateCommittedFiles(options)]);
  return written.flat();
}

/**
 * Generates the database clients alone: they are not committed, so everything that checks or runs the sources needs them first.
 * @returns what was written, as paths in the repository.
 */
export async function generateClients(options: GenerateOptions = {}): Promise<string[]> {
  const generator = await readGenerator();
  const written = (await listDatabaseSubgraphs()).map(async (subgraph) => {
    const startedAt = performance.now();
    const paths = prismaPaths(subgraph);
    const schema = await readFile(paths.schema, 'utf8');
    const fingerprint = hash([generator, schema]);
    if (!options.force && (await isPrismaClientCurrent(subgraph, fingerprint))) return [];
    await generatePrismaClient(subgraph, fingerprint);
    return [report(options, paths.client, startedAt)];
  });
  return (await Promise.all(written)).flat();
}

/**
 * Makes every committed generated file again, in memory.
 * @returns the paths of those that differ from what is there.
 */
export async function checkGenerated(): Promise<string[]> {
  const different: string[] = [];
  for (const file of await listCommittedFiles()) {
    if ((await file.produce()) !== (await readIfPresent(file.path))) different.push(repositoryPath(file.path));
  }
  return different;
}

async function generateCommittedFiles(options: GenerateOptions): Promise<string[]> {
  const generator = await readGenerator();
  const stamps: Record<string, string> = JSON.parse((await readIfPresent(stampsPath)) ?? '{}');
  const written: string[] = [];
  for (const file of await listCommittedFiles()) {
    const startedAt = performance.now();
    const name = repositoryPath(file.path);
    const stampOf = (content: string) => hash([generator, ...file.inputs, content]);
    const current = await readIfPresent(file.path);
    if (!options.force && current !== undefined && stamps[name] === stampOf(current)) continue;
    const content = await file.produce();
    stamps[name] = stampOf(content);
    if (content === current && !options.force) continue;
    await writeAtomically(file.path, content);
    written.push(report(options, file.path, startedAt));
  }
  await writeAtomically(stampsPath, JSON.stringify(stamps, undefined, 2));
  return written;
}

/** A subgraph without a schema yet is left out. */
async function listCommittedFiles(): Promise<CommittedFile[]> {
  const entries = await readSubgraphEntries();
  const subgraphs = await readSubgraphSchemas(entries);
  const types = subgraphs.map(({ name, schema }) => ({
    path: join(repositoryRoot, 'subgraphs', name, 'schema.types.ts'),
    inputs: [schema],
    produce: async () => {
      const { generateResolverTypes } = await import('./resolver-types.ts');
      return generateResolverTypes(name, schema);
    },
  }));
  return subgraphs.length > 0 ? [...types, supergraphFile(subgraphs)] : types;
}

function supergraphFile(subgraphs: readonly SubgraphSchema[]): CommittedFile {
  return {
    path: supergraphPath,
    inputs: subgraphs.flatMap(({ name, routingUrl, schema }) => [name, routingUrl, schema]),
    produce: () => composeSupergraph(subgraphs),
  };
}

/** What makes the files: these tools and the libraries that the lock file names. */
async function readGenerator(): Promise<string> {
  const sources = ['generate.ts', 'resolver-types.ts', 'prisma-client.ts', 'supergraph.ts'];
  const paths = [...sources.map((name) => join(import.meta.dirname, name)), join(repositoryRoot, 'package-lock.json')];
  return hash(await Promise.all(paths.map((path) => readFile(path, 'utf8'))));
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function readIfPresent(path: string): Promise<string | undefined> {
  return existsSync(path) ? readFile(path, 'utf8') : undefined;
}

/** Another process may read or write the same file at the same time: each sees a whole one. */
async function writeAtomically(path: string, content: string): Promise<void> {
  const scratch = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(scratch, content);
  await rename(scratch, path);
}

function report({ onProgress }: GenerateOptions, path: string, startedAt: number): string {
  onProgress?.(`generated ${repositoryPath(path)} (${formatElapsed(startedAt)})`);
  return repositoryPath(path);
}

if (isMain(import.meta)) {
  await runCommand(async () => {
    await generate({ force: process.argv.includes('--force'), onProgress: console.log });
    return true;
  });
}
