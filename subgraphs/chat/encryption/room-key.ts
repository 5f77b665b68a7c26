import { randomBytes } from 'node:crypto';
import { lowestId } from '../../../platform/identifiers.ts';
import { keyBytes } from './aes-gcm.ts';
import type { KeyEncryption } from './key-encryption.ts';

/** Names one version of a room's data key: 1 is the first. */
export interface RoomKeyName {
  roomId: string;
  version: number;
}

/**
 * The key of the index that spans rooms stands among the data keys, under the id of no room, so that whoever wraps those anew
 * wraps it as well. It has one version for ever.
 */
export const indexKeyName: RoomKeyName = { roomId: lowestId, version: 1 };

/** A data key as it is stored. */
export interface RoomKeyRecord extends RoomKeyName {
  wrapped: Uint8Array;
  keyEncryptionKeyId: string;
}

/** The same with the key itself, which is never stored. */
export interface NewRoomKey extends RoomKeyRecord {
  dataKey: Uint8Array;
}

export async function createRoomKey(
  keyEncryption: KeyEncryption,
  { roomId, version }: RoomKeyName,
): Promise<NewRoomKey> {
  const dataKey = randomBytes(keyBytes);
  return { ...(await wrapRoomKey(keyEncryption, { roomId, version }, dataKey)), dataKey };
}

export async function wrapRoomKey(
  keyEncryption: KeyEncryption,
  { roomId, version }: RoomKeyName,
  dataKey: Uint8Array,
): Promise<RoomKeyRecord> {
  const wrapped = await keyEncryption.wrap(dataKey, contextOf({ roomId, version }));
  return { roomId, version, wrapped, keyEncryptionKeyId: keyEncryption.activeId };
}

export function unwrapRoomKey(keyEncryption: KeyEncryption, key: RoomKeyRecord): Promise<Uint8Array> {
  return keyEncryption.unwrap(key.wrapped, key.keyEncryptionKeyId, contextOf(key));
}

/** Bound into the wrapped key, so that it can't be given to another room. */
function contextOf({ roomId, version }: RoomKeyName): string {
  return `room_key|${roomId}|${version}`;
}
