import { afterEach, describe, expect, it, vi } from 'vitest';
import { signClientInfo, unknownClient, verifyClientInfo } from './client-info.ts';
import { headerClockToleranceSeconds, signViewer, verifyViewer, viewerHeaderLifetimeSeconds } from './viewer.ts';

const secret = 'a secret for the headers of this test';
const viewer = { userId: 'user', sessionId: 'session', roles: ['USER'], scopes: ['chat:read'], expiresAtSeconds: 100 };
const client = { address: '203.0.113.1', userAgent: 'test', wantsCookies: true, refreshToken: 'token' };

const kinds = [
  {
    what: 'who asks',
    sign: () => signViewer(viewer, secret),
    verify: (header: string, key = secret) => verifyViewer(header, key),
    good: viewer,
    bad: null,
  },
  {
    what: 'what is known of the client',
    sign: () => signClientInfo(client, secret),
    verify: (header: string, key = secret) => verifyClientInfo(header, key),
    good: client,
    bad: unknownClient,
  },
];

describe.each(kinds)('a header that tells $what', ({ sign, verify, good, bad }) => {
  afterEach(() => void vi.useRealTimers());

  const verifyAfter = (seconds: number) => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    const header = sign();
    vi.setSystemTime(1_800_000_000_000 + seconds * 1000);
    return verify(header);
  };

  it('is believed while it lives', () => {
    expect(verifyAfter(viewerHeaderLifetimeSeconds - 1)).toEqual(good);
  });

  it('is believed by a clock that is ahead, or behind, by less than the tolerance', () => {
    expect(verifyAfter(viewerHeaderLifetimeSeconds + headerClockToleranceSeconds - 1)).toEqual(good);
    expect(verifyAfter(-headerClockToleranceSeconds)).toEqual(good);
  });

  it('is not believed after that', () => {
    expect(verifyAfter(viewerHeaderLifetimeSeconds + headerClockToleranceSeconds)).toEqual(bad);
  });

  it('is not believed with another secret', () => {
    expect(verify(sign(), `not ${secret}`)).toEqual(bad);
  });

  it('is believed no longer, and by no other secret, for having been believed before', () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    const header = sign();
    expect([verify(header), verify(header)]).toEqual([good, good]);
    expect(verify(header, `not ${secret}`)).toEqual(bad);
    expect(verify(`${header.slice(0, -2)}AA`)).toEqual(bad);
    const over = viewerHeaderLifetimeSeconds + headerClockToleranceSeconds;
    vi.setSystemTime(1_800_000_000_000 + (over - 1) * 1000);
    expect(verify(header)).toEqual(good);
    vi.setSystemTime(1_800_000_000_000 + over * 1000);
    expect(verify(header)).toEqual(bad);
  });
});
