import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { decrypt, encrypt } from '../encryption.ts';
import { advanceTotpStep, findTotp } from './repository.ts';

type Transaction = Parameters<typeof findTotp>[0];

/** What every authenticator app can do (RFC 6238): some ignore other values, and then show wrong codes. */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** RFC 4226, section 4, recommends 160 bits. */
const secretBytes = 20;

/** A code counts for this many steps before and after its own: clocks differ, and typing takes time (RFC 6238, 5.2). */
const windowSteps = 1;

/** What the ticket of an enrolment keeps: the secret, encrypted, in Base64. */
export const enrolmentData = z.object({ encryptedSecret: z.string() });

/** In Base32. */
export function makeTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** What a QR code for an authenticator app holds. */
export function totpUri(secret: string, issuer: string, username: string): string {
  return new TOTP({ ...parameters, secret, issuer, label: username }).toString();
}

/** The number of the time step whose code this is; null when it is none of now. */
export function matchTotpStep(secret: string, typed: string, now: Date): number | null {
  const token = typed.slice(0, 20).replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const totp = new TOTP({ ...parameters, secret });
  const timestamp = now.getTime();
  const delta = totp.validate({ token, timestamp, window: windowSteps });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

export function encryptTotpSecret(
  secret: string,
  accountId: string,
  { ACCOUNT_SECRET }: { ACCOUNT_SECRET: string },
): Buffer {
  return encrypt(secret, ACCOUNT_SECRET, `totp:${accountId}`);
}

/** @throws when it was encrypted under another ACCOUNT_SECRET: a fault for the operator to hear of, not a wrong code. */
export function decryptTotpSecret(
  encrypted: Uint8Array,
  accountId: string,
  { ACCOUNT_SECRET }: { ACCOUNT_SECRET: string },
): string {
  const secret = decrypt(encrypted, ACCOUNT_SECRET, `totp:${accountId}`);
  if (secret === null) throw new Error('A TOTP secret can not be decrypted: ACCOUNT_SECRET is not what it was.');
  return secret;
}

/**
 * Checks a code of an account's authenticator app, in the caller's transaction, and uses it up: neither it nor an earlier one
 * works again (RFC 6238, 5.2), and of two uses at once one succeeds.
 */
export async function useTotpCode(
  transaction: Transaction,
  settings: { ACCOUNT_SECRET: string },
  accountId: string,
  typed: string,
  now: Date,
): Promise<boolean> {
  const totp = await findTotp(transaction, accountId);
  if (totp === null) return false;
  const step = matchTotpStep(decryptTotpSecret(totp.encryptedSecret, accountId, settings), typed, now);
  return step !== null && (await advanceTotpStep(transaction, accountId, step));
}
