import type { Logger } from 'pino';

const retryMilliseconds = 5_000;

/** Work that goes on behind the process that began it. */
export interface Trying {
  stop(): Promise<void>;
}

/**
 * Does work that a process does before it serves. Resolves after the first attempt; one that failed is repeated until it
 * succeeds, while the process serves as it otherwise would.
 */
export async function startTrying(logger: Logger, onFailure: string, work: () => Promise<void>): Promise<Trying> {
  let phase: 'running' | 'stopped' = 'running';
  let timer: NodeJS.Timeout | undefined;
  let attempt = Promise.resolve();
  const run = async () => {
    try {
      await work();
    } catch (error) {
      logger.warn({ error }, onFailure);
      if (phase === 'running') timer = setTimeout(() => (attempt = run()), retryMilliseconds);
    }
  };
  attempt = run();
  await attempt;
  return {
    async stop() {
      phase = 'stopped';
      clearTimeout(timer);
      await attempt;
    },
  };
}
