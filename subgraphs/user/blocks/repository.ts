import type { KeyPage } from '../../../platform/connection.ts';
import { highestId, newId } from '../../../platform/identifiers.ts';
import type { Prisma } from '../../../prisma/user/client/client.ts';

/** Somebody who is blocked, and the place of the block in its list. */
export interface BlockedRow {
  blockId: string;
  id: string;
  displayName: string;
  bio: string | null;
}

export interface BlockPair {
  blockerId: string;
  blockedId: string;
}

/**
 * Holds the profiles of both until the transaction ends: neither account can go in between and leave a block behind, and
 * the decisions of one person come one after the other. Locked in the order of their ids, so that two people who block each
 * other can't wait for each other. Resolves to those who are there, each with the time of their last decision.
 */
export async function holdProfiles(
  transaction: Prisma.TransactionClient,
  { blockerId, blockedId }: BlockPair,
): Promise<Map<string, Date | null>> {
  const rows = await transaction.$queryRaw<{ userId: string; changedAt: Date | null }[]>`
    SELECT user_id AS "userId", blocks_changed_at AS "changedAt" FROM profile
    WHERE user_id IN (${blockerId}::uuid, ${blockedId}::uuid) AND deleted_at IS NULL
    ORDER BY user_id FOR NO KEY UPDATE`;
  return new Map(rows.map(({ userId, changedAt }) => [userId, changedAt]));
}

export async function saveDecisionTime(
  transaction: Prisma.TransactionClient,
  userId: string,
  blocksChangedAt: Date,
): Promise<void> {
  await transaction.profile.update({ where: { userId }, data: { blocksChangedAt } });
}

export async function countBlocks(transaction: Prisma.TransactionClient, blockerId: string): Promise<number> {
  return transaction.block.count({ where: { blockerId } });
}

/** Stores that somebody has blocked somebody, whom they had not blocked. */
export async function insertBlock(
  transaction: Prisma.TransactionClient,
  pair: BlockPair,
  blockedAt: Date,
): Promise<void> {
  await transaction.block.create({ data: { id: newId(), ...pair, blockedAt } });
}

/** Resolves to whether there was such a block. */
export async function deleteBlock(
  transaction: Prisma.TransactionClient,
  { blockerId, blockedId }: BlockPair,
): Promise<boolean> {
  return (await transaction.block.deleteMany({ where: { blockerId, blockedId } })).count > 0;
}

/** Those of some people whom a person has blocked. */
export async function findBlocked(
  transaction: Prisma.TransactionClient,
  blockerId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await transaction.block.findMany({
    where: { blockerId, blockedId: { in: [...userIds] } },
    select: { blockedId: true },
  });
  return new Set(rows.map(({ blockedId }) => blockedId));
}

/** Whom a person has blocked, newest first; one more than the page wants. */
export async function pageBlocks(
  transaction: Prisma.TransactionClient,
  blockerId: string,
  page: KeyPage<string>,
): Promise<BlockedRow[]> {
  return transaction.$queryRaw<BlockedRow[]>`
    SELECT block.id AS "blockId", user_id AS id, display_name AS "displayName", bio
    FROM block JOIN profile ON user_id = blocked_id
    WHERE blocker_id = ${blockerId}::uuid AND block.id < ${page.after ?? highestId}::uuid
    ORDER BY block.id DESC LIMIT ${page.limit + 1}`;
}

/** Removes every block by and of a person, within the transaction of the event that ended the account. */
export async function deleteBlocks(transaction: Prisma.TransactionClient, userId: string): Promise<void> {
  await transaction.block.deleteMany({ where: { OR: [{ blockerId: userId }, { blockedId: userId }] } });
}
