import { openPool } from '../../platform/database.ts';
import { outboxGauge } from '../../platform/durable-events/metrics.ts';
import { startRelay } from '../../platform/durable-events/relay.ts';
import { type SubgraphDependencies, startSubgraphServer } from '../../platform/subgraph-server.ts';
import { serveApiKeyExchange } from './api-keys/routes.ts';
import type { ServiceSettings } from './env.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createProviders } from './identities/providers.ts';
import { hasMailbox, serveMailbox } from './mail/mailbox.ts';
import { startMailSender } from './mail/sender.ts';
import { openSmtp } from './mail/smtp.ts';
import { createMetrics } from './metrics.ts';
import { loadCommonPasswords } from './passwords/common-passwords.ts';
import { createPasswordHasher } from './passwords/hashing.ts';
import { openDatabase } from './repository.ts';
import { resolvers } from './resolvers.ts';
import { type Context, createService } from './service.ts';
import { followSigningKeys, readKeySet } from './signing-keys/signing-keys.ts';
import { createThrottle } from './throttle.ts';

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
  const database = openDatabase(pool);
  // A damaged file shows here, and not at the first registration.
  loadCommonPasswords();
  const passwords = await createPasswordHasher(settings.HASHING_CONCURRENCY);
  const providers = createProviders(settings, logger, now);
  const signingKeys = await followSigningKeys({ database, engine, settings, logger, now });
  const relay = startRelay({ log: 'auth', pool, engine, logger, settings });
  const housekeeping = startHousekeeping(database, logger, now);
  const metrics = createMetrics(database, passwords, now);
  const throttle = createThrottle(engine, settings.ACCOUNT_SECRET, logger, now);
  const transport = openSmtp(settings);
  const mailSender = startMailSender({ database, settings, transport, logger, metrics, now });
  const dependencies = {
    database,
    relay,
    mailSender,
    throttle,
    passwords,
    providers,
    signingKeys,
    metrics,
    settings,
    now,
  };
  const server = await startSubgraphServer<Context>({
    service: 'auth',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers,
    settings,
    pool,
    engine,
    logger,
    createContext: (request) => createService(dependencies, request),
    addRoutes: (app) => {
      app.get('/.well-known/jwks.json', () => readKeySet(database, now()));
      serveApiKeyExchange(app, dependencies);
      if (hasMailbox(settings)) serveMailbox(app, { database, settings, now });
    },
  });
  metrics.register(server.metrics);
  outboxGauge(server.metrics, pool);
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await relay.stop();
      await mailSender.stop();
      await signingKeys.stop();
      await housekeeping.stop();
      await database.$disconnect();
      await pool.end();
    },
  };
}
