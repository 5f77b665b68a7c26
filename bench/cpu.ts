import { readdir, readFile } from 'node:fs/promises';
import type { Child } from './child.ts';

/** CPU that something has used so far, user and system together, in microseconds. Only differences mean anything. */
export type CpuMeter = () => Promise<number>;

/** CPU of this process: all its threads. */
export function ownCpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** CPU of the thread that calls: in Node the event loop, without the thread pool, garbage collection and compilation. */
export function ownThreadCpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** CPU of a child: of the whole process, and the part of its event loop. */
export function processMeters(child: Child): Record<string, CpuMeter> {
  return { process: () => child.call('cpu'), 'event loop': () => child.call('threadCpu') };
}

/**
 * CPU of a process and its direct children, as a PostgreSQL server has one for each connection. Linux tells it to the
 * nanosecond; elsewhere there is no such meter, and the report leaves the column out.
 */
export function processTreeMeter(pid: number): CpuMeter | null {
  if (process.platform !== 'linux') return null;
  // What a child had used when it was last seen is kept: it may have ended since.
  const seen = new Map<number, number>();
  return async () => {
    for (const member of await listTree(pid)) {
      const nanoseconds = await readRunTime(member);
      if (nanoseconds !== null) seen.set(member, nanoseconds);
    }
    return [...seen.values()].reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1000;
  };
}

async function listTree(root: number): Promise<number[]> {
  const processes = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const parents = await Promise.all(processes.map(readParent));
  return processes.filter((pid, index) => pid === root || parents[index] === root);
}

async function readParent(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The second field is the program's name in brackets, which may contain anything; the fourth is the parent.
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

async function readRunTime(pid: number): Promise<number | null> {
  const content = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => null);
  return content === null ? null : Number(content.split(' ')[0]);
}
