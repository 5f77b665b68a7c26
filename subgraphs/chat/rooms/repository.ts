import type { Pool } from 'pg';
import type { KeyPage } from '../../../platform/connection.ts';
import { nothingOnConflict } from '../../../platform/database.ts';
import { highestId } from '../../../platform/identifiers.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { NewRoomKey } from '../encryption/room-key.ts';
import type { MemberRecord } from '../members/record.ts';
import type { RoomRecord } from './record.ts';

/** The columns of a `RoomRecord` that a room and the membership in it have, as they are at a time. */
const roomColumns = (at: Date) => Prisma.sql`
  room.id, kind, sealed_name AS "sealedName", sealed_topic AS "sealedTopic", sealed_avatar_url AS "sealedAvatarUrl",
  key_version AS "keyVersion", first_seq AS "firstSeq", head_seq AS "headSeq", message_count AS "messageCount",
  expired_message_number AS "expiredMessageNumber", retention_days AS "retentionDays",
  member_count AS "memberCount", read_seq AS "readSeq",
  standing_version AS "standingVersion", slow_mode_seconds AS "slowModeSeconds", who_may_post AS "whoMayPost",
  who_may_invite AS "whoMayInvite", who_may_pin AS "whoMayPin", join_policy AS "joinPolicy", archived_at AS "archivedAt",
  archived_at IS NOT NULL AS "isArchived", role, read_message_number AS "readMessageNumber", last_sent_at AS "lastSentAt",
  muted_at IS NOT NULL AND (muted_until IS NULL OR muted_until > ${at}::timestamptz) AS "isMuted"`;

/** An id as a part of a statement. */
const idOf = (id: string | null) => Prisma.sql`${id}::uuid`;

/** What makes a direct room one for a user. Other rooms are not looked up. */
const directColumns = (userId: Prisma.Sql) => Prisma.sql`
  CASE WHEN kind = 'DIRECT' THEN (
    SELECT CASE WHEN lower_id = ${userId} THEN higher_id ELSE lower_id END
    FROM direct_room WHERE direct_room.room_id = room.id) END AS "directPeerId",
  CASE WHEN kind = 'DIRECT' THEN EXISTS (
    SELECT FROM direct_room JOIN account_block
      ON (blocker_id = lower_id AND blocked_id = higher_id) OR (blocker_id = higher_id AND blocked_id = lower_id)
    WHERE direct_room.room_id = room.id AND is_blocked) ELSE false END AS "isBlocked"`;

