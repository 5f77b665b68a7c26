import { runCommand } from '../tools/command-line.ts';

/** Hands over what stops something that was started: all of it is stopped in reverse, however the bench ends. */
export type Keep = (stop: () => Promise<unknown>) => void;

export interface Bench<Options> {
  usage: string;
  /** @returns null when only the usage is wanted */
  readOptions(commandLine: string[]): Options | null;
  run(options: Options, keep: Keep): Promise<void>;
}

/** Runs a bench as the command that it is. */
export async function runBenchCommand<Options>({ usage, readOptions, run }: Bench<Options>): Promise<void> {
  await runCommand(async () => {
    const options = readOptions(process.argv.slice(2));
    if (options === null) {
      console.log(usage);
      return true;
    }
    const running: (() => Promise<unknown>)[] = [];
    const stop = async () => {
      for (const stopOne of running.splice(0).reverse()) await stopOne();
    };
    process.once('SIGINT', () => stop().finally(() => process.exit(130)));
    try {
      await run(options, (stopOne) => running.push(stopOne));
      return true;
    } finally {
      await stop();
    }
  });
}
