import type { AccountRecord } from '../accounts/repository.ts';
import type { AuthDependencies } from '../dependencies.ts';
import { verificationMail } from '../mail/messages.ts';
import { queueMail } from '../mail/queue.ts';
import { hashCode, makeCode } from '../tickets/codes.ts';
import { deleteTickets, insertTicket } from '../tickets/repository.ts';

type Transaction = Parameters<typeof insertTicket>[0];

/** The mail says the same. */
const verificationLifetimeMilliseconds = 24 * 3_600_000;

/** Sends a code that verifies the account's address, in the caller's transaction; it replaces an earlier one. Wake the mail sender after it. */
export async function issueVerification(
  transaction: Transaction,
  { settings, now }: Pick<AuthDependencies, 'settings' | 'now'>,
  { id, username, email }: AccountRecord,
): Promise<void> {
  if (email === null) return;
  const code = makeCode();
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + verificationLifetimeMilliseconds);
  await deleteTickets(transaction, id, ['VERIFY_EMAIL']);
  await insertTicket(transaction, {
    hash: hashCode(code),
    purpose: 'VERIFY_EMAIL',
    accountId: id,
    data: { email },
    createdAt,
    expiresAt,
  });
  const message = verificationMail(settings, email, username, code);
  await queueMail(transaction, settings, { message, createdAt, expiresAt });
}
