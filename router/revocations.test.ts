import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envelope } from '../platform/durable-events/outbox.ts';
import { createMemoryEngine, type MemoryEngine } from '../platform/engine/memory.ts';
import type { EventName, EventPayloads } from '../platform/events.ts';
import { continueTrace } from '../platform/trace.ts';
import { eventually } from '../test/eventually.ts';
import { followRevocations, type Revocations } from './revocations.ts';

const minute = 60_000;
const token = { sessionId: 'session', userId: 'user', accessVersion: 3, keyId: 'key' };

describe('revocations', () => {
  let engine: MemoryEngine;
  let revocations: Revocations;
  let revokedKeys: string[];
  let now: number;
  let position: number | null;

  beforeEach(() => {
    now = Date.now();
    position = null;
    revokedKeys = [];
    engine = createMemoryEngine({ logger: pino({ level: 'silent' }), now: () => now });
    revocations = followRevocations({ engine, now: () => now, onKeyRevoked: (keyId) => revokedKeys.push(keyId) });
  });

  afterEach(async () => {
    await revocations.stop();
    await engine.stop();
  });

  async function publish<Name extends EventName>(name: Name, payload: EventPayloads[Name], at = now): Promise<void> {
    const event = envelope(name, payload, continueTrace(undefined), new Date(at));
    const next = (position ?? 0) + 1;
    const options = { position: next, after: position, retentionMilliseconds: 24 * 60 * minute };
    expect(await engine.append('auth', [JSON.stringify(event)], options)).toBe(true);
    position = next;
  }

  /** Resolves when everything that was published before has been read. */
  async function caughtUp(): Promise<void> {
    const keyId = `mark ${position}`;
    await publish('auth.key.revoked', { keyId });
    await eventually(() => expect(revokedKeys).toContain(keyId));
  }

  it('of a session concern its tokens alone', async () => {
    await publish('auth.session.revoked', { sessionId: 'session', userId: 'user' });
    await caughtUp();
    expect(revocations.reasonAgainst(token)).toBe('The session has ended');
    expect(revocations.reasonAgainst({ ...token, sessionId: 'another' })).toBeNull();
  });

  it('of access concern tokens of an older version alone, whatever the order in which they are told', async () => {
    await publish('auth.access.changed', { userId: 'user', accessVersion: 4 });
    await publish('auth.access.changed', { userId: 'user', accessVersion: 2 });
    await caughtUp();
    expect(revocations.reasonAgainst(token)).toBe('Access has changed');
    expect(revocations.reasonAgainst({ ...token, accessVersion: 4 })).toBeNull();
    expect(revocations.reasonAgainst({ ...token, userId: 'another' })).toBeNull();
  });

  it('of a key concern what it signed, and tell of the key once', async () => {
    await publish('auth.key.revoked', { keyId: 'key' });
    await publish('auth.key.revoked', { keyId: 'key' });
    await caughtUp();
    expect(revocations.reasonAgainst(token)).toBe('The signing key was revoked');
    expect(revocations.reasonAgainst({ ...token, keyId: 'another' })).toBeNull();
    expect(revokedKeys.filter((keyId) => keyId === 'key')).toEqual(['key']);
  });

  it('are forgotten when no token from before them can live, but for those of keys', async () => {
    await publish('auth.session.revoked', { sessionId: 'session', userId: 'user' });
    await publish('auth.access.changed', { userId: 'user', accessVersion: 4 });
    await publish('auth.key.revoked', { keyId: 'key' });
    await caughtUp();
    now += 59 * minute;
    await publish('auth.session.revoked', { sessionId: 'later', userId: 'user' });
    await publish('auth.access.changed', { userId: 'later', accessVersion: 4 });
    await caughtUp();
    expect(revocations.reasonAgainst(token)).toBe('The session has ended');
    now += 2 * minute;
    await publish('auth.session.revoked', { sessionId: 'even later', userId: 'user' });
    await publish('auth.access.changed', { userId: 'even later', accessVersion: 4 });
    await caughtUp();
    expect(revocations.reasonAgainst({ ...token, keyId: 'another' })).toBeNull();
    expect(revocations.reasonAgainst(token)).toBe('The signing key was revoked');
    expect(revocations.reasonAgainst({ ...token, sessionId: 'later' })).toBe('The session has ended');
  });

  it('that are older than any token do not count', async () => {
    await publish('auth.session.revoked', { sessionId: 'session', userId: 'user' }, now - 61 * minute);
    await caughtUp();
    expect(revocations.reasonAgainst(token)).toBeNull();
  });

  it('from before a start are all known when the follower says that it has caught up', async () => {
    for (let index = 0; index < 250; index += 1) {
      await publish('auth.session.revoked', { sessionId: `session ${index}`, userId: 'user' });
    }
    const late = followRevocations({ engine, now: () => now, onKeyRevoked: () => undefined });
    expect(late.hasCaughtUp()).toBe(false);
    await late.caughtUp;
    expect(late.hasCaughtUp()).toBe(true);
    for (let index = 0; index < 250; index += 1) {
      expect(late.reasonAgainst({ ...token, sessionId: `session ${index}` })).toBe('The session has ended');
    }
    await late.stop();
  });

  it('are told to whoever watches a token that they concern, until they stop', async () => {
    const told: string[] = [];
    const watch = (name: string, watched: Partial<typeof token>) =>
      revocations.onRevoked({ ...token, ...watched }, (reason) => {
        told.push(`${name}: ${reason}`);
        for (const stop of stops) stop();
      });
    const stops = [
      watch('concerned', {}),
      watch('of the next version', { accessVersion: 4, sessionId: 'b' }),
      watch('of another session', { sessionId: 'c', userId: 'another' }),
    ];
    await publish('auth.access.changed', { userId: 'user', accessVersion: 4 });
    await publish('auth.session.revoked', { sessionId: 'session', userId: 'user' });
    await publish('auth.key.revoked', { keyId: 'key' });
    await caughtUp();
    expect(told).toEqual(['concerned: Access has changed']);
  });
});
