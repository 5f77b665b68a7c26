import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accessCookie, refreshCookie } from '../../platform/client-info.ts';
import { CookieJar, cookieMode, post, refresh, registerBrowser } from '../browser.ts';
import { startTestStack, type TestStack } from '../harness.ts';

const logout = 'mutation { logout { user { id } } }';

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
  const userOf = async ({ jar }: { jar: CookieJar }) => {
    const { body } = await post(stack.url, refresh, { cookie: jar.header, origin: own, ...cookieMode });
    return body.data.refreshSession.user;
  };

  it.each([
    ['has expired', (jar: CookieJar) => jar.header, cookieMode],
    [
      'is nonsense',
      (jar: CookieJar) => `${accessCookie}=a.b.c; ${refreshCookie}=${jar.cookies.get(refreshCookie)}`,
      cookieMode,
    ],
    ['the browser has dropped', (jar: CookieJar) => `${refreshCookie}=${jar.cookies.get(refreshCookie)}`, {}],
  ])(
    'of an access token that %s are dropped by logout all the same, and their session ends',
    async (_, cookieOf, mode) => {
      const [person, other] = [await registerInBrowser(), await registerInBrowser()];
      const cookie = cookieOf(person.jar);
      vi.setSystemTime(Date.now() + 16 * 60_000);
      try {
        const answer = await post(stack.url, logout, { cookie, origin: own, ...mode });
        expect(answer.body).toEqual({ data: { logout: { user: { id: person.userId } } } });
        expect([answer.headers['set-cookie'] ?? []].flat().map((line) => line.split('=')[0])).toEqual([
          accessCookie,
          refreshCookie,
        ]);
        expect(await userOf(person)).toBeNull();
        expect(await userOf(other)).toEqual({ id: other.userId });
        const events = await stack.databases.query(
          'auth',
          `SELECT e.account_id, e.actor_id, s.revoked_at IS NOT NULL AS ended FROM security_event e
         JOIN session s ON s.id = e.session_id WHERE e.action = 'logout' AND e.account_id = $1`,
          [person.userId],
        );
        expect(events).toEqual([{ account_id: person.userId, actor_id: person.userId, ended: true }]);
      } finally {
        vi.useRealTimers();
      }
    },
  );

  it('that are good for nothing are dropped by logout too', async () => {
    const refused = await post(stack.url, logout, { cookie: `${accessCookie}=a.b.c`, origin: own, ...cookieMode });
    expect(refused.body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    const unknown = await post(stack.url, logout, { cookie: `${refreshCookie}=nonsense`, origin: own, ...cookieMode });
    expect(unknown.body).toEqual({ data: { logout: { user: null } } });
    for (const answer of [refused, unknown]) {
      const jar = new CookieJar();
      jar.cookies.set(accessCookie, 'a.b.c').set(refreshCookie, 'nonsense');
      jar.take(answer);
      expect(jar.cookies.size).toBe(0);
    }
  });

  it('are what logout wants of somebody signed out: no others end a session', async () => {
    const { jar, userId } = await registerInBrowser();
    const cookie = `${refreshCookie}=${jar.cookies.get(refreshCookie)}`;
    expect(await post(stack.url, logout, { cookie, origin: 'https://attacker.example', ...cookieMode })).toMatchObject({
      status: 403,
    });
    const guest = await post(stack.url, logout);
    expect(guest.body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(guest.headers['set-cookie']).toBeUndefined();
    expect(await userOf({ jar })).toEqual({ id: userId });
  });
});
