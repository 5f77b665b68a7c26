import type { Prisma } from '../../../prisma/chat/client/client.ts';

/** Those of some people who want no direct contact with somebody, or with whom that person wants none. */
export async function findBlocked(
  transaction: Prisma.TransactionClient,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> {
  const rows = await transaction.$queryRaw<{ id: string }[]>`
    SELECT blocker_id AS id FROM account_block
    WHERE blocked_id = ${userId}::uuid AND blocker_id = ANY(${otherIds}::uuid[]) AND is_blocked
    UNION
    SELECT blocked_id FROM account_block
    WHERE blocker_id = ${userId}::uuid AND blocked_id = ANY(${otherIds}::uuid[]) AND is_blocked`;
  return new Set(rows.map(({ id }) => id));
}

/**
 * Keeps what somebody has decided about somebody, within the transaction of the event that told of it. Events may come in any
 * order: of two decisions the later one stays. An account that has ended has no blocks, and one that is not known yet by
 * its handle may have: its row, made here if need be, is held so that its end can't come in between.
 */
export async function saveBlock(
  transaction: Prisma.TransactionClient,
  { blockerId, blockedId }: { blockerId: string; blockedId: string },
  isBlocked: boolean,
  changedAt: Date,
): Promise<void> {
  const pair = [blockerId, blockedId].sort();
  await transaction.$executeRaw`
    INSERT INTO account_handle (user_id, named_at)
    SELECT user_id, 'epoch'::timestamptz FROM unnest(${pair}::uuid[]) AS person(user_id) ORDER BY user_id
    ON CONFLICT DO NOTHING`;
  const held = await transaction.$queryRaw<unknown[]>`
    SELECT FROM account_handle WHERE user_id = ANY(${pair}::uuid[]) AND deleted_at IS NULL ORDER BY user_id FOR SHARE`;
  if (held.length < 2) return;
  await transaction.$executeRaw`
    INSERT INTO account_block (blocker_id, blocked_id, changed_at, is_blocked)
    VALUES (${blockerId}::uuid, ${blockedId}::uuid, ${changedAt}::timestamptz, ${isBlocked})
    ON CONFLICT (blocker_id, blocked_id) DO UPDATE
      SET changed_at = excluded.changed_at, is_blocked = excluded.is_blocked
      WHERE account_block.changed_at < excluded.changed_at`;
}
