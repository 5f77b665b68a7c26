import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { Database } from '../repository.ts';
import type { KeyEncryption } from './key-encryption.ts';
import { findRoomKeys } from './repository.ts';
import { createRoomKey, type NewRoomKey, type RoomKeyName, unwrapRoomKey } from './room-key.ts';
import { openText, readKeyVersion, type SealedPlace, sealText } from './sealed-text.ts';
import { deriveSearchKey, hashWord } from './word-hashes.ts';

/** Seals and opens what people write, under the data keys of rooms. One for the whole process. */
export interface RoomEncryption {
  /** Makes a data key, to be stored by the caller: the first of a new room, or the next of one that there is. */
  createKey(name: RoomKeyName): Promise<NewRoomKey>;
  /** Saves the look-up of a key that the caller has made and nobody else can have made meanwhile. */
  remember(key: NewRoomKey): void;
  /** @param keyVersion the room's `keyVersion`. */
  seal(place: SealedPlace, keyVersion: number, text: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * @param sealed as it comes from the database, or in Base64.
   * @throws UnreadableText for everything that was not sealed for just this place.
   */
  open(place: SealedPlace, sealed: Uint8Array | string): Promise<string>;
  /**
   * What stands for words in the index of search, each once: another number in each room, and under each version of its data key.
   * @throws DataKeyMissing when the room has no such key, or none any more.
   */
  hashWords(roomId: string, keyVersion: number, words: readonly string[]): Promise<bigint[]>;
}

/** There is no such data key: of a deleted room, for instance. */
export class DataKeyMissing extends Error {}

/** A data key, unwrapped, and what is derived from it. */
interface OpenKey {
  dataKey: Uint8Array;
  searchKey: Uint8Array;
}

function openKey(dataKey: Uint8Array): OpenKey {
  return { dataKey, searchKey: deriveSearchKey(dataKey) };
}

/** Data keys that one process keeps unwrapped. */
const cachedKeysLimit = 50_000;
const keysPerStatement = 1_000;

/**
 * A data key is read and unwrapped once and then kept: keys never change, and a rotated one has another version. All keys
 * that are wanted at the same time, by whichever requests, are read by one statement.
 */
export function createRoomEncryption(database: Database, keyEncryption: KeyEncryption): RoomEncryption {
  const dataKeys = new DataLoader<RoomKeyName, OpenKey, string>(
    async (names) => {
      const found = new Map((await findRoomKeys(database, names)).map((key) => [nameOf(key), key]));
      return Promise.all(
        names.map(async (name) => {
          const key = found.get(nameOf(name));
          if (key === undefined) return new DataKeyMissing(`There is no data key ${nameOf(name)}.`);
          return unwrapRoomKey(keyEncryption, key).then(openKey, (error: Error) => error);
        }),
      );
    },
    {
      cacheKeyFn: nameOf,
      cacheMap: new LRUCache<string, Promise<OpenKey>>({ max: cachedKeysLimit }),
      maxBatchSize: keysPerStatement,
    },
  );

  async function loadKey(name: RoomKeyName): Promise<OpenKey> {
    try {
      return await dataKeys.load(name);
    } catch (error) {
      // It may be there the next time.
      dataKeys.clear(name);
      throw error;
    }
  }

  return {
    createKey: (name) => createRoomKey(keyEncryption, name),
    remember: (key) => void dataKeys.prime(key, openKey(key.dataKey)),
    async seal(place, keyVersion, text) {
      const { dataKey } = await loadKey({ roomId: place.roomId, version: keyVersion });
      return new Uint8Array(sealText(text, dataKey, keyVersion, place));
    },
    async open(place, sealed) {
      const bytes = typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : Buffer.from(sealed);
      const version = readKeyVersion(bytes, place);
      const { dataKey } = await loadKey({ roomId: place.roomId, version });
      return openText(bytes, dataKey, place);
    },
    async hashWords(roomId, keyVersion, words) {
      const { searchKey } = await loadKey({ roomId, version: keyVersion });
      return [...new Set(words.map((word) => hashWord(word, searchKey)))];
    },
  };
}

function nameOf({ roomId, version }: RoomKeyName): string {
  return `${roomId} ${version}`;
}
