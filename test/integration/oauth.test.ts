import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestClient } from '../client.ts';
import { Browser } from './oauth/browser.ts';
import {
  completeLogin,
  enterWith,
  linkedPage,
  type Return,
  readAccount,
  signInWith,
  startLink,
  startLogin,
  visitProvider,
  withParameters,
} from './oauth/front-end.ts';
import { newcomerAt, type OAuthStack, startOAuthStack } from './oauth/providers.ts';

let stack: OAuthStack;

beforeAll(async () => {
  stack = await startOAuthStack();
});

afterAll(() => stack?.stop());

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  stack.databases.query<Row>('auth', text, values);

const visit = (provider: string, signIn: (browser: Browser) => void) => {
  const browser = new Browser();
  signIn(browser);
  return visitProvider(stack.guest, provider, browser);
};

const codesOf = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const complete = async (given: Return) => codesOf(await completeLogin(stack.guest, given));

const countIdentities = async (provider: string, subject: string) =>
  (await sql('SELECT 1 FROM identity WHERE provider = $1 AND subject = $2', [provider, subject])).length;

describe('signing in with another provider', () => {
  it('offers those that are configured, without their secrets', async () => {
    expect(await stack.guest.run('{ oauthProviders { id name } }')).toEqual([
      { id: 'github', name: 'GitHub' },
      { id: 'work', name: 'Work' },
      { id: 'club', name: 'The Club' },
      { id: 'hostile', name: 'Hostile' },
    ]);
  });

  it('asks for a code with state, nonce and PKCE, each of them new', async () => {
    const urls = await Promise.all(
      ['work', 'work'].map(async (id) => new URL((await startLogin(stack.guest, id)).authorizationUrl)),
    );
    for (const { origin, searchParams } of urls) {
      expect(origin).toBe(stack.work.issuer);
      expect(Object.fromEntries(searchParams)).toMatchObject({
        response_type: 'code',
        client_id: 'chorus',
        scope: 'openid email profile',
        code_challenge_method: 'S256',
      });
    }
    const [first, second] = urls.map(({ searchParams }) => searchParams);
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first?.get(name)).toMatch(/^[\w-]{43}$/);
      expect(first?.get(name)).not.toBe(second?.get(name));
    }
  });

  it('makes an account for somebody new: verified, without a password, known to every part', async () => {
    const newcomer = newcomerAt(stack.work);
    const client = await enterWith(stack, 'work', newcomer.signIn);
    const { security, ...account } = await readAccount(client);
    expect(account).toEqual({ id: client.userId, username: client.username, email: newcomer.email });
    expect(client.username).toBe(stack.work.people.get(newcomer.subject)?.preferred_username);
    expect(security).toMatchObject({
      hasPassword: false,
      emailVerifiedAt: expect.any(String),
      identities: [{ provider: 'work', email: newcomer.email, lastUsedAt: expect.any(String) }],
      sessions: { nodes: [{ methods: ['oauth:work'], isCurrent: true }] },
    });
    const events = await sql('SELECT action FROM security_event WHERE account_id = $1 ORDER BY id', [client.userId]);
    expect(events).toEqual([{ action: 'registered' }, { action: 'identity_linked' }, { action: 'login' }]);
    const published =
      "SELECT 1 FROM outbox WHERE envelope->>'name' = 'auth.user.registered' AND envelope->'payload'->>'userId' = $1";
    expect(await sql(published, [client.userId])).toHaveLength(1);
  });

  it('knows somebody again, whatever their address and name are by then', async () => {
    const newcomer = newcomerAt(stack.club);
    const client = await enterWith(stack, 'club', newcomer.signIn);
    const email = `moved-${newcomer.email}`;
    stack.club.people.set(newcomer.subject, { email, email_verified: false, preferred_username: 'another' });
    const again = await enterWith(stack, 'club', newcomer.signIn);
    expect(again.userId).toBe(client.userId);
    const { email: own, security } = await readAccount(again);
    expect([own, security.identities[0].email]).toEqual([newcomer.email, email]);
  });

  it('still asks for the second factor of the account', async () => {
    const newcomer = newcomerAt(stack.work);
    const client = await enterWith(stack, 'work', newcomer.signIn);
    const totp = 'INSERT INTO totp (account_id, encrypted_secret, last_step, enabled_at) VALUES ($1, $2, 0, now())';
    await sql(totp, [client.userId, Buffer.from('nothing that could be read')]);
    expect(await signInWith(stack, 'work', newcomer.signIn)).toMatchObject({
      session: null,
      user: null,
      secondFactor: { challengeToken: expect.any(String), methods: ['TOTP'] },
      userErrors: [],
    });
  });

  it('keeps suspended accounts out and wakes deactivated ones', async () => {
    const newcomer = newcomerAt(stack.work);
    const client = await enterWith(stack, 'work', newcomer.signIn);
    const setStatus = (status: string) =>
      sql('UPDATE account SET status = $2::account_status WHERE id = $1', [client.userId, status]);
    await setStatus('SUSPENDED');
    const refused = await signInWith(stack, 'work', newcomer.signIn);
    expect([refused.session, codesOf(refused)]).toEqual([null, ['ACCOUNT_SUSPENDED']]);
    await setStatus('DEACTIVATED');
    expect((await enterWith(stack, 'work', newcomer.signIn)).userId).toBe(client.userId);
    expect(await sql('SELECT status FROM account WHERE id = $1', [client.userId])).toEqual([{ status: 'ACTIVE' }]);
  });

  it('counts what comes of it by provider', async () => {
    await enterWith(stack, 'club', newcomerAt(stack.club).signIn);
    const metrics = await (await fetch(new URL('/metrics', stack.subgraphs.auth.url))).text();
    expect(metrics).toMatch(/chorus_oauth_logins_total\{provider="club",result="success",service="auth"\} \d+/);
    expect(metrics).toMatch(/chorus_registrations_total\{method="club",service="auth"\} \d+/);
  });
});

