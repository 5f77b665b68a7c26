import type { AccountRecord } from '../accounts/repository.ts';
import type { AuthDependencies } from '../dependencies.ts';
import { noticeMail } from './messages.ts';
import { queueMail } from './queue.ts';

/** Later than that nobody can do anything about it any more. */
const noticeLifetimeMilliseconds = 7 * 86_400_000;

/** Tells the owner of an account what was done to it, in the caller's transaction. Wake the mail sender after it. */
export async function notify(
  transaction: Parameters<typeof queueMail>[0],
  { settings, now }: Pick<AuthDependencies, 'settings' | 'now'>,
  { email, username }: Pick<AccountRecord, 'email' | 'username'>,
  what: string,
): Promise<void> {
  if (email === null) return;
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + noticeLifetimeMilliseconds);
  await queueMail(transaction, settings, {
    message: noticeMail(settings, email, username, what),
    createdAt,
    expiresAt,
  });
}
