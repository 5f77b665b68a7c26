import type { Pace } from '../throttle.ts';

const hour = 3_600_000;

/** How many accounts one address may make: so many an hour, and then fewer and fewer. */
export function registrationPace({ REGISTRATIONS_PER_HOUR }: { REGISTRATIONS_PER_HOUR: number }): Pace {
  return {
    kind: 'registration',
    freeAttempts: REGISTRATIONS_PER_HOUR,
    firstDelayMilliseconds: 60_000,
    longestDelayMilliseconds: hour,
    windowMilliseconds: hour,
  };
}
