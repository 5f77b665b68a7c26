import { Failure } from '../failure.ts';

/** Open invitations of one room. */
export const openInvitationLimit = 1_000;
/** Until an invitation ends, and how long it lasts when nothing else is said. */
export const invitationLimitDays = 365;
export const invitationUseLimit = 100_000;

const dayMilliseconds = 86_400_000;

/** A time in the future, and not too far away. */
export function checkExpiry(input: Date | string | null | undefined, now: Date): Date {
  const latest = new Date(now.getTime() + invitationLimitDays * dayMilliseconds);
  if (input == null) return latest;
  const expiresAt = new Date(input);
  if (expiresAt > now && expiresAt <= latest) return expiresAt;
  throw new Failure('TIME_INVALID', `An invitation ends within the next ${invitationLimitDays} days.`, ['expiresAt']);
}

export function checkMaxUses(maxUses: number | null | undefined): number | null {
  if (maxUses == null) return null;
  if (maxUses >= 1 && maxUses <= invitationUseLimit) return maxUses;
  throw new Failure('MAX_USES_INVALID', `An invitation is for 1 to ${invitationUseLimit} people.`, ['maxUses']);
}
