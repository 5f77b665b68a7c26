import type { Prisma } from '../../../prisma/chat/client/client.ts';
import type { RoomEventRecord } from '../log/record.ts';

type ToldEvent = Pick<RoomEventRecord, 'roomId' | 'seq' | 'kind' | 'data'>;

/** A person as chat knows them: by id alone. */
export interface UserReference {
  id: string;
}

/**
 * Keeps the handle that an account was given at a time, within the transaction of the event that told of it. Events may
 * come in any order, and names go from one account to another. Of two accounts that claim a name the later claim holds:
 * the account with the earlier one must have given it up, as an event of its own will tell that is still on its way.
 * Two transactions that meet over a name fail one of them, whose event is delivered again.
 */
export async function saveHandle(
  transaction: Prisma.TransactionClient,
  userId: string,
  usernameNormalized: string,
  namedAt: Date,
): Promise<void> {
  // In the order in which everybody locks accounts, or two that each wait for the other's would fail one of them.
  await transaction.$queryRaw`
    SELECT FROM account_handle WHERE user_id = ${userId}::uuid OR username_normalized = ${usernameNormalized}
    ORDER BY user_id FOR UPDATE`;
  await transaction.$executeRaw`
    UPDATE account_handle SET username_normalized = NULL
    WHERE username_normalized = ${usernameNormalized} AND user_id <> ${userId}::uuid
      AND named_at < ${namedAt}::timestamptz`;
  await transaction.$executeRaw`
    INSERT INTO account_handle (user_id, username_normalized, named_at)
    SELECT ${userId}::uuid, CASE WHEN NOT EXISTS (
        SELECT FROM account_handle WHERE username_normalized = ${usernameNormalized} AND user_id <> ${userId}::uuid
      ) THEN ${usernameNormalized} END, ${namedAt}::timestamptz
    ON CONFLICT (user_id) DO UPDATE SET username_normalized = excluded.username_normalized, named_at = excluded.named_at
      WHERE account_handle.named_at < excluded.named_at AND account_handle.deleted_at IS NULL`;
}

/**
 * Removes an account's handle, settings, memberships, bans, blocks, invitations, requests to join, and what it has not sent, within
 * the transaction of the event that ended it. Each membership and each ban that goes is an event of its room's log. A room whose owner
 * goes is left to the member who has been there longest, whom no mute holds from then on, and of a room in which nobody is left
 * the log ends; these are events as well.
 *
 * The account's row comes first: whoever is joining holds it, so that no membership is written behind the removal. Then
 * the rooms are locked, in the order of their ids, so that two removals can't wait for each other, and by a statement of
 * their own, so that the next one sees what an earlier holder of the lock has done.
 */
