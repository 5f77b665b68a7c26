import type { Prisma } from '../../../prisma/chat/client/client.ts';
import { indexKeyName, type RoomKeyName, type RoomKeyRecord } from './room-key.ts';

/** Those of the data keys that there are, by one statement. */
export async function findRoomKeys(
  transaction: Prisma.TransactionClient,
  names: readonly RoomKeyName[],
): Promise<RoomKeyRecord[]> {
  return transaction.$queryRaw<RoomKeyRecord[]>`
    SELECT room_id AS "roomId", version, wrapped, key_encryption_key_id AS "keyEncryptionKeyId"
    FROM room_key JOIN unnest(${names.map(({ roomId }) => roomId)}::uuid[], ${names.map(({ version }) => version)}::int[])
      AS wanted(id, number) ON room_id = wanted.id AND version = wanted.number`;
}

/** Stores a data key, unless there is one of this version. */
export async function insertRoomKey(
  transaction: Prisma.TransactionClient,
  { roomId, version, wrapped, keyEncryptionKeyId }: RoomKeyRecord,
  createdAt: Date,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO room_key (room_id, version, wrapped, key_encryption_key_id, created_at)
    VALUES (${roomId}::uuid, ${version}, ${wrapped}::bytea, ${keyEncryptionKeyId}, ${createdAt})
    ON CONFLICT (room_id, version) DO NOTHING`;
}

/** How many data keys each key-encryption key wraps, and of how many rooms; and whether it wraps the key of the index. */
export async function countRoomKeys(
  transaction: Prisma.TransactionClient,
): Promise<{ keyEncryptionKeyId: string; keys: number; rooms: number; hasIndexKey: boolean }[]> {
  return transaction.$queryRaw`
    SELECT key_encryption_key_id AS "keyEncryptionKeyId", count(room_id)::int AS keys,
      count(DISTINCT room_id)::int AS rooms, bool_or(room_id IS NULL) AS "hasIndexKey"
    FROM (
      SELECT key_encryption_key_id, NULLIF(room_id, ${indexKeyName.roomId}::uuid) AS room_id FROM room_key
    ) AS data_key GROUP BY key_encryption_key_id ORDER BY key_encryption_key_id`;
}

/** A batch of data keys that another key-encryption key wraps, after a given one, in the order of the primary key. */
export async function findRoomKeysToRewrap(
  transaction: Prisma.TransactionClient,
  activeId: string,
  after: RoomKeyName,
  limit: number,
): Promise<RoomKeyRecord[]> {
  return transaction.$queryRaw<RoomKeyRecord[]>`
    SELECT room_id AS "roomId", version, wrapped, key_encryption_key_id AS "keyEncryptionKeyId" FROM room_key
    WHERE key_encryption_key_id <> ${activeId} AND (room_id, version) > (${after.roomId}::uuid, ${after.version})
    ORDER BY room_id, version LIMIT ${limit}`;
}

/** Replaces the wrapping of data keys, by one statement. The keys inside stay what they were. */
export async function updateWrappings(
  transaction: Prisma.TransactionClient,
  keys: readonly RoomKeyRecord[],
): Promise<void> {
  const wrappings = keys.map(({ wrapped }) => Buffer.from(wrapped).toString('base64'));
  await transaction.$executeRaw`
    UPDATE room_key SET wrapped = decode(wrapping, 'base64'), key_encryption_key_id = key_id
    FROM unnest(${keys.map(({ roomId }) => roomId)}::uuid[], ${keys.map(({ version }) => version)}::int[],
                ${wrappings}::text[], ${keys.map(({ keyEncryptionKeyId }) => keyEncryptionKeyId)}::text[])
      AS rewrapped(id, number, wrapping, key_id)
    WHERE room_id = id AND version = number`;
}

/** The versions under which rooms seal now: of one room, or of a batch after an id. */
export async function findKeyVersions(
  transaction: Prisma.TransactionClient,
  { roomId, after, limit }: { roomId?: string; after: string; limit: number },
): Promise<RoomKeyName[]> {
  const rooms = await transaction.room.findMany({
    where: { id: roomId ?? { gt: after }, deletedAt: null },
    select: { id: true, keyVersion: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rooms.map(({ id, keyVersion }) => ({ roomId: id, version: keyVersion }));
}

/**
 * Makes a data key the one under which its room seals from now on, unless somebody else has made the next one meanwhile. What was
 * decided about the room is decided anew, so that nobody goes on with the key before it.
 */
export async function activateRoomKey(
  transaction: Prisma.TransactionClient,
  { roomId, version, wrapped, keyEncryptionKeyId }: RoomKeyRecord,
  createdAt: Date,
): Promise<boolean> {
  const activated = await transaction.$executeRaw`
    WITH advanced AS (
      UPDATE room SET key_version = ${version}, standing_version = standing_version + 1
      WHERE id = ${roomId}::uuid AND key_version = ${version - 1} AND deleted_at IS NULL RETURNING id
    )
    INSERT INTO room_key (room_id, version, wrapped, key_encryption_key_id, created_at)
    SELECT id, ${version}, ${wrapped}::bytea, ${keyEncryptionKeyId}, ${createdAt} FROM advanced`;
  return activated === 1;
}

/** Rooms from before encryption: their names, and perhaps some of their messages, are not sealed yet. */
export async function findPlainRooms(
  transaction: Prisma.TransactionClient,
  limit: number,
): Promise<{ id: string; keyVersion: number }[]> {
  return transaction.room.findMany({
    where: { plainName: { not: null } },
    select: { id: true, keyVersion: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
}

/** The room's name, under its lock; null when it is sealed by now. */
export async function lockPlainRoom(transaction: Prisma.TransactionClient, roomId: string): Promise<string | null> {
  const rows = await transaction.$queryRaw<{ plainName: string | null }[]>`
    SELECT plain_name AS "plainName" FROM room WHERE id = ${roomId}::uuid FOR NO KEY UPDATE`;
  return rows[0]?.plainName ?? null;
}

export async function findPlainMessages(
  transaction: Prisma.TransactionClient,
  roomId: string,
  afterSeq: number,
  limit: number,
): Promise<{ id: string; seq: number; plainText: string }[]> {
  return transaction.$queryRaw`
    SELECT id, seq, plain_text AS "plainText" FROM message
    WHERE room_id = ${roomId}::uuid AND seq > ${afterSeq} AND plain_text IS NOT NULL ORDER BY seq LIMIT ${limit}`;
}

export async function saveSealedMessages(
  transaction: Prisma.TransactionClient,
  roomId: string,
  sealed: readonly { seq: number; sealedText: Uint8Array }[],
): Promise<void> {
  const texts = sealed.map(({ sealedText }) => Buffer.from(sealedText).toString('base64'));
  await transaction.$executeRaw`
    UPDATE message SET sealed_text = decode(encoded, 'base64'), plain_text = NULL
    FROM unnest(${sealed.map(({ seq }) => seq)}::int[], ${texts}::text[]) AS sealed(number_in_log, encoded)
    WHERE room_id = ${roomId}::uuid AND seq = number_in_log`;
}

export async function saveSealedName(
  transaction: Prisma.TransactionClient,
  roomId: string,
  sealedName: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await transaction.room.update({ where: { id: roomId }, data: { sealedName, plainName: null } });
}
