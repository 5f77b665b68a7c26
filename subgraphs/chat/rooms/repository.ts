import type { KeyPage } from '../../../platform/connection.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { NewRoomKey } from '../encryption/room-key.ts';
import type { RoomKind, RoomRecord } from './record.ts';

/** The columns of a `RoomRecord` but `isBanned`, of a room and the membership in it, as they are at a time. */
const roomColumns = (at: Date) => Prisma.sql`
  room.id, kind, sealed_name AS "sealedName", sealed_topic AS "sealedTopic", sealed_avatar_url AS "sealedAvatarUrl",
  key_version AS "keyVersion", head_seq AS "headSeq", message_count AS "messageCount",
  standing_version AS "standingVersion", slow_mode_seconds AS "slowModeSeconds", who_may_post AS "whoMayPost",
  who_may_invite AS "whoMayInvite", who_may_pin AS "whoMayPin", archived_at AS "archivedAt",
  archived_at IS NOT NULL AS "isArchived", role, read_message_number AS "readMessageNumber", last_sent_at AS "lastSentAt",
  muted_at IS NOT NULL AND (muted_until IS NULL OR muted_until > ${at}::timestamptz) AS "isMuted"`;

/**
 * Rooms by id, each with what the user is in it at a time; a null user is a member of none. Rooms that were deleted are
 * not there.
 */
export async function findRooms(
  transaction: Prisma.TransactionClient,
  ids: readonly string[],
  userId: string | null,
  at = new Date(),
): Promise<RoomRecord[]> {
  return transaction.$queryRaw<RoomRecord[]>`
    SELECT ${roomColumns(at)}, EXISTS (
        SELECT FROM room_ban WHERE room_id = room.id AND user_id = ${userId}::uuid
          AND (banned_until IS NULL OR banned_until > ${at}::timestamptz)
      ) AS "isBanned"
    FROM room LEFT JOIN room_member ON room_id = room.id AND user_id = ${userId}::uuid
    WHERE room.id = ANY(${ids}::uuid[]) AND deleted_at IS NULL`;
}

/** The rooms of a user, newest first; one more than the page wants, to tell whether there are more. */
export async function pageRoomsOf(
  transaction: Prisma.TransactionClient,
  userId: string,
  page: KeyPage<string>,
): Promise<RoomRecord[]> {
  return transaction.$queryRaw<RoomRecord[]>`
    SELECT ${roomColumns(new Date())}, false AS "isBanned"
    FROM room_member JOIN room ON room.id = room_id
    WHERE user_id = ${userId}::uuid AND (${page.after}::uuid IS NULL OR room_id < ${page.after}::uuid)
    ORDER BY room_id DESC LIMIT ${page.limit + 1}`;
}

export interface NewRoom {
  id: string;
  kind: RoomKind;
  sealedName: Uint8Array | null;
  key: NewRoomKey;
  ownerId: string;
  createdAt: Date;
}

/**
 * Opens a room with its first data key, as one statement; the owner's account can't go in between (see `insertMember`).
 * Resolves to the room as its owner sees it, or to null when the account is gone.
 */
export async function insertRoom(transaction: Prisma.TransactionClient, room: NewRoom): Promise<RoomRecord | null> {
  const { id, kind, sealedName, key, ownerId, createdAt } = room;
  const rows = await transaction.$queryRaw<RoomRecord[]>`
    WITH owner AS MATERIALIZED (
      SELECT user_id FROM account_handle WHERE user_id = ${ownerId}::uuid AND deleted_at IS NULL FOR SHARE
    ), opened AS (
      INSERT INTO room (id, kind, sealed_name, key_version, head_seq, created_at)
      SELECT ${id}::uuid, ${kind}::room_kind, ${sealedName}::bytea, ${key.version}, 1, ${createdAt} FROM owner
      RETURNING *
    ), keyed AS (
      INSERT INTO room_key (room_id, version, wrapped, key_encryption_key_id, created_at)
      SELECT ${id}::uuid, ${key.version}, ${key.wrapped}::bytea, ${key.keyEncryptionKeyId}, ${createdAt} FROM owner
    ), joined AS (
      INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number)
      SELECT ${id}::uuid, user_id, 'OWNER', ${createdAt}, 0 FROM owner
      RETURNING *
    ), logged AS (
      INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
      SELECT ${id}::uuid, 1, 'ROOM_CREATED', user_id, ${createdAt} FROM owner
    )
    SELECT ${roomColumns(createdAt)}, false AS "isBanned" FROM opened AS room CROSS JOIN joined`;
  return rows[0] ?? null;
}