export async function removeAccount(
  transaction: Prisma.TransactionClient,
  userId: string,
  deletedAt: Date,
): Promise<RoomEventRecord[]> {
  await transaction.accountHandle.upsert({
    where: { userId },
    create: { userId, usernameNormalized: null, namedAt: deletedAt, deletedAt },
    update: { usernameNormalized: null, deletedAt, isPaused: false, pausedUntil: null },
  });
  await transaction.accountBlock.deleteMany({ where: { OR: [{ blockerId: userId }, { blockedId: userId }] } });
  await transaction.chatSettings.deleteMany({ where: { userId } });
  await transaction.$queryRaw`
    SELECT id FROM room WHERE id IN (
      SELECT room_id FROM room_member WHERE user_id = ${userId}::uuid
      UNION SELECT room_id FROM room_ban WHERE user_id = ${userId}::uuid
      UNION SELECT room_id FROM invitation WHERE created_by_id = ${userId}::uuid OR invitee_id = ${userId}::uuid
      UNION SELECT room_id FROM join_request WHERE user_id = ${userId}::uuid)
    ORDER BY id FOR NO KEY UPDATE`;
  // What they have reported stays, without them and what they wrote. Not before the rooms: whoever decides holds the room first.
  await transaction.report.updateMany({
    where: { reporterId: userId },
    data: { reporterId: null, sealedComment: null },
  });
  await transaction.invitation.deleteMany({ where: { OR: [{ createdById: userId }, { inviteeId: userId }] } });
  await transaction.joinRequest.deleteMany({ where: { userId } });
  const left = await transaction.$queryRaw<ToldEvent[]>`
    WITH gone AS (
      DELETE FROM room_member WHERE user_id = ${userId}::uuid RETURNING room_id, role
    ), heir AS (
      SELECT DISTINCT ON (room_id) room_id, user_id, room_member.role, muted_at FROM room_member JOIN gone USING (room_id)
      WHERE gone.role = 'OWNER' AND user_id <> ${userId}::uuid
      ORDER BY room_id, joined_at, user_id
    ), succeeded AS (
      UPDATE room_member SET role = 'OWNER', muted_at = NULL, muted_until = NULL FROM heir
      WHERE room_member.room_id = heir.room_id AND room_member.user_id = heir.user_id
    ), bereft AS (
      SELECT gone.room_id, heir.user_id AS heir_id, heir.role AS heir_role, array_remove(ARRAY[
        'MEMBER_LEFT',
        CASE WHEN heir.user_id IS NOT NULL THEN 'ROLE_CHANGED' END,
        CASE WHEN heir.muted_at IS NOT NULL THEN 'MEMBER_UNMUTED' END,
        CASE WHEN member_count = 1 THEN 'ROOM_DELETED' END], NULL) AS kinds
      FROM gone JOIN room ON id = gone.room_id LEFT JOIN heir ON heir.room_id = gone.room_id
    ), advanced AS (
      UPDATE room SET head_seq = head_seq + cardinality(kinds), member_count = member_count - 1,
        standing_version = standing_version + 1
      FROM bereft WHERE id = room_id RETURNING id, head_seq - cardinality(kinds) AS earlier_seq, kinds, heir_id, heir_role
    ), told (room_id, seq, kind, data) AS (
      SELECT id, earlier_seq + place, kind, CASE kind
        WHEN 'MEMBER_LEFT' THEN jsonb_build_object('userId', ${userId}::uuid, 'accountEnded', true)
        WHEN 'ROLE_CHANGED' THEN jsonb_build_object('userId', heir_id, 'from', heir_role, 'to', 'OWNER')
        WHEN 'MEMBER_UNMUTED' THEN jsonb_build_object('userId', heir_id)
        ELSE '{}' END
      FROM advanced CROSS JOIN unnest(kinds) WITH ORDINALITY AS one(kind, place)
    )
    INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at, data)
    SELECT room_id, seq, kind::room_event_kind, ${userId}::uuid, ${deletedAt}::timestamptz, data FROM told
    RETURNING room_id AS "roomId", seq, kind, data`;
  // After the rooms and the account, under which somebody is banned and kicked. A ban that had run out is no news.
  const lifted = await transaction.$queryRaw<ToldEvent[]>`
    WITH lifted AS (
      DELETE FROM room_ban WHERE user_id = ${userId}::uuid RETURNING room_id, banned_until
    ), advanced AS (
      UPDATE room SET head_seq = head_seq + 1 FROM lifted
      WHERE id = room_id AND (banned_until IS NULL OR banned_until > ${deletedAt}::timestamptz)
      RETURNING id, head_seq
    )
    INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at, data)
    SELECT id, head_seq, 'MEMBER_UNBANNED', ${userId}::uuid, ${deletedAt}::timestamptz,
      jsonb_build_object('userId', ${userId}::uuid)
    FROM advanced
    RETURNING room_id AS "roomId", seq, kind, data`;
  await transaction.memberRestraint.deleteMany({ where: { userId } });
  // After the memberships, which whoever writes one of these holds.
  await transaction.scheduledMessage.deleteMany({ where: { authorId: userId } });
  await transaction.draft.deleteMany({ where: { userId } });
  const occurredAt = deletedAt.toISOString();
  return [...left, ...lifted].map((event) => ({ ...event, actorId: userId, occurredAt, message: null }));
}

/**
 * Keeps whether an account can do nothing, and until when, within the transaction of the event that told of it. Events may come in
 * any order: of two decisions the later one stays. An account of which nothing else is known yet gets its row here.
 */
export async function savePause(
  transaction: Prisma.TransactionClient,
  userId: string,
  { isPaused, until }: { isPaused: boolean; until: Date | null },
  changedAt: Date,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO account_handle (user_id, named_at, is_paused, paused_until, pause_changed_at)
    VALUES (${userId}::uuid, 'epoch'::timestamptz, ${isPaused}, ${until}::timestamptz, ${changedAt}::timestamptz)
    ON CONFLICT (user_id) DO UPDATE SET is_paused = excluded.is_paused, paused_until = excluded.paused_until,
      pause_changed_at = excluded.pause_changed_at
      WHERE account_handle.deleted_at IS NULL
        AND coalesce(account_handle.pause_changed_at <= excluded.pause_changed_at, true)`;
}

/** Whether an account can do nothing at a time, because it is suspended or was put to rest. */
export async function isPausedAt(transaction: Prisma.TransactionClient, userId: string, at: Date): Promise<boolean> {
  const pause = { isPaused: true, OR: [{ pausedUntil: null }, { pausedUntil: { gt: at } }] };
  return (await transaction.accountHandle.count({ where: { userId, ...pause } })) > 0;
}

/** What auth's events have told of accounts. One is missing as long as that is nothing, or not its newest handle. */
export async function findAccountStates(
  transaction: Prisma.TransactionClient,
  userIds: readonly string[],
): Promise<Map<string, 'known' | 'deleted'>> {
  const accounts = await transaction.accountHandle.findMany({
    where: { userId: { in: [...userIds] }, OR: [{ deletedAt: { not: null } }, { usernameNormalized: { not: null } }] },
  });
  return new Map(accounts.map(({ userId, deletedAt }) => [userId, deletedAt === null ? 'known' : 'deleted']));
}

/**
 * Holds the accounts until the transaction ends, so that none of them can go in between and leave something behind.
 * Resolves to those that are there. To be called before a room is locked, which is the order in which `removeAccount` locks.
 */
export async function holdAccounts(
  transaction: Prisma.TransactionClient,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await transaction.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM account_handle
    WHERE user_id = ANY(${userIds}::uuid[]) AND deleted_at IS NULL ORDER BY user_id FOR SHARE`;
  return new Set(rows.map((row) => row.userId));
}
