import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import { repositoryPath, repositoryRoot } from './command-line.ts';

const sourceFolders = ['bench', 'deploy', 'platform', 'router', 'subgraphs', 'test', 'tools', 'web'];
const sourceExtensions = /\.(ts|mjs|js|css|html)$/;
const generatedFiles = /\.types\.ts$/;
const maximumLines = 400;

/** What must not stay in a source. Written so that it does not find itself. */
const leftovers: readonly [RegExp, string][] = [
  [/\b[T]ODO\b|\b[F]IXME\b|\b[X]XX\b/, 'an unfinished thing'],
  // A suite that this machine cannot run is skipped with its reason in the title, which is then no plain string.
  [
    /\b(describe|suite|it|test|bench)\.(only\(|todo\(|skip\(['"])/,
    'a test switched off, or one that switches off the others',
  ],
  [/^\s*[d]ebugger\b/, 'a breakpoint'],
];

/** Which other folders the sources of a folder may import. What is not listed may import everything. */
const allowedFolders: Record<string, readonly string[]> = {
  platform: [],
  router: ['platform'],
  subgraphs: ['platform', 'prisma'],
};

/** The layers of a subgraph, from top to bottom: a file may import those below its own. Other files belong to none. */
const layers = [['main.ts'], ['server.ts'], ['resolvers.ts'], ['service.ts'], ['policy.ts', 'repository.ts']];

/** The database client, which is generated, and the packages it runs on; and the one file of a subgraph that may know them. */
const databaseClient = /^@?prisma\//;
const databaseFile = 'repository.ts';

/** Where the environment may be read: settings are parsed once, when a process starts, and handed on from there. */
const environmentReaders = /^(tools|test)\/|\/(env|main)\.ts$|^platform\/process\.ts$|^vitest\.config\.ts$/;
const environmentUse =
  /\bprocess\??\.env\b|\bprocess(\?\.)?\[['"]env['"]\]|\benv\b[^;]*\}\s*(=|from)\s*'?(node:)?process\b/;

/** Lines that may use it all the same, without the white space around them. */
const environmentExemptions: readonly { path: string; line: string }[] = [
  // It reads nothing, it sets: Apollo's gateway takes this switch from the environment and from nowhere else.
  { path: 'router/gateway.ts', line: "process.env['APOLLO_TELEMETRY_DISABLED'] ??= 'true';" },
];

export interface Source {
  /** Seen from the repository's root. */
  path: string;
  content: string;
}

/** Reads every hand-written source. */
export async function readSources(): Promise<Source[]> {
  const folders = await Promise.all(sourceFolders.map((folder) => listFiles(join(repositoryRoot, folder))));
  const paths = folders.flat().filter((path) => sourceExtensions.test(path) && !generatedFiles.test(path));
  return Promise.all(
    paths.map(async (path) => ({ path: repositoryPath(path), content: await readFile(path, 'utf8') })),
  );
}

/** @returns a line for each leftover, each use of the environment out of place, and each file that has grown too long. */
export function findUntidiness({ path, content }: Source): string[] {
  const lines = content.split('\n');
  const found = lines.flatMap((line, index) => {
    const untidy = leftovers.filter(([pattern]) => pattern.test(line)).map(([, what]) => what);
    if (usesEnvironment(path, line)) untidy.push('a use of process.env, which belongs in an env.ts');
    return untidy.map((what) => `${path}:${index + 1} has ${what}`);
  });
  if (lines.length > maximumLines)
    found.push(`${path} has ${lines.length} lines; past ${maximumLines} it wants to be split`);
  return found;
}

function usesEnvironment(path: string, line: string): boolean {
  if (environmentReaders.test(path) || !environmentUse.test(line)) return false;
  return !environmentExemptions.some((each) => each.path === path && each.line === line.trim());
}

/** @returns a line for each import that goes against the directions of docs/ARCHITECTURE.md. */
export function findForbiddenImports({ path, content }: Source): string[] {
  if (path.endsWith('.test.ts')) return [];
  return findImports({ path, content }).flatMap((target) => {
    const reason = whyForbidden(path, target);
    return reason ? [`${path} imports ${target}: ${reason}`] : [];
  });
}

function whyForbidden(importer: string, target: string): string | undefined {
  const [fromFolder = '', fromSubgraph] = importer.split('/');
  if (fromFolder === 'subgraphs' && databaseClient.test(target) && basename(importer) !== databaseFile) {
    return `of a subgraph only ${databaseFile} knows the database client`;
  }
  if (target.startsWith('@')) return undefined;
  const [toFolder = '', toSubgraph] = target.split('/');
  const allowed = allowedFolders[fromFolder];
  if (allowed && toFolder !== fromFolder && !allowed.includes(toFolder)) {
    return `${fromFolder}/ imports ${allowed.length > 0 ? `only ${allowed.join(' and ')}` : 'no other folder'}`;
  }
  if (fromFolder !== 'subgraphs') return undefined;
  if (toFolder !== 'platform' && toSubgraph !== fromSubgraph) return 'a subgraph never touches another';
  const from = layers.findIndex((layer) => layer.includes(basename(importer)));
  const to = layers.findIndex((layer) => layer.includes(basename(target)));
  // A subgraph that is split by concept puts its concepts together in the files above them, each from its like.
  const isOfConcept = from === to && dirname(target).startsWith(`${dirname(importer)}/`);
  if (toFolder === 'subgraphs' && from >= 0 && to >= 0 && to <= from && !isOfConcept) {
    return 'imports run main -> server -> resolvers -> service -> policy, repository';
  }
  return undefined;
}

/** The files that a source imports, seen from the repository's root, and the packages with a scope, such as `@prisma/client`. */
function findImports({ path, content }: Source): string[] {
  const imports = content.matchAll(/\b(?:from|import)\s*\(?\s*'((?:\.{1,2}\/|@)[^']+)'/g);
  return [...imports].map(([, specifier = '']) =>
    specifier.startsWith('@') ? specifier : normalize(join(dirname(path), specifier)),
  );
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));
}
