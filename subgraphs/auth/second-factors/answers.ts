import type { Happening } from '../audit/record.ts';
import type { AuthDependencies } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { provePasskey } from '../passkeys/proof.ts';
import { hashCode } from '../tickets/codes.ts';
import { type findTotp, useRecoveryCode } from './repository.ts';
import { useTotpCode } from './totp.ts';

type Transaction = Parameters<typeof findTotp>[0];

/** A proof of something besides the first factor. Its method is what a session remembers, and the record of events. */
export type Answer =
  | { method: 'totp'; code: string }
  | { method: 'recovery_code'; code: string }
  | { method: 'passkey'; answer: unknown };

/** What became of an answer, with what the record of security events should know of it. */
export interface CheckedAnswer {
  isRight: boolean;
  details: NonNullable<Happening['details']>;
}

/** The one that is given. @throws Failure ONE_PROOF_REQUIRED */
export function onlyOne<Proof>(proofs: readonly (Proof | null)[], names: string): Proof {
  const [proof, another] = proofs.filter((each) => each !== null);
  if (proof === undefined || another !== undefined) {
    throw new Failure('ONE_PROOF_REQUIRED', `Give exactly one of ${names}.`);
  }
  return proof;
}

/**
 * Checks an answer against what an account has, and uses it up, in the caller's transaction: none works twice.
 * @param passkeyChallenge what a passkey has to sign; null when none was asked for
 */
export async function checkAnswer(
  transaction: Transaction,
  { settings, now }: Pick<AuthDependencies, 'settings' | 'now'>,
  accountId: string,
  answer: Answer,
  passkeyChallenge: string | null,
): Promise<CheckedAnswer> {
  const { method } = answer;
  switch (method) {
    case 'totp':
      return { isRight: await useTotpCode(transaction, settings, accountId, answer.code, now()), details: { method } };
    case 'recovery_code': {
      const isRight = await useRecoveryCode(transaction, accountId, hashCode(answer.code), now());
      return { isRight, details: { method } };
    }
    case 'passkey': {
      if (passkeyChallenge === null) return { isRight: false, details: { method } };
      const claim = { answer: answer.answer, challenge: passkeyChallenge, accountId };
      const proof = await provePasskey(transaction, settings, claim, now());
      if (proof.isProven) return { isRight: true, details: { method, passkeyId: proof.passkeyId } };
      return { isRight: false, details: { method, ...proof.details } };
    }
  }
}
