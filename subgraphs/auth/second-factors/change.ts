import type { Credentials, lockAccount } from '../accounts/repository.ts';
import type { AuthDependencies } from '../dependencies.ts';
import { notify } from '../mail/notify.ts';
import type { SessionRecord } from '../sessions/repository.ts';
import { lockOwnAccount } from '../sessions/step-up.ts';

type Transaction = Parameters<typeof lockAccount>[0];

/**
 * Changes the second factors of an account and tells its owner by mail. Under the account's lock, so that of changes at once each
 * knows which factor is the first and which the last.
 * @param notice says what was done
 * @throws UNAUTHENTICATED when account or session have ended meanwhile
 */
export async function changeSecondFactors<Result>(
  dependencies: AuthDependencies,
  session: Pick<SessionRecord, 'id' | 'accountId'>,
  notice: string,
  work: (transaction: Transaction, account: Credentials) => Promise<Result>,
): Promise<Result> {
  const { database, mailSender } = dependencies;
  const result = await database.$transaction(async (transaction) => {
    const account = await lockOwnAccount(transaction, dependencies, session);
    const changed = await work(transaction, account);
    await notify(transaction, dependencies, account, notice);
    return changed;
  });
  mailSender.wake();
  return result;
}
