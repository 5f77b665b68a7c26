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

export function sessionRevoked(
  session: { sessionId: string; userId: string },
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'auth.session.revoked'> {
  return envelope('auth.session.revoked', session, trace, occurredAt);
}
