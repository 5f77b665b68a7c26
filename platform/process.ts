import type { Logger } from 'pino';
import type { z } from 'zod';
import { createEngine } from './engine/create-engine.ts';
import type { Engine } from './engine/engine.ts';
import { createLogger } from './logger.ts';
import { type brokerSettings, type commonSettings, parseSettings, SettingsError } from './settings.ts';

/** After this the process exits even if something still runs. */
export const shutdownLimitMilliseconds = 30_000;

interface Service {
  url: string;
  /** Takes in what may have changed outside. */
  reload?(): void;
  stop(): Promise<void>;
}

/**
 * Runs one service as this process: with its settings from the environment, a logger, and an engine of its own. SIGTERM
 * and SIGINT stop it in order, SIGHUP reloads one that can be reloaded. A mistake in the environment or a failed start ends the process with 1.
 */
export async function runProcess<Shape extends typeof brokerSettings & typeof commonSettings & z.ZodRawShape>(
  service: string,
  settingsSchema: z.ZodObject<Shape>,
  start: (dependencies: { settings: z.output<z.ZodObject<Shape>>; engine: Engine; logger: Logger }) => Promise<Service>,
): Promise<void> {
  try {
    const settings = parseSettings(settingsSchema, process.env);
    const { LOG_LEVEL, REDIS_URL, REDIS_PREFIX } = settings as {
      [Key in 'LOG_LEVEL' | 'REDIS_URL' | 'REDIS_PREFIX']: string;
    };
    const logger = createLogger(service, LOG_LEVEL);
    const engine = createEngine({ redisUrl: REDIS_URL, prefix: REDIS_PREFIX, logger });
    const { url, reload, stop } = await start({ settings, engine, logger });
    logger.info({ url }, 'serving');
    if (reload) process.on('SIGHUP', reload);
    stopOnSignal(logger, async () => {
      await stop();
      await engine.stop();
    });
  } catch (error) {
    const text = error instanceof SettingsError ? error.message : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}

function stopOnSignal(logger: Logger, stop: () => Promise<void>): void {
  const shutDown = (signal: NodeJS.Signals) => {
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), shutdownLimitMilliseconds).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
}
