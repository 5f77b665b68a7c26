import { openPool } from '../../platform/database.ts';
import { deadLetterGauge, outboxGauge } from '../../platform/durable-events/metrics.ts';
import { startRelay } from '../../platform/durable-events/relay.ts';
import { LogFeed } from '../../platform/log-feed/log-feed.ts';
import { type SubgraphDependencies, startSubgraphServer } from '../../platform/subgraph-server.ts';
import { createKeyEncryption } from './encryption/key-encryption.ts';
import { startSealing } from './encryption/plain-rows.ts';
import { createRoomEncryption } from './encryption/room-encryption.ts';
import type { ServiceSettings } from './env.ts';
import { startConsumer } from './events.ts';
import { createAccessWatch } from './log/access-watch.ts';
import type { RoomEventRecord } from './log/record.ts';
import { readEvents, readHeads } from './log/repository.ts';
import { openDatabase } from './repository.ts';
import { resolvers } from './resolvers.ts';
import { purgeDeletedRooms } from './rooms/purge.ts';
import { type Context, createService } from './service.ts';

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
    logger,
  });
  const database = openDatabase(pool);
  const encryption = createRoomEncryption(database, createKeyEncryption(settings.CHAT_ENCRYPTION_KEYS));
  const sealing = await startSealing(database, encryption, logger, now);
  const purging = purgeDeletedRooms(database, now).catch((error: unknown) => {
    logger.warn({ error }, 'what is left of deleted rooms could not be removed; the next start tries again');
  });
  const relay = startRelay({ log: 'chat', pool, engine, logger, settings });
  const feed = new LogFeed<RoomEventRecord>({
    kind: 'room',
    engine,
    source: {
      readHeads: (roomIds) => readHeads(database, roomIds),
      readEvents: (roomId, afterSeq, limit) => readEvents(database, roomId, afterSeq, limit),
    },
    logger,
    heartbeatMilliseconds: settings.FEED_HEARTBEAT_MILLISECONDS,
  });
  const consumer = await startConsumer(database, feed, engine, logger);
  const accessWatch = createAccessWatch(feed);
  const dependencies = { database, encryption, feed, accessWatch, relay, now };
  const server = await startSubgraphServer<Context>({
    service: 'chat',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers,
    settings,
    pool,
    engine,
    logger,
    createContext: (request) => createService(dependencies, request),
  });
  deadLetterGauge(server.metrics, database);
  outboxGauge(server.metrics, pool);
  return {
    url: server.url,
    async stop() {
      accessWatch.stop();
      await feed.stop();
      await server.stop();
      await consumer.stop();
      await relay.stop();
      await sealing.stop();
      await purging;
      await database.$disconnect();
      await pool.end();
    },
  };
}
