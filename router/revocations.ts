import type { Engine } from '../platform/engine/engine.ts';
import type { EventEnvelope } from '../platform/events.ts';

/** No access token lives longer than this: past it, a revoked session's last token has ended by itself. */
export const longestAccessTokenMilliseconds = 3_600_000;

export interface Revocations {
  isRevoked(sessionId: string): boolean;
  /** Calls back when a session is revoked. Returns a function that stops it. */
  onRevoked(sessionId: string, callback: () => void): () => void;
  stop(): Promise<void>;
}

/**
 * Every router knows every revoked session whose tokens still live. It reads them from auth's log, the last hour first:
 * should the broker lose that, auth's relay publishes it again.
 */
export function followRevocations(engine: Engine, now: () => number): Revocations {
  const revokedAt = new Map<string, number>();
  const callbacks = new Map<string, Set<() => void>>();

  function revoke(sessionId: string, at: number): void {
    if (at < now() - longestAccessTokenMilliseconds || revokedAt.has(sessionId)) return;
    forgetOld();
    revokedAt.set(sessionId, at);
    for (const callback of callbacks.get(sessionId) ?? []) callback();
  }

  /** The map is in the order of revocation, so the old ones come first. */
  function forgetOld(): void {
    for (const [sessionId, at] of revokedAt) {
      if (at >= now() - longestAccessTokenMilliseconds) break;
      revokedAt.delete(sessionId);
    }
  }

  const tail = engine.tail('auth', new Date(now() - longestAccessTokenMilliseconds), ({ value }) => {
    const event = JSON.parse(value) as EventEnvelope;
    if (event.name !== 'auth.session.revoked') return;
    const { payload, occurredAt } = event as EventEnvelope<'auth.session.revoked'>;
    revoke(payload.sessionId, Date.parse(occurredAt));
  });
  // While the broker is away there is nothing to follow yet; `/health/ready` says so.
  tail.catch(() => undefined);

  return {
    isRevoked: (sessionId) => revokedAt.has(sessionId),
    onRevoked(sessionId, callback) {
      const ofSession = callbacks.get(sessionId) ?? new Set();
      callbacks.set(sessionId, ofSession.add(callback));
      return () => {
        ofSession.delete(callback);
        if (ofSession.size === 0) callbacks.delete(sessionId);
      };
    },
    async stop() {
      const subscription = await tail.catch(() => null);
      await subscription?.stop();
    },
  };
}
