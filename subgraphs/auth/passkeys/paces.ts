import type { Pace } from '../throttle.ts';

/**
 * Challenges for whoever comes to one address: a page asks for one each time it shows its sign-in form, and an office may sit
 * behind one address. It keeps strangers from filling the table of tickets.
 */
export const passkeyLoginPace: Pace = {
  kind: 'passkey-login',
  freeAttempts: 300,
  firstDelayMilliseconds: 1_000,
  longestDelayMilliseconds: 10_000,
  windowMilliseconds: 600_000,
};
