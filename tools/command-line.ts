import { realpathSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { SettingsError } from '../platform/settings.ts';

/** The folder of the repository. Tools work on it, wherever they are called from. */
export const repositoryRoot = dirname(import.meta.dirname);

/**
 * Whether this module is the program that Node was asked to run, rather than imported by another.
 * Node's own `import.meta.main` came with 24.2; the packaged Node of one platform is older, and there it is silently undefined.
 */
export function isMain(module: ImportMeta): boolean {
  const program = process.argv[1];
  return program !== undefined && realpathSync(program) === module.filename;
}

/**
 * Runs a command, prints why it failed without a stack when the failure explains itself, and sets the exit code.
 * @param command resolves to whether all is well.
 */
export async function runCommand(command: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await command()) ? 0 : 1;
  } catch (error) {
    console.error(explainsItself(error) ? error.message : error);
    process.exitCode = 1;
  }
}

function explainsItself(error: unknown): error is Error {
  if (error instanceof ToolError || error instanceof SettingsError) return true;
  // A mistake on the command line.
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

/** A failure whose message says all that the person at the terminal needs. */
export class ToolError extends Error {
  override name = 'ToolError';
}

/** A path as a person at the repository's root would write it. */
export function repositoryPath(path: string): string {
  return relative(repositoryRoot, path) || '.';
}

/** Elapsed time for progress lines: `0.4 s`. */
export function formatElapsed(startedAtMilliseconds: number): string {
  return `${((performance.now() - startedAtMilliseconds) / 1000).toFixed(1)} s`;
}