const isBanned = (userId: Prisma.Sql, at: Date) => Prisma.sql`
  EXISTS (SELECT FROM room_ban WHERE room_ban.room_id = room.id AND room_ban.user_id = ${userId}
    AND (banned_until IS NULL OR banned_until > ${at}::timestamptz))`;

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
    SELECT ${roomColumns(at)}, ${isBanned(idOf(userId), at)} AS "isBanned", ${directColumns(idOf(userId))}
    FROM room LEFT JOIN room_member ON room_id = room.id AND user_id = ${userId}::uuid
    WHERE room.id = ANY(${ids}::uuid[]) AND deleted_at IS NULL`;
}

/** A room as somebody finds it: a null user is a member of none. */
export interface RoomAsk {
  roomId: string;
  userId: string | null;
}

/**
 * Looks up rooms for many people at once: for each ask the room with what that user is in it, as `findRooms` does for one; null for
 * a room that is not there. By itself, and past Prisma: it is asked whenever anybody looks at a room.
 */
export function createRoomLookUp(pool: Pool): (asks: readonly RoomAsk[]) => Promise<(RoomRecord | null)[]> {
  return async (asks) => {
    const at = new Date();
    const userId = Prisma.sql`asked.user_id`;
    const { text, values } = Prisma.sql`
      SELECT place, ${roomColumns(at)}, ${isBanned(userId, at)} AS "isBanned", ${directColumns(userId)}
      FROM unnest(${asks.map(({ roomId }) => roomId)}::uuid[], ${asks.map((ask) => ask.userId)}::uuid[])
          WITH ORDINALITY AS asked(room_id, user_id, place)
        JOIN room ON room.id = asked.room_id
        LEFT JOIN room_member ON room_member.room_id = room.id AND room_member.user_id = asked.user_id
      WHERE deleted_at IS NULL`;
    const { rows } = await pool.query<RoomRecord & { place: string }>({ name: 'rooms', text, values });
    const found = new Map(rows.map(({ place, ...room }) => [Number(place), room]));
    return asks.map((_ask, index) => found.get(index + 1) ?? null);
  };
}

/**
 * Whether `room` is a direct room with somebody whom a user has blocked, as a part of a statement: the user does not find it among
 * their rooms, and what is unread there counts for nothing.
 */
export const isHidden = (userId: string) => Prisma.sql`
  (kind = 'DIRECT' AND EXISTS (
    SELECT FROM direct_room JOIN account_block ON blocked_id IN (lower_id, higher_id)
    WHERE direct_room.room_id = room.id AND blocker_id = ${userId}::uuid AND is_blocked))`;

/**
 * The rooms of a user, newest first, without direct rooms with those whom they have blocked; one more than the page wants, to tell
 * whether there are more.
 */
export async function pageRoomsOf(
  transaction: Prisma.TransactionClient,
  userId: string,
  page: KeyPage<string>,
): Promise<RoomRecord[]> {
  return transaction.$queryRaw<RoomRecord[]>`
    SELECT ${roomColumns(new Date())}, false AS "isBanned", ${directColumns(idOf(userId))}
    FROM room_member JOIN room ON room.id = room_id
    WHERE user_id = ${userId}::uuid AND room_id < ${page.after ?? highestId}::uuid
      AND NOT ${isHidden(userId)}
    ORDER BY room_id DESC LIMIT ${page.limit + 1}`;
}

/**
 * Public rooms that have all of some entries in the index, newest first, with what the user is in each; those from which the user
 * is banned are left out. One more than the page wants. The index of the first entry is read in the order of the page, so
 * that a page costs the same however many rooms have it.
 */
export async function pagePublicRooms(
  transaction: Prisma.TransactionClient,
  [first = 0n, ...others]: readonly bigint[],
  userId: string,
  page: KeyPage<string>,
): Promise<RoomRecord[]> {
  const at = new Date();
  return transaction.$queryRaw<RoomRecord[]>`
    SELECT ${roomColumns(at)}, false AS "isBanned", NULL AS "directPeerId", false AS "isBlocked"
    FROM room_word AS found JOIN room ON room.id = found.room_id
      LEFT JOIN room_member ON room_member.room_id = room.id AND user_id = ${userId}::uuid
    WHERE found.word = ${first} AND found.room_id < ${page.after ?? highestId}::uuid
      AND kind = 'PUBLIC' AND archived_at IS NULL AND deleted_at IS NULL AND NOT ${isBanned(idOf(userId), at)}
      AND NOT EXISTS (
        SELECT FROM unnest(${others}::bigint[]) AS wanted(entry)
        WHERE NOT EXISTS (SELECT FROM room_word WHERE word = entry AND room_word.room_id = room.id))
    ORDER BY found.room_id DESC LIMIT ${page.limit + 1}`;
}

export interface NewRoom {
  id: string;
  kind: RoomRecord['kind'];
  sealedName: Uint8Array | null;
  sealedTopic: Uint8Array | null;
  key: NewRoomKey;
  /** Who opens it, first, and whoever else is a member at once. */
  members: readonly Pick<MemberRecord, 'userId' | 'role'>[];
  whoMayPin: RoomRecord['whoMayPin'];
  /** The creator's name for it; null for a room that is not named for retries. */
  clientRoomId: string | null;
  /** What search finds it by, each once; nothing for a room that is not public. */
  words: readonly bigint[];
  createdAt: Date;
}

/**
 * Opens a room with its first data key, as one statement; the members' accounts can't go in between (see `insertMember`).
 * Resolves to the room as who opens it sees it. Resolves to null and changes nothing when one of the accounts is not there, when the
 * creator has a room of this `clientRoomId` already, or for a direct room when the two have one.
 */
export async function insertRoom(transaction: Prisma.TransactionClient, room: NewRoom): Promise<RoomRecord | null> {
  const { id, kind, sealedName, sealedTopic, key, members, whoMayPin, clientRoomId, words, createdAt } = room;
  const [creatorId, otherId] = members.map(({ userId }) => userId);
  const directPeerId = kind === 'DIRECT' ? otherId : null;
  const [opened] = await nothingOnConflict(
    /^(room_creator_id_client_room_id_key|direct_room_pkey)$/,
    transaction.$queryRaw<RoomRecord[]>`
      WITH person AS MATERIALIZED (
        SELECT user_id, given.role, place
        FROM unnest(${members.map(({ userId }) => userId)}::uuid[], ${members.map(({ role }) => role)}::text[])
          WITH ORDINALITY AS given(user_id, role, place) JOIN account_handle USING (user_id)
        WHERE deleted_at IS NULL ORDER BY user_id FOR SHARE OF account_handle
      ), opened AS (
        INSERT INTO room (id, kind, sealed_name, sealed_topic, key_version, head_seq, member_count, who_may_pin,
                          creator_id, client_room_id, created_at)
        SELECT ${id}::uuid, ${kind}::room_kind, ${sealedName}::bytea, ${sealedTopic}::bytea, ${key.version}, found, found,
               ${whoMayPin}::member_role, ${creatorId}::uuid, ${clientRoomId}, ${createdAt}
        FROM (SELECT count(*)::int AS found FROM person) AS people WHERE found = ${members.length}
        RETURNING *
      ), keyed AS (
        INSERT INTO room_key (room_id, version, wrapped, key_encryption_key_id, created_at)
        SELECT id, ${key.version}, ${key.wrapped}::bytea, ${key.keyEncryptionKeyId}, ${createdAt} FROM opened
      ), paired AS (
        INSERT INTO direct_room (lower_id, higher_id, room_id)
        SELECT LEAST(${creatorId}::uuid, ${directPeerId}::uuid), GREATEST(${creatorId}::uuid, ${directPeerId}::uuid), id
        FROM opened WHERE ${kind} = 'DIRECT'
      ), joined AS (
        INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number)
        SELECT id, user_id, person.role::member_role, ${createdAt}, 0 FROM opened CROSS JOIN person
        RETURNING *
      ), logged AS (
        INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at, data)
        SELECT id, place, CASE WHEN place = 1 THEN 'ROOM_CREATED' ELSE 'MEMBER_JOINED' END::room_event_kind,
               ${creatorId}::uuid, ${createdAt},
               CASE WHEN place = 1 THEN '{}' ELSE jsonb_build_object('userId', user_id) END
        FROM opened CROSS JOIN person
      ), indexed AS (
        INSERT INTO room_word (word, room_id) SELECT word, id FROM opened CROSS JOIN unnest(${words}::bigint[]) AS word
      )
      SELECT ${roomColumns(createdAt)}, false AS "isBanned", ${directPeerId}::uuid AS "directPeerId", false AS "isBlocked"
      FROM opened AS room CROSS JOIN joined WHERE user_id = ${creatorId}::uuid`,
  );
  return opened ?? null;
}

/** The room that somebody has opened under a name of their own, also when it is deleted by now. */
export async function findRoomByClientId(
  transaction: Prisma.TransactionClient,
  creatorId: string,
  clientRoomId: string,
): Promise<{ id: string; isGroup: boolean } | null> {
  const room = await transaction.room.findUnique({
    where: { creatorId_clientRoomId: { creatorId, clientRoomId } },
    select: { id: true, kind: true },
  });
  return room && { id: room.id, isGroup: room.kind === 'GROUP' };
}

/** The direct room of two people. */
export async function findDirectRoom(
  transaction: Prisma.TransactionClient,
  userId: string,
  otherId: string,
): Promise<string | null> {
  const rows = await transaction.$queryRaw<{ roomId: string }[]>`
    SELECT room_id AS "roomId" FROM direct_room
    WHERE lower_id = LEAST(${userId}::uuid, ${otherId}::uuid) AND higher_id = GREATEST(${userId}::uuid, ${otherId}::uuid)`;
  return rows[0]?.roomId ?? null;
}

/**
 * Lets what was decided in the direct room of two people be decided anew, within the transaction that changes whether one blocks
 * the other: a message that was allowed before and is not stored yet is not stored any more.
 */
export async function revokeDirectDecisions(
  transaction: Prisma.TransactionClient,
  userId: string,
  otherId: string,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE room SET standing_version = standing_version + 1 FROM direct_room
    WHERE id = room_id AND lower_id = LEAST(${userId}::uuid, ${otherId}::uuid)
      AND higher_id = GREATEST(${userId}::uuid, ${otherId}::uuid)`;
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
  | 'sealedName'
  | 'sealedTopic'
  | 'sealedAvatarUrl'
  | 'whoMayPost'
  | 'whoMayInvite'
  | 'whoMayPin'
  | 'joinPolicy'
  | 'slowModeSeconds'
  | 'retentionDays'
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
 * Leaves nothing of rooms but their ids and the ends of their logs: takes the members, and the keys, without which no text that is
 * still there can be opened. `deleteContent` removes the rest.
 */
