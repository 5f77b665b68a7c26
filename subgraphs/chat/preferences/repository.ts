import type { Prisma } from '../../../prisma/chat/client/client.ts';

/** What somebody has chosen for all their rooms. */
export interface Preferences {
  sendsReadReceipts: boolean;
}

/** What holds for somebody who has chosen nothing. */
const firstPreferences: Preferences = { sendsReadReceipts: true };

export async function findPreferences(transaction: Prisma.TransactionClient, userId: string): Promise<Preferences> {
  return (await transaction.chatSettings.findUnique({ where: { userId } })) ?? firstPreferences;
}

/**
 * Keeps what is given and leaves the rest, unless the account is gone: it can't go in between and leave its settings behind.
 * Resolves to null then.
 */
export async function savePreferences(
  transaction: Prisma.TransactionClient,
  userId: string,
  { sendsReadReceipts = null }: { sendsReadReceipts?: boolean | null | undefined },
): Promise<Preferences | null> {
  const [saved] = await transaction.$queryRaw<Preferences[]>`
    WITH owner AS MATERIALIZED (
      SELECT user_id FROM account_handle WHERE user_id = ${userId}::uuid AND deleted_at IS NULL FOR SHARE
    )
    INSERT INTO chat_settings (user_id, sends_read_receipts)
    SELECT user_id, coalesce(${sendsReadReceipts}::boolean, ${firstPreferences.sendsReadReceipts}) FROM owner
    ON CONFLICT (user_id) DO UPDATE
      SET sends_read_receipts = coalesce(${sendsReadReceipts}::boolean, chat_settings.sends_read_receipts)
    RETURNING sends_read_receipts AS "sendsReadReceipts"`;
  return saved ?? null;
}
