import type { AccountRecord } from '../accounts/repository.ts';

/** What a suspension means for an account at a time. */
export type Standing = Pick<AccountRecord, 'status' | 'suspensionReason' | 'suspendedUntil'>;

/**
 * How an account stands now. Nothing runs when the time of a suspension is over: from then on the account counts as active
 * everywhere, and its next sign-in writes that down.
 */
export function standingAt({ status, suspensionReason, suspendedUntil }: Standing, now: Date): Standing {
  const isOver = status === 'SUSPENDED' && suspendedUntil !== null && suspendedUntil <= now;
  if (status === 'SUSPENDED' && !isOver) return { status, suspensionReason, suspendedUntil };
  return { status: isOver ? 'ACTIVE' : status, suspensionReason: null, suspendedUntil: null };
}
