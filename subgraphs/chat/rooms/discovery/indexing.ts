import type { Logger } from 'pino';
import { lowestId } from '../../../../platform/identifiers.ts';
import { runAtStart, type WorkAtStart } from '../../at-start.ts';
import type { IndexKey } from '../../encryption/index-key.ts';
import type { RoomEncryption } from '../../encryption/room-encryption.ts';
import type { Database, Transaction } from '../../repository.ts';
import type { RoomRecord } from '../record.ts';
import { findRooms, lockRoom } from '../repository.ts';
import { placeOf } from '../texts.ts';
import { anyWord, entriesOf } from './entries.ts';
import { findRoomsWithout, replaceWords } from './repository.ts';

const roomsPerBatch = 100;
export interface DirectoryIndexingDependencies {
  database: Database;
  encryption: RoomEncryption;
  indexKey: IndexKey;
  logger: Logger;
}

/** Indexes the public rooms from before there was discovery. While the database is away it goes on trying. */
export async function startDirectoryIndexing(
  dependencies: DirectoryIndexingDependencies,
): Promise<Pick<WorkAtStart, 'stop'>> {
  const { logger } = dependencies;
  const index = async () => {
    const rooms = await indexRooms(dependencies);
    if (rooms > 0) logger.info({ rooms }, 'public rooms from before discovery can be found');
  };
  const indexing = runAtStart(index, { logger, failure: 'rooms from before discovery could not be indexed' });
  await indexing.attempted;
  return indexing;
}

/**
 * The same, once, also after the key of the index was lost. A room that can't be read is left out: it can't be found, and
 * does not keep others from being. Each room is a transaction under its lock, so any number of processes may do this at once.
 * @returns how many rooms were indexed.
 */
export async function indexRooms({
  database,
  encryption,
  indexKey,
  logger,
}: DirectoryIndexingDependencies): Promise<number> {
  const [mark = 0n] = await indexKey.hash([anyWord]);
  let count = 0;
  let ids = await findRoomsWithout(database, mark, lowestId, roomsPerBatch);
  while (ids.length > 0) {
    for (const id of ids) {
      try {
        await database.$transaction(async (transaction) => {
          const isThere = await lockRoom(transaction, id);
          const [room] = isThere ? await findRooms(transaction, [id], null) : [];
          if (room !== undefined) await indexTextsOf(transaction, encryption, indexKey, room);
        });
        count += 1;
      } catch (error) {
        if (!(error instanceof UnreadableRoom)) throw error;
        logger.warn({ error, roomId: id }, 'a public room can not be read, and so not be found');
      }
    }
    ids = await findRoomsWithout(database, mark, ids.at(-1) ?? lowestId, roomsPerBatch);
  }
  return count;
}

class UnreadableRoom extends Error {}

/** Brings the entries of a public room up to date with its texts, under its lock. Other rooms have none. */
export async function indexTextsOf(
  transaction: Transaction,
  encryption: RoomEncryption,
  indexKey: IndexKey,
  room: RoomRecord,
): Promise<void> {
  if (room.kind !== 'PUBLIC') return;
  const open = (field: 'name' | 'topic', sealed: Uint8Array | null) =>
    sealed === null ? null : encryption.open(placeOf(room.id, field), sealed);
  const texts = await Promise.all([open('name', room.sealedName), open('topic', room.sealedTopic)]).catch((cause) => {
    throw new UnreadableRoom(`The texts of room ${room.id} can not be opened.`, { cause });
  });
  await replaceWords(transaction, room.id, await indexKey.hash(entriesOf(texts)));
}
