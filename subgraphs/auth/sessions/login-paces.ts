import type { Pace } from '../throttle.ts';

const minute = 60_000;

/** How fast somebody may guess passwords. docs/OPERATIONS.md explains the values. */
export const loginPaces = {
  /** Of one address at one login: a person who has forgotten which password it was. */
  fromAddressAtLogin: {
    kind: 'login-pair',
    freeAttempts: 5,
    firstDelayMilliseconds: 1_000,
    longestDelayMilliseconds: 15 * minute,
    windowMilliseconds: 60 * minute,
  },
  /** Failures of one address at all logins: an office behind one address fails more often than a person. */
  fromAddress: {
    kind: 'login-address',
    freeAttempts: 50,
    firstDelayMilliseconds: 1_000,
    longestDelayMilliseconds: 5 * minute,
    windowMilliseconds: 15 * minute,
  },
  /** Of all addresses that a login has never been used from: a storm. */
  strangersAtLogin: {
    kind: 'login-strangers',
    freeAttempts: 50,
    firstDelayMilliseconds: 1_000,
    longestDelayMilliseconds: minute,
    windowMilliseconds: 60 * minute,
  },
} as const satisfies Record<string, Pace>;
