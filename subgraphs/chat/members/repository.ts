import type { KeyPage } from '../../../platform/connection.ts';
import { lowestId } from '../../../platform/identifiers.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { BanRecord, MemberRecord } from './record.ts';

const memberColumns = Prisma.sql`
  room_id AS "roomId", user_id AS "userId", role, joined_at AS "joinedAt", muted_at AS "mutedAt",
  muted_until AS "mutedUntil"`;

/**
 * Adds a member, under the room's lock, for whom everything up to now is read. What restrained them when they left holds on: see
 * `deleteMember`.
 */
export async function insertMember(
  transaction: Prisma.TransactionClient,
  { roomId, userId, joinedAt, messageCount }: { roomId: string; userId: string; joinedAt: Date; messageCount: number },
): Promise<MemberRecord> {
  const [member] = await transaction.$queryRaw<[MemberRecord]>`
    WITH restraint AS (
      DELETE FROM member_restraint WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid RETURNING *
    ), joined AS (
      INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number, read_seq, muted_at, muted_until,
                               last_sent_at)
      SELECT ${roomId}::uuid, ${userId}::uuid, CASE WHEN is_read_only THEN 'READ_ONLY' ELSE 'MEMBER' END::member_role,
             ${joinedAt}, ${messageCount}, coalesce((
               SELECT seq FROM message WHERE room_id = ${roomId}::uuid ORDER BY seq DESC LIMIT 1), 0),
             muted_at, muted_until, last_sent_at
      FROM (SELECT) AS one LEFT JOIN restraint ON true
      RETURNING *
    ), counted AS (
      UPDATE room SET member_count = member_count + 1 WHERE id = ${roomId}::uuid
    )
    SELECT ${memberColumns} FROM joined`;
  return member;
}

export async function findMember(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userId: string,
): Promise<MemberRecord | null> {
  return transaction.roomMember.findUnique({ where: { roomId_userId: { roomId, userId } } });
}

/**
 * Keeps somebody a member until the transaction ends; they themselves can do nothing in between that takes this, too.
 * @returns whether they are one.
 */
export async function holdMember(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userId: string,
): Promise<boolean> {
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid FOR NO KEY UPDATE`;
  return rows.length > 0;
}

/**
 * Ends a membership, under the room's lock, and with it what its member has written and not sent: the texts are gone. The membership goes first,
 * so that whoever holds it has written what they wrote. A message that is just being sent is left to who sends it.
 * What restrains them outlives the membership, or leaving and joining would end it: a mute, `READ_ONLY`, and slow mode.
 * @returns whether there was such a member.
 */
export async function deleteMember(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userId: string,
): Promise<boolean> {
  const count = await transaction.$executeRaw`
    WITH gone AS (
      DELETE FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid RETURNING *
    ), restrained AS (
      SELECT room_id, user_id, role = 'READ_ONLY' AS is_read_only, muted_at, muted_until,
             CASE WHEN slow_mode_seconds > 0 THEN last_sent_at END AS last_sent_at
      FROM gone JOIN room ON id = room_id
    ), kept AS (
      INSERT INTO member_restraint (room_id, user_id, is_read_only, muted_at, muted_until, last_sent_at)
      SELECT * FROM restrained WHERE is_read_only OR muted_at IS NOT NULL OR last_sent_at IS NOT NULL
    )
    UPDATE room SET member_count = member_count - 1 FROM gone WHERE id = room_id`;
  await transaction.draft.deleteMany({ where: { roomId, userId } });
  await transaction.scheduledMessage.updateMany({
    where: { roomId, authorId: userId, state: { in: ['WAITING', 'FAILED'] } },
    data: {
      state: 'FAILED',
      failureCode: 'NOT_A_MEMBER',
      attemptAt: null,
      sealedText: null,
      sealedAttachments: null,
    },
  });
  return count === 1;
}

/** Gives roles to members of a room, as one statement. */
export async function updateRoles(
  transaction: Prisma.TransactionClient,
  roomId: string,
  changes: readonly Pick<MemberRecord, 'userId' | 'role'>[],
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE room_member SET role = given.role::member_role
    FROM unnest(${changes.map(({ userId }) => userId)}::uuid[], ${changes.map(({ role }) => role)}::text[])
      AS given(id, role)
    WHERE room_id = ${roomId}::uuid AND user_id = given.id`;
}

/** Mutes a member, until a time or for ever; with a null `mutedAt` the member may speak again. */
export async function updateMute(
  transaction: Prisma.TransactionClient,
  { roomId, userId, mutedAt, mutedUntil }: Pick<MemberRecord, 'roomId' | 'userId' | 'mutedAt' | 'mutedUntil'>,
): Promise<void> {
  await transaction.roomMember.update({
    where: { roomId_userId: { roomId, userId } },
    data: { mutedAt, mutedUntil },
  });
}

/** The ban of somebody that holds at a time. */
export async function findBan(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userId: string,
  at: Date,
): Promise<BanRecord | null> {
  return transaction.roomBan.findFirst({
    where: { roomId, userId, OR: [{ bannedUntil: null }, { bannedUntil: { gt: at } }] },
  });
}

/** Bans somebody, instead of whatever ban there was. */
export async function saveBan(
  transaction: Prisma.TransactionClient,
  { roomId, userId, bannedAt, bannedUntil }: BanRecord,
): Promise<void> {
  await transaction.roomBan.upsert({
    where: { roomId_userId: { roomId, userId } },
    create: { roomId, userId, bannedAt, bannedUntil },
    update: { bannedAt, bannedUntil },
  });
}

export async function deleteBan(transaction: Prisma.TransactionClient, roomId: string, userId: string): Promise<void> {
  await transaction.roomBan.deleteMany({ where: { roomId, userId } });
}

/** The same page of members of many rooms, by their ids, as one statement; one member more for each than the page wants. */
export async function pageMembers(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<string>,
): Promise<MemberRecord[]> {
  return transaction.$queryRaw<MemberRecord[]>`
    SELECT ${memberColumns}
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM room_member
      WHERE room_id = wanted.id AND user_id > ${page.after ?? lowestId}::uuid
      ORDER BY user_id LIMIT ${page.limit + 1}) AS member
    ORDER BY room_id, user_id`;
}

/** The same for the bans that hold at a time. */
export async function pageBans(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<string>,
  at: Date,
): Promise<BanRecord[]> {
  return transaction.$queryRaw<BanRecord[]>`
    SELECT room_id AS "roomId", user_id AS "userId", banned_at AS "bannedAt", banned_until AS "bannedUntil"
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM room_ban
      WHERE room_id = wanted.id AND user_id > ${page.after ?? lowestId}::uuid
        AND (banned_until IS NULL OR banned_until > ${at}::timestamptz)
      ORDER BY user_id LIMIT ${page.limit + 1}) AS ban
    ORDER BY room_id, user_id`;
}

/** The members of a room among the owners of these handles. */
export async function findMembersByHandle(
  transaction: Prisma.TransactionClient,
  roomId: string,
  usernamesNormalized: readonly string[],
): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM account_handle JOIN room_member USING (user_id)
    WHERE room_id = ${roomId}::uuid AND username_normalized = ANY(${usernamesNormalized})`;
  return rows.map((row) => row.userId);
}
