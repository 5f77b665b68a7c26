import DataLoader from 'dataloader';
import { violatedUniqueKey } from '../../../platform/database.ts';
import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { networkOf } from '../../../platform/network.ts';
import { hasOtherAdministrator, lockAdministration } from '../administration/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { issueVerification } from '../emails/codes.ts';
import { accessChanged, userPaused, userRegistered, userRenamed } from '../events.ts';
import { Failure } from '../failure.ts';
import { notify } from '../mail/notify.ts';
import { checkPassword } from '../passwords/rules.ts';
import { canReadEmail, canReadSecurity } from '../policy.ts';
import type { ChangeUsernameInput, RegisterInput } from '../schema.types.ts';
import { revokeSessions } from '../sessions/revoke.ts';
import { deliverSession, openSession, type SignIn } from '../sessions/sign-in.ts';
import { lockOwnAccount, requireRecentAuthentication } from '../sessions/step-up.ts';
import { deleteAccountData } from './deletion.ts';
import { hashNetwork } from './known-addresses.ts';
import { parseEmail, parseUsername } from './names.ts';
import { registrationPace } from './registration-pace.ts';
import {
  type AccountRecord,
  findAccount,
  findAccounts,
  findTaken,
  insertAccount,
  rememberAddress,
  updateAccount,
} from './repository.ts';

/** The use cases of accounts, for one request: they know its viewer and share its loader. */
export function createAccountService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, relay, mailSender, passwords, throttle, metrics, settings, now } = dependencies;
  const { viewer, trace, client } = request;
  const record = createRecorder(request, now);

  const accounts = new DataLoader<string, AccountRecord | null>(async (ids) => {
    const found = await findAccounts(database, ids.filter(isId));
    const byId = new Map(found.map((account) => [account.id, account]));
    return ids.map((id) => byId.get(id) ?? null);
  });

  /** Nobody is left behind the id of a deleted account. */
  async function findPerson(id: string): Promise<AccountRecord | null> {
    const account = await accounts.load(id);
    return account?.status === 'DELETED' ? null : account;
  }

  async function register(input: RegisterInput): Promise<Omit<SignIn, 'secondFactor'>> {
    const names = { ...parseUsername(input.username), ...parseEmail(input.email) };
    checkPassword(input.password, names, settings, 'password');
    await throttle.attempt(registrationPace(settings), networkOf(client.address));
    await refuseTaken(names);
    const passwordHash = await passwords.hash(input.password);
    const createdAt = now();
    const { user, opened } = await insertUnlessTaken(names, () =>
      database.$transaction(async (transaction) => {
        const user = await insertAccount(transaction, { id: newId(), ...names, passwordHash, createdAt });
        const opened = await openSession(dependencies, request, transaction, user, ['password']);
        await rememberAddress(transaction, user.id, hashNetwork(settings, client.address), createdAt);
        const { sessionId } = opened;
        await record(transaction, 'registered', { accountId: user.id, actorId: user.id, sessionId });
        await issueVerification(transaction, dependencies, user);
        await writeToOutbox(transaction, userRegistered(user, trace, createdAt));
        return { user, opened };
      }),
    );
    metrics.registrations.inc({ method: 'password' });
    relay.wake();
    mailSender.wake();
    return { session: deliverSession(request, opened.session, now()), user };
  }

  async function changeUsername(input: ChangeUsernameInput): Promise<{ user: AccountRecord }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    const names = parseUsername(input.username);
    const before = await findAccount(database, accountId);
    // Another way to write one's own name is no other name.
    if (before?.username.toLowerCase() !== names.usernameNormalized) await refuseTaken(names);
    const user = await insertUnlessTaken(names, () =>
      database.$transaction(async (transaction) => {
        await lockOwnAccount(transaction, dependencies, session);
        const user = await updateAccount(transaction, accountId, names);
        await record(transaction, 'username_changed');
        await writeToOutbox(transaction, userRenamed(user, trace, now()));
        await notify(transaction, dependencies, user, 'Your username was changed');
        return user;
      }),
    );
    relay.wake();
    mailSender.wake();
    return { user };
  }

  async function deactivateAccount(): Promise<{ user: AccountRecord }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    const user = await database.$transaction(async (transaction) => {
      await leaveAdministration(transaction, session);
      // Tokens that were given to its keys end with the sessions.
      const changes = { status: 'DEACTIVATED', raiseAccessVersion: true } as const;
      const user = await updateAccount(transaction, accountId, changes);
      await revokeSessions(transaction, accountId, {}, trace, now());
      await writeToOutbox(transaction, accessChanged(user, trace, now()));
      await writeToOutbox(transaction, userPaused(accountId, null, trace, now()));
      await record(transaction, 'account_deactivated');
      await notify(transaction, dependencies, user, 'Your account was deactivated');
      return user;
    });
    relay.wake();
    mailSender.wake();
    return { user };
  }

  async function deleteAccount(): Promise<{ deletedUserId: string }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    await database.$transaction(async (transaction) => {
      const account = await leaveAdministration(transaction, session);
      await notify(transaction, dependencies, account, 'Your account was deleted');
      await deleteAccountData(transaction, accountId, trace, now());
      await record(transaction, 'account_deleted');
    });
    relay.wake();
    mailSender.wake();
    return { deletedUserId: accountId };
  }

  /**
   * Locks the account of somebody who leaves; of administrators one after the other, so that the last one is seen to be it. An
   * installation without any gets another one by command alone.
   * @throws UNAUTHENTICATED, Failure LAST_ADMINISTRATOR
   */
  async function leaveAdministration(
    transaction: Parameters<typeof lockAdministration>[0],
    session: Parameters<typeof lockOwnAccount>[2],
  ): Promise<AccountRecord> {
    await lockAdministration(transaction);
    const account = await lockOwnAccount(transaction, dependencies, session);
    if (account.role === 'ADMIN' && !(await hasOtherAdministrator(transaction, account.id, now()))) {
      throw new Failure('LAST_ADMINISTRATOR', 'No administrator would be left. Make somebody else one first.');
    }
    return account;
  }

  /** @throws Failure USERNAME_TAKEN, EMAIL_TAKEN */
  async function refuseTaken(names: { usernameNormalized?: string; emailNormalized?: string }): Promise<void> {
    const taken = await findTaken(database, names);
    if (taken.username) throw new Failure('USERNAME_TAKEN', 'Somebody else has this username.', ['username']);
    if (taken.email) throw new Failure('EMAIL_TAKEN', 'An account with this e-mail address exists.', ['email']);
  }

  async function insertUnlessTaken<Result>(
    names: { usernameNormalized?: string; emailNormalized?: string },
    write: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await write();
    } catch (error) {
      // Somebody took the name between the look and the leap.
      if (violatedUniqueKey(error) !== null) await refuseTaken(names);
      throw error;
    }
  }

  return {
    viewer: async () => (viewer === null ? null : findPerson(viewer.userId)),
    person: findPerson,
    email: (account: AccountRecord) => (canReadEmail(viewer, account.id) ? account.email : null),
    security: (account: AccountRecord) => (canReadSecurity(viewer, account.id) ? account : null),
    hasPassword: async ({ id }: AccountRecord) => (await findAccount(database, id))?.passwordHash != null,
    register,
    changeUsername,
    deactivateAccount,
    deleteAccount,
  };
}
