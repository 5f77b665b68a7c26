import { type Measurement, median } from './measure.ts';

/** A figure of the report: how many times as much as its peers something costs, or does. */
export interface Ratio {
  name: string;
  concurrency: number;
  value: number;
}

/** One round of all subjects: microseconds of CPU per operation, operations per second, and milliseconds. */
export type Round<Subject extends string> = Record<Subject, { cpu: number; rate: number; p50: number; p99: number }>;

/** How each figure comes from a round, by its name. */
export type Formulas<Subject extends string> = Readonly<Record<string, (round: Round<Subject>) => number>>;

const unknownSample = {
  perSecond: Number.NaN,
  p50Milliseconds: Number.NaN,
  p99Milliseconds: Number.NaN,
  cpu: {},
};

/** Where CPU is spent. The event loop is a part of its process. */
const wholes = ['process', 'PostgreSQL', 'Redis'];

/** All CPU of an operation, wherever it is spent. */
export function totalCpu(cpu: Readonly<Record<string, number>>): number {
  return wholes.reduce((sum, name) => sum + (cpu[name] ?? 0), 0);
}

export interface RatioOptions<Subject extends string> {
  measurements: readonly Measurement[];
  concurrencies: readonly number[];
  subjectNames: Readonly<Record<Subject, string>>;
  formulas: Formulas<Subject>;
  /** What counts as an operation's CPU: all of it unless told. */
  cpuOf?: (cpu: Readonly<Record<string, number>>) => number;
}

/** Ratios are taken round by round, because the samples of a round met the same machine, and then their median. */
export function computeRatios<Subject extends string>(options: RatioOptions<Subject>): Ratio[] {
  const { measurements, concurrencies, subjectNames, formulas, cpuOf = totalCpu } = options;
  return concurrencies.flatMap((concurrency) => {
    const ofConcurrency = measurements.filter((each) => each.concurrency === concurrency);
    const rounds = collectRounds(ofConcurrency, subjectNames, cpuOf);
    return Object.entries(formulas).map(([name, formula]) => ({
      name,
      concurrency,
      value: median(rounds.map(formula)),
    }));
  });
}

function collectRounds<Subject extends string>(
  measurements: readonly Measurement[],
  subjectNames: Readonly<Record<Subject, string>>,
  cpuOf: (cpu: Readonly<Record<string, number>>) => number,
): Round<Subject>[] {
  const count = measurements[0]?.rounds.length ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const figures = Object.entries<string>(subjectNames).map(([key, subject]) => {
      const sample = measurements.find((each) => each.subject === subject)?.rounds[index];
      const { perSecond: rate, p50Milliseconds: p50, p99Milliseconds: p99, cpu } = sample ?? unknownSample;
      return [key, { cpu: cpuOf(cpu), rate, p50, p99 }];
    });
    return Object.fromEntries(figures) as Round<Subject>;
  });
}
