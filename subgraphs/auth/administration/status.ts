import type { AccountRecord } from '../accounts/repository.ts';

/** What a suspension means for an account at a time. */
export type Standing = Pick<AccountRecord, 'status' | 'suspensionReason' | 'suspendedUntil'>;

/**
 * Whether an account was suspended and not restored since. The row of one that its owner has put to rest goes on saying so
 * beneath its suspension, which only has a reason then: what it was is what it becomes again.
 */
export function hasSuspension({ status, suspensionReason }: Standing): boolean {
  return status === 'SUSPENDED' || suspensionReason !== null;
}

/** What the row of an account says while it is suspended. */
export function suspendedStatus({ status }: Standing): 'SUSPENDED' | 'DEACTIVATED' {
  return status === 'DEACTIVATED' ? status : 'SUSPENDED';
}

/** What an account is without its suspension. */
export function restoredStatus({ status }: Standing): Standing['status'] {
  return status === 'SUSPENDED' ? 'ACTIVE' : status;
}

/**
 * How an account stands now. Nothing runs when the time of a suspension is over: from then on the account counts everywhere as
 * what it was before, and its next sign-in writes that down.
 */
export function standingAt(account: Standing, now: Date): Standing {
  const { suspensionReason, suspendedUntil } = account;
  if (hasSuspension(account) && (suspendedUntil === null || suspendedUntil > now))
    return { status: 'SUSPENDED', suspensionReason, suspendedUntil };
  return { status: restoredStatus(account), suspensionReason: null, suspendedUntil: null };
}
