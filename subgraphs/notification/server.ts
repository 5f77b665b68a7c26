import { openPool } from '../../platform/database.ts';
import { deadLetterGauge } from '../../platform/durable-events/metrics.ts';
import { LogFeed } from '../../platform/log-feed/log-feed.ts';
import { historyCounter } from '../../platform/log-feed/metrics.ts';
import { type SubgraphDependencies, startSubgraphServer } from '../../platform/subgraph-server.ts';
import type { ServiceSettings } from './env.ts';
import { startConsumer } from './events.ts';
import { createRepository, type NotificationRecord } from './repository.ts';
import { resolvers } from './resolvers.ts';
import { type Context, createService } from './service.ts';

/** Starts the notification subgraph. `stop` ends what runs in order and leaves the engine, which is the caller's, open. */
export async function start({ settings, engine, logger }: SubgraphDependencies<ServiceSettings>) {
  const pool = openPool({
    connectionString: settings.DATABASE_URL,
    maximumConnections: settings.DATABASE_MAX_CONNECTIONS,
    logger,
  });
  const repository = createRepository(pool);
  const feed = new LogFeed<NotificationRecord>({
    kind: 'notifications',
    engine,
    source: repository,
    logger,
    heartbeatMilliseconds: settings.FEED_HEARTBEAT_MILLISECONDS,
  });
  const consumer = await startConsumer(repository, feed, engine, logger);
  const server = await startSubgraphServer<Context>({
    service: 'notification',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers,
    settings,
    pool,
    engine,
    logger,
    createContext: (request) => ({ service: createService({ repository, feed }, request) }),
  });
  deadLetterGauge(server.metrics, repository.database);
  historyCounter(server.metrics, feed.historyCounts);
  return {
    url: server.url,
    async stop() {
      // Before what it serves from: whoever follows is to learn that the subgraph goes, and not that nothing more will come.
      await server.stop();
      await feed.stop();
      await consumer.stop();
      await repository.stop();
      await pool.end();
    },
  };
}
