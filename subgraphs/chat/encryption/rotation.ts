import { lowestId } from '../../../platform/identifiers.ts';
import type { Database } from '../repository.ts';
import type { KeyEncryption } from './key-encryption.ts';
import { activateRoomKey, findKeyVersions, findRoomKeysToRewrap, updateWrappings } from './repository.ts';
import { createRoomKey, type RoomKeyName, unwrapRoomKey, wrapRoomKey } from './room-key.ts';

const batchSize = 200;
/**
 * Wraps every data key under the active key-encryption key. Texts are not touched and nobody has to wait: a process reads
 * a key under whichever key-encryption key it finds it. Safe to stop, to repeat, and to run twice at once.
 * @returns how many data keys were wrapped anew.
 */
export async function rewrapRoomKeys(database: Database, keyEncryption: KeyEncryption): Promise<number> {
  let count = 0;
  let last: RoomKeyName | undefined = { roomId: lowestId, version: 0 };
  while (last !== undefined) {
    const keys = await findRoomKeysToRewrap(database, keyEncryption.activeId, last, batchSize);
    const rewrapped = await Promise.all(
      keys.map(async (key) => wrapRoomKey(keyEncryption, key, await unwrapRoomKey(keyEncryption, key))),
    );
    if (rewrapped.length > 0) await updateWrappings(database, rewrapped);
    count += rewrapped.length;
    last = keys.at(-1);
  }
  return count;
}

/**
 * Gives rooms a new data key: what is written from then on is sealed under it, and what was written before stays
 * readable with the key of its time. One statement a room, so that no two rooms are locked at once.
 * @param roomId of one room; without it all rooms get one.
 * @returns how many rooms got a new key.
 */
export async function rotateRoomKeys(
  database: Database,
  keyEncryption: KeyEncryption,
  now: () => Date,
  roomId?: string,
): Promise<number> {
  let count = 0;
  let after: string | undefined = lowestId;
  while (after !== undefined) {
    const rooms = await findKeyVersions(database, { after, limit: batchSize, ...(roomId !== undefined && { roomId }) });
    for (const room of rooms) {
      const key = await createRoomKey(keyEncryption, { roomId: room.roomId, version: room.version + 1 });
      if (await activateRoomKey(database, key, now())) count += 1;
    }
    after = roomId === undefined ? rooms.at(-1)?.roomId : undefined;
  }
  return count;
}
