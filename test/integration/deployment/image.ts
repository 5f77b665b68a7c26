import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { repositoryRoot } from '../../../tools/command-line.ts';

/** One stage of the Dockerfile. */
interface Stage {
  base: string;
  instructions: { name: string; text: string }[];
}

export const stages = parseDockerfile(readFileSync(join(repositoryRoot, 'Dockerfile'), 'utf8'));
const ignoreRules = readFileSync(join(repositoryRoot, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** What an instruction of the last stage says; the last one counts. */
export function findInstruction(name: string): string | undefined {
  return stages.at(-1)?.instructions.findLast((instruction) => instruction.name === name)?.text;
}

/** The paths that the last stage takes from the sources, seen from the repository's root. */
export function listCopiedPaths(): string[] {
  const workingDirectory = findInstruction('WORKDIR') ?? '/';
  return listCopies()
    .filter((path) => !path.endsWith('node_modules'))
    .map((path) => posix.relative(workingDirectory, posix.resolve(workingDirectory, path)));
}

/** Whether the image holds a file of the repository, generated ones included. */
export function isInImage(path: string): boolean {
  const isCopied = listCopiedPaths().some((copied) => path === copied || path.startsWith(`${copied}/`));
  return isCopied && (isGenerated(path) || isInBuildContext(path));
}

/** Whether the build sees a file: of the rules of .dockerignore that match it or a folder above it, the last one decides. */
export function isInBuildContext(path: string): boolean {
  const rule = ignoreRules.findLast((each) => matches(each.replace(/^!/, ''), path));
  return rule === undefined || rule.startsWith('!');
}

/** The database clients are made while the image is built. */
function isGenerated(path: string): boolean {
  return /^prisma\/[^/]+\/client\//.test(path);
}

function listCopies(): string[] {
  const copies = stages.at(-1)?.instructions.filter(({ name }) => name === 'COPY') ?? [];
  return copies.flatMap(({ text }) =>
    text
      .split(/\s+/)
      .filter((word) => !word.startsWith('--'))
      .slice(0, -1),
  );
}

function matches(rule: string, path: string): boolean {
  const pattern = rule
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '(.*/)?')
    .replace(/(?<![.)])\*/g, '[^/]*');
  return new RegExp(`^${pattern}(/.*)?$`).test(path);
}

function parseDockerfile(source: string): Stage[] {
  const lines = source
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n');
  const parsed: Stage[] = [];
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const [, name = '', text = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') parsed.push({ base: text.split(' ')[0] ?? '', instructions: [] });
    else parsed.at(-1)?.instructions.push({ name, text });
  }
  return parsed;
}
