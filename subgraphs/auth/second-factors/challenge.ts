import { z } from 'zod';
import type { AccountRecord } from '../accounts/repository.ts';
import type { AuthDependencies } from '../dependencies.ts';
import { requestOptions } from '../passkeys/options.ts';
import { relyingPartyOf } from '../passkeys/relying-party.ts';
import { listCredentials } from '../passkeys/repository.ts';
import type { SecondFactorChallenge, SecondFactorMethod } from '../schema.types.ts';
import { hashToken, makeToken } from '../tickets/codes.ts';
import { insertTicket } from '../tickets/repository.ts';
import { countSecondFactors } from './repository.ts';

/** How long somebody has to bring the second factor after the first. */
const challengeLifetimeMilliseconds = 300_000;

/** What the ticket of a challenge keeps. */
export const challengeData = z.object({
  /** How the first factor was proven. */
  method: z.string(),
  /** What a passkey has to sign; null when the account had none. */
  passkeyChallenge: z.string().nullable(),
  /** Which password proved the first factor, if one did: another one ends the challenge. */
  passwordFingerprint: z.string().nullable(),
});

/** Tells one stored password from another without telling it. */
export function fingerprint(passwordHash: string | null | undefined): string | null {
  return passwordHash == null ? null : hashToken(passwordHash).toString('base64url');
}

/** Asks for the second factor of an account. Null when it has none. @param method how the first one was proven */
export async function challengeSecondFactor(
  { database, settings, now }: AuthDependencies,
  account: AccountRecord & { passwordHash?: string | null },
  method: string,
): Promise<SecondFactorChallenge | null> {
  const { hasTotp, passkeys, recoveryCodes } = await countSecondFactors(database, account.id);
  if (!hasTotp && passkeys === 0) return null;
  const credentials = await listCredentials(database, account.id);
  const passkeyOptions = credentials.length === 0 ? null : await requestOptions(relyingPartyOf(settings), credentials);
  const challengeToken = makeToken();
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + challengeLifetimeMilliseconds);
  const data: z.input<typeof challengeData> = {
    method,
    passkeyChallenge: passkeyOptions?.challenge ?? null,
    passwordFingerprint: fingerprint(account.passwordHash),
  };
  await insertTicket(database, {
    hash: hashToken(challengeToken),
    purpose: 'SECOND_FACTOR',
    accountId: account.id,
    data,
    createdAt,
    expiresAt,
  });
  const methods: SecondFactorMethod[] = [
    ...(hasTotp ? (['TOTP'] as const) : []),
    ...(passkeyOptions !== null ? (['PASSKEY'] as const) : []),
    ...(recoveryCodes > 0 ? (['RECOVERY_CODE'] as const) : []),
  ];
  return { challengeToken, expiresAt, methods, passkeyOptions };
}
