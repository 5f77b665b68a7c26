import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestClient } from '../../client.ts';
import { readMails, waitForMail } from '../../mails.ts';
import { Browser } from './browser.ts';
import {
  completeLink,
  enterWith,
  linkWith,
  readAccount,
  startLink,
  startLogin,
  unlink,
  visitProvider,
} from './front-end.ts';
import { newcomerAt, type OAuthStack, startOAuthStack } from './providers.ts';

let stack: OAuthStack;

beforeAll(async () => {
  stack = await startOAuthStack();
});

afterAll(() => stack?.stop());

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  stack.databases.query<Row>('auth', text, values);

const codesOf = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const identitiesOf = async (client: TestClient) => (await readAccount(client)).security.identities;
const actionsOf = async (client: TestClient) =>
  (
    await sql<{ action: string }>('SELECT action FROM security_event WHERE account_id = $1 ORDER BY id', [
      client.userId,
    ])
  ).map(({ action }) => action);
const addPasskey = (client: TestClient) =>
  sql(
    `INSERT INTO passkey (id, account_id, credential_id, public_key, counter, transports, is_backed_up, name, created_at)
     VALUES (gen_random_uuid(), $1, gen_random_uuid()::text::bytea, '', 0, '{}', false, 'A passkey', now())`,
    [client.userId],
  );

