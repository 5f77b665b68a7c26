import { z } from 'zod';
import { violatedUniqueKey } from '../../../platform/database.ts';
import { codedError } from '../../../platform/errors.ts';
import { parseEmail } from '../accounts/names.ts';
import {
  type AccountRecord,
  dropWhatWasAdded,
  findAccount,
  findAccountByEmail,
  findTaken,
  lockAccount,
  updateAccount,
} from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { emailChangeMail, emailChangeWarning } from '../mail/messages.ts';
import { notify } from '../mail/notify.ts';
import { queueMail } from '../mail/queue.ts';
import type {
  ChangeEmailInput,
  ConfirmEmailChangeInput,
  UndoEmailChangeInput,
  VerifyEmailInput,
} from '../schema.types.ts';
import { revokeSessions, tellRevoked } from '../sessions/revoke.ts';
import { lockOwnAccount, requireRecentAuthentication, requireSession } from '../sessions/step-up.ts';
import type { Pace } from '../throttle.ts';
import { hashCode, makeCode } from '../tickets/codes.ts';
import { redeemCode } from '../tickets/redeem.ts';
import { deleteTickets, findPendingTicket, insertTicket } from '../tickets/repository.ts';
import { issueVerification } from './codes.ts';

/** The mails say the same. */
const changeLifetimeMilliseconds = 24 * 3_600_000;
const undoLifetimeMilliseconds = 7 * 86_400_000;

/** Mails that one account has sent: nobody's mailbox is to be filled. */
export const mailsOfAccountPace: Pace = {
  kind: 'email-code',
  freeAttempts: 5,
  firstDelayMilliseconds: 60_000,
  longestDelayMilliseconds: 3_600_000,
  windowMilliseconds: 24 * 3_600_000,
};

/** So long before the change of the address whoever made it may have begun to leave ways in behind. */
const robberyMilliseconds = 3_600_000;

const everyCode = ['CHANGE_EMAIL', 'VERIFY_EMAIL', 'RESET_PASSWORD', 'SECOND_FACTOR'] as const;

const newAddress = z.object({ email: z.string(), emailNormalized: z.string() });
const oldAddress = newAddress.extend({ verifiedAt: z.iso.datetime().nullable() });
const claimedAddress = z.object({ email: z.string() });

