import { codedError } from '../../../platform/errors.ts';
import { lowestId } from '../../../platform/identifiers.ts';
import { networkOf } from '../../../platform/network.ts';
import { hashNetwork } from '../accounts/known-addresses.ts';
import { normalizeLogin, parseEmail } from '../accounts/names.ts';
import {
  type AccountRecord,
  dropSideDoors,
  findAccount,
  findAccountByEmail,
  isKnownAddress,
  lockAccount,
  rememberAddress,
  updateAccount,
} from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { decoyMail } from '../mail/decoy.ts';
import { passwordResetMail } from '../mail/messages.ts';
import { notify } from '../mail/notify.ts';
import { queueMail } from '../mail/queue.ts';
import type { ChangePasswordInput, RequestPasswordResetInput, ResetPasswordInput } from '../schema.types.ts';
import { countSecondFactors } from '../second-factors/repository.ts';
import { loginPaces } from '../sessions/login-paces.ts';
import { markAuthenticated } from '../sessions/repository.ts';
import { revokeSessions, tellRevoked } from '../sessions/revoke.ts';
import { lockOwnAccount, requireRecentAuthentication, requireSession } from '../sessions/step-up.ts';
import { hashCode, makeCode } from '../tickets/codes.ts';
import { inspectCode, redeemCode } from '../tickets/redeem.ts';
import { deleteTickets, insertTicket } from '../tickets/repository.ts';
import { passwordPaces } from './paces.ts';
import { checkPassword } from './rules.ts';

/** As long as OWASP ASVS 5.0, 6.5.5, lets a code that comes by mail live. The mail says the same. */
const resetLifetimeMilliseconds = 600_000;

/** No account has this id. */
const nobody = lowestId;

