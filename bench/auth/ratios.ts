import { type Measurement, median } from '../measure.ts';
import { subjectNames } from './subjects.ts';

/** A figure of the report: how many times as much as its peers something costs, or does. */
export interface Ratio {
  name: string;
  concurrency: number;
  value: number;
}

/** One round of all subjects: microseconds of CPU per operation, and operations per second. */
type Round = Record<keyof typeof subjectNames, { cpu: number; rate: number }>;

const formulas: Readonly<Record<string, (round: Round) => number>> = {
  'CPU: login through the router / argon2': ({ routerLogin, argon2 }) => routerLogin.cpu / argon2.cpu,
  'CPU: login at auth / argon2': ({ authLogin, argon2 }) => authLogin.cpu / argon2.cpu,
  'CPU: login through the router / (argon2 + bare database)': ({ routerLogin, argon2, bareLogin }) =>
    routerLogin.cpu / (argon2.cpu + bareLogin.cpu),
  'CPU: login at auth / (argon2 + bare database)': ({ authLogin, argon2, bareLogin }) =>
    authLogin.cpu / (argon2.cpu + bareLogin.cpu),
  'CPU: (login through the router - argon2) / bare database': ({ routerLogin, argon2, bareLogin }) =>
    (routerLogin.cpu - argon2.cpu) / bareLogin.cpu,
  'CPU: (login at auth - argon2) / bare database': ({ authLogin, argon2, bareLogin }) =>
    (authLogin.cpu - argon2.cpu) / bareLogin.cpu,
  'CPU: refresh through the router / bare database': ({ routerRefresh, bareRefresh }) =>
    routerRefresh.cpu / bareRefresh.cpu,
  'CPU: refresh at auth / bare database': ({ authRefresh, bareRefresh }) => authRefresh.cpu / bareRefresh.cpu,
  'rate: logins through the router / argon2': ({ routerLogin, argon2 }) => routerLogin.rate / argon2.rate,
  'rate: refreshes through the router / bare database': ({ routerRefresh, bareRefresh }) =>
    routerRefresh.rate / bareRefresh.rate,
};

/** Where CPU is spent. The event loop is a part of its process. */
const wholes = ['process', 'PostgreSQL', 'Redis'];

/** All CPU of an operation, wherever it is spent. */
export function totalCpu(cpu: Readonly<Record<string, number>>): number {
  return wholes.reduce((sum, name) => sum + (cpu[name] ?? 0), 0);
}

/** Ratios are taken round by round, because the samples of a round met the same machine, and then their median. */
export function computeRatios(measurements: readonly Measurement[], concurrencies: readonly number[]): Ratio[] {
  return concurrencies.flatMap((concurrency) => {
    const rounds = collectRounds(measurements.filter((each) => each.concurrency === concurrency));
    return Object.entries(formulas).map(([name, formula]) => ({
      name,
      concurrency,
      value: median(rounds.map(formula)),
    }));
  });
}

function collectRounds(measurements: readonly Measurement[]): Round[] {
  const count = measurements[0]?.rounds.length ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const figures = Object.entries(subjectNames).map(([key, subject]) => {
      const sample = measurements.find((each) => each.subject === subject)?.rounds[index];
      return [key, { cpu: totalCpu(sample?.cpu ?? {}), rate: sample?.perSecond ?? Number.NaN }];
    });
    return Object.fromEntries(figures) as Round;
  });
}