describe('the account that somebody new gets', () => {
  beforeAll(() => new TestClient(stack.url).register('taken_name'));

  it.each([
    // Two random digits, or four where the name with these two is taken as well.
    ['a name that is taken', 'taken_name', /^taken_name\d{2}(\d{2})?$/],
    ['the same in another case', 'TAKEN_NAME', /^TAKEN_NAME\d{2}(\d{2})?$/],
    ['characters that a username can not have', 'Zoë.O\u2019Müller ☺', /^Zoe_O_Muller(\d+)?$/],
    ['an address for a name', 'grace.hopper@example.org', /^grace_hopper(\d+)?$/],
    ['too long a name', 'x'.repeat(300), /^x{40}(\d+)?$/],
    ['nothing that could be a name', '☺☺☺', /^mailbox_\w+$/],
  ])('has a username in spite of %s', async (_what, preferred_username, expected) => {
    const email = `mailbox.${crypto.randomUUID().slice(0, 8)}@example.org`;
    const newcomer = newcomerAt(stack.work, { preferred_username, email });
    expect((await enterWith(stack, 'work', newcomer.signIn)).username).toMatch(expected);
  });

  it('has a random username when the provider tells nothing that could be one', async () => {
    const newcomer = newcomerAt(stack.work, {
      preferred_username: '?',
      email: `.${crypto.randomUUID().slice(0, 2)}@a.example`,
    });
    expect((await enterWith(stack, 'work', newcomer.signIn)).username).toMatch(/^user_[0-9a-f]{16}$/);
  });

  it('is one account when they come twice at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const newcomer = newcomerAt(stack.work);
      const returns = await Promise.all(Array.from({ length: 3 }, () => visit('work', newcomer.signIn)));
      const answers = await Promise.all(returns.map((each) => completeLogin(stack.guest, each)));
      expect(answers.map(codesOf)).toEqual([[], [], []]);
      expect(new Set(answers.map(({ user }) => user?.id)).size).toBe(1);
      expect(await sql('SELECT 1 FROM account WHERE email = $1', [newcomer.email])).toHaveLength(1);
    }
  });
});

