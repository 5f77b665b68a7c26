import { createHmac } from 'node:crypto';
import type { Database } from '../repository.ts';
import type { KeyEncryption } from './key-encryption.ts';
import { findRoomKeys, insertRoomKey } from './repository.ts';
import { createRoomKey, indexKeyName, unwrapRoomKey } from './room-key.ts';

/** The key of the blind index that spans rooms. One for the whole process, and the same for all processes. */
export interface IndexKey {
  /** A keyed hash of each text: HMAC-SHA-256, of which an index keeps 64 bits. */
  hash(texts: readonly string[]): Promise<bigint[]>;
}

/** The key is made by whoever needs it first, then read and unwrapped once and kept. */
export function createIndexKey(database: Database, keyEncryption: KeyEncryption, now: () => Date): IndexKey {
  let loading: Promise<Uint8Array> | null = null;

  async function loadKey(): Promise<Uint8Array> {
    loading ??= readOrCreateKey();
    try {
      return await loading;
    } catch (error) {
      // It may be there the next time.
      loading = null;
      throw error;
    }
  }

  async function readOrCreateKey(): Promise<Uint8Array> {
    const earlier = await readKey();
    if (earlier !== null) return earlier;
    await insertRoomKey(database, await createRoomKey(keyEncryption, indexKeyName), now());
    // Another process may have been first: what is stored holds.
    const stored = await readKey();
    if (stored === null) throw new Error('The key of the index has been removed.');
    return stored;
  }

  async function readKey(): Promise<Uint8Array | null> {
    const [key] = await findRoomKeys(database, [indexKeyName]);
    return key === undefined ? null : unwrapRoomKey(keyEncryption, key);
  }

  return {
    async hash(texts) {
      const key = await loadKey();
      return texts.map((text) => createHmac('sha256', key).update(text).digest().readBigInt64BE());
    },
  };
}
