import { envelope } from '../../platform/durable-events/outbox.ts';
import type { EventEnvelope } from '../../platform/events.ts';
import type { TraceParent } from '../../platform/trace.ts';

/** What auth publishes. It consumes nothing: it is where every account begins. */
export function userRegistered(
  account: { id: string; username: string },
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'auth.user.registered'> {
  return envelope('auth.user.registered', { userId: account.id, username: account.username }, trace, occurredAt);
}

export function userRenamed(
  account: { id: string; username: string },
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'auth.user.renamed'> {
  return envelope('auth.user.renamed', { userId: account.id, username: account.username }, trace, occurredAt);
}

export function userPaused(
  userId: string,
  until: Date | null,
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'auth.user.paused'> {
  return envelope('auth.user.paused', { userId, until: until?.toISOString() ?? null }, trace, occurredAt);
}

export function userResumed(userId: string, trace: TraceParent, occurredAt: Date): EventEnvelope<'auth.user.resumed'> {
  return envelope('auth.user.resumed', { userId }, trace, occurredAt);
}

export function userDeleted(userId: string, trace: TraceParent, occurredAt: Date): EventEnvelope<'auth.user.deleted'> {
  return envelope('auth.user.deleted', { userId }, trace, occurredAt);
}

export function sessionRevoked(
  session: { sessionId: string; userId: string },
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'auth.session.revoked'> {
  return envelope('auth.session.revoked', session, trace, occurredAt);
}

export function accessChanged(
  account: { id: string; accessVersion: number },
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'auth.access.changed'> {
  const { id: userId, accessVersion } = account;
  return envelope('auth.access.changed', { userId, accessVersion }, trace, occurredAt);
}

export function keyRevoked(keyId: string, trace: TraceParent, occurredAt: Date): EventEnvelope<'auth.key.revoked'> {
  return envelope('auth.key.revoked', { keyId }, trace, occurredAt);
}
