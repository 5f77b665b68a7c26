import { parseArgs } from 'node:util';
import { formatElapsed, runCommand, ToolError } from '../tools/command-line.ts';

/** What somebody may set on the command line. One without a default is a flag; the numbers of a list come with commas between. */
export interface BenchOption {
  readonly default?: number | readonly number[];
  readonly about: string;
}

export type BenchOptions = Readonly<Record<string, BenchOption>>;

/** The values that a bench was called with. */
export type Setup<Options extends BenchOptions> = {
  readonly [Name in keyof Options]: Options[Name] extends { default: number }
    ? number
    : Options[Name] extends { default: readonly number[] }
      ? readonly number[]
      : boolean;
};

/** What most benches can be told: how often and for how long they measure. */
export const rounds = { default: 5, about: 'how often each is measured' } as const;
export const seconds = { default: 4, about: 'for how long each time' } as const;
export const warmUpSeconds = {
  default: 10,
  about: 'for how long it runs unmeasured before: V8 compiles what it sees often',
} as const;
export const profile = { about: "where the CPU of each server's event loop goes, instead of how much it is" } as const;

/** Hands over what stops something that was started: all of it is stopped in reverse, however the bench ends. */
export type Keep = (stop: () => Promise<unknown>) => void;

/** Prints what the bench is at, and since when it runs. */
export type Report = (line: string) => void;

/** What every bench is handed. */
export interface BenchTools {
  keep: Keep;
  report: Report;
}

export interface Bench<Options extends BenchOptions> {
  /** As in `npm run bench:<name>`. */
  name: string;
  about: string;
  options: Options;
  run(setup: Setup<Options>, tools: BenchTools): Promise<void>;
}

/** Runs a bench as the command that it is. */
export async function runBenchCommand<const Options extends BenchOptions>(bench: Bench<Options>): Promise<void> {
  const startedAt = performance.now();
  await runCommand(async () => {
    const setup = readSetup(bench, process.argv.slice(2));
    if (setup === null) {
      console.log(describeUsage(bench));
      return true;
    }
    const running: (() => Promise<unknown>)[] = [];
    const stop = async () => {
      for (const stopOne of running.splice(0).reverse()) await stopOne();
    };
    process.once('SIGINT', () => stop().finally(() => process.exit(130)));
    try {
      await bench.run(setup, {
        keep: (stopOne) => running.push(stopOne),
        report: (line) => console.log(`[${formatElapsed(startedAt).padStart(7)}] ${line}`),
      });
      return true;
    } finally {
      await stop();
    }
  });
}

/** @returns null when only the usage is wanted */
function readSetup<Options extends BenchOptions>(bench: Bench<Options>, commandLine: string[]): Setup<Options> | null {
  const options = Object.entries(bench.options);
  const flags = options.map(([name, { default: value }]) => [toFlag(name), { type: typeOf(value) }] as const);
  const { values } = parseArgs({
    args: commandLine,
    options: Object.fromEntries([...flags, ['help', { type: 'boolean' }] as const]),
  });
  if (values['help']) return null;
  const read = (name: string, unlessSet: BenchOption['default']) => {
    const value = values[toFlag(name)];
    if (unlessSet === undefined) return value === true;
    if (value === undefined) return unlessSet;
    const numbers = String(value).split(',').map(Number);
    const isGood = numbers.every((number) => number > 0) && (typeof unlessSet !== 'number' || numbers.length === 1);
    if (!isGood) throw new ToolError(`--${toFlag(name)} can't be "${value}".\n\n${describeUsage(bench)}`);
    return typeof unlessSet === 'number' ? numbers[0] : numbers;
  };
  return Object.fromEntries(options.map(([name, option]) => [name, read(name, option.default)])) as Setup<Options>;
}

function typeOf(unlessSet: BenchOption['default']): 'boolean' | 'string' {
  return unlessSet === undefined ? 'boolean' : 'string';
}

/** `warmUpSeconds` is `--warm-up-seconds`. */
function toFlag(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function describeUsage({ name, about, options }: Bench<BenchOptions>): string {
  const flags = Object.entries(options).map(([option, { default: value }]) => {
    if (value === undefined) return `--${toFlag(option)}`;
    return `--${toFlag(option)} ${typeof value === 'number' ? '<number>' : '<list>'}`;
  });
  const width = Math.max(...flags.map((flag) => flag.length));
  const lines = Object.values(options).map(({ default: value, about: meaning }, index) => {
    const unlessSet = value === undefined ? '' : ` (${value})`;
    return `  ${flags[index]?.padEnd(width)}  ${meaning}${unlessSet}`;
  });
  return [`npm run bench:${name} -- [options]`, about, lines.join('\n')].join('\n\n');
}
