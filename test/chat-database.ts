import pg from 'pg';
import { pino } from 'pino';
import { createKeyEncryption, keyEncryptionSetting } from '../subgraphs/chat/encryption/key-encryption.ts';
import { createRoomEncryption, type RoomEncryption } from '../subgraphs/chat/encryption/room-encryption.ts';
import { rotateRoomKeys } from '../subgraphs/chat/encryption/rotation.ts';
import { openDatabase } from '../subgraphs/chat/repository.ts';
import { indexMessages } from '../subgraphs/chat/search/indexing.ts';
import { subgraphDatabaseUrl } from '../tools/databases.ts';
import { type TestDatabases, testEnvironment } from './harness.ts';

const keyEncryption = createKeyEncryption(keyEncryptionSetting.parse(testEnvironment.CHAT_ENCRYPTION_KEYS));
const now = () => new Date();

/** Gives somebody the database of chat, as one of its processes has it. */
export async function withChatDatabase<Result>(
  databases: TestDatabases,
  work: (database: ReturnType<typeof openDatabase>) => Promise<Result>,
): Promise<Result> {
  const pool = new pg.Pool({ connectionString: subgraphDatabaseUrl(databases.url, 'chat') });
  const database = openDatabase(pool);
  try {
    return await work(database);
  } finally {
    await database.$disconnect();
    await pool.end();
  }
}

/** Seals and opens what rooms hold. */
export function openRoomEncryption(database: ReturnType<typeof openDatabase>): RoomEncryption {
  return createRoomEncryption(database, keyEncryption);
}

/** Gives a room a new data key, as the command for it does. */
export function rotateRoomKey(databases: TestDatabases, roomId: string): Promise<number> {
  return withChatDatabase(databases, (database) => rotateRoomKeys(database, keyEncryption, now, roomId));
}

/** Indexes what is not indexed, as another process of chat would. It can be told to stop, after a batch. */
export function indexAsAnotherProcess(databases: TestDatabases, isStopping?: () => boolean): Promise<number> {
  return withChatDatabase(databases, (database) => {
    const encryption = openRoomEncryption(database);
    return indexMessages({ database, encryption, logger: pino({ level: 'silent' }) }, isStopping);
  });
}
