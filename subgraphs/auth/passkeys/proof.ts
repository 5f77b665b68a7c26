import { parseAssertion, verifyAssertion } from './answers.ts';
import { relyingPartyOf } from './relying-party.ts';
import { advancePasskey, findPasskeyKey } from './repository.ts';

type Transaction = Parameters<typeof findPasskeyKey>[0];
type Settings = Parameters<typeof relyingPartyOf>[0];

/** What became of an authenticator's answer. */
export type PasskeyProof =
  | { isProven: true; accountId: string; passkeyId: string }
  /** `accountId` is null when no account has the passkey. */
  | { isProven: false; accountId: string | null; details: { passkeyId?: string; reason: RefusalReason } };

/** `counter_regressed`: the key is in two places, so that the authenticator, or a copy of it, is in the wrong hands. */
type RefusalReason = 'passkey_unknown' | 'passkey_of_another_account' | 'passkey_not_proven' | 'counter_regressed';

export interface PasskeyAnswer {
  /** As the client sent it. */
  answer: unknown;
  /** That was given out with the ticket. */
  challenge: string;
  /** Whose passkey it has to be; null to learn who it is: then the authenticator has to say so itself. */
  accountId: string | null;
}

/** Checks an authenticator's answer and stores the use of the passkey, in the caller's transaction. */
export async function provePasskey(
  transaction: Transaction,
  settings: Settings,
  { answer, challenge, accountId }: PasskeyAnswer,
  at: Date,
): Promise<PasskeyProof> {
  const parsed = parseAssertion(answer);
  const key = parsed && (await findPasskeyKey(transaction, parsed.credentialId));
  if (!key) return { isProven: false, accountId: null, details: { reason: 'passkey_unknown' } };
  const refuse = (reason: RefusalReason): PasskeyProof => ({
    isProven: false,
    accountId: key.accountId,
    details: { passkeyId: key.id, reason },
  });
  if (accountId !== null && key.accountId !== accountId) return refuse('passkey_of_another_account');
  // WebAuthn Level 3, 7.2, step 6: the user handle is what says who signs in, where nothing else does.
  const handle = parsed.accountId ?? accountId;
  if (handle !== key.accountId) return refuse('passkey_of_another_account');
  const use = await verifyAssertion(relyingPartyOf(settings), parsed.assertion, key.publicKey, challenge);
  if (use === null) return refuse('passkey_not_proven');
  if (!(await advancePasskey(transaction, key.id, { ...use, at }))) return refuse('counter_regressed');
  return { isProven: true, accountId: key.accountId, passkeyId: key.id };
}
