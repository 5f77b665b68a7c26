import { networkOf } from '../../../platform/network.ts';
import { hashNetwork } from '../accounts/known-addresses.ts';
import { isKnownAddress } from '../accounts/repository.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import type { Pace } from '../throttle.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * How fast somebody who has the first factor may guess at the codes of an authenticator app: three of a million are right at any
 * time. The counts are an account's, whatever the number of challenges. docs/OPERATIONS.md explains the values.
 */
export const totpPaces = {
  /** Of one address that the account has signed in from before. */
  fromKnownAddress: {
    kind: 'totp-known',
    freeAttempts: 10,
    firstDelayMilliseconds: 2_000,
    longestDelayMilliseconds: 15 * minute,
    windowMilliseconds: 24 * hour,
  },
  /** Of all other addresses together: some forty a day, so that a year of guessing finds nothing in 19 of 20 cases. */
  fromStrangers: {
    kind: 'totp-strangers',
    freeAttempts: 5,
    firstDelayMilliseconds: 2_000,
    longestDelayMilliseconds: hour,
    windowMilliseconds: 24 * hour,
  },
} as const satisfies Record<string, Pace>;

/**
 * Counts a guess before it is looked at. Passkeys and recovery codes can't be guessed and wait for nothing: with one of them an
 * owner gets in while somebody who has their password guesses at codes, and with a code from where they have signed in before.
 * @returns what forgives the guesses, for when this one was right
 * @throws Failure TOO_MANY_ATTEMPTS
 */
export async function slowTotpGuessingDown(
  { database, throttle, settings }: AuthDependencies,
  { client }: AuthRequest,
  accountId: string,
): Promise<() => Promise<void>> {
  const isKnown = await isKnownAddress(database, accountId, hashNetwork(settings, client.address));
  const pace = isKnown ? totpPaces.fromKnownAddress : totpPaces.fromStrangers;
  const key = isKnown ? [networkOf(client.address), accountId] : [accountId];
  await throttle.attempt(pace, ...key);
  return () => throttle.forgive(pace, ...key);
}
