import { codedError } from '../../../platform/errors.ts';
import { networkOf } from '../../../platform/network.ts';
import { findAccount } from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { takePasskeyTicket } from '../passkeys/tickets.ts';
import { passwordPaces } from '../passwords/paces.ts';
import type { ConfirmIdentityInput } from '../schema.types.ts';
import { markAuthenticated } from '../sessions/repository.ts';
import { recentAuthenticationMilliseconds, requireSession } from '../sessions/step-up.ts';
import { type CheckedAnswer, checkAnswer, onlyOne } from './answers.ts';
import { slowTotpGuessingDown } from './guessing.ts';
import { countSecondFactors } from './repository.ts';

type Transaction = Parameters<typeof markAuthenticated>[0];
type Session = Awaited<ReturnType<typeof requireSession>>;

interface Confirmation {
  confirmedUntil: Date;
}

/** The use case behind `confirmIdentity`: afterwards sensitive changes are open to the viewer's session. */
export function createIdentityConfirmation(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, passwords, throttle, now } = dependencies;
  const record = createRecorder(request, now);

  async function confirmIdentity(input: ConfirmIdentityInput): Promise<Confirmation> {
    const session = await requireSession(dependencies, request);
    const { password, totpCode, passkey, challengeToken } = input;
    const confirmWithIt = onlyOne(
      [
        password == null ? null : () => confirmWithPassword(session, password),
        totpCode == null ? null : () => confirmWithTotp(session, totpCode),
        passkey == null || challengeToken == null ? null : () => confirmWithPasskey(session, passkey, challengeToken),
      ],
      'password, totpCode, and passkey with its challengeToken',
    );
    return confirmWithIt();
  }

  /**
   * The password alone would make a second factor worthless: who has found it out could turn the factor off. So an account with
   * one is confirmed with it (OWASP ASVS 5.0, 7.5.1), and a password that comes instead is not even looked at.
   */
  async function confirmWithPassword(session: Session, password: string): Promise<Confirmation> {
    const { accountId } = session;
    const { hasTotp, passkeys } = await countSecondFactors(database, accountId);
    if (hasTotp || passkeys > 0) {
      const message =
        'This account has a second factor, and its password alone is not enough: confirm with that factor.';
      throw new Failure('SECOND_FACTOR_INVALID', message, ['password']);
    }
    const account = await findAccount(database, accountId);
    if (account?.passwordHash == null) {
      throw new Failure('PASSWORD_NOT_SET', 'This account has no password: sign in again instead.', ['password']);
    }
    await throttle.attempt(passwordPaces.proofsOfAccount, accountId, networkOf(request.client.address));
    const { matches } = await passwords.verify(account.passwordHash, password);
    const refusal = new Failure('CREDENTIALS_INVALID', 'This is not the password.', ['password']);
    const checked = { isRight: matches, details: { method: 'password' } };
    const confirmation = await confirm(session, async () => checked, refusal);
    await throttle.forgive(passwordPaces.proofsOfAccount, accountId, networkOf(request.client.address));
    return confirmation;
  }

  async function confirmWithTotp(session: Session, code: string): Promise<Confirmation> {
    const { accountId } = session;
    const forgive = await slowTotpGuessingDown(dependencies, request, accountId);
    const refusal = new Failure('SECOND_FACTOR_INVALID', 'The code is wrong, used, or too old.', ['totpCode']);
    const answer = { method: 'totp', code } as const;
    const check = (transaction: Transaction) => checkAnswer(transaction, dependencies, accountId, answer, null);
    const confirmation = await confirm(session, check, refusal);
    await forgive();
    return confirmation;
  }

  async function confirmWithPasskey(session: Session, passkey: unknown, token: string): Promise<Confirmation> {
    const { accountId } = session;
    const challenge = await takePasskeyTicket(dependencies, 'PASSKEY_CONFIRMATION', accountId, token);
    const refusal = new Failure('PASSKEY_INVALID', 'This does not prove a passkey of this account.', ['passkey']);
    const answer = { method: 'passkey', answer: passkey } as const;
    const check = (transaction: Transaction) => checkAnswer(transaction, dependencies, accountId, answer, challenge);
    return confirm(session, check, refusal);
  }

  /** Checks a proof and takes note of it in one transaction. @throws the refusal when it is wrong; UNAUTHENTICATED */
  async function confirm(
    session: Session,
    check: (transaction: Transaction) => Promise<CheckedAnswer>,
    refusal: Failure,
  ): Promise<Confirmation> {
    const at = now();
    const { isRight, details } = await database.$transaction(async (transaction) => {
      const checked = await check(transaction);
      if (!checked.isRight) return checked;
      // The session may have ended since it was looked at.
      if (!(await markAuthenticated(transaction, session.id, at))) throw codedError('UNAUTHENTICATED');
      await record(transaction, 'identity_confirmed', { details: checked.details });
      return checked;
    });
    if (!isRight) {
      await record(database, 'identity_confirmed', { succeeded: false, details });
      throw refusal;
    }
    return { confirmedUntil: new Date(at.getTime() + recentAuthenticationMilliseconds) };
  }

  return confirmIdentity;
}