/** The use cases of passwords, for one request. */
export function createPasswordService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, relay, mailSender, passwords, throttle, settings, now } = dependencies;
  const { trace, client } = request;
  const record = createRecorder(request, now);

  /**
   * The answer, and the time that it takes, tell nothing about who has an account: for an address that nobody has, the same is
   * written, to nobody.
   */
  async function requestPasswordReset(input: RequestPasswordResetInput): Promise<object> {
    const { email, emailNormalized } = parseEmail(input.email);
    const network = networkOf(client.address);
    await throttle.attempt(passwordPaces.resetsFromAddress, network);
    const account = await findAccountByEmail(database, emailNormalized);
    const here = hashNetwork(settings, client.address);
    const isKnown = await isKnownAddress(database, account?.id ?? nobody, here);
    await throttle.attempt(passwordPaces.resetsOfEmail, network, emailNormalized);
    // A stranger who has mails sent in somebody's name must not keep them from their own.
    if (!isKnown) await throttle.attempt(passwordPaces.resetsOfEmailByStrangers, emailNormalized);
    const code = makeCode();
    const createdAt = now();
    const expiresAt = new Date(createdAt.getTime() + resetLifetimeMilliseconds);
    const accountId = account?.id ?? null;
    await database.$transaction(async (transaction) => {
      // Earlier codes stay good to their end: the one that somebody is typing must not die of another's request.
      await insertTicket(transaction, {
        hash: hashCode(code),
        purpose: 'RESET_PASSWORD',
        accountId,
        data: { email: account?.email ?? email },
        createdAt,
        expiresAt,
      });
      const to = account?.email ?? email;
      const message = passwordResetMail(settings, to, account?.username ?? 'nobody', code);
      await queueMail(transaction, settings, {
        message: account === null ? decoyMail(message) : message,
        createdAt,
        expiresAt,
      });
      await record(transaction, 'password_reset_requested', { accountId, actorId: null, sessionId: null });
    });
    mailSender.wake();
    return {};
  }

  /**
   * It does not sign in, so that a second factor stays wanted, and it ends every session: who knew the old password is out. Whoever
   * has the mailbox is no stranger to the account, so a storm of guesses does not keep them from signing in next.
   */
  async function resetPassword({ code, newPassword }: ResetPasswordInput): Promise<{ user: AccountRecord }> {
    const { accountId } = await inspectCode(dependencies, request, 'RESET_PASSWORD', code);
    const account = await findAccount(database, accountId);
    if (account === null) throw new Failure('CODE_INVALID', 'This code is wrong, used, or too old.', ['code']);
    checkPassword(newPassword, account, settings, 'newPassword');
    const passwordHash = await passwords.hash(newPassword);
    const user = await redeemCode(dependencies, request, 'RESET_PASSWORD', code, async (transaction) => {
      const at = now();
      const before = await lockAccount(transaction, accountId);
      if (before?.emailVerifiedAt == null) await takeOver(transaction, accountId, at);
      const user = await updateAccount(transaction, accountId, { passwordHash });
      await deleteTickets(transaction, accountId, ['CHANGE_EMAIL', 'RESET_PASSWORD', 'SECOND_FACTOR', 'VERIFY_EMAIL']);
      await revokeSessions(transaction, accountId, {}, trace, at);
      await rememberAddress(transaction, accountId, hashNetwork(settings, client.address), at);
      await record(transaction, 'password_reset', { accountId, actorId: accountId, sessionId: null });
      await notify(transaction, dependencies, user, 'Your password was set anew');
      return user;
    });
    await forgiveGuesses(user);
    relay.wake();
    mailSender.wake();
    return { user };
  }

  /**
   * The address is proven for the first time: until now the account may have been in the hands of somebody who registered it with
   * another's address, and who has other ways into it. An authenticator app stays: no reset gets past one, and whoever holds it gets
   * nowhere without the password. (Where mail is sent nothing of this could be added before: `requireProvenAddress`.)
   */
  async function takeOver(
    transaction: Parameters<typeof dropSideDoors>[0],
    accountId: string,
    at: Date,
  ): Promise<void> {
    const { apiKeyIds } = await dropSideDoors(transaction, accountId);
    await tellRevoked(transaction, accountId, apiKeyIds, trace, at);
    await updateAccount(transaction, accountId, { emailVerifiedAt: at });
  }

  async function changePassword(input: ChangePasswordInput): Promise<{ user: AccountRecord }> {
    const session = await requireSession(dependencies, request);
    const { id: sessionId, accountId } = session;
    const account = await findAccount(database, accountId);
    if (account === null) throw codedError('UNAUTHENTICATED');
    // Without a password to prove oneself with, another proof has to be recent.
    if (account.passwordHash === null) await requireRecentAuthentication(dependencies, request);
    else await verifyCurrent(accountId, account.passwordHash, input.currentPassword ?? '');
    checkPassword(input.newPassword, account, settings, 'newPassword');
    const passwordHash = await passwords.hash(input.newPassword);
    const user = await database.$transaction(async (transaction) => {
      const at = now();
      const locked = await lockOwnAccount(transaction, dependencies, session);
      // Another password was set while this one was being verified and the next one hashed.
      if (locked.passwordHash !== account.passwordHash) throw codedError('UNAUTHENTICATED');
      const user = await updateAccount(transaction, accountId, { passwordHash });
      await deleteTickets(transaction, accountId, ['CHANGE_EMAIL', 'RESET_PASSWORD', 'SECOND_FACTOR']);
      await revokeSessions(transaction, accountId, { except: sessionId }, trace, at);
      // The password alone does not stand for somebody who has a second factor.
      const { hasTotp, passkeys } = await countSecondFactors(transaction, accountId);
      if (!hasTotp && passkeys === 0) await markAuthenticated(transaction, sessionId, at);
      await record(transaction, 'password_changed');
      await notify(transaction, dependencies, user, 'Your password was changed');
      return user;
    });
    relay.wake();
    mailSender.wake();
    return { user };
  }

  async function verifyCurrent(accountId: string, passwordHash: string, password: string): Promise<void> {
    const network = networkOf(client.address);
    await throttle.attempt(passwordPaces.proofsOfAccount, accountId, network);
    const { matches } = await passwords.verify(passwordHash, password);
    if (!matches) {
      await record(database, 'password_changed', { succeeded: false });
      throw new Failure('CREDENTIALS_INVALID', 'This is not the password.', ['currentPassword']);
    }
    await throttle.forgive(passwordPaces.proofsOfAccount, accountId, network);
  }

  async function forgiveGuesses({ username, email }: AccountRecord): Promise<void> {
    for (const login of [username, email ?? username].map(normalizeLogin)) {
      await throttle.forgive(loginPaces.fromAddressAtLogin, networkOf(client.address), login);
    }
  }

  return { requestPasswordReset, resetPassword, changePassword };
}
