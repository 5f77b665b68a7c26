import type { Logger } from 'pino';
import { SettingsError } from './settings.ts';

/** After this the process exits even if something still runs. */
export const shutdownLimitMilliseconds = 30_000;

/**
 * Runs one service as this process: starts it, and stops it in order on SIGTERM or SIGINT. A mistake in the environment
 * or a failed start ends the process with 1.
 */
export async function runProcess(
  start: () => Promise<{ logger: Logger; url: string; stop(): Promise<void> }>,
): Promise<void> {
  try {
    const service = await start();
    service.logger.info({ url: service.url }, 'serving');
    const shutDown = (signal: NodeJS.Signals) => {
      service.logger.info({ signal }, 'stopping');
      setTimeout(() => process.exit(1), shutdownLimitMilliseconds).unref();
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          service.logger.error({ error }, 'could not stop in order');
          process.exit(1);
        },
      );
    };
    process.once('SIGTERM', shutDown);
    process.once('SIGINT', shutDown);
  } catch (error) {
    const text = error instanceof SettingsError ? error.message : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}
