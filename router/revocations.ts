import type { Engine } from '../platform/engine/engine.ts';
import type { EventEnvelope } from '../platform/events.ts';
import { longestAccessTokenMilliseconds, type VerifiedToken } from './access-token.ts';
import { identitySubgraph } from './identity-subgraph.ts';

/** What of a token can be revoked: its session (or API key), what its account may do, the key that signed it. */
export type RevocableToken = Pick<VerifiedToken, 'sessionId' | 'userId' | 'accessVersion' | 'keyId'>;

export interface Revocations {
  /** Why a token is no longer good, in words for the client; null while it is. */
  reasonAgainst(token: RevocableToken): string | null;
  /** Calls back with the reason when a token is revoked. Returns a function that stops it. */
  onRevoked(token: RevocableToken, callback: (reason: string) => void): () => void;
  /** Resolves when everything revoked before the start is known. It waits while the broker is away. */
  caughtUp: Promise<void>;
  hasCaughtUp(): boolean;
  stop(): Promise<void>;
}

export interface RevocationOptions {
  engine: Engine;
  now: () => number;
  /** Told of every signing key that is no longer to be trusted. */
  onKeyRevoked(keyId: string): void;
}

interface Watcher {
  token: RevocableToken;
  callback: (reason: string) => void;
}

/**
 * Every router knows everything revoked whose tokens still live. It reads that from auth's log, the last hour first: should
 * the broker lose it, auth's relay publishes it again.
 */
export function followRevocations({ engine, now, onKeyRevoked }: RevocationOptions): Revocations {
  const sessions = new RecentMap<true>(now);
  const accessVersions = new RecentMap<number>(now);
  // They are few, and whoever has a stolen key signs new tokens with it for ever: these are not forgotten.
  const keys = new Set<string>();
  const watchers = new Map<string, Set<Watcher>>();

  function reasonAgainst({ sessionId, userId, accessVersion, keyId }: RevocableToken): string | null {
    if (sessions.get(sessionId)) return 'The session has ended';
    if (accessVersion < (accessVersions.get(userId) ?? accessVersion)) return 'Access has changed';
    return keys.has(keyId) ? 'The signing key was revoked' : null;
  }

  function handle({ name, payload, occurredAt }: EventEnvelope): void {
    const at = Date.parse(occurredAt);
    if (name === 'auth.session.revoked') {
      const { sessionId } = payload as EventEnvelope<typeof name>['payload'];
      sessions.set(sessionId, true, at);
      tell(`session:${sessionId}`);
    } else if (name === 'auth.access.changed') {
      const { userId, accessVersion } = payload as EventEnvelope<typeof name>['payload'];
      // The log may repeat itself, and then an older change comes after a newer one.
      if (accessVersion > (accessVersions.get(userId) ?? 0)) accessVersions.set(userId, accessVersion, at);
      tell(`user:${userId}`);
    } else if (name === 'auth.key.revoked') {
      const { keyId } = payload as EventEnvelope<typeof name>['payload'];
      if (keys.has(keyId)) return;
      keys.add(keyId);
      onKeyRevoked(keyId);
      tell(`key:${keyId}`);
    }
  }

  /** Those who watch may leave, all of them, while they are told. */
  function tell(topic: string): void {
    for (const { token, callback } of [...(watchers.get(topic) ?? [])]) {
      const reason = reasonAgainst(token);
      if (reason !== null) callback(reason);
    }
  }

  const since = new Date(now() - longestAccessTokenMilliseconds);
  const tail = engine.tail(identitySubgraph, since, ({ value }) => handle(JSON.parse(value) as EventEnvelope));
  let hasCaughtUp = false;
  const caughtUp = tail
    .then((following) => following.caughtUp)
    .then(() => {
      hasCaughtUp = true;
    });
  // An engine that is stopped already has nothing to follow; `/health/ready` says so.
  caughtUp.catch(() => undefined);

  return {
    reasonAgainst,
    caughtUp,
    hasCaughtUp: () => hasCaughtUp,
    onRevoked(token, callback) {
      const watcher = { token, callback };
      const topics = [`session:${token.sessionId}`, `user:${token.userId}`, `key:${token.keyId}`];
      for (const topic of topics) watchers.set(topic, (watchers.get(topic) ?? new Set()).add(watcher));
      return () => {
        for (const topic of topics) {
          const ofTopic = watchers.get(topic);
          ofTopic?.delete(watcher);
          if (ofTopic?.size === 0) watchers.delete(topic);
        }
      };
    },
    async stop() {
      const subscription = await tail.catch(() => null);
      await subscription?.stop();
    },
  };
}

/** Remembers what happened for as long as an access token from before it may live. */
class RecentMap<Value> {
  readonly #entries = new Map<string, { value: Value; at: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get(name: string): Value | undefined {
    return this.#entries.get(name)?.value;
  }

  set(name: string, value: Value, at: number): void {
    const oldest = this.#now() - longestAccessTokenMilliseconds;
    if (at < oldest) return;
    // The map is in the order of what happened, so the old ones come first.
    for (const [known, entry] of this.#entries) {
      if (entry.at >= oldest) break;
      this.#entries.delete(known);
    }
    this.#entries.delete(name);
    this.#entries.set(name, { value, at });
  }
}
