import { type Credentials, findAccount } from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { notify } from '../mail/notify.ts';
import type { CompleteLoginInput } from '../schema.types.ts';
import { completeSignIn, type SignIn } from '../sessions/sign-in.ts';
import { hashToken } from '../tickets/codes.ts';
import { findTicket, takeTicket, tryTicket } from '../tickets/repository.ts';
import { type Answer, type CheckedAnswer, checkAnswer, onlyOne } from './answers.ts';
import { challengeData, fingerprint } from './challenge.ts';
import { slowTotpGuessingDown } from './guessing.ts';
import { countSecondFactors } from './repository.ts';

type Transaction = Parameters<typeof takeTicket>[0];

/** So many answers one challenge takes; then the sign-in begins again. */
const secondFactorAttemptLimit = 5;

/** A challenge that waits for its answer. */
interface Challenge {
  hash: Buffer;
  account: Credentials;
  /** How the first factor was proven. */
  method: string;
  passkeyChallenge: string | null;
}

/** The use case behind `completeLogin`: the second half of a sign-in. */
export function createLoginCompletion(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, mailSender, metrics, now } = dependencies;
  const record = createRecorder(request, now);

  async function completeLogin(input: CompleteLoginInput): Promise<SignIn> {
    const answer = parseAnswer(input);
    const challenge = await findChallenge(hashToken(input.challengeToken));
    const { account } = challenge;
    const methods = [challenge.method, answer.method];
    const forgive = answer.method === 'totp' ? await slowDown(account.id, methods) : async () => undefined;
    // Counted before it is looked at, so that answers at the same time are all counted.
    if ((await tryTicket(database, 'SECOND_FACTOR', challenge.hash, now(), secondFactorAttemptLimit)) === null) {
      throw challengeInvalid();
    }
    const { isRight, details } = await database.$transaction((transaction) => settle(transaction, challenge, answer));
    if (!isRight) {
      metrics.logins.inc({ method: methods.join('+'), result: 'failure' });
      const about = { accountId: account.id, actorId: null, sessionId: null };
      await record(database, 'second_factor', { ...about, succeeded: false, details });
      throw new Failure('SECOND_FACTOR_INVALID', 'The second factor did not match.');
    }
    await forgive();
    mailSender.wake();
    return completeSignIn(dependencies, request, account, methods);
  }

  /** @throws Failure CHALLENGE_INVALID */
  async function findChallenge(hash: Buffer): Promise<Challenge> {
    const ticket = await findTicket(database, 'SECOND_FACTOR', hash, now());
    const account = ticket?.accountId == null ? null : await findAccount(database, ticket.accountId);
    if (ticket === null || account === null || account.status === 'DELETED') throw challengeInvalid();
    const { passwordFingerprint, ...data } = challengeData.parse(ticket.data);
    if (passwordFingerprint !== null && passwordFingerprint !== fingerprint(account.passwordHash))
      throw challengeInvalid();
    return { hash, account, ...data };
  }

  async function slowDown(accountId: string, methods: readonly string[]): Promise<() => Promise<void>> {
    try {
      return await slowTotpGuessingDown(dependencies, request, accountId);
    } catch (error) {
      metrics.logins.inc({ method: methods.join('+'), result: 'throttled' });
      throw error;
    }
  }

  /**
   * Checks an answer; the right one ends the challenge in the same transaction. When another right one has ended it in the meantime,
   * all is taken back: the code that came second is not used up.
   */
  async function settle(transaction: Transaction, challenge: Challenge, answer: Answer): Promise<CheckedAnswer> {
    const { hash, account, passkeyChallenge } = challenge;
    const checked = await checkAnswer(transaction, dependencies, account.id, answer, passkeyChallenge);
    if (!checked.isRight) return checked;
    if ((await takeTicket(transaction, 'SECOND_FACTOR', hash, now())) === null) throw challengeInvalid();
    const about = { accountId: account.id, actorId: account.id, sessionId: null };
    await record(transaction, 'second_factor', { ...about, details: checked.details });
    if (answer.method === 'recovery_code') {
      const { recoveryCodes } = await countSecondFactors(transaction, account.id);
      await record(transaction, 'recovery_code_used', { ...about, details: { left: recoveryCodes } });
      await notify(
        transaction,
        dependencies,
        account,
        `A recovery code was used to sign in; ${recoveryCodes} are left`,
      );
    }
    return checked;
  }

  return completeLogin;
}

/** @throws Failure ONE_PROOF_REQUIRED */
function parseAnswer({ totpCode, recoveryCode, passkey }: CompleteLoginInput): Answer {
  return onlyOne<Answer>(
    [
      totpCode == null ? null : { method: 'totp', code: totpCode },
      recoveryCode == null ? null : { method: 'recovery_code', code: recoveryCode },
      passkey == null ? null : { method: 'passkey', answer: passkey },
    ],
    'totpCode, recoveryCode and passkey',
  );
}

function challengeInvalid(): Failure {
  return new Failure('CHALLENGE_INVALID', 'The challenge is unknown, answered, or too old. Sign in again.', [
    'challengeToken',
  ]);
}
