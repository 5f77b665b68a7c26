import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import type { KeyPage } from '../../platform/connection.ts';
import { transactionOptions } from '../../platform/database.ts';
import { newId } from '../../platform/identifiers.ts';
import type { LogBounds } from '../../platform/log-feed/open-log.ts';
import { type Prisma, PrismaClient } from '../../prisma/notification/client/client.ts';

/** Plain data, so that it travels between processes as it is: the time is an RFC 3339 string. */
export interface NotificationRecord {
  id: string;
  userId: string;
  seq: number;
  kind: 'MENTION';
  /** Null when no person caused it. */
  actorId: string | null;
  roomId: string;
  messageId: string;
  createdAt: string;
}

export interface NewNotifications {
  userIds: readonly string[];
  kind: 'MENTION';
  /** Null when no person caused it. */
  actorId: string | null;
  roomId: string;
  messageId: string;
  createdAt: Date;
}

/** A person as notification knows them: by id alone. */
export interface UserReference {
  id: string;
}

export type Transaction = Prisma.TransactionClient;
export type Repository = ReturnType<typeof createRepository>;

type NotificationRow = Omit<NotificationRecord, 'createdAt'> & { createdAt: Date };

/** Everything that the notification subgraph reads and writes in its database. */
export function createRepository(pool: Pool) {
  const database = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });

  /** A person's notifications, newest first; one more than the page wants, to tell whether there are more. */
  async function pageNotifications(userId: string, page: KeyPage<number>): Promise<NotificationRecord[]> {
    const rows = await database.notification.findMany({
      where: { userId, ...(page.after !== null && { seq: { lt: page.after } }) },
      orderBy: { seq: 'desc' },
      take: page.limit + 1,
    });
    return rows.map(toRecord);
  }

  async function findNotifications(ids: readonly string[]): Promise<NotificationRecord[]> {
    return (await database.notification.findMany({ where: { id: { in: [...ids] } } })).map(toRecord);
  }

  async function readBounds(userIds: readonly string[]): Promise<Map<string, LogBounds>> {
    const logs = await database.notificationLog.findMany({ where: { userId: { in: [...userIds] } } });
    return new Map(logs.map((log) => [log.userId, { first: 1, head: log.headSeq }]));
  }

  async function readEvents(userId: string, afterSeq: number, limit: number): Promise<NotificationRecord[]> {
    const rows = await database.notification.findMany({
      where: { userId, seq: { gt: afterSeq } },
      orderBy: { seq: 'asc' },
      take: limit,
    });
    return rows.map(toRecord);
  }

  return {
    database,
    pageNotifications,
    findNotifications,
    readBounds,
    readEvents,
    stop: () => database.$disconnect(),
  };
}

/**
 * Notifies people, within the caller's transaction: each gets the next number of their own log, whose row stays locked
 * until the commit. The rows are locked in the order of their ids, so that two transactions can't wait for each other.
 * A deleted account gets nothing, and nobody anything from somebody whom they have blocked.
 */
export async function insertNotifications(
  transaction: Transaction,
  { userIds, kind, actorId, roomId, messageId, createdAt }: NewNotifications,
): Promise<NotificationRecord[]> {
  const ordered = [...userIds].sort();
  const logs = await transaction.$queryRaw<{ userId: string; seq: number }[]>`
    INSERT INTO notification_log (user_id, head_seq)
    SELECT user_id, 1 FROM unnest(${ordered}::uuid[]) AS notified(user_id)
    WHERE NOT EXISTS (
      SELECT FROM account_block WHERE blocker_id = user_id AND blocked_id = ${actorId}::uuid AND is_blocked)
    ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE SET head_seq = notification_log.head_seq + 1
      WHERE notification_log.deleted_at IS NULL
    RETURNING user_id AS "userId", head_seq AS seq`;
  const rows = logs.map((log) => ({ ...log, id: newId(), kind, actorId, roomId, messageId, createdAt }));
  await transaction.notification.createMany({ data: rows });
  return rows.map(toRecord);
}

/**
 * Removes all notifications of a person, within the caller's transaction. The log's row is locked first: a notification
 * that is being written at the same time is either found here or refused there.
 */
export async function deleteNotificationsOf(transaction: Transaction, userId: string, deletedAt: Date): Promise<void> {
  await transaction.notificationLog.upsert({
    where: { userId },
    create: { userId, headSeq: 0, deletedAt },
    update: { headSeq: 0, deletedAt },
  });
  await transaction.notification.deleteMany({ where: { userId } });
  await transaction.accountBlock.deleteMany({ where: { OR: [{ blockerId: userId }, { blockedId: userId }] } });
}

/**
 * Keeps what somebody has decided about somebody, within the caller's transaction. Events may come in any order: of two
 * decisions the later one stays. An account that has ended has no blocks: the rows of their logs, made here if need
 * be, are held so that its end can't come in between.
 */
export async function saveBlock(
  transaction: Transaction,
  { blockerId, blockedId }: { blockerId: string; blockedId: string },
  isBlocked: boolean,
  changedAt: Date,
): Promise<void> {
  const pair = [blockerId, blockedId].sort();
  await transaction.$executeRaw`
    INSERT INTO notification_log (user_id, head_seq)
    SELECT user_id, 0 FROM unnest(${pair}::uuid[]) AS person(user_id) ORDER BY user_id
    ON CONFLICT DO NOTHING`;
  const held = await transaction.$queryRaw<unknown[]>`
    SELECT FROM notification_log WHERE user_id = ANY(${pair}::uuid[]) AND deleted_at IS NULL ORDER BY user_id FOR SHARE`;
  if (held.length < 2) return;
  await transaction.$executeRaw`
    INSERT INTO account_block (blocker_id, blocked_id, changed_at, is_blocked)
    VALUES (${blockerId}::uuid, ${blockedId}::uuid, ${changedAt}::timestamptz, ${isBlocked})
    ON CONFLICT (blocker_id, blocked_id) DO UPDATE
      SET changed_at = excluded.changed_at, is_blocked = excluded.is_blocked
      WHERE account_block.changed_at < excluded.changed_at`;
}

function toRecord(row: NotificationRow): NotificationRecord {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
