import { openPool } from '../../platform/database.ts';
import { deadLetterGauge, outboxGauge } from '../../platform/durable-events/metrics.ts';
import { startRelay } from '../../platform/durable-events/relay.ts';
import { type SubgraphDependencies, startSubgraphServer } from '../../platform/subgraph-server.ts';
import type { ServiceSettings } from './env.ts';
import { startConsumer } from './events.ts';
import { createRepository } from './repository.ts';
import { resolvers } from './resolvers.ts';
import { type Context, createContext } from './service.ts';

/** Starts the user subgraph. `stop` ends what runs in order and leaves the engine, which is the caller's, open. */
export async function start({
  settings,
  engine,
  logger,
  now = () => new Date(),
}: SubgraphDependencies<ServiceSettings>) {
  const pool = openPool({
    connectionString: settings.DATABASE_URL,
    maximumConnections: settings.DATABASE_MAX_CONNECTIONS,
    logger,
  });
  const repository = createRepository(pool);
  const relay = startRelay({ log: 'user', pool, engine, logger, settings });
  const consumer = await startConsumer(repository, engine, logger);
  const server = await startSubgraphServer<Context>({
    service: 'user',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers,
    settings,
    pool,
    engine,
    logger,
    createContext: (request) => createContext({ repository, relay, now }, request),
  });
  deadLetterGauge(server.metrics, repository.database);
  outboxGauge(server.metrics, pool);
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await consumer.stop();
      await relay.stop();
      await repository.stop();
      await pool.end();
    },
  };
}
