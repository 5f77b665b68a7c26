import type { Logger } from 'pino';

const retryMilliseconds = 5_000;

export interface WorkAtStart {
  /** Resolves when the first attempt is over, however it ended. */
  attempted: Promise<void>;
  /** Starts no further attempt, and waits for the one that is under way. */
  stop(): Promise<void>;
}

/** Does some work once, and again while it fails, as it does while the database is away. `isStopping` tells long work to end. */
export function runAtStart(
  work: (isStopping: () => boolean) => Promise<void>,
  { logger, failure }: { logger: Pick<Logger, 'warn'>; failure: string },
): WorkAtStart {
  let phase: 'running' | 'stopped' = 'running';
  let timer: NodeJS.Timeout | undefined;
  const isStopping = () => phase === 'stopped';
  const run = async () => {
    try {
      await work(isStopping);
    } catch (error) {
      logger.warn({ error }, `${failure}; it will be tried again`);
      if (phase === 'running') timer = setTimeout(() => (attempt = run()), retryMilliseconds);
    }
  };
  let attempt = run();
  return {
    attempted: attempt,
    async stop() {
      phase = 'stopped';
      clearTimeout(timer);
      await attempt;
    },
  };
}
