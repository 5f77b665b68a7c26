import type { RecordEvent } from '../audit/record.ts';
import { hashCode, makeCode } from '../tickets/codes.ts';
import { deleteTickets } from '../tickets/repository.ts';
import { countSecondFactors, replaceRecoveryCodes } from './repository.ts';

type Transaction = Parameters<typeof replaceRecoveryCodes>[0];

const codesPerAccount = 10;

/** Makes an account's recovery codes, instead of those it had, in the caller's transaction. Only their hashes are kept. */
export async function makeRecoveryCodes(
  transaction: Transaction,
  record: RecordEvent,
  accountId: string,
  at: Date,
): Promise<string[]> {
  const codes = Array.from({ length: codesPerAccount }, makeCode);
  await replaceRecoveryCodes(transaction, accountId, codes.map(hashCode), at);
  await record(transaction, 'recovery_codes_made', { details: { count: codes.length } });
  return codes;
}

/** Recovery codes stand in for a second factor: they come with the first one. Null when there is another already. */
export async function makeFirstRecoveryCodes(
  transaction: Transaction,
  record: RecordEvent,
  accountId: string,
  at: Date,
): Promise<string[] | null> {
  const { hasTotp, passkeys } = await countSecondFactors(transaction, accountId);
  return hasTotp || passkeys > 0 ? null : makeRecoveryCodes(transaction, record, accountId, at);
}

/** They go with the last one, and so do challenges that ask for it: the next sign-in asks for none. */
export async function endRecoveryCodes(transaction: Transaction, accountId: string, at: Date): Promise<void> {
  await replaceRecoveryCodes(transaction, accountId, [], at);
  await deleteTickets(transaction, accountId, ['SECOND_FACTOR']);
}
