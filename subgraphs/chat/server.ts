import { openPool } from '../../platform/database.ts';
import { deadLetterGauge, outboxGauge } from '../../platform/durable-events/metrics.ts';
import { startRelay } from '../../platform/durable-events/relay.ts';
import { LogFeed } from '../../platform/log-feed/log-feed.ts';
import { historyCounter } from '../../platform/log-feed/metrics.ts';
import { type SubgraphDependencies, startSubgraphServer } from '../../platform/subgraph-server.ts';
import { createIndexKey } from './encryption/index-key.ts';
import { createKeyEncryption } from './encryption/key-encryption.ts';
import { startSealing } from './encryption/plain-rows.ts';
import { createRoomEncryption } from './encryption/room-encryption.ts';
import type { ServiceSettings } from './env.ts';
import { startConsumer } from './events.ts';
import { serveExports } from './export/routes.ts';
import { createExportSlots } from './export/slots.ts';
import { createAccessWatch } from './log/access-watch.ts';
import { amendEarlier, type RoomEventRecord } from './log/record.ts';
import { readBounds, readEvents } from './log/repository.ts';
import { createMessageWriter } from './messages/insertion/message-writer.ts';
import { createSendDecisions } from './messages/send-decisions.ts';
import { openDatabase } from './repository.ts';
import { resolvers } from './resolvers.ts';
import { startExpiry } from './retention/expiry.ts';
import { startDirectoryIndexing } from './rooms/discovery/indexing.ts';
import { startPurging } from './rooms/purge.ts';
import { createRoomReader } from './rooms/room-reader.ts';
import { startScheduler } from './scheduled/scheduler.ts';
import { startIndexing } from './search/indexing.ts';
import { type Context, createService } from './service.ts';
import { SignalHub } from './signals/signal-hub.ts';
import { createWebhookPace } from './webhooks/pace.ts';
import { serveWebhooks } from './webhooks/routes.ts';

/** Starts the chat subgraph. `stop` ends what runs in order and leaves the engine, which is the caller's, open. */
export async function start({
  settings,
  engine,
  logger,
  now = () => new Date(),
}: SubgraphDependencies<ServiceSettings>) {
  const pool = openPool({
    connectionString: settings.DATABASE_URL,
    maximumConnections: settings.DATABASE_MAX_CONNECTIONS,
    plansOnce: true,
    logger,
  });
  const database = openDatabase(pool);
  const keyEncryption = createKeyEncryption(settings.CHAT_ENCRYPTION_KEYS);
  const encryption = createRoomEncryption(database, keyEncryption);
  const indexKey = createIndexKey(database, keyEncryption, now);
  const sealing = await startSealing(database, encryption, logger, now);
  const directoryIndexing = await startDirectoryIndexing({ database, encryption, indexKey, logger });
  const indexing = startIndexing({ database, encryption, logger });
  const relay = startRelay({ log: 'chat', pool, engine, logger, settings });
  const feed = new LogFeed<RoomEventRecord>({
    kind: 'room',
    engine,
    source: {
      readBounds: (roomIds) => readBounds(database, roomIds),
      readEvents: (roomId, afterSeq, limit) => readEvents(database, roomId, afterSeq, limit),
    },
    logger,
    heartbeatMilliseconds: settings.FEED_HEARTBEAT_MILLISECONDS,
    amendEarlier,
  });
  const removalInterval = settings.RETENTION_INTERVAL_SECONDS * 1_000;
  const expiry = startExpiry({ database, feed, now }, logger, removalInterval);
  const purging = startPurging({ database, now }, logger, removalInterval);
  const consumer = await startConsumer({ database, feed, purging }, engine, logger);
  const accessWatch = createAccessWatch(feed);
  const signals = new SignalHub({ engine, logger, now });
  const sendDecisions = createSendDecisions();
  const dependencies = {
    database,
    roomReader: createRoomReader(pool),
    encryption,
    indexKey,
    feed,
    accessWatch,
    relay,
    signals,
    messageWriter: createMessageWriter(pool),
    sendDecisions,
    purging,
    now,
  };
  const server = await startSubgraphServer<Context>({
    service: 'chat',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers,
    settings,
    pool,
    engine,
    logger,
    createContext: (request) => createService(dependencies, request),
    addRoutes: (app) => {
      serveWebhooks(app, dependencies, createWebhookPace(engine, logger));
      serveExports(app, dependencies, createExportSlots(engine, logger), settings.VIEWER_SECRET);
    },
  });
  const scheduler = startScheduler(dependencies, {
    pollMilliseconds: settings.SCHEDULE_POLL_MILLISECONDS,
    logger,
  });
  deadLetterGauge(server.metrics, database);
  outboxGauge(server.metrics, pool);
  historyCounter(server.metrics, feed.historyCounts);
  return {
    url: server.url,
    async stop() {
      await scheduler.stop();
      // Before what it serves from: whoever follows is to learn that the subgraph goes, and not that nothing more will come.
      await server.stop();
      await feed.stop();
      signals.stop();
      await consumer.stop();
      await relay.stop();
      await expiry.stop();
      await directoryIndexing.stop();
      await indexing.stop();
      await sealing.stop();
      await purging.stop();
      await database.$disconnect();
      await pool.end();
    },
  };
}
