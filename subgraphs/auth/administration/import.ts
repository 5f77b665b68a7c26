import { writeManyToOutbox } from '../../../platform/durable-events/outbox.ts';
import type { TraceParent } from '../../../platform/trace.ts';
import { insertSecurityEvents } from '../audit/repository.ts';
import { userRegistered } from '../events.ts';
import type { Database } from '../repository.ts';
import { findNameHolders, type ImportedAccount, insertAccounts } from './repository.ts';

type Transaction = Parameters<typeof insertAccounts>[0];

/** An account of an import, and where it stands in its file. */
export interface ImportEntry {
  lineNumber: number;
  account: ImportedAccount;
}

export interface ImportMistake {
  lineNumber: number;
  message: string;
}

export interface ImportResult {
  imported: number;
  /** They were there already, under the same username and e-mail address. */
  skipped: number;
  mistakes: ImportMistake[];
}

/** A batch is one transaction, and long for one. */
const batchTimeoutMilliseconds = 60_000;

/** Imports accounts in one transaction, with the events that tell the rest of the system. An account that is there already stays as it is. */
export function importAccounts(
  database: Database,
  entries: readonly ImportEntry[],
  trace: TraceParent,
  now: Date,
): Promise<ImportResult> {
  return database.$transaction(
    async (transaction) => {
      const result: ImportResult = { imported: 0, skipped: 0, mistakes: [] };
      let waiting = entries;
      while (waiting.length > 0) {
        const fresh = await leaveOutKnown(transaction, waiting, result);
        const accounts = fresh.map(({ account }) => account);
        const inserted = accounts.length === 0 ? new Set() : await insertAccounts(transaction, accounts);
        const added = accounts.filter(({ id }) => inserted.has(id));
        await tell(transaction, added, trace, now);
        result.imported += added.length;
        // Somebody registered under one of these names in between: now they are found.
        waiting = fresh.filter(({ account }) => !inserted.has(account.id));
      }
      return result;
    },
    { timeout: batchTimeoutMilliseconds },
  );
}

/** The entries whose names are free; the others are counted in the result. Of two entries with the same name the first has it. */
async function leaveOutKnown(
  transaction: Transaction,
  entries: readonly ImportEntry[],
  result: ImportResult,
): Promise<ImportEntry[]> {
  const holders = await findNameHolders(
    transaction,
    entries.map(({ account }) => account),
  );
  const byUsername = new Map(holders.map((holder) => [holder.usernameNormalized, holder.id]));
  const byEmail = new Map(holders.map((holder) => [holder.emailNormalized, holder.id]));
  return entries.filter(({ lineNumber, account }) => {
    const { id, usernameNormalized, emailNormalized } = account;
    const ofUsername = byUsername.get(usernameNormalized);
    const ofEmail = byEmail.get(emailNormalized);
    if (ofUsername === undefined && ofEmail === undefined) {
      byUsername.set(usernameNormalized, id);
      byEmail.set(emailNormalized, id);
      return true;
    }
    if (ofUsername === ofEmail) result.skipped += 1;
    else result.mistakes.push({ lineNumber, message: describeConflict(ofUsername, ofEmail) });
    return false;
  });
}

function describeConflict(ofUsername: string | undefined, ofEmail: string | undefined): string {
  if (ofEmail === undefined) return 'an account with another e-mail address has this username';
  if (ofUsername === undefined) return 'an account with another username has this e-mail address';
  return 'username and e-mail address belong to two different accounts';
}

async function tell(
  transaction: Transaction,
  accounts: readonly ImportedAccount[],
  trace: TraceParent,
  now: Date,
): Promise<void> {
  const nobody = { actorId: null, sessionId: null, address: null, userAgent: null };
  await insertSecurityEvents(
    transaction,
    accounts.map(({ id: accountId }) => ({
      action: 'account_imported' as const,
      succeeded: true,
      occurredAt: now,
      accountId,
      ...nobody,
      details: {},
    })),
  );
  await writeManyToOutbox(
    transaction,
    accounts.map((account) => userRegistered(account, trace, now)),
  );
}
