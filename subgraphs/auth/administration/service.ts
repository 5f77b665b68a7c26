import DataLoader from 'dataloader';
import { buildConnection, type Connection, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { violatedUniqueKey } from '../../../platform/database.ts';
import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import { codedError } from '../../../platform/errors.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { parseText } from '../../../platform/text.ts';
import { deleteAccountData } from '../accounts/deletion.ts';
import { parseUsername } from '../accounts/names.ts';
import { type AccountRecord, findAccounts, insertAccount, lockAccount, updateAccount } from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { accessChanged, userPaused, userRegistered, userResumed } from '../events.ts';
import { Failure } from '../failure.ts';
import { notifyOfDecision } from '../mail/notify.ts';
import { canReadAccounts } from '../policy.ts';
import type {
  ChangeRoleInput,
  CreateServiceAccountInput,
  DeleteServiceAccountInput,
  EndSessionsInput,
  QueryAccountsArgs,
  RestoreAccountInput,
  SuspendAccountInput,
} from '../schema.types.ts';
import { revokeSessions } from '../sessions/revoke.ts';
import { requireRecentAuthentication } from '../sessions/step-up.ts';
import { parseEnd } from '../times.ts';
import { authorizeAdministrator, requireAdministrator } from './actor.ts';
import { findSecondFactorHolders, hasOtherAdministrator, lockAdministration, pageAccounts } from './repository.ts';
import { giveRole } from './roles.ts';
import { parseSearch } from './search.ts';
import { hasSuspension, restoredStatus, standingAt, suspendedStatus } from './status.ts';

const reasonCharacters = 500;

type Transaction = Parameters<typeof lockAccount>[0];

/** An administrator, and the account that they are about to change: both as they are now, and the latter locked. */
interface Change {
  actor: AccountRecord;
  target: AccountRecord;
}

/** The use cases of administrators, for one request. */
export function createAdministrationService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, relay, mailSender, now } = dependencies;
  const { viewer, trace } = request;
  const record = createRecorder(request, now);

  const secondFactors = new DataLoader<string, boolean>(async (ids) => {
    const holders = await findSecondFactorHolders(database, ids);
    return ids.map((id) => holders.has(id));
  });

  function requireReader(): void {
    if (viewer === null) throw codedError('UNAUTHENTICATED');
    if (!canReadAccounts(viewer)) throw codedError('FORBIDDEN');
  }

  async function listAccounts(args: QueryAccountsArgs): Promise<Connection<AccountRecord>> {
    requireReader();
    const { first, after, search, status = null, role = null } = args;
    const page = parsePage({ first, after }, (cursor) => decodeIdCursor('accounts', 'all', cursor));
    const prefix = parseSearch(search ?? '');
    const rows = await pageAccounts(database, { prefix, status, role }, page, now());
    return buildConnection(
      page,
      rows,
      ({ id }) => encodeCursor('accounts', 'all', id),
      (row) => row,
    );
  }

  async function account(id: string): Promise<AccountRecord | null> {
    requireReader();
    const [found = null] = isId(id) ? await findAccounts(database, [id]) : [];
    return found;
  }

  /**
   * Changes an account as an administrator who is authorized. Such changes come one after the other, so that of two who demote
   * each other at once the second is none any more, which is looked at anew; and those that would take the last one are seen.
   */
  async function change<Result>(
    accountId: string,
    work: (transaction: Transaction, change: Change) => Promise<Result>,
  ) {
    const result = await database.$transaction(async (transaction) => {
      await lockAdministration(transaction);
      const { account: actor } = await requireAdministrator(transaction, dependencies, request);
      const target = isId(accountId) ? await lockAccount(transaction, accountId) : null;
      if (target === null || target.status === 'DELETED') throw accountNotFound();
      return work(transaction, { actor, target });
    });
    relay.wake();
    mailSender.wake();
    return result;
  }

  /** @throws Failure LAST_ADMINISTRATOR */
  async function keepAnAdministrator(transaction: Transaction, { id, role }: AccountRecord): Promise<void> {
    if (role !== 'ADMIN' || (await hasOtherAdministrator(transaction, id, now()))) return;
    throw new Failure('LAST_ADMINISTRATOR', 'No administrator would be left.', ['accountId']);
  }

  async function suspendAccount(input: SuspendAccountInput): Promise<{ account: AccountRecord }> {
    await authorizeAdministrator(dependencies, request);
    const reason = parseReason(input.reason);
    const until = parseEnd(input.until, now(), 'until');
    const account = await change(input.accountId, async (transaction, { actor, target }) => {
      refuseOwn(actor, target);
      await keepAnAdministrator(transaction, target);
      const suspended = await updateAccount(transaction, target.id, {
        status: suspendedStatus(target),
        suspensionReason: reason,
        suspendedUntil: until,
        raiseAccessVersion: true,
      });
      await revokeSessions(transaction, target.id, {}, trace, now());
      // Tokens that came out of API keys carry the old version. The keys themselves stay, for when the account is restored:
      // their ids are not told as revoked, because routers would refuse them for an hour even then.
      await writeToOutbox(transaction, accessChanged(suspended, trace, now()));
      // Its owner had put it to rest: the end of the suspension does not wake it.
      const pausedUntil = suspended.status === 'DEACTIVATED' ? null : until;
      await writeToOutbox(transaction, userPaused(target.id, pausedUntil, trace, now()));
      const details = { until: until?.toISOString() ?? null };
      await record(transaction, 'account_suspended', { accountId: target.id, details });
      await notifyOfDecision(transaction, dependencies, suspended, 'Your account was suspended', [
        `The reason:\n\n${reason.replace(/^/gm, '    ')}`,
        ...(until === null ? [] : [`The suspension ends by itself at ${until.toISOString()}.`]),
      ]);
      return suspended;
    });
    return { account };
  }

  /** An account that is not suspended stays as it is; one that its owner had put to rest is so again. */
  async function restoreAccount({ accountId }: RestoreAccountInput): Promise<{ account: AccountRecord }> {
    await authorizeAdministrator(dependencies, request);
    const account = await change(accountId, async (transaction, { target }) => {
      if (!hasSuspension(target)) return target;
      await record(transaction, 'account_restored', { accountId: target.id });
      await notifyOfDecision(transaction, dependencies, target, 'Your account was restored', [
        'You can sign in again.',
      ]);
      const status = restoredStatus(target);
      if (status === 'ACTIVE') await writeToOutbox(transaction, userResumed(target.id, trace, now()));
      const restored = { status, suspensionReason: null, suspendedUntil: null };
      return updateAccount(transaction, target.id, restored);
    });
    return { account };
  }

  async function endSessions({ accountId }: EndSessionsInput): Promise<{ account: AccountRecord }> {
    await authorizeAdministrator(dependencies, request);
    const account = await change(accountId, async (transaction, { target }) => {
      const ended = await revokeSessions(transaction, target.id, {}, trace, now());
      const details = { sessions: ended.length };
      await record(transaction, 'logout_everywhere', { accountId: target.id, details });
      return target;
    });
    return { account };
  }

  async function changeRole({ accountId, role }: ChangeRoleInput): Promise<{ account: AccountRecord }> {
    await requireAdministrator(database, dependencies, request);
    // Not with a key: one that was stolen would make administrators.
    await requireRecentAuthentication(dependencies, request);
    const account = await change(accountId, async (transaction, { target }) => {
      if (target.role === role) return target;
      await keepAnAdministrator(transaction, target);
      const details = { from: target.role, to: role };
      await record(transaction, 'role_changed', { accountId: target.id, details });
      await notifyOfDecision(transaction, dependencies, target, 'Your account has another role', [
        `It was ${target.role}, and is ${role} now.`,
      ]);
      return giveRole(transaction, target.id, role, trace, now());
    });
    return { account };
  }

  async function createServiceAccount(input: CreateServiceAccountInput): Promise<{ account: AccountRecord }> {
    await authorizeAdministrator(dependencies, request);
    const names = parseUsername(input.username);
    const account = await database.$transaction(async (transaction) => {
      await requireAdministrator(transaction, dependencies, request);
      const account = await insertServiceAccount(transaction, names);
      await record(transaction, 'service_account_created', { accountId: account.id });
      await writeToOutbox(transaction, userRegistered(account, trace, account.createdAt));
      return account;
    });
    relay.wake();
    return { account };
  }

  /** @throws Failure USERNAME_TAKEN */
  async function insertServiceAccount(
    transaction: Transaction,
    names: { username: string; usernameNormalized: string },
  ): Promise<AccountRecord> {
    const nothing = { email: null, emailNormalized: null, passwordHash: null };
    try {
      return await insertAccount(transaction, { id: newId(), kind: 'SERVICE', ...names, ...nothing, createdAt: now() });
    } catch (error) {
      if (violatedUniqueKey(error) === null) throw error;
      throw new Failure('USERNAME_TAKEN', 'Somebody else has this username.', ['username']);
    }
  }

  async function deleteServiceAccount(input: DeleteServiceAccountInput): Promise<{ account: AccountRecord }> {
    await authorizeAdministrator(dependencies, request);
    const account = await change(input.accountId, async (transaction, { actor, target }) => {
      if (target.kind !== 'SERVICE') throw accountNotFound();
      refuseOwn(actor, target);
      await deleteAccountData(transaction, target.id, trace, now());
      await record(transaction, 'service_account_deleted', { accountId: target.id });
      const [deleted = target] = await findAccounts(transaction, [target.id]);
      return deleted;
    });
    return { account };
  }

  return {
    listAccounts,
    account,
    suspendAccount,
    restoreAccount,
    endSessions,
    changeRole,
    createServiceAccount,
    deleteServiceAccount,
    standing: (account: AccountRecord) => standingAt(account, now()),
    hasSecondFactor: (accountId: string) => secondFactors.load(accountId),
  };
}

function accountNotFound(): Failure {
  return new Failure('ACCOUNT_NOT_FOUND', 'There is no such account.', ['accountId']);
}

/** @throws Failure OWN_ACCOUNT */
function refuseOwn(actor: AccountRecord, target: AccountRecord): void {
  if (actor.id === target.id)
    throw new Failure('OWN_ACCOUNT', "This can't be done to one's own account.", ['accountId']);
}

/** @throws Failure REASON_INVALID */
function parseReason(input: string): string {
  const parsed = parseText(input, reasonCharacters);
  if ('text' in parsed) return parsed.text.trim();
  throw new Failure('REASON_INVALID', `A reason has 1 to ${reasonCharacters} characters.`, ['reason']);
}
