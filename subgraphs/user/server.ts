import type { Logger } from 'pino';
import { openPool } from '../../platform/database.ts';
import { deadLetterGauge } from '../../platform/durable-events/metrics.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { startSubgraphServer } from '../../platform/subgraph-server.ts';
import type { ServiceSettings } from './env.ts';
import { startConsumer } from './events.ts';
import { createRepository } from './repository.ts';
import { resolvers } from './resolvers.ts';
import { type Context, createService } from './service.ts';

export interface UserDependencies {
  settings: ServiceSettings;
  engine: Engine;
  logger: Logger;
  now?: () => Date;
}

/** Starts the user subgraph. `stop` ends what runs in order and leaves the engine, which is the caller's, open. */
export async function start({ settings, engine, logger, now = () => new Date() }: UserDependencies) {
  const pool = openPool(settings.DATABASE_URL, settings.DATABASE_MAX_CONNECTIONS);
  const repository = createRepository(pool);
  const consumer = await startConsumer(repository, engine, logger);
  const server = await startSubgraphServer<Context>({
    service: 'user',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers,
    host: settings.HOST,
    port: settings.PORT,
    viewerSecret: settings.VIEWER_SECRET,
    logger,
    healthChecks: [
      { name: 'database', check: () => pool.query('SELECT 1') },
      { name: 'broker', check: () => engine.ping() },
    ],
    createContext: (request) => ({ service: createService({ repository, now }, request) }),
  });
  deadLetterGauge(server.metrics, repository.database);
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await consumer.stop();
      await repository.stop();
      await pool.end();
    },
  };
}