/** Locks a room until the transaction ends, as whoever takes a `seq` does. Resolves to whether there is such a room. */
export async function lockRoom(transaction: Prisma.TransactionClient, roomId: string): Promise<boolean> {
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT FROM room WHERE id = ${roomId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
  return rows.length > 0;
}

/** Columns of a room as a change gives them. */
export type RoomColumns = Pick<
  Prisma.RoomUpdateInput,
  'sealedName' | 'sealedTopic' | 'sealedAvatarUrl' | 'whoMayPost' | 'whoMayInvite' | 'whoMayPin' | 'slowModeSeconds'
>;

export async function updateRoomColumns(
  transaction: Prisma.TransactionClient,
  roomId: string,
  columns: RoomColumns,
): Promise<void> {
  await transaction.room.update({ where: { id: roomId }, data: columns });
}

export async function updateArchived(
  transaction: Prisma.TransactionClient,
  roomId: string,
  archivedAt: Date | null,
): Promise<void> {
  await transaction.room.update({ where: { id: roomId }, data: { archivedAt } });
}

/**
 * Leaves nothing of a room but its id and the end of its log: takes the members, and the keys, without which no text that is
 * still there can be opened. `deleteContent` removes the rest.
 */
export async function buryRoom(transaction: Prisma.TransactionClient, roomId: string, deletedAt: Date): Promise<void> {
  await transaction.room.update({
    where: { id: roomId },
    data: { deletedAt, sealedName: null, sealedTopic: null, sealedAvatarUrl: null },
  });
  await transaction.roomKey.deleteMany({ where: { roomId } });
  await transaction.roomMember.deleteMany({ where: { roomId } });
  await transaction.roomBan.deleteMany({ where: { roomId } });
  await transaction.webhook.deleteMany({ where: { roomId } });
}

/** What belongs to messages. */
const contentTables = [
  'expired_message',
  'message_edit',
  'message_mention',
  'message_word',
  'room_mention',
  'thread',
  'thread_reply',
  'thread_participant',
  'reaction',
  'reaction_count',
  'pin',
] as const;

/** Removes rows of a deleted room from each table that grows with it, but the last event. @returns how many there were. */
export async function deleteContent(
  transaction: Prisma.TransactionClient,
  roomId: string,
  limit: number,
): Promise<number> {
  const messages = await transaction.$executeRaw`
    DELETE FROM message WHERE room_id = ${roomId}::uuid AND seq IN (
      SELECT seq FROM message WHERE room_id = ${roomId}::uuid ORDER BY seq LIMIT ${limit})`;
  const events = await transaction.$executeRaw`
    DELETE FROM room_event WHERE room_id = ${roomId}::uuid AND seq IN (
      SELECT seq FROM room_event WHERE room_id = ${roomId}::uuid AND kind::text <> 'ROOM_DELETED' ORDER BY seq LIMIT ${limit})`;
  let others = 0;
  // A row's place alone would name rows of other rooms, too, in the other partitions of a table.
  for (const table of contentTables) {
    others += await transaction.$executeRaw`
      DELETE FROM ${Prisma.raw(table)} WHERE room_id = ${roomId}::uuid AND ctid = ANY(ARRAY(
        SELECT ctid FROM ${Prisma.raw(table)} WHERE room_id = ${roomId}::uuid LIMIT ${limit}))`;
  }
  return messages + events + others;
}

export async function markPurged(transaction: Prisma.TransactionClient, roomId: string, purgedAt: Date): Promise<void> {
  await transaction.room.update({ where: { id: roomId }, data: { purgedAt } });
}

/** Deleted rooms of which there may be something left. */
export async function findBuriedRooms(transaction: Prisma.TransactionClient): Promise<string[]> {
  const rooms = await transaction.room.findMany({
    where: { deletedAt: { not: null }, purgedAt: null },
    select: { id: true },
  });
  return rooms.map(({ id }) => id);
}
