import { createHmac, hkdfSync } from 'node:crypto';

const searchKeyBytes = 32;

/**
 * The key of a room's index of search: derived from a data key for this purpose alone (HKDF, RFC 5869), so that nothing which is
 * done with the one tells anything about the other.
 */
export function deriveSearchKey(dataKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', dataKey, '', 'chorus search words', searchKeyBytes));
}

/** What stands for a word in the index: 64 bits of a keyed hash (HMAC-SHA-256), in the form of a `bigint` of PostgreSQL. */
export function hashWord(word: string, searchKey: Uint8Array): bigint {
  return createHmac('sha256', searchKey).update(word).digest().readBigInt64BE();
}
