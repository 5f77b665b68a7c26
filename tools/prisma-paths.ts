import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from './command-line.ts';

/** The folder with one folder for each subgraph that has a database. */
export const defaultPrismaFolder = join(repositoryRoot, 'prisma');

/** Where the files of one subgraph's database are. */
export function prismaPaths(subgraph: string, prismaFolder = defaultPrismaFolder) {
  return {
    schema: join(prismaFolder, subgraph, 'schema.prisma'),
    migrations: join(prismaFolder, subgraph, 'migrations'),
    /** Generated, not committed. */
    client: join(prismaFolder, subgraph, 'client'),
  };
}

/** The subgraphs that have a database: the folders with a `schema.prisma` in them. */
export async function listDatabaseSubgraphs(prismaFolder = defaultPrismaFolder): Promise<string[]> {
  if (!existsSync(prismaFolder)) return [];
  const names = await readdir(prismaFolder);
  return names.filter((name) => existsSync(prismaPaths(name, prismaFolder).schema)).sort();
}
