import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryPath, repositoryRoot } from '../tools/command-line.ts';

/** Rows of text as a Markdown table, whose columns line up in a terminal as well. The first row is the head. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  // The first column is a name, the others are numbers.
  const pad = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  const line = (cells: readonly string[]) => `| ${cells.map(pad).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [head = [], ...body] = rows;
  return [line(head), `| ${rule.join(' | ')} |`, ...body.map(line)].join('\n');
}

/** A number with three digits that count. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const magnitude = Math.floor(Math.log10(Math.max(Math.abs(value), 0.001)));
  return value.toFixed(Math.min(3, Math.max(0, 2 - magnitude)));
}

/** What a reader must know of the machine, and nothing that names it. */
export function describeMachine() {
  return {
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}

/** Writes a result below `bench/results/`, which is not committed. @returns its path in the repository. */
export async function writeResult(name: string, result: object): Promise<string> {
  const path = join(repositoryRoot, 'bench/results', `${name}.json`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`);
  return repositoryPath(path);
}
