import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unknownClient } from '../../../platform/client-info.ts';
import { codedError } from '../../../platform/errors.ts';
import type { VerifiedToken } from '../../access-token.ts';
import { ConnectionLimit } from '../connection-limits.ts';
import { SocketIdentity } from './socket-identity.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const tokenOf = (changes: Partial<VerifiedToken> = {}): VerifiedToken => ({
  userId: 'ada',
  sessionId: 'session',
  roles: ['USER'],
  scopes: ['rooms:read', 'rooms:write'],
  expiresAtSeconds: Math.floor(Date.now() / 1_000) + 900,
  accessVersion: 1,
  keyId: 'key',
  ...changes,
});

/** A socket, and an auth that knows tokens by the names they have here. */
function open(tokens: Record<string, VerifiedToken | Promise<VerifiedToken>>, perUser = new ConnectionLimit(10)) {
  const watched = new Map<string, (reason: string) => void>();
  const closes: [code: number, reason: string][] = [];
  const identity = new SocketIdentity(
    {
      async authenticate(authorization) {
        if (!authorization) return null;
        const token = await tokens[authorization as string];
        if (!token) throw codedError('UNAUTHENTICATED');
        return token;
      },
      revocations: {
        onRevoked({ sessionId }, callback) {
          watched.set(sessionId, callback);
          return () => watched.delete(sessionId);
        },
      },
      now: () => Date.now(),
      limits: { perUser },
    },
    { client: unknownClient, accessToken: null },
    (code, reason) => closes.push([code, reason]),
  );
  return { identity, closes, watched };
}

const ping = (authorization: string) => ({ authorization });
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

describe('the identity of a socket', () => {
  it('ends with its token when that is not renewed', async () => {
    const { identity, closes } = open({ old: tokenOf() });
    await identity.signIn(ping('old'));
    vi.advanceTimersByTime(899_000);
    expect(closes).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(closes).toEqual([[4403, 'The access token has expired']]);
  });

  it('goes on with a renewed token for what runs: its end, its session, its rights towards subgraphs', async () => {
    const renewed = tokenOf({
      sessionId: 'next',
      expiresAtSeconds: inSeconds(1_800),
      scopes: ['rooms:write', 'rooms:read'],
    });
    const { identity, closes, watched } = open({ old: tokenOf(), new: renewed });
    await identity.signIn(ping('old'));
    const { holder: running } = await identity.identify(undefined);
    const expiresAt = new Date(renewed.expiresAtSeconds * 1_000).toISOString();
    expect(await identity.renew({ headers: { Authorization: 'new' } })).toEqual({ expiresAt });
    expect(running.token).toBe(renewed);
    expect([...watched.keys()]).toEqual(['next']);
    vi.advanceTimersByTime(1_000_000);
    expect(closes).toEqual([]);
    watched.get('next')?.('The session has ended');
    expect(closes).toEqual([[4403, 'The session has ended']]);
  });

  it.each([
    ['another user', { userId: 'bob' }],
    ['fewer scopes', { scopes: ['rooms:read'] }],
    ['more scopes', { scopes: ['rooms:read', 'rooms:write', 'account:read'] }],
    ['another role', { roles: ['MODERATOR'] }],
  ])('closes the socket for a renewal with a token for %s, and runs nothing with it', async (_whom, changes) => {
    const old = tokenOf();
    const { identity, closes } = open({ old, new: tokenOf(changes) });
    await identity.signIn(ping('old'));
    expect(await identity.renew(ping('new'))).toBe(null);
    expect(closes.map(([code]) => code)).toEqual([4403]);
    expect((await identity.identify(undefined)).holder.token).toBe(old);
  });

  it('keeps its token when the new one is bad', async () => {
    const old = tokenOf();
    const { identity, closes } = open({ old });
    await identity.signIn(ping('old'));
    await expect(identity.renew(ping('forged'))).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect((await identity.identify(undefined)).holder.token).toBe(old);
    vi.advanceTimersByTime(901_000);
    expect(closes).toEqual([[4403, 'The access token has expired']]);
  });

  it('signs nobody in by a renewal', async () => {
    const { identity } = open({ new: tokenOf() });
    await identity.signIn({});
    await expect(identity.renew(ping('new'))).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect((await identity.identify(undefined)).holder.token).toBe(null);
  });

  it('keeps the token that was sent last, whichever is verified last', async () => {
    const first = Promise.withResolvers<VerifiedToken>();
    const last = tokenOf({ expiresAtSeconds: inSeconds(2_000) });
    const { identity } = open({ old: tokenOf(), first: first.promise, last });
    await identity.signIn(ping('old'));
    const early = identity.renew(ping('first'));
    const expected = await identity.renew(ping('last'));
    first.resolve(tokenOf({ expiresAtSeconds: inSeconds(1_000) }));
    expect(await early).toEqual(expected);
    expect((await identity.identify(undefined)).holder.token).toBe(last);
  });

  it('still ends with the token that an operation has brought of its own, which is not renewed', async () => {
    const own = tokenOf({ sessionId: 'other', expiresAtSeconds: inSeconds(60) });
    const { identity, closes } = open({ old: tokenOf(), own, new: tokenOf({ sessionId: 'next' }) });
    await identity.signIn(ping('old'));
    const { holder: operation } = await identity.identify({ headers: ping('own') });
    await identity.renew(ping('new'));
    expect(operation.token).toBe(own);
    vi.advanceTimersByTime(61_000);
    expect(closes).toEqual([[4403, 'The access token has expired']]);
  });

  it('does not end with a token, nor counts its user, when the operations that have brought it are over', async () => {
    const perUser = new ConnectionLimit(1);
    const own = tokenOf({ userId: 'bob', sessionId: 'other', expiresAtSeconds: inSeconds(60) });
    const { identity, closes, watched } = open({ old: tokenOf(), own }, perUser);
    await identity.signIn(ping('old'));
    const [first, second] = [await identity.identify(ping('own')), await identity.identify(ping('own'))];
    for (let times = 0; times < 2; times += 1) first.letGo?.();
    expect([watched.has('other'), perUser.isReached('bob')]).toEqual([true, true]);
    second.letGo?.();
    expect([watched.has('other'), perUser.isReached('bob'), perUser.isReached('ada')]).toEqual([false, false, true]);
    vi.advanceTimersByTime(61_000);
    expect(closes).toEqual([]);
  });

  it('watches nothing and holds no place once it is forgotten, also when a token is verified only then', async () => {
    const late = Promise.withResolvers<VerifiedToken>();
    const perUser = new ConnectionLimit(1);
    const { identity, closes, watched } = open({ old: tokenOf(), late: late.promise }, perUser);
    await identity.signIn(ping('old'));
    expect(perUser.isReached('ada')).toBe(true);
    const renewal = identity.renew(ping('late'));
    identity.forget();
    late.resolve(tokenOf({ sessionId: 'late' }));
    expect(await renewal).toBe(null);
    expect([watched.size, perUser.isReached('ada')]).toEqual([0, false]);
    vi.advanceTimersByTime(2_000_000);
    expect(closes).toEqual([]);
  });

  it('counts a user whom an operation names among those who have sockets', async () => {
    const perUser = new ConnectionLimit(1);
    const [first, second] = [open({ old: tokenOf() }, perUser), open({ old: tokenOf() }, perUser)];
    await first.identity.identify({ headers: ping('old') });
    const refused = second.identity.identify({ headers: ping('old') });
    await expect(refused).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(second.closes).toEqual([[4430, 'The user has too many sockets']]);
    expect(first.closes).toEqual([]);
  });
});
