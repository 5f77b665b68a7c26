import type { Logger } from 'pino';
import { openPool } from '../../platform/database.ts';
import { startRelay } from '../../platform/durable-events/relay.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { startSubgraphServer } from '../../platform/subgraph-server.ts';
import type { ServiceSettings } from './env.ts';
import { createRepository } from './repository.ts';
import { resolvers } from './resolvers.ts';
import { type Context, createService } from './service.ts';
import { loadSigningKey, readKeySet } from './signing-keys.ts';

export interface AuthDependencies {
  settings: ServiceSettings;
  engine: Engine;
  logger: Logger;
  now?: () => Date;
}

/** Starts the auth subgraph. `stop` ends what runs in order and leaves the engine, which is the caller's, open. */
export async function start({ settings, engine, logger, now = () => new Date() }: AuthDependencies) {
  const pool = openPool(settings.DATABASE_URL, settings.DATABASE_MAX_CONNECTIONS);
  const repository = createRepository(pool);
  const signingKey = await loadSigningKey(repository, settings.SIGNING_KEY_SECRET, now());
  const relay = startRelay({
    log: 'auth',
    pool,
    engine,
    logger,
    pollMilliseconds: settings.OUTBOX_POLL_MILLISECONDS,
    retentionMilliseconds: settings.OUTBOX_RETENTION_HOURS * 3_600_000,
  });
  const server = await startSubgraphServer<Context>(
    {
      service: 'auth',
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
      createContext: (request) => ({
        service: createService({ repository, relay, signingKey, settings, now }, request),
      }),
    },
    [['/.well-known/jwks.json', () => readKeySet(repository)]],
  );
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
