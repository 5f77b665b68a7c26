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
