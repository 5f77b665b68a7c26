import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accessCookie, refreshCookie } from '../../platform/client-info.ts';
import { askOnSocket, CookieJar, cookieMode, type Headers, post, refresh, registerBrowser } from '../browser.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';

const page = 'https://chat.example.org';
const who = '{ viewer { id } }';
const forbidden = { status: 403, body: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } };

describe('session cookies', () => {
  let stack: TestStack;
  let own: string;
  let number = 0;

  beforeAll(async () => {
    stack = await startTestStack();
    own = new URL(stack.url).origin;
  });

  afterAll(() => stack?.stop());

  const registerInBrowser = () => registerBrowser(stack.url, `browser_${++number}`);

  it('carry the tokens, out of the reach of scripts, and then the answer does not', async () => {
    const { answer } = await registerInBrowser();
    expect(answer.body.data.register).toMatchObject({ session: null, userErrors: [] });
    const lines = [answer.headers['set-cookie'] ?? []].flat();
    expect(lines.map((line) => line.split('=')[0])).toEqual([accessCookie, refreshCookie]);
    for (const line of lines) {
      expect(line).toMatch(/; Path=\/(;|$)/);
      expect(line).toMatch(/; HttpOnly/);
      expect(line).toMatch(/; Secure/);
      expect(line).toMatch(/; SameSite=Lax/);
      expect(line).not.toMatch(/Domain=/);
    }
    // How long they live does not hang on the clock of the browser.
    const [access = 0, refreshed = 0] = lines.map((line) => Number(/; Max-Age=(\d+)/.exec(line)?.[1]));
    // An access token that has ended must still come, to be refused: so its cookie lives as long as the other.
    expect(access).toBe(refreshed);
    expect(refreshed).toBeGreaterThan(6 * 24 * 60 * 60);
    expect(refreshed).toBeLessThanOrEqual(7 * 24 * 60 * 60);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('are set for nobody who does not ask for them', async () => {
    const client = await stack.register();
    const answer = await post(stack.url, who, { authorization: `Bearer ${client.accessToken}` });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('sign in', async () => {
    const { jar, userId } = await registerInBrowser();
    const { status, body } = await post(stack.url, who, { cookie: jar.header, origin: own });
    expect({ status, body }).toEqual({ status: 200, body: { data: { viewer: { id: userId } } } });
  });

  it('count less than a token in the header', async () => {
    const { jar } = await registerInBrowser();
    const client = await stack.register();
    const authorization = `Bearer ${client.accessToken}`;
    const asked = await post(stack.url, who, { cookie: jar.header, authorization });
    expect(asked.body.data.viewer.id).toBe(client.userId);
    const bad = await post(stack.url, who, { cookie: jar.header, authorization: 'Bearer nonsense', ...cookieMode });
    expect(bad.status).toBe(401);
    // Who ends that session keeps the cookies of the other.
    const { headers } = await post(stack.url, 'mutation { logout { user { id } } }', {
      cookie: jar.header,
      authorization,
    });
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('are renewed by refreshSession, which wants no token then', async () => {
    const { jar, userId } = await registerInBrowser();
    const before = jar.header;
    const answer = await post(stack.url, refresh, { cookie: jar.header, origin: own, ...cookieMode });
    expect(answer.body.data.refreshSession).toEqual({ session: null, user: { id: userId }, userErrors: [] });
    jar.take(answer);
    expect(jar.header).not.toBe(before);
    const asked = await post(stack.url, who, { cookie: jar.header, origin: own });
    expect(asked.body.data.viewer.id).toBe(userId);
  });

  it('are dropped by logout, and end with it', async () => {
    const { jar } = await registerInBrowser();
    const before = jar.header;
    const answer = await post(stack.url, 'mutation { logout { user { id } } }', { cookie: before, origin: own });
    expect(answer.status).toBe(200);
    jar.take(answer);
    expect(jar.cookies.size).toBe(0);
    expect([answer.headers['set-cookie']].flat().every((line) => line?.includes('; Max-Age=0'))).toBe(true);
    await eventually(async () => {
      expect((await post(stack.url, who, { cookie: before, origin: own })).status).toBe(401);
    });
  });

  it('that have gone bad keep nobody from refreshing or from signing in', async () => {
    const { jar, userId, username } = await registerInBrowser();
    const cookie = `${accessCookie}=nonsense; ${refreshCookie}=${jar.cookies.get(refreshCookie)}`;
    expect((await post(stack.url, who, { cookie, origin: own })).status).toBe(401);
    const refreshed = await post(stack.url, refresh, { cookie, origin: own, ...cookieMode });
    expect(refreshed.body.data.refreshSession.user).toEqual({ id: userId });
    const login = `mutation { login(input: { login: "${username}", password: "pass of ${username}!" }) { user { id } userErrors { code } } }`;
    const bad = `${accessCookie}=nonsense; ${refreshCookie}=nonsense`;
    const signedIn = await post(stack.url, login, { cookie: bad, origin: own, ...cookieMode });
    expect(signedIn.body.data.login).toEqual({ user: { id: userId }, userErrors: [] });
  });

  it('that can not be refreshed are dropped', async () => {
    const jar = new CookieJar();
    jar.cookies.set(refreshCookie, 'nonsense');
    const answer = await post(stack.url, refresh, { cookie: jar.header, origin: own, ...cookieMode });
    expect(answer.body.data.refreshSession.userErrors).toEqual([{ code: 'REFRESH_TOKEN_INVALID' }]);
    jar.take(answer);
    expect(jar.cookies.size).toBe(0);
  });

  it('of an access token that has expired are refreshed with the other', async () => {
    const { jar, userId } = await registerInBrowser();
    vi.setSystemTime(Date.now() + 16 * 60_000);
    try {
      expect((await post(stack.url, who, { cookie: jar.header, origin: own })).status).toBe(401);
      const refreshed = await post(stack.url, refresh, { cookie: jar.header, origin: own, ...cookieMode });
      expect(refreshed.body.data.refreshSession.user).toEqual({ id: userId });
    } finally {
      vi.useRealTimers();
    }
  });

  it('never make an outage of auth look like a bad session', async () => {
    const { jar } = await registerInBrowser();
    await stack.stopSubgraph('auth');
    try {
      // A key that the router has not seen: it can't tell.
      const token = [
        Buffer.from('{"alg":"ES256","typ":"at+jwt","kid":"new"}').toString('base64url'),
        'e30',
        'AAAA',
      ].join('.');
      await eventually(async () => {
        const cookie = `${accessCookie}=${token}`;
        expect((await post(stack.url, who, { cookie, origin: own, ...cookieMode })).status).toBe(503);
      });
    } finally {
      await stack.restartSubgraph('auth');
    }
    expect((await post(stack.url, who, { cookie: jar.header, origin: own })).status).toBe(200);
  });

  describe('that a page of a stranger sends along', () => {
    const strangers: [name: string, headers: Headers][] = [
      ['from another origin', { origin: 'https://attacker.example' }],
      ['from another origin with the custom header', { origin: 'https://attacker.example', ...cookieMode }],
      ['from a sandboxed frame', { origin: 'null' }],
      ['from a file', { origin: 'file://' }],
      ['from another port of the same host', { origin: 'http://127.0.0.1:1' }],
      ['from a host whose name ends like ours', { origin: 'http://evil-127.0.0.1' }],
      ['that says the browser calls it cross-site', { 'sec-fetch-site': 'cross-site' }],
      ['that says the browser calls it same-site', { 'sec-fetch-site': 'same-site' }],
      ['that says nothing of where it comes from', {}],
      [
        'that says a host of its own was forwarded',
        { origin: 'https://attacker.example', 'x-forwarded-host': 'attacker.example' },
      ],
    ];

    it.each(strangers)('are refused, %s', async (_name, headers) => {
      const { jar } = await registerInBrowser();
      expect(await post(stack.url, who, { cookie: jar.header, ...headers })).toMatchObject(forbidden);
      const before = await stack.databases.query('auth', 'SELECT hash FROM refresh_token');
      const refreshOnly = `${refreshCookie}=${jar.cookies.get(refreshCookie)}`;
      const answer = await post(stack.url, refresh, { cookie: refreshOnly, ...headers });
      expect(answer).toMatchObject(forbidden);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(await stack.databases.query('auth', 'SELECT hash FROM refresh_token')).toEqual(before);
    });

    it('are no reason to refuse a bearer token', async () => {
      const { jar } = await registerInBrowser();
      const client = await stack.register();
      const headers = { cookie: jar.header, origin: 'https://attacker.example' };
      const answer = await post(stack.url, who, { ...headers, authorization: `Bearer ${client.accessToken}` });
      expect(answer.body.data.viewer.id).toBe(client.userId);
    });

    it('do not keep a link from opening the explorers', async () => {
      const { jar } = await registerInBrowser();
      for (const path of ['/graphql', '/graphiql']) {
        const response = await fetch(new URL(path, stack.url), {
          headers: { cookie: jar.header, accept: 'text/html', 'sec-fetch-site': 'cross-site' },
        });
        expect([response.status, response.headers.get('content-type')]).toEqual([
          200,
          expect.stringContaining('text/html'),
        ]);
      }
    });
  });

  it.each([
    ['of our own, whatever the scheme', () => ({ origin: `https://${new URL(own).host}` })],
    ['that the browser calls same-origin', () => ({ 'sec-fetch-site': 'same-origin' })],
    ['that sends the custom header', () => cookieMode],
  ])('are taken from a page %s', async (_name, headers) => {
    const { jar, userId } = await registerInBrowser();
    const { body } = await post(stack.url, who, { cookie: jar.header, ...headers() });
    expect(body).toEqual({ data: { viewer: { id: userId } } });
  });

  it('do not turn what a subgraph other than auth would set into cookies', async () => {
    const { jar } = await registerInBrowser();
    const { headers } = await post(stack.url, '{ viewer { displayName } }', { cookie: jar.header, origin: own });
    expect(headers['set-cookie']).toBeUndefined();
  });

  describe('on a WebSocket', () => {
    it('sign it in when connection_init does not', async () => {
      const { jar, userId } = await registerInBrowser();
      const headers = { cookie: jar.header, origin: own };
      expect(await askOnSocket(stack.url, who, headers)).toEqual({ viewer: { id: userId } });
      const client = await stack.register();
      const init = { authorization: `Bearer ${client.accessToken}` };
      expect(await askOnSocket(stack.url, who, headers, init)).toEqual({ viewer: { id: client.userId } });
    });

    it('close it with 4403 when they are bad, so that its client refreshes', async () => {
      expect(await askOnSocket(stack.url, who, { cookie: `${accessCookie}=nonsense`, origin: own })).toBe(4403);
    });

    it('do not sign in a page of another origin', async () => {
      const { jar } = await registerInBrowser();
      for (const origin of ['https://attacker.example', 'null']) {
        expect(await askOnSocket(stack.url, who, { cookie: jar.header, origin })).toEqual({ viewer: null });
      }
    });

    it('are not used up by a refresh, which could not set new ones there', async () => {
      const { jar, userId } = await registerInBrowser();
      const headers = { cookie: jar.header, origin: own, ...cookieMode };
      const answer = await askOnSocket(stack.url, refresh, headers);
      expect(answer).toMatchObject({ refreshSession: { userErrors: [{ code: 'REFRESH_TOKEN_INVALID' }] } });
      const refreshed = await post(stack.url, refresh, headers);
      expect(refreshed.body.data.refreshSession.user).toEqual({ id: userId });
    });

    it('are refused together with the socket where origins are named', async () => {
      const named = await startTestStack({
        databases: stack.databases,
        environment: { CORS_ORIGINS: `${page}, https://admin.example.org` },
      });
      try {
        const { jar, userId } = await registerInBrowser();
        const cookie = jar.header;
        expect(await askOnSocket(named.url, who, { cookie, origin: 'https://attacker.example' })).toBe(403);
        expect(await askOnSocket(named.url, who, { origin: 'null' })).toBe(403);
        for (const origin of [page, 'https://admin.example.org', new URL(named.url).origin]) {
          expect(await askOnSocket(named.url, who, { cookie, origin })).toEqual({ viewer: { id: userId } });
        }
        // No browser, no origin.
        expect(await askOnSocket(named.url, who, {})).toEqual({ viewer: null });
      } finally {
        await named.stop();
      }
    });
  });
});

describe('session cookies of a front end at another origin', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ environment: { CORS_ORIGINS: page, TRUSTED_PROXIES: 'loopback' } });
  });

  afterAll(() => stack?.stop());

  const register = `mutation { register(input: { username: "front_end", email: "front@example.org", password: "front end pass!" }) { session { accessToken } user { id } userErrors { code } } }`;

  it('are let in by CORS, which lets in no other', async () => {
    const preflight = (origin: string) =>
      fetch(stack.url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-chorus-session',
        },
      });
    const allowed = await preflight(page);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(page);
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('x-chorus-session');
    expect(allowed.headers.get('vary')).toMatch(/\borigin\b/i);
    const refused = await preflight('https://attacker.example');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('work for a page that is named, and for the page behind the trusted proxy, and for no other', async () => {
    const answer = await post(stack.url, register, { origin: page, ...cookieMode });
    expect(answer.headers['access-control-allow-credentials']).toBe('true');
    const jar = new CookieJar();
    jar.take(answer);
    const cookie = jar.header;
    const viewer = { data: { viewer: answer.body.data.register.user } };
    expect((await post(stack.url, who, { cookie, origin: page })).body).toEqual(viewer);
    const behindProxy = { origin: 'https://front.example.org', 'x-forwarded-host': 'front.example.org' };
    expect((await post(stack.url, who, { cookie, ...behindProxy })).body).toEqual(viewer);
    const attacker = { origin: 'https://attacker.example', 'x-forwarded-host': 'front.example.org' };
    expect(await post(stack.url, who, { cookie, ...attacker })).toMatchObject(forbidden);
  });

  it('come with the address that the trusted proxy tells, and with what the client calls itself', async () => {
    const login = `mutation { login(input: { login: "front_end", password: "front end pass!" }) { user { id } } }`;
    await post(stack.url, login, {
      'x-forwarded-for': '198.51.100.66, ::ffff:203.0.113.9',
      'user-agent': `Front/1.0\t(${'x'.repeat(300)})`,
    });
    const newest = async () => {
      const [session] = await stack.databases.query<{ address: string; user_agent: string }>(
        'auth',
        'SELECT address, user_agent FROM session ORDER BY created_at DESC LIMIT 1',
      );
      return [session?.address, session?.user_agent];
    };
    expect(await newest()).toEqual(['203.0.113.9', `Front/1.0(${'x'.repeat(300)}`.slice(0, 256)]);
    await askOnSocket(stack.url, login, { 'x-forwarded-for': '203.0.113.10', 'user-agent': 'Socket/1.0' });
    expect(await newest()).toEqual(['203.0.113.10', 'Socket/1.0']);
  });
});