describe('an address that an account has', () => {
  it('links the account when both sides have verified it', async () => {
    const owner = await stack.register('owner');
    await sql('UPDATE account SET email_verified_at = now() WHERE id = $1', [owner.userId]);
    const newcomer = newcomerAt(stack.work, { email: `${owner.username.toUpperCase()}@Example.org` });
    expect((await enterWith(stack, 'work', newcomer.signIn)).userId).toBe(owner.userId);
    expect((await readAccount(owner)).security).toMatchObject({
      hasPassword: true,
      identities: [{ provider: 'work' }],
    });
  });

  it('links nothing while the account has not verified it, so that nobody shares what a stranger registered', async () => {
    const squatter = await stack.register('squatter');
    const newcomer = newcomerAt(stack.work, { email: `${squatter.username}@example.org` });
    const refused = await signInWith(stack, 'work', newcomer.signIn);
    expect([refused.session, codesOf(refused)]).toEqual([null, ['OAUTH_ACCOUNT_EXISTS']]);
    expect(await countIdentities('work', newcomer.subject)).toBe(0);
    const seen = await sql('SELECT succeeded, details FROM security_event WHERE account_id = $1 AND NOT succeeded', [
      squatter.userId,
    ]);
    expect(seen).toEqual([{ succeeded: false, details: { methods: ['oauth:work'], reason: 'OAUTH_ACCOUNT_EXISTS' } }]);
  });

  it.each([
    ['has not verified it', { email_verified: false }],
    ['does not say whether it is verified', { email_verified: undefined }],
    ['tells none', { email: undefined, email_verified: true }],
    ['tells nonsense', { email: 'nonsense', email_verified: true }],
  ])('signs nobody in when the provider %s', async (_what, told) => {
    const owner = await stack.register('owner');
    await sql('UPDATE account SET email_verified_at = now() WHERE id = $1', [owner.userId]);
    const newcomer = newcomerAt(stack.club, { email: `${owner.username}@example.org` });
    const { email, email_verified } = { email: newcomer.email, ...told };
    stack.club.people.set(newcomer.subject, {
      ...(email && { email }),
      ...(email_verified !== undefined && { email_verified }),
    });
    expect(codesOf(await signInWith(stack, 'club', newcomer.signIn))).toEqual(['OAUTH_EMAIL_UNVERIFIED']);
    expect(await countIdentities('club', newcomer.subject)).toBe(0);
  });

  it('links nothing to an account that is suspended, until that is over', async () => {
    const owner = await stack.register('owner');
    await sql("UPDATE account SET email_verified_at = now(), status = 'SUSPENDED' WHERE id = $1", [owner.userId]);
    const newcomer = newcomerAt(stack.work, { email: `${owner.username}@example.org` });
    expect(codesOf(await signInWith(stack, 'work', newcomer.signIn))).toEqual(['ACCOUNT_SUSPENDED']);
    expect(await countIdentities('work', newcomer.subject)).toBe(0);
    // Without a verified address nobody is its owner: nobody learns that it is suspended, nor comes in when that is over.
    await sql('UPDATE account SET email_verified_at = NULL WHERE id = $1', [owner.userId]);
    expect(codesOf(await signInWith(stack, 'work', newcomer.signIn))).toEqual(['OAUTH_ACCOUNT_EXISTS']);
    await sql("UPDATE account SET suspended_until = now() - interval '1 s' WHERE id = $1", [owner.userId]);
    expect(codesOf(await signInWith(stack, 'work', newcomer.signIn))).toEqual(['OAUTH_ACCOUNT_EXISTS']);
    await sql('UPDATE account SET email_verified_at = now() WHERE id = $1', [owner.userId]);
    expect((await enterWith(stack, 'work', newcomer.signIn)).userId).toBe(owner.userId);
    expect(await countIdentities('work', newcomer.subject)).toBe(1);
  });
});

