import { openPool } from '../../platform/database.ts';
import { outboxGauge } from '../../platform/durable-events/metrics.ts';
import { startRelay } from '../../platform/durable-events/relay.ts';
import { type SubgraphDependencies, startSubgraphServer } from '../../platform/subgraph-server.ts';
import type { ServiceSettings } from './env.ts';
import { createRepository } from './repository.ts';
import { resolvers } from './resolvers.ts';
import { type Context, createService } from './service.ts';
import { loadSigningKey, readKeySet } from './signing-keys.ts';

/** Starts the auth subgraph. `stop` ends what runs in order and leaves the engine, which is the caller's, open. */
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
  const signingKey = await loadSigningKey(repository, settings.SIGNING_KEY_SECRET, now());
  const relay = startRelay({ log: 'auth', pool, engine, logger, settings });
  const server = await startSubgraphServer<Context>(
    {
      service: 'auth',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      resolvers,
      settings,
      pool,
      engine,
      logger,
      createContext: (request) => ({
        service: createService({ repository, relay, signingKey, settings, now }, request),
      }),
    },
    [['/.well-known/jwks.json', () => readKeySet(repository)]],
  );
  outboxGauge(server.metrics, pool);
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await relay.stop();
      await repository.stop();
      await pool.end();
    },
  };
}
