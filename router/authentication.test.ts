import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { unknownClient } from '../platform/client-info.ts';
import { codedError } from '../platform/errors.ts';
import { RefusedToken, type VerifiedToken } from './access-token.ts';
import { type Authenticate, createAuthentication } from './authentication.ts';

const apiKey = `chorus_${'k'.repeat(43)}`;
const unauthenticated = { extensions: { code: 'UNAUTHENTICATED' } };

describe('authentication', () => {
  let authenticate: Authenticate;
  let metrics: Registry;
  let now: number;
  let verifications: number;
  /** What can be verified, by token. */
  let tokens: Map<string, VerifiedToken>;
  /** The token that a key is exchanged for: the one remembered, and the one that comes next. */
  let exchanged: { remembered: string | null; next: string | Error };
  let revoked: Set<string>;

  const tokenOf = (sessionId: string, accessVersion = 1): VerifiedToken => ({
    userId: 'user',
    sessionId,
    roles: [],
    scopes: [],
    expiresAtSeconds: 1_000,
    accessVersion,
    keyId: 'key',
  });

  beforeEach(() => {
    now = 0;
    verifications = 0;
    metrics = new Registry();
    tokens = new Map([['good', tokenOf('a')]]);
    exchanged = { remembered: null, next: 'good' };
    revoked = new Set();
    authenticate = createAuthentication({
      async verify(token) {
        verifications += 1;
        const known = tokens.get(token);
        if (!known) throw new RefusedToken('invalid');
        return known;
      },
      apiKeys: {
        async findToken() {
          if (exchanged.remembered === null && exchanged.next instanceof Error) throw exchanged.next;
          exchanged.remembered ??= exchanged.next as string;
          return exchanged.remembered;
        },
        forgetToken() {
          exchanged.remembered = null;
        },
      },
      revocations: {
        reasonAgainst: ({ sessionId, accessVersion }) => (revoked.has(`${sessionId} ${accessVersion}`) ? 'Gone' : null),
      },
      metrics,
      now: () => now,
    });
  });

  const ask = (credential: string) => authenticate(`Bearer ${credential}`, unknownClient);
  const counts = async () => {
    const [metric] = await metrics.getMetricsAsJSON();
    return Object.fromEntries(metric?.values.map(({ labels, value }) => [labels['result'], value]) ?? []);
  };

  it('takes no header for nobody, and counts nothing', async () => {
    for (const none of [undefined, null, '']) expect(await authenticate(none, unknownClient)).toBeNull();
    expect(await counts()).toEqual({});
  });

  it('verifies a token once, and counts how each was found', async () => {
    for (let count = 0; count < 3; count += 1) expect(await ask('good')).toBe(tokens.get('good'));
    expect(verifications).toBe(1);
    await expect(ask('bad')).rejects.toMatchObject(unauthenticated);
    expect(await counts()).toEqual({ valid: 1, cached: 2, invalid: 1 });
  });

  it('refuses a token that was good until it ended or was revoked', async () => {
    await ask('good');
    revoked.add('a 1');
    await expect(ask('good')).rejects.toMatchObject(unauthenticated);
    revoked.clear();
    now = 1_000_000;
    await expect(ask('good')).rejects.toMatchObject(unauthenticated);
    expect(await counts()).toEqual({ valid: 1, revoked: 1, expired: 1 });
  });

  it.each([7, {}, 'Basic dTpw', 'Bearer', 'Bearer a b', 'Bearer a,b', 'good'])(
    'refuses %o as a header',
    async (header) => {
      await expect(authenticate(header, unknownClient)).rejects.toMatchObject(unauthenticated);
    },
  );

  it('takes an API key for the token that it is exchanged for', async () => {
    expect(await ask(apiKey)).toBe(tokens.get('good'));
  });

  it('exchanges an API key anew when what its account may do has changed', async () => {
    await ask(apiKey);
    revoked.add('a 1');
    exchanged.next = 'newer';
    tokens.set('newer', tokenOf('a', 2));
    expect(await ask(apiKey)).toBe(tokens.get('newer'));
    expect(await counts()).toEqual({ valid: 2 });
  });

  it('refuses an API key that was revoked', async () => {
    await ask(apiKey);
    revoked.add('a 1');
    exchanged.next = new RefusedToken('invalid');
    await expect(ask(apiKey)).rejects.toMatchObject(unauthenticated);
    // Nor with a token from before, should auth still have handed one out.
    exchanged.next = 'good';
    await expect(ask(apiKey)).rejects.toMatchObject(unauthenticated);
  });

  it('tells an outage from a bad API key', async () => {
    exchanged.next = codedError('SUBGRAPH_UNAVAILABLE');
    await expect(ask(apiKey)).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
    expect(await counts()).toEqual({ unavailable: 1 });
  });
});
