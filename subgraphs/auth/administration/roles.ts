import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import type { TraceParent } from '../../../platform/trace.ts';
import { type AccountRecord, updateAccount } from '../accounts/repository.ts';
import { accessChanged } from '../events.ts';
import type { Role } from '../schema.types.ts';

type Transaction = Parameters<typeof updateAccount>[0];

/** Gives an account another role, in the caller's transaction: tokens of the old one are refused. Wake the relay after it. */
export async function giveRole(
  transaction: Transaction,
  accountId: string,
  role: Role,
  trace: TraceParent,
  now: Date,
): Promise<AccountRecord> {
  const account = await updateAccount(transaction, accountId, { role, raiseAccessVersion: true });
  await writeToOutbox(transaction, accessChanged(account, trace, now));
  return account;
}
