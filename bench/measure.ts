import { setTimeout as delay } from 'node:timers/promises';
import type { CpuMeter } from './cpu.ts';

/** How much is asked of a subject at a time. */
export interface Load {
  /** Operations under way at once: each of so many callers waits for its answer before it asks again. */
  concurrency: number;
  /** No operation begins later; those under way are waited for. */
  milliseconds: number;
}

/** What one stretch of load gave. */
export interface Run {
  elapsedMilliseconds: number;
  /** Of each operation, or of those among them that are looked at. */
  latencies: Float64Array;
  /** How many there were, when not all of them are looked at. */
  operations?: number;
}

/** One of the things that are compared. */
export interface Subject {
  name: string;
  run(load: Load): Promise<Run>;
  /** Whose CPU this subject uses: read before and after each run, while nothing else runs. */
  meters: Readonly<Record<string, CpuMeter>>;
  /** What comes before each run, and is not measured. */
  prepare?(): Promise<void>;
  /** What comes after it. */
  finish?(): Promise<void>;
}

/** One run of one subject in one round. CPU is in microseconds per operation. */
export interface Sample {
  operations: number;
  perSecond: number;
  p50Milliseconds: number;
  p99Milliseconds: number;
  cpu: Record<string, number>;
}

export interface Measurement {
  subject: string;
  concurrency: number;
  operations: number;
  /** The median of the rounds. */
  perSecond: number;
  p50Milliseconds: number;
  p99Milliseconds: number;
  /** Microseconds per operation, by meter: the median of the rounds. */
  cpu: Record<string, number>;
  /** In order: the samples of one round were taken one right after the other. */
  rounds: Sample[];
}

export interface MeasureOptions {
  subjects: readonly Subject[];
  concurrencies: readonly number[];
  rounds: number;
  /** For how long, each time. */
  seconds: number;
  warmUpSeconds: number;
  onProgress(line: string): void;
}

/** Repeats an operation until the time is over. */
export async function drive(operation: (caller: number) => Promise<unknown>, load: Load): Promise<Run> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + load.milliseconds;
  const call = async (caller: number) => {
    for (let begunAt = performance.now(); begunAt < endsAt; ) {
      await operation(caller);
      const endedAt = performance.now();
      latencies.push(endedAt - begunAt);
      begunAt = endedAt;
    }
  };
  await Promise.all(Array.from({ length: load.concurrency }, (_, caller) => call(caller)));
  return { elapsedMilliseconds: performance.now() - startedAt, latencies: Float64Array.from(latencies) };
}

/**
 * Measures peers side by side: in each round every subject has its turn at every concurrency, and each round has the opposite
 * order of the one before. So whatever else the machine does, warm caches and growing tables meet all of them alike.
 */
export async function measureInRounds(options: MeasureOptions): Promise<Measurement[]> {
  const { subjects, concurrencies, rounds, onProgress } = options;
  for (const subject of subjects) {
    onProgress(`warming up: ${subject.name}`);
    await measureOnce(subject, { concurrency: Math.max(...concurrencies), milliseconds: options.warmUpSeconds * 1000 });
  }
  const turns = subjects.flatMap((subject) =>
    concurrencies.map((concurrency) => ({ subject, concurrency, samples: [] as Sample[], runs: [] as Run[] })),
  );
  for (let round = 1; round <= rounds; round += 1) {
    for (const turn of round % 2 === 1 ? turns : turns.toReversed()) {
      const { subject, concurrency } = turn;
      onProgress(`round ${round} of ${rounds}: ${subject.name}, ${concurrency} at once`);
      const { sample, run } = await measureOnce(subject, { concurrency, milliseconds: options.seconds * 1000 });
      turn.samples.push(sample);
      turn.runs.push(run);
    }
  }
  return turns.map(({ subject, concurrency, samples, runs }) => summarize(subject.name, concurrency, samples, runs));
}

async function measureOnce(subject: Subject, load: Load): Promise<{ sample: Sample; run: Run }> {
  const { meters } = subject;
  await subject.prepare?.();
  const before = await readMeters(meters);
  const run = await subject.run(load);
  const after = await readMeters(meters);
  await subject.finish?.();
  const { latencies, elapsedMilliseconds, operations = latencies.length } = run;
  const sorted = [...latencies].sort((one, other) => one - other);
  const sample = {
    operations,
    perSecond: (operations / elapsedMilliseconds) * 1000,
    p50Milliseconds: percentile(sorted, 50),
    p99Milliseconds: percentile(sorted, 99),
    cpu: divideDifferences(before, after, operations),
  };
  return { sample, run };
}

/** CPU that is used while nobody asks anything, in microseconds a second. */
export async function measureIdle(
  meters: Readonly<Record<string, CpuMeter>>,
  milliseconds: number,
): Promise<Record<string, number>> {
  const before = await readMeters(meters);
  await delay(milliseconds);
  return divideDifferences(before, await readMeters(meters), milliseconds / 1000);
}

function divideDifferences(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  divisor: number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([name, reading]) => [name, (reading - (before[name] ?? 0)) / divisor]),
  );
}

async function readMeters(meters: Readonly<Record<string, CpuMeter>>): Promise<Record<string, number>> {
  const readings = Object.entries(meters).map(async ([name, read]) => [name, await read()] as const);
  return Object.fromEntries(await Promise.all(readings));
}

function summarize(subject: string, concurrency: number, rounds: Sample[], runs: readonly Run[]): Measurement {
  const latencies = runs.flatMap((run) => [...run.latencies]).sort((one, other) => one - other);
  const meterNames = Object.keys(rounds[0]?.cpu ?? {});
  return {
    subject,
    concurrency,
    operations: rounds.reduce((sum, { operations }) => sum + operations, 0),
    perSecond: median(rounds.map((sample) => sample.perSecond)),
    p50Milliseconds: percentile(latencies, 50),
    p99Milliseconds: percentile(latencies, 99),
    cpu: Object.fromEntries(meterNames.map((name) => [name, median(rounds.map(({ cpu }) => cpu[name] ?? 0))])),
    rounds,
  };
}

/** The smallest of the sorted values that so many per cent do not exceed. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
