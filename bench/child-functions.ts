import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ownCpuMicroseconds, ownThreadCpuMicroseconds } from './cpu.ts';

const profiler = new Session();
const collections = 4;
const collectionPauseMilliseconds = 250;

/** What the bench asks of every process that it measures: for `answerCalls`. */
export const measuredFunctions = {
  cpu: ownCpuMicroseconds,
  threadCpu: ownThreadCpuMicroseconds,
  residentBytes: readResidentBytes,
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

/** Memory of this process that is neither garbage nor given back to the system late: V8 unmaps pages some time after a collection. */
async function readResidentBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as NonNullable<typeof gc>;
  for (let count = 0; count < collections; count += 1) {
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await delay(collectionPauseMilliseconds);
  }
  return process.memoryUsage.rss();
}
