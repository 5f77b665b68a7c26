import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findFreePort } from '../../../tools/free-port.ts';
import { startTestStack, type TestStack } from '../../harness.ts';
import { Browser } from './browser.ts';
import {
  completeLogin,
  enterWith,
  linkedPage,
  linkWith,
  readAccount,
  signedInPage,
  signInWith,
  startLogin,
  visitProvider,
  withParameters,
} from './front-end.ts';
import type { GitHubUser } from './github-server.ts';
import { clientId, clientSecret, startOpenIdProvider } from './openid-provider.ts';
import { newcomerAt, type OAuthStack, settingsOf, startOAuthStack } from './providers.ts';

const codesOf = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);

describe('GitHub', () => {
  let stack: OAuthStack;
  let lastId = 583_230;

  beforeAll(async () => {
    stack = await startOAuthStack();
  });

  afterAll(() => stack?.stop());

  function octocat(changes: Partial<GitHubUser> = {}) {
    const login = `octocat-${randomBytes(4).toString('hex')}`;
    lastId += 1;
    const user: GitHubUser = {
      id: lastId,
      login,
      emails: [
        { email: `${login}@users.noreply.github.example`, primary: false, verified: true, visibility: null },
        { email: `${login}@example.org`, primary: true, verified: true, visibility: 'private' },
      ],
      ...changes,
    };
    stack.github.users.set(login, user);
    return { user, signIn: (browser: Browser) => stack.github.signIn(browser, login) };
  }

  it('signs in whom its API tells of, by their number and their primary address', async () => {
    const { user, signIn } = octocat();
    const client = await enterWith(stack, 'github', signIn);
    expect(await readAccount(client)).toMatchObject({
      username: user.login.replace('-', '_'),
      email: `${user.login}@example.org`,
      security: { identities: [{ provider: 'github', email: `${user.login}@example.org` }] },
    });
    const { login } = user;
    const renamed = octocat({ ...user, login: `${login}-renamed` });
    stack.github.users.set(renamed.user.login, renamed.user);
    const again = await enterWith(stack, 'github', (browser) => stack.github.signIn(browser, renamed.user.login));
    expect(again.userId).toBe(client.userId);
  });

  it('signs nobody new in whose primary address is not verified, or who keeps it to themselves', async () => {
    const unverified = octocat();
    for (const email of unverified.user.emails) email.verified = !email.primary;
    const shy = octocat();
    stack.github.withoutEmails.add(shy.user.login);
    for (const { signIn } of [unverified, shy, octocat({ emails: [] })]) {
      expect(codesOf(await signInWith(stack, 'github', signIn))).toEqual(['OAUTH_EMAIL_UNVERIFIED']);
    }
  });

  it('can be linked by somebody who keeps their address to themselves', async () => {
    const user = await stack.register();
    const shy = octocat();
    stack.github.withoutEmails.add(shy.user.login);
    expect((await linkWith(user, 'github', shy.signIn)).identity).toMatchObject({ provider: 'github', email: null });
    expect((await enterWith(stack, 'github', shy.signIn)).userId).toBe(user.userId);
  });

  it('is asked with PKCE: the code of another sign-in is worth nothing', async () => {
    const { signIn } = octocat();
    const visit = () => {
      const browser = new Browser();
      signIn(browser);
      return visitProvider(stack.guest, 'github', browser);
    };
    const [first, second] = [await visit(), await visit()];
    const code = new URL(first.callbackUrl).searchParams.get('code');
    expect(codesOf(await completeLogin(stack.guest, withParameters(second, { code })))).toEqual(['OAUTH_FAILED']);
    const third = await visit();
    expect(codesOf(await completeLogin(stack.guest, withParameters(third, { code: 'invented' })))).toEqual([
      'OAUTH_FAILED',
    ]);
    expect(codesOf(await completeLogin(stack.guest, await visit()))).toEqual([]);
  });

  it('is not taken for another issuer', async () => {
    const browser = new Browser();
    octocat().signIn(browser);
    const returned = withParameters(await visitProvider(stack.guest, 'github', browser), { iss: stack.work.issuer });
    expect(codesOf(await completeLogin(stack.guest, returned))).toEqual(['OAUTH_FAILED']);
  });

  it('is told of in words when its API refuses', async () => {
    const stranger = `stranger-${randomBytes(4).toString('hex')}`;
    const { userErrors } = await signInWith(stack, 'github', (browser) => stack.github.signIn(browser, stranger));
    expect(userErrors).toMatchObject([{ code: 'OAUTH_FAILED' }]);
  });
});

describe('a provider that is away', () => {
  let stack: TestStack;
  let port: number;

  beforeAll(async () => {
    port = await findFreePort();
    stack = await startTestStack({
      environment: {
        OAUTH_REDIRECT_URIS: `${signedInPage},${linkedPage}`,
        OIDC_PROVIDERS: JSON.stringify([
          { ...settingsOf({ issuer: `http://127.0.0.1:${port}`, clientId, clientSecret }), id: 'work', name: 'Work' },
        ]),
      },
    });
  });

  afterAll(() => stack?.stop());

  it('keeps nothing else from working, is told of in words, and is asked again when it is back', async () => {
    await stack.register();
    expect(await stack.guest.run('{ oauthProviders { id } }')).toEqual([{ id: 'work' }]);
    const away = [{ code: 'OAUTH_FAILED', message: expect.stringContaining('does not answer'), field: null }];
    expect(codesOf(await startLogin(stack.guest, 'work'))).toEqual(['OAUTH_FAILED']);
    const options = { redirectUris: [signedInPage, linkedPage], authentication: 'client_secret_basic', port } as const;
    const work = await startOpenIdProvider(options);
    const newcomer = newcomerAt(work);
    const browser = new Browser();
    newcomer.signIn(browser);
    const returned = await visitProvider(stack.guest, 'work', browser);
    await work.stop();
    expect((await completeLogin(stack.guest, returned)).userErrors).toEqual(away);

    const restarted = await startOpenIdProvider(options);
    try {
      restarted.people.set(newcomer.subject, work.people.get(newcomer.subject) ?? {});
      const signIn = (each: Browser) => restarted.signIn(each, newcomer.subject);
      expect((await enterWith(stack, 'work', signIn)).username).toMatch(/^u/);
      vi.setSystemTime(Date.now() + 2 * 3_600_000);
      try {
        expect(codesOf(await signInWith(stack, 'work', signIn))).toEqual([]);
      } finally {
        vi.useRealTimers();
      }
    } finally {
      await restarted.stop();
    }
    vi.setSystemTime(Date.now() + 4 * 3_600_000);
    try {
      // What was known of its endpoints holds on while it can not be asked.
      expect(codesOf(await startLogin(stack.guest, 'work'))).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});
