import { mkdir, readFile } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryPath, repositoryRoot } from '../tools/command-line.ts';
import type { Child } from './child.ts';
import type { Subject } from './measure.ts';
import { formatNumber, formatTable } from './report.ts';
import type { Report } from './run-bench.ts';

const warmUpMilliseconds = 4_000;
const profiledMilliseconds = 10_000;
const rowLimit = 25;

/** Shows where the event loop of a stack spends its CPU under one subject's load, and keeps the profile for Chrome's tools. */
export async function profileSubject(
  stack: Child,
  { name, run }: Subject,
  concurrency: number,
  onProgress: Report,
): Promise<void> {
  onProgress(`profiling: ${name}`);
  await run({ concurrency, milliseconds: warmUpMilliseconds });
  const folder = join(repositoryRoot, 'bench/results');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name.replaceAll(' ', '-')}.cpuprofile`);
  await stack.call('startProfile');
  const cpuBefore = await stack.call<number>('threadCpu');
  const { latencies } = await run({ concurrency, milliseconds: profiledMilliseconds });
  const cpu = (await stack.call<number>('threadCpu')) - cpuBefore;
  await stack.call('stopProfile', path);
  const profile = JSON.parse(await readFile(path, 'utf8')) as Profiler.Profile;
  const used = [...sumByOwner(profile)].sort(([, one], [, other]) => other - one);
  // A profile counts the time during which others had the core, too: it tells shares, and the thread's own clock the sum.
  const total = used.reduce((sum, [, microseconds]) => sum + microseconds, 0);
  const rows = used.slice(0, rowLimit).map(([owner, microseconds]) => {
    const share = microseconds / total;
    return [owner, formatNumber((share * cpu) / latencies.length), `${(share * 100).toFixed(1)} %`];
  });
  const sum = Math.round(cpu / latencies.length).toLocaleString('en');
  console.log(`\n${name}, ${concurrency} at once: the event loop's ${sum} µs of CPU per operation\n`);
  console.log(`${formatTable([['owner', 'µs per operation', 'share'], ...rows])}\n\n${repositoryPath(path)}\n`);
}

/** Microseconds for each package, and each folder of the repository. What is built in counts for whoever called it. */
function sumByOwner({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Map<string, number> {
  const owners = new Map<number, string>();
  // A node comes before its children.
  for (const { id, callFrame, children = [] } of nodes) {
    const owner = ownerOf(callFrame) ?? owners.get(id) ?? callFrame.functionName;
    for (const child of [id, ...children]) owners.set(child, owner);
  }
  const sums = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const owner = owners.get(id) ?? '(unknown)';
    // The delta of a sample is the time since the one before; what ran until the next sample is what this one saw.
    if (owner !== '(idle)') sums.set(owner, (sums.get(owner) ?? 0) + (timeDeltas[index + 1] ?? 0));
  }
  return sums;
}

/** Null for a function that is built in, such as a system call or one of Node's own modules. */
function ownerOf({ url, functionName }: { url: string; functionName: string }): string | null {
  if (/^\((idle|garbage collector|program)\)$/.test(functionName)) return functionName;
  if (url.startsWith('wasm:')) return 'WebAssembly';
  if (!url.startsWith('file:') && !url.startsWith('/')) return null;
  const path = url.startsWith('file:') ? repositoryPath(fileURLToPath(url)) : url;
  const ofPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return ofPackage ?? path.split('/').slice(0, 2).join('/');
}
