import { createEngine } from '../../platform/engine/create-engine.ts';
import { createLogger } from '../../platform/logger.ts';
import { runProcess } from '../../platform/process.ts';
import { parseSettings } from '../../platform/settings.ts';
import { settingsSchema } from './env.ts';
import { start } from './server.ts';

await runProcess(async () => {
  const settings = parseSettings(settingsSchema, process.env);
  const logger = createLogger('notification', settings.LOG_LEVEL);
  const engine = createEngine({ redisUrl: settings.REDIS_URL, prefix: settings.REDIS_PREFIX, logger });
  const service = await start({ settings, engine, logger });
  return {
    logger,
    url: service.url,
    async stop() {
      await service.stop();
      await engine.stop();
    },
  };
});