/** The use cases of e-mail addresses, for one request. */
export function createEmailService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, relay, mailSender, throttle, settings, now } = dependencies;
  const record = createRecorder(request, now);

  async function sendEmailVerification(): Promise<{ user: AccountRecord }> {
    const { accountId } = await requireSession(dependencies, request);
    const user = await findAccount(database, accountId);
    if (user === null || user.email === null) throw codedError('UNAUTHENTICATED');
    if (user.emailVerifiedAt !== null) {
      throw new Failure('EMAIL_ALREADY_VERIFIED', 'This e-mail address is verified already.');
    }
    await throttle.attempt(mailsOfAccountPace, accountId);
    await database.$transaction(async (transaction) => {
      await issueVerification(transaction, dependencies, user);
      await record(transaction, 'email_verification_sent');
    });
    mailSender.wake();
    return { user };
  }

  async function verifyEmail({ code }: VerifyEmailInput): Promise<{ user: AccountRecord }> {
    const user = await redeemCode(dependencies, request, 'VERIFY_EMAIL', code, async (transaction, ticket) => {
      const account = await lockAccount(transaction, ticket.accountId);
      // The address has changed since the code was sent.
      if (account?.email !== claimedAddress.parse(ticket.data).email) return null;
      await record(transaction, 'email_verified', { accountId: account.id, actorId: account.id });
      return updateAccount(transaction, account.id, { emailVerifiedAt: now() });
    });
    if (user === null) throw new Failure('CODE_INVALID', 'This code is wrong, used, or too old.', ['code']);
    return { user };
  }

  async function changeEmail(input: ChangeEmailInput): Promise<{ user: AccountRecord }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    const { email, emailNormalized } = parseEmail(input.email);
    await throttle.attempt(mailsOfAccountPace, accountId);
    await refuseTaken(emailNormalized);
    const createdAt = now();
    const user = await database.$transaction(async (transaction) => {
      const user = await lockOwnAccount(transaction, dependencies, session);
      await deleteTickets(transaction, accountId, ['CHANGE_EMAIL']);
      const expiresAt = new Date(createdAt.getTime() + changeLifetimeMilliseconds);
      const code = makeCode();
      await insertTicket(transaction, {
        hash: hashCode(code),
        purpose: 'CHANGE_EMAIL',
        accountId,
        data: { email, emailNormalized },
        createdAt,
        expiresAt,
      });
      const message = emailChangeMail(settings, email, user.username, code);
      await queueMail(transaction, settings, { message, createdAt, expiresAt });
      await warnOldAddress(transaction, user, createdAt);
      await record(transaction, 'email_change_requested');
      return user;
    });
    mailSender.wake();
    return { user };
  }

  /**
   * The codes that undo earlier changes stay good: a thief who changes the address twice must not be rid of the first owner.
   */
  async function warnOldAddress(
    transaction: Parameters<typeof insertTicket>[0],
    { id, username, email, emailVerifiedAt }: AccountRecord,
    createdAt: Date,
  ): Promise<void> {
    if (email === null) return;
    const { emailNormalized } = parseEmail(email);
    const code = makeCode();
    const expiresAt = new Date(createdAt.getTime() + undoLifetimeMilliseconds);
    await insertTicket(transaction, {
      hash: hashCode(code),
      purpose: 'UNDO_EMAIL_CHANGE',
      accountId: id,
      data: { email, emailNormalized, verifiedAt: emailVerifiedAt?.toISOString() ?? null },
      createdAt,
      expiresAt,
    });
    const message = emailChangeWarning(settings, email, username, code);
    await queueMail(transaction, settings, { message, createdAt, expiresAt });
  }

  async function confirmEmailChange({ code }: ConfirmEmailChangeInput): Promise<{ user: AccountRecord }> {
    const user = await redeemCode(dependencies, request, 'CHANGE_EMAIL', code, (transaction, ticket) =>
      setAddress(async () => {
        const address = newAddress.parse(ticket.data);
        const { accountId } = ticket;
        const before = await lockAccount(transaction, accountId);
        const user = await updateAccount(transaction, accountId, { ...address, emailVerifiedAt: now() });
        // Codes that went to the old address prove nothing about the new one.
        await deleteTickets(transaction, accountId, ['VERIFY_EMAIL', 'RESET_PASSWORD']);
        await record(transaction, 'email_changed', { accountId, actorId: accountId });
        if (before) await notify(transaction, dependencies, before, 'Your e-mail address was changed');
        return user;
      }),
    );
    mailSender.wake();
    return { user };
  }

  async function undoEmailChange({ code }: UndoEmailChangeInput): Promise<{ user: AccountRecord }> {
    const user = await redeemCode(dependencies, request, 'UNDO_EMAIL_CHANGE', code, (transaction, ticket) =>
      setAddress(async () => {
        const { verifiedAt, ...address } = oldAddress.parse(ticket.data);
        const { accountId } = ticket;
        const user = await restoreAddress(transaction, accountId, address, verifiedAt);
        await deleteTickets(transaction, accountId, everyCode);
        // Whoever has got in since then has asked for codes that undo this, and left ways in behind.
        await deleteTickets(transaction, accountId, ['UNDO_EMAIL_CHANGE'], ticket.createdAt);
        const since = new Date(ticket.createdAt.getTime() - robberyMilliseconds);
        const { apiKeyIds } = await dropWhatWasAdded(transaction, accountId, since);
        await tellRevoked(transaction, accountId, apiKeyIds, request.trace, now());
        await revokeSessions(transaction, accountId, {}, request.trace, now());
        await record(transaction, 'email_change_undone', { accountId, actorId: accountId });
        return user;
      }),
    );
    relay.wake();
    return { user };
  }

  /**
   * Gives an account its old address back, also from somebody who has registered with it meanwhile and never proven it. An address
   * that it still has keeps what was proven of it since.
   */
  async function restoreAddress(
    transaction: Parameters<typeof insertTicket>[0],
    accountId: string,
    address: z.output<typeof newAddress>,
    verifiedAt: string | null,
  ): Promise<AccountRecord> {
    const holder = await findAccountByEmail(transaction, address.emailNormalized);
    if (holder?.id === accountId) return holder;
    if (holder !== null && holder.emailVerifiedAt === null) {
      await updateAccount(transaction, holder.id, { email: null, emailNormalized: null });
      await deleteTickets(transaction, holder.id, everyCode);
    }
    const emailVerifiedAt = verifiedAt === null ? null : new Date(verifiedAt);
    return updateAccount(transaction, accountId, { ...address, emailVerifiedAt });
  }

  async function refuseTaken(emailNormalized: string): Promise<void> {
    const taken = await findTaken(database, { emailNormalized });
    if (taken.email) throw new Failure('EMAIL_TAKEN', 'An account with this e-mail address exists.', ['email']);
  }

  async function setAddress<Result>(write: () => Promise<Result>): Promise<Result> {
    try {
      return await write();
    } catch (error) {
      if (violatedUniqueKey(error) === null) throw error;
      throw new Failure('EMAIL_TAKEN', 'An account with this e-mail address exists.', ['code']);
    }
  }

  async function pendingEmail({ id }: AccountRecord): Promise<string | null> {
    const ticket = await findPendingTicket(database, id, 'CHANGE_EMAIL', now());
    return ticket === null ? null : newAddress.parse(ticket.data).email;
  }

  return { sendEmailVerification, verifyEmail, changeEmail, confirmEmailChange, undoEmailChange, pendingEmail };
}
