import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { repositoryRoot } from '../../../tools/command-line.ts';

/** What a program needs of the image when it runs. */
export interface Needs {
  /** Modules, and files that are read beside them, seen from the repository's root. */
  files: Set<string>;
  /** npm packages, each with a module that imports it. */
  packages: Map<string, string>;
}

/** Types are erased before a module runs, so `import type` brings nothing in. */
const importPatterns = [
  /^\s*(?:import|export)\s+(?!type\b)(?:[^;'"]*?\bfrom\s+)?['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
  /\bnew URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g,
];

/** Follows the imports of a module, and of all that it imports. */
export function findNeeds(entry: string): Needs {
  const needs: Needs = { files: new Set(), packages: new Map() };
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (needs.files.has(path)) continue;
    needs.files.add(path);
    if (!/\.[cm]?[jt]s$/.test(path)) continue;
    for (const specifier of listImports(path)) {
      if (specifier.startsWith('.')) waiting.push(normalize(join(dirname(path), specifier)));
      else if (!specifier.startsWith('node:')) needs.packages.set(packageOf(specifier), path);
    }
  }
  return needs;
}

function listImports(path: string): string[] {
  const source = readFileSync(join(repositoryRoot, path), 'utf8');
  return importPatterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, specifier = '']) => specifier));
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
