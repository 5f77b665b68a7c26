import { randomBytes } from 'node:crypto';
import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import type { TraceParent } from '../../../platform/trace.ts';
import { userDeleted } from '../events.ts';
import { revokeSessions, tellRevoked } from '../sessions/revoke.ts';
import { eraseAccount, lockAccount } from './repository.ts';

type Transaction = Parameters<typeof eraseAccount>[0];

/**
 * Deletes an account in the caller's transaction: its sessions and keys end, everything personal goes, and an event tells every
 * other part of the system. The row stays as a bare id, so that the id is never anybody else's. Wake the relay after it.
 */
export async function deleteAccountData(
  transaction: Transaction,
  accountId: string,
  trace: TraceParent,
  now: Date,
): Promise<void> {
  // Every change of an account takes this lock first, so that no two wait for each other.
  await lockAccount(transaction, accountId);
  await revokeSessions(transaction, accountId, {}, trace, now);
  const { apiKeyIds } = await eraseAccount(transaction, accountId, `deleted_${randomBytes(12).toString('hex')}`);
  await tellRevoked(transaction, accountId, apiKeyIds, trace, now);
  await writeToOutbox(transaction, userDeleted(accountId, trace, now));
}
