import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { repositoryRoot } from './command-line.ts';

/**
 * Compares `.env.example` with the settings that there are: the keys of `settingsSchema` in each `env.ts`, and the variables of
 * `docker-compose.yml`. It lists each of them, as `NAME=value` or commented out as `# NAME=value`, and nothing else.
 * @returns a line for each difference.
 */
export async function findSettingDifferences(): Promise<string[]> {
  const settings = await readSettings();
  const examplePath = join(repositoryRoot, '.env.example');
  if (!existsSync(examplePath)) return ['.env.example is missing'];
  const example = await readFile(examplePath, 'utf8');
  const listed = new Set([...example.matchAll(/^(?:# ?)?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name));
  const missing = [...settings].filter(([name]) => !listed.has(name));
  // A secret may come from a file, which a setting of the same name with _FILE names.
  const unknown = [...listed].filter((name) => !settings.has(name) && !settings.has(name.replace(/_FILE$/, '')));
  return [
    ...missing.map(([name, path]) => `.env.example does not list ${name} of ${path}`),
    ...unknown.map((name) => `.env.example lists ${name}, which no process reads`),
  ];
}

/** Every setting, with the first file that has it. */
async function readSettings(): Promise<Map<string, string>> {
  const settings = new Map<string, string>();
  for (const path of globSync('{router,tools,subgraphs/*}/env.ts', { cwd: repositoryRoot }).sort()) {
    const module: { settingsSchema?: z.ZodObject } = await import(pathToFileURL(join(repositoryRoot, path)).href);
    if (!module.settingsSchema) throw new Error(`${path} exports no settingsSchema`);
    for (const name of Object.keys(module.settingsSchema.shape)) {
      if (!settings.has(name)) settings.set(name, path);
    }
  }
  const compose = await readFile(join(repositoryRoot, 'docker-compose.yml'), 'utf8');
  for (const [, name = ''] of compose.matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)) {
    if (!settings.has(name)) settings.set(name, 'docker-compose.yml');
  }
  return settings;
}
