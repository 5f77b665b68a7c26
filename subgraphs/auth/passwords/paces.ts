import type { Pace } from '../throttle.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How fast passwords may be proven and set anew. docs/OPERATIONS.md explains the values. */
export const passwordPaces = {
  /** Mails to one address that one client has sent. */
  resetsOfEmail: {
    kind: 'reset-email',
    freeAttempts: 3,
    firstDelayMilliseconds: 5 * minute,
    longestDelayMilliseconds: hour,
    windowMilliseconds: 24 * hour,
  },
  /** Mails to one address from where its owner has never signed in: nobody's mailbox is to be filled. */
  resetsOfEmailByStrangers: {
    kind: 'reset-email-strangers',
    freeAttempts: 10,
    firstDelayMilliseconds: 5 * minute,
    longestDelayMilliseconds: hour,
    windowMilliseconds: 24 * hour,
  },
  /** Mails that one client has sent. */
  resetsFromAddress: {
    kind: 'reset-address',
    freeAttempts: 30,
    firstDelayMilliseconds: 10_000,
    longestDelayMilliseconds: hour,
    windowMilliseconds: hour,
  },
  /** Passwords tried by somebody who is signed in. */
  proofsOfAccount: {
    kind: 'password-proof',
    freeAttempts: 5,
    firstDelayMilliseconds: 2_000,
    longestDelayMilliseconds: 15 * minute,
    windowMilliseconds: hour,
  },
} as const satisfies Record<string, Pace>;