describe('what does not belong to what was begun', () => {
  it('is refused: a state that nobody made, or none, or two', async () => {
    const returned = await visit('work', newcomerAt(stack.work).signIn);
    for (const state of [null, 'A'.repeat(43)]) {
      expect(await complete(withParameters(returned, { state }))).toEqual(['OAUTH_FAILED']);
    }
    const twice = { ...returned, callbackUrl: `${returned.callbackUrl}&state=another` };
    expect(await complete(twice)).toEqual(['OAUTH_FAILED']);
    expect(await complete({ ...returned, callbackUrl: 'nonsense' })).toEqual(['OAUTH_FAILED']);
    expect(await complete(returned)).toEqual([]);
  });

  it('is refused: what another browser has begun, which has another binding', async () => {
    const newcomer = newcomerAt(stack.work);
    const [attackers, victims] = [await visit('work', newcomer.signIn), await visit('work', newcomer.signIn)];
    expect(await complete({ callbackUrl: attackers.callbackUrl, binding: victims.binding })).toEqual(['OAUTH_FAILED']);
    // Nor is there a second guess.
    expect(await complete(attackers)).toEqual(['OAUTH_FAILED']);
    expect(await countIdentities('work', newcomer.subject)).toBe(0);
  });

  it('is refused: the same return a second time', async () => {
    const returned = await visit('work', newcomerAt(stack.work).signIn);
    expect(await complete(returned)).toEqual([]);
    expect(await complete(returned)).toEqual(['OAUTH_FAILED']);
  });

  it('works once, however many bring it at once', async () => {
    const returned = await visit('work', newcomerAt(stack.work).signIn);
    const answers = await Promise.all(Array.from({ length: 5 }, () => complete(returned)));
    expect(answers.flat()).toEqual(Array(4).fill('OAUTH_FAILED'));
  });

  it('is refused: a code that was used, or that belongs to another sign-in (PKCE)', async () => {
    const { signIn } = newcomerAt(stack.work);
    const [first, second, third] = [
      await visit('work', signIn),
      await visit('work', signIn),
      await visit('work', signIn),
    ];
    const codeOf = ({ callbackUrl }: Return) => new URL(callbackUrl).searchParams.get('code');
    expect(await complete(withParameters(second, { code: codeOf(first) }))).toEqual(['OAUTH_FAILED']);
    expect(stack.work.refusals.at(-1)).toMatch(/code_verifier/);
    expect(await complete(third)).toEqual([]);
    const fourth = await visit('work', signIn);
    expect(await complete(withParameters(fourth, { code: codeOf(third) }))).toEqual(['OAUTH_FAILED']);
  });

  it('is refused: an answer under the name of another issuer, or of none (RFC 9207)', async () => {
    const newcomer = newcomerAt(stack.work);
    const grants = stack.work.grants();
    for (const iss of [stack.club.issuer, `${stack.work.issuer}/`, null]) {
      const returned = await visit('work', newcomer.signIn);
      expect(new URL(returned.callbackUrl).searchParams.get('iss')).toBe(stack.work.issuer);
      expect(await complete(withParameters(returned, { iss }))).toEqual(['OAUTH_FAILED']);
    }
    // The code was shown to nobody.
    expect(stack.work.grants()).toBe(grants);
  });

  it('is refused: a return to another page than the one that was named', async () => {
    const returned = await visit('work', newcomerAt(stack.work).signIn);
    const { search } = new URL(returned.callbackUrl);
    const refusals = stack.work.refusals.length;
    expect(await complete({ ...returned, callbackUrl: `${linkedPage}${search}` })).toEqual(['OAUTH_FAILED']);
    // The code was shown to nobody.
    expect(stack.work.refusals).toHaveLength(refusals);
  });

  it('is refused: what was begun more than ten minutes ago', async () => {
    const returned = await visit('work', newcomerAt(stack.work).signIn);
    const grants = stack.work.grants();
    vi.setSystemTime(Date.now() + 601_000);
    try {
      expect(await complete(returned)).toEqual(['OAUTH_FAILED']);
    } finally {
      vi.useRealTimers();
    }
    expect(stack.work.grants()).toBe(grants);
  });

  it('is refused: a link that is brought as a sign-in', async () => {
    const user = await stack.register();
    const browser = new Browser();
    newcomerAt(stack.work).signIn(browser);
    expect(await complete(await visitProvider(user, 'work', browser, startLink))).toEqual(['OAUTH_FAILED']);
  });

  it('is told in words when the person declines', async () => {
    const returned = await visit('work', stack.work.decline);
    const { userErrors } = await completeLogin(stack.guest, returned);
    expect(userErrors).toEqual([
      { code: 'OAUTH_FAILED', message: expect.stringContaining('was not allowed'), field: null },
    ]);
  });

  it('can not begin: with a provider or a page that is not configured', async () => {
    const pages = [
      'https://evil.example/signed-in',
      'https://app.example.org/signed-in/',
      'https://app.example.org/signed-in?x=1',
      '',
    ];
    for (const page of pages) {
      const { authorizationUrl, userErrors } = await startLogin(stack.guest, 'work', page);
      expect([authorizationUrl, userErrors]).toEqual([
        null,
        [{ code: 'REDIRECT_URI_NOT_ALLOWED', field: ['redirectUri'] }],
      ]);
    }
    for (const id of ['google', '__proto__', '']) {
      expect(codesOf(await startLogin(stack.guest, id))).toEqual(['PROVIDER_UNKNOWN']);
    }
  });

  it('finds nothing in the database to go on with', async () => {
    const { authorizationUrl, binding } = await startLogin(stack.guest, 'work');
    const { searchParams } = new URL(authorizationUrl);
    const rows = await sql<{ ticket: string }>('SELECT ticket::text FROM ticket');
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of [binding, searchParams.get('state'), searchParams.get('nonce')]) {
      expect(rows.filter(({ ticket }) => ticket.includes(secret as string))).toEqual([]);
    }
  });
});
