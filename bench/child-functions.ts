import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ownCpuMicroseconds, ownThreadCpuMicroseconds } from './cpu.ts';

const profiler = new Session();
const collections = 4;
const collectionPauseMilliseconds = 250;

/** What the bench asks of every process that it measures: for `answerCalls`. */
export const measuredFunctions = {
  cpu: ownCpuMicroseconds,
  threadCpu: ownThreadCpuMicroseconds,
  memory: readMemory,
  /** The most memory that the process ever had from the system, in bytes. */
  peakResident: () => process.resourceUsage().maxRSS * 1024,
  /** What is on the heap, for Chrome's tools. */
  writeHeapSnapshot: (path: string) => writeHeapSnapshot(path),
  async startProfile(): Promise<void> {
    profiler.connect();
    await profiler.post('Profiler.enable');
    await profiler.post('Profiler.setSamplingInterval', { interval: 250 });
    await profiler.post('Profiler.start');
  },
  async stopProfile(path: string): Promise<void> {
    const { profile } = await profiler.post('Profiler.stop');
    profiler.disconnect();
    await writeFile(path, JSON.stringify(profile));
  },
};

/** Bytes of memory, without garbage. */
export interface Memory {
  /** All that the process has from the system. */
  resident: number;
  /** Of it, objects of JavaScript, and what they hold outside of the heap. */
  heap: number;
}

/** V8 gives pages back to the system some time after a collection: hence some of them, with pauses. */
async function readMemory(): Promise<Memory> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as NonNullable<typeof gc>;
  for (let count = 0; count < collections; count += 1) {
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await delay(collectionPauseMilliseconds);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss, heap: heapUsed + external };
}