describe('linking another provider', () => {
  it('lets it sign the account in, mails its owner and keeps a record', async () => {
    const user = await stack.register();
    const { subject, email, signIn } = newcomerAt(stack.work);
    const { identity, userErrors } = await linkWith(user, 'work', signIn);
    expect(userErrors).toEqual([]);
    expect(identity).toMatchObject({ provider: 'work', email, linkedAt: expect.any(String), lastUsedAt: null });
    const mail = await waitForMail(stack, `${user.username}@example.org`, /Work can sign you in/);
    expect(mail.text).toContain(user.username);
    expect(await actionsOf(user)).toContain('identity_linked');
    const again = await enterWith(stack, 'work', signIn);
    expect(again.userId).toBe(user.userId);
    expect(await identitiesOf(again)).toEqual([
      { id: identity.id, provider: 'work', email, lastUsedAt: expect.any(String) },
    ]);
    expect(await sql('SELECT subject FROM identity WHERE account_id = $1', [user.userId])).toEqual([{ subject }]);
  });

  it('needs no verified address: the owner of the account has said so themselves', async () => {
    const user = await stack.register();
    const { signIn } = newcomerAt(stack.club, { email_verified: false });
    expect(codesOf(await linkWith(user, 'club', signIn))).toEqual([]);
    expect((await enterWith(stack, 'club', signIn)).userId).toBe(user.userId);
  });

  it('works for several providers, and for several accounts at one', async () => {
    const user = await stack.register();
    const people = [
      ['work', newcomerAt(stack.work)],
      ['club', newcomerAt(stack.club)],
      ['work', newcomerAt(stack.work)],
    ] as const;
    for (const [provider, { signIn }] of people) expect(codesOf(await linkWith(user, provider, signIn))).toEqual([]);
    expect(await identitiesOf(user)).toMatchObject(people.map(([provider, { email }]) => ({ provider, email })));
    for (const [provider, { signIn }] of people) {
      expect((await enterWith(stack, provider, signIn)).userId).toBe(user.userId);
    }
  });

  it('changes nothing when it is linked already', async () => {
    const user = await stack.register();
    const { email, signIn } = newcomerAt(stack.work);
    const first = await linkWith(user, 'work', signIn);
    expect(await linkWith(user, 'work', signIn)).toEqual(first);
    expect(await identitiesOf(user)).toMatchObject([{ email }]);
    expect(await readMails(stack, `${user.username}@example.org`)).toHaveLength(2);
  });

  it('takes nothing from another account, not even in a race', async () => {
    const [owner, other, third] = await Promise.all([stack.register(), stack.register(), stack.register()]);
    const { signIn } = newcomerAt(stack.work);
    await linkWith(owner, 'work', signIn);
    const refused = await linkWith(other, 'work', signIn);
    expect([refused.identity, codesOf(refused)]).toEqual([null, ['IDENTITY_TAKEN']]);
    expect(await identitiesOf(other)).toEqual([]);
    const contested = newcomerAt(stack.work);
    const answers = await Promise.all([other, third].map((user) => linkWith(user, 'work', contested.signIn)));
    expect(answers.map(codesOf).toSorted((a, b) => a.length - b.length)).toEqual([[], ['IDENTITY_TAKEN']]);
  });

  it('ends with the account that began it, and with no other', async () => {
    const [victim, attacker] = await Promise.all([stack.register(), stack.register()]);
    const browser = new Browser();
    newcomerAt(stack.work).signIn(browser);
    const returned = await visitProvider(attacker, 'work', browser, startLink);
    expect(codesOf(await completeLink(victim, returned))).toEqual(['OAUTH_FAILED']);
    expect(await identitiesOf(victim)).toEqual([]);
    const { errors } = await stack.guest.send(
      'mutation ($input: CompleteOAuthInput!) { completeOAuthLink(input: $input) { userErrors { code } } }',
      { input: returned },
    );
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is not ended by what began as a sign-in', async () => {
    const user = await stack.register();
    const browser = new Browser();
    newcomerAt(stack.work).signIn(browser);
    expect(codesOf(await completeLink(user, await visitProvider(stack.guest, 'work', browser, startLogin)))).toEqual([
      'OAUTH_FAILED',
    ]);
  });

  it('wants a recent authentication', async () => {
    const user = await stack.register();
    vi.setSystemTime(Date.now() + 601_000);
    try {
      expect(codesOf(await startLink(user, 'work'))).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('stops at twenty', async () => {
    const user = await stack.register();
    const fill = `INSERT INTO identity (id, account_id, provider, subject, linked_at)
      SELECT gen_random_uuid(), $1, 'club', $2 || '-' || n, now() FROM generate_series(1, 20) AS n`;
    await sql(fill, [user.userId, user.username]);
    expect(codesOf(await linkWith(user, 'work', newcomerAt(stack.work).signIn))).toEqual(['IDENTITY_LIMIT_REACHED']);
    expect(await identitiesOf(user)).toHaveLength(20);
  });
});

describe('unlinking a provider', () => {
  it('ends its sign-ins, mails the owner and keeps a record', async () => {
    const user = await stack.register();
    const { signIn } = newcomerAt(stack.work, { email: `${user.username}@example.org` });
    const { identity } = await linkWith(user, 'work', signIn);
    expect(await unlink(user, identity.id)).toMatchObject({ identity: { id: identity.id }, userErrors: [] });
    expect(await identitiesOf(user)).toEqual([]);
    await waitForMail(stack, `${user.username}@example.org`, /Work can sign you in no longer/);
    expect(await actionsOf(user)).toContain('identity_unlinked');
    // The provider's word alone leads nowhere now: the account has not verified the address.
    await expect(enterWith(stack, 'work', signIn)).rejects.toThrow('OAUTH_ACCOUNT_EXISTS');
  });

  it('leaves a way to sign in: a password, a passkey or another identity', async () => {
    const [lonely, withPasskey, withTwo, withPassword] = (await Promise.all(
      Array.from({ length: 4 }, () => enterWith(stack, 'work', newcomerAt(stack.work).signIn)),
    )) as [TestClient, TestClient, TestClient, TestClient];
    await addPasskey(withPasskey);
    await linkWith(withTwo, 'club', newcomerAt(stack.club).signIn);
    const set =
      'mutation { changePassword(input: { newPassword: "an entirely new password" }) { userErrors { code } } }';
    expect(await withPassword.run(set)).toEqual({ userErrors: [] });
    const results = await Promise.all(
      [lonely, withPasskey, withTwo, withPassword].map(async (client) => {
        const [identity] = await identitiesOf(client);
        return codesOf(await unlink(client, identity.id));
      }),
    );
    expect(results).toEqual([['LAST_SIGN_IN_METHOD'], [], [], []]);
    expect(await identitiesOf(lonely)).toHaveLength(1);
    expect(await identitiesOf(withTwo)).toMatchObject([{ provider: 'club' }]);
  });

  it('does not count a provider that is offered no longer', async () => {
    const user = await enterWith(stack, 'work', newcomerAt(stack.work).signIn);
    const insert =
      "INSERT INTO identity (id, account_id, provider, subject, linked_at) VALUES (gen_random_uuid(), $1, 'gone', $2, now())";
    await sql(insert, [user.userId, user.username]);
    const identity = (await identitiesOf(user)).find(({ provider }: { provider: string }) => provider === 'work');
    expect(codesOf(await unlink(user, identity.id))).toEqual(['LAST_SIGN_IN_METHOD']);
  });

  it('leaves one of two when both are unlinked at once', async () => {
    const user = await enterWith(stack, 'work', newcomerAt(stack.work).signIn);
    await linkWith(user, 'club', newcomerAt(stack.club).signIn);
    const identities: { id: string }[] = await identitiesOf(user);
    const answers = await Promise.all(identities.map(({ id }) => unlink(user, id)));
    expect(answers.flatMap(codesOf)).toEqual(['LAST_SIGN_IN_METHOD']);
    expect(await identitiesOf(user)).toHaveLength(1);
  });

  it("wants a recent authentication, and an identity of one's own", async () => {
    const [user, other] = await Promise.all([stack.register(), stack.register()]);
    const { identity } = await linkWith(user, 'work', newcomerAt(stack.work).signIn);
    for (const id of [identity.id, 'nonsense'])
      expect(codesOf(await unlink(other, id))).toEqual(['IDENTITY_NOT_FOUND']);
    vi.setSystemTime(Date.now() + 601_000);
    try {
      expect(codesOf(await unlink(user, identity.id))).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
    } finally {
      vi.useRealTimers();
    }
    expect(await identitiesOf(user)).toHaveLength(1);
  });

  it('is for people, whose identities nobody else sees', async () => {
    const user = await enterWith(stack, 'work', newcomerAt(stack.work).signIn);
    const query = 'query ($id: ID!) { user(id: $id) { username security { identities { email } } } }';
    const { data } = await (await stack.register()).send(query, { id: user.userId });
    expect(data.user).toEqual({ username: user.username, security: null });
  });
});
