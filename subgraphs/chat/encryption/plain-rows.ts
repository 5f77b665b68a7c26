import type { Logger } from 'pino';
import { runAtStart, type WorkAtStart } from '../at-start.ts';
import type { Database } from '../repository.ts';
import {
  findPlainMessages,
  findPlainRooms,
  insertRoomKey,
  lockPlainRoom,
  saveSealedMessages,
  saveSealedName,
} from './repository.ts';
import type { RoomEncryption } from './room-encryption.ts';

const roomsPerBatch = 100;
const messagesPerBatch = 200;

/**
 * Seals what was written before there was encryption. Resolves after the first attempt, so that a process serves only when
 * everything is sealed; while the database is away it goes on trying, and the process serves as it otherwise would.
 */
export async function startSealing(
  database: Database,
  encryption: RoomEncryption,
  logger: Logger,
  now: () => Date,
): Promise<Pick<WorkAtStart, 'stop'>> {
  const seal = async () => {
    const rooms = await sealPlainRows(database, encryption, now);
    if (rooms > 0) logger.info({ rooms }, 'names and messages from before encryption are sealed');
  };
  const sealing = runAtStart(seal, { logger, failure: 'texts from before encryption could not be sealed' });
  await sealing.attempted;
  return sealing;
}

/**
 * The same, once. The room's name is sealed last: a room whose name is plain is one that is not done. Each batch is a
 * transaction under the room's lock, so any number of processes may do this at once, and be killed in the middle of it.
 * @returns how many rooms were sealed.
 */
export async function sealPlainRows(database: Database, encryption: RoomEncryption, now: () => Date): Promise<number> {
  let count = 0;
  let rooms = await findPlainRooms(database, roomsPerBatch);
  while (rooms.length > 0) {
    for (const { id, keyVersion } of rooms) {
      await insertRoomKey(database, await encryption.createKey({ roomId: id, version: keyVersion }), now());
      let last: number | null = 0;
      while (last !== null) last = await sealBatch(database, encryption, { roomId: id, keyVersion, after: last });
      count += 1;
    }
    rooms = await findPlainRooms(database, roomsPerBatch);
  }
  return count;
}

/** @returns the last `seq` that was sealed, or null when the room is done. */
async function sealBatch(
  database: Database,
  encryption: RoomEncryption,
  { roomId, keyVersion, after }: { roomId: string; keyVersion: number; after: number },
): Promise<number | null> {
  return database.$transaction(async (transaction) => {
    const name = await lockPlainRoom(transaction, roomId);
    if (name === null) return null;
    const messages = await findPlainMessages(transaction, roomId, after, messagesPerBatch);
    if (messages.length === 0) {
      const place = { roomId, field: 'room.name', rowId: roomId } as const;
      await saveSealedName(transaction, roomId, await encryption.seal(place, keyVersion, name));
      return null;
    }
    const sealed = await Promise.all(
      messages.map(async ({ id, seq, plainText }) => {
        const place = { roomId, field: 'message.text', rowId: id } as const;
        return { seq, sealedText: await encryption.seal(place, keyVersion, plainText) };
      }),
    );
    await saveSealedMessages(transaction, roomId, sealed);
    return messages.at(-1)?.seq ?? null;
  });
}
