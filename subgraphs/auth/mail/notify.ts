import type { AccountRecord } from '../accounts/repository.ts';
import type { AuthDependencies } from '../dependencies.ts';
import { decisionMail, type MailMessage, noticeMail } from './messages.ts';
import { queueMail } from './queue.ts';

/** Later than that nobody can do anything about it any more. */
const noticeLifetimeMilliseconds = 7 * 86_400_000;

type Transaction = Parameters<typeof queueMail>[0];
type Dependencies = Pick<AuthDependencies, 'settings' | 'now'>;
type Owner = Pick<AccountRecord, 'email' | 'username'>;

/** Tells the owner of an account what was done to it, in the caller's transaction. Wake the mail sender after it. */
export async function notify(
  transaction: Transaction,
  dependencies: Dependencies,
  { email, username }: Owner,
  what: string,
): Promise<void> {
  if (email === null) return;
  await queueNotice(transaction, dependencies, noticeMail(dependencies.settings, email, username, what));
}

/** The same for what an administrator did to it: its owner can't take that back. */
export async function notifyOfDecision(
  transaction: Transaction,
  dependencies: Dependencies,
  { email, username }: Owner,
  what: string,
  details: readonly string[],
): Promise<void> {
  if (email === null) return;
  await queueNotice(transaction, dependencies, decisionMail(dependencies.settings, email, username, what, details));
}

function queueNotice(transaction: Transaction, { settings, now }: Dependencies, message: MailMessage): Promise<void> {
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + noticeLifetimeMilliseconds);
  return queueMail(transaction, settings, { message, createdAt, expiresAt });
}