export async function buryRooms(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  deletedAt: Date,
): Promise<void> {
  if (roomIds.length === 0) return;
  const ids = [...roomIds];
  await transaction.room.updateMany({
    where: { id: { in: ids } },
    data: { deletedAt, memberCount: 0, sealedName: null, sealedTopic: null, sealedAvatarUrl: null },
  });
  const ofThem = { where: { roomId: { in: ids } } };
  await transaction.roomKey.deleteMany(ofThem);
  await transaction.roomMember.deleteMany(ofThem);
  await transaction.roomBan.deleteMany(ofThem);
  await transaction.webhook.deleteMany(ofThem);
  await transaction.directRoom.deleteMany(ofThem);
}

/** What restrains former members, what belongs to messages or is to become one, what moderators do about them, who waits to come in, and what the room is found by. */
const contentTables = [
  'member_restraint',
  'invitation',
  'join_request',
  'room_word',
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
  'scheduled_message',
  'draft',
  'report',
  'moderation_entry',
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

/** Holds the removal of a deleted room's rows until the transaction ends. Resolves to false while another process has it. */
export async function tryHoldPurge(transaction: Prisma.TransactionClient, roomId: string): Promise<boolean> {
  const [row] = await transaction.$queryRaw<{ isHeld: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('purge ' || ${roomId}::text, 0)) AS "isHeld"`;
  return row?.isHeld ?? false;
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
