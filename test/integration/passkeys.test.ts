import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AssertionQuirks, Authenticator, type RegistrationQuirks } from '../authenticator.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { waitForMail } from '../mails.ts';
import { codesOf, mutate } from '../mutations.ts';
import {
  challenge,
  completeLogin,
  emailOf,
  enrolTotp,
  inSession,
  login,
  loginWithPasskey,
  passkeySelection,
  passTime,
  readEvents,
  registerPasskey,
  sessionMethods,
  startPasskey,
} from './authenticator/flows.ts';

const minute = 60_000;

let stack: TestStack;
let user: TestClient;
let authenticator: Authenticator;

beforeAll(async () => {
  stack = await startTestStack();
});

afterAll(() => stack?.stop());

beforeEach(async () => {
  user = await stack.register();
  authenticator = new Authenticator();
});

afterEach(() => {
  vi.useRealTimers();
});

const passkeysOf = async (client: TestClient) =>
  (await client.run('{ viewer { security { passkeys { id name isBackedUp createdAt lastUsedAt } } } }')).security
    .passkeys;

const events = async (client: TestClient, action: string) =>
  (await readEvents(stack.databases, client, action)).map(({ succeeded, details }) => ({ succeeded, details }));

const textOf = (encoded: string) => Buffer.from(encoded, 'base64url').toString();

/** Signs in with a passkey alone. */
async function signIn(quirks: AssertionQuirks = {}) {
  const { challengeToken, options } = await startPasskey(stack.guest, 'Login');
  return loginWithPasskey(stack, challengeToken, authenticator.get(options, quirks));
}

describe('registering a passkey', () => {
  it('asks for one that is found without a username, of an owner who was verified', async () => {
    const { challengeToken, options } = await startPasskey(user, 'Registration');
    expect(challengeToken).toMatch(/^[\w-]{43}$/);
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Chorus' },
      user: { name: user.username, displayName: user.username },
      attestation: 'none',
      timeout: 5 * minute,
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    });
    expect(textOf(options.user.id)).toBe(user.userId);
    expect(Buffer.from(options.challenge, 'base64url').length).toBeGreaterThanOrEqual(16);
    expect(options.pubKeyCredParams.map(({ alg }: { alg: number }) => alg)).toEqual([-8, -7, -257]);
  });

  it('hands out recovery codes with the first one, tells the owner, and asks no authenticator twice', async () => {
    const first = await registerPasskey(user, authenticator, {}, '  Key on my ring ');
    expect(first.userErrors).toEqual([]);
    expect(first.recoveryCodes).toHaveLength(10);
    expect(first.passkey).toMatchObject({ name: 'Key on my ring', isBackedUp: false, lastUsedAt: null });
    await waitForMail(stack, emailOf(user), /A passkey was added/);
    const { options } = await startPasskey(user, 'Registration');
    expect(options.excludeCredentials).toEqual([
      { id: authenticator.credentials[0]?.id.toString('base64url'), type: 'public-key', transports: ['usb'] },
    ]);
    const second = await registerPasskey(user, new Authenticator({ isSynced: true }), {}, 'Phone');
    expect(second).toMatchObject({ passkey: { name: 'Phone', isBackedUp: true }, recoveryCodes: null });
    expect(await passkeysOf(user)).toEqual([first.passkey, second.passkey]);
    expect((await events(user, 'passkey_registered')).map(({ details }) => details)).toEqual([
      { passkeyId: first.passkey.id },
      { passkeyId: second.passkey.id },
    ]);
  });

  it('takes an authenticator that vouches for itself', async () => {
    expect(codesOf(await registerPasskey(user, authenticator, { attestation: 'packed' }))).toEqual([]);
    expect(codesOf(await signIn())).toEqual([]);
  });

  const refused: [string, RegistrationQuirks][] = [
    ['of another origin', { origin: 'http://localhost:4001' }],
    ['of a page that only begins like ours', { origin: 'http://localhost:4000.example.org' }],
    ['for another relying party', { rpId: 'example.org' }],
    ['to another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['of an owner who was not verified', { isVerified: false }],
    ['of an owner who was not there', { isPresent: false }],
    ['out of a frame of another origin', { isCrossOrigin: true }],
    ['that proves a passkey instead of making one', { type: 'webauthn.get' }],
    ['with certificates, which nobody asked for', { attestation: 'packed with a certificate' }],
    ['with an id that is longer than any may be', { credentialId: randomBytes(1_024) }],
    ['with an id that no index could hold', { credentialId: randomBytes(5_000) }],
  ];

  it.each(refused)('refuses an answer %s', async (_name, quirks) => {
    const { passkey, userErrors } = await registerPasskey(user, authenticator, quirks);
    expect([passkey, userErrors]).toEqual([null, [{ code: 'PASSKEY_INVALID', field: ['passkey'] }]]);
    expect(await passkeysOf(user)).toEqual([]);
    expect(await events(user, 'passkey_registered')).toEqual([{ succeeded: false, details: {} }]);
  });

  it('refuses what is no answer at all', async () => {
    const { response } = authenticator.create((await startPasskey(user, 'Registration')).options);
    const shapes = [
      null,
      'text',
      7,
      [],
      {},
      { id: 'AA', rawId: 'AA', type: 'public-key', response: {} },
      { id: 'AA', rawId: 'AA', type: 'public-key', response: { ...response, attestationObject: 'AAAA' } },
      { id: 'AA', rawId: 'AA', type: 'public-key', response: { ...response, clientDataJSON: 'bm8' } },
      { id: 'AA', rawId: 'AB', type: 'public-key', response },
      { id: '\u0000', rawId: '\u0000', type: 'public-key', response },
    ];
    for (const passkey of shapes) {
      const { challengeToken } = await startPasskey(user, 'Registration');
      const variables = { input: { challengeToken, name: 'x', passkey } };
      const mutation =
        'mutation ($input: RegisterPasskeyInput!) { registerPasskey(input: $input) { userErrors { code } } }';
      const { data, errors } = await user.send(mutation, variables);
      // Null is no value for a field that must have one: the router says so before the subgraph is asked.
      if (passkey === null) expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      else expect(data.registerPasskey.userErrors).toEqual([{ code: 'PASSKEY_INVALID' }]);
    }
  });

  it('takes each challenge once, of the account that it was made for, within five minutes', async () => {
    const register = async (client: TestClient, challengeToken: string, passkey: unknown) =>
      codesOf(await mutate(client, 'registerPasskey', { challengeToken, name: 'x', passkey }, passkeySelection));
    const begun = await startPasskey(user, 'Registration');
    const answer = authenticator.create(begun.options);
    expect(await register(user, begun.challengeToken, answer)).toEqual([]);
    expect(await register(user, begun.challengeToken, answer)).toEqual(['CHALLENGE_INVALID']);
    const foreign = await startPasskey(user, 'Registration');
    const stranger = await stack.register();
    expect(await register(stranger, foreign.challengeToken, authenticator.create(foreign.options))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    const late = await startPasskey(user, 'Registration');
    passTime(5 * minute);
    expect(await register(user, late.challengeToken, authenticator.create(late.options))).toEqual([
      'CHALLENGE_INVALID',
    ]);
  });

  it('does not take a credential that is registered, whoever has it', async () => {
    await registerPasskey(user, authenticator);
    const credentialId = authenticator.credentials[0]?.id as Buffer;
    const stranger = await stack.register();
    for (const client of [user, stranger]) {
      expect(codesOf(await registerPasskey(client, new Authenticator(), { credentialId }))).toEqual([
        'PASSKEY_INVALID',
      ]);
    }
    expect(await passkeysOf(stranger)).toEqual([]);
    expect((await stranger.run('{ viewer { security { recoveryCodesLeft } } }')).security.recoveryCodesLeft).toBe(0);
  });

  it('takes one of two that come with the same credential at the same time', async () => {
    const credentialId = Buffer.from(`credential of ${user.userId}`);
    const stranger = await stack.register();
    const both = await Promise.all(
      [user, stranger].map((client) => registerPasskey(client, new Authenticator(), { credentialId })),
    );
    expect(both.map(codesOf).sort()).toEqual([[], ['PASSKEY_INVALID']]);
  });

  it('wants a name of one line', async () => {
    for (const name of ['', '   ', 'a\nb', 'x'.repeat(81), 'a\u0000b']) {
      expect(codesOf(await registerPasskey(user, authenticator, {}, name))).toEqual(['NAME_INVALID']);
    }
    // A name that is refused does not use the challenge up.
    const { challengeToken, options } = await startPasskey(user, 'Registration');
    const passkey = authenticator.create(options);
    const register = (name: string) =>
      mutate(user, 'registerPasskey', { challengeToken, name, passkey }, passkeySelection);
    expect(codesOf(await register(''))).toEqual(['NAME_INVALID']);
    expect(codesOf(await register('😀'.repeat(80)))).toEqual([]);
  });

  it('stops at twenty, also when the twentieth came while the authenticator was busy', async () => {
    await registerPasskey(user, authenticator);
    const copy = (count: number) =>
      stack.databases.query(
        'auth',
        `INSERT INTO passkey (id, account_id, credential_id, public_key, counter, transports, is_backed_up, name, created_at)
         SELECT gen_random_uuid(), account_id, uuid_send(gen_random_uuid()), public_key, 0, '{}', false, 'copy', created_at
         FROM (SELECT * FROM passkey WHERE account_id = $1 LIMIT 1), generate_series(1, $2)`,
        [user.userId, count],
      );
    await copy(18);
    const { challengeToken, options } = await startPasskey(user, 'Registration');
    expect(options.excludeCredentials).toHaveLength(19);
    await copy(1);
    const input = { challengeToken, name: 'x', passkey: new Authenticator().create(options) };
    expect(codesOf(await mutate(user, 'registerPasskey', input, passkeySelection))).toEqual(['PASSKEY_LIMIT_REACHED']);
    expect(codesOf(await startPasskey(user, 'Registration'))).toEqual(['PASSKEY_LIMIT_REACHED']);
    expect(await passkeysOf(user)).toHaveLength(20);
  });
});

describe('a passkey', () => {
  it('signs in alone: no username, no password, no other factor', async () => {
    await enrolTotp(user);
    const { passkey } = await registerPasskey(user, authenticator);
    const { challengeToken, options } = await startPasskey(stack.guest, 'Login');
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required', timeout: 5 * minute });
    expect(options.allowCredentials).toBeUndefined();
    passTime(0);
    const done = await loginWithPasskey(stack, challengeToken, authenticator.get(options));
    expect(done).toMatchObject({ user: { id: user.userId }, secondFactor: null, userErrors: [] });
    expect(await sessionMethods(inSession(stack, user, done))).toEqual(['passkey']);
    expect(await passkeysOf(user)).toMatchObject([{ id: passkey.id, lastUsedAt: new Date().toISOString() }]);
    expect(await events(user, 'login')).toEqual([{ succeeded: true, details: { methods: ['passkey'] } }]);
  });

  it('that is synced signs in again and again without counting', async () => {
    authenticator = new Authenticator({ isSynced: true });
    await registerPasskey(user, authenticator);
    for (let times = 0; times < 3; times += 1) expect(codesOf(await signIn())).toEqual([]);
  });

  const refused: [string, string, AssertionQuirks][] = [
    ['of another origin', 'passkey_not_proven', { origin: 'https://localhost:4000' }],
    ['for another relying party', 'passkey_not_proven', { rpId: 'example.org' }],
    ['to another challenge', 'passkey_not_proven', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['of an owner who was not verified', 'passkey_not_proven', { isVerified: false }],
    ['of an owner who was not there', 'passkey_not_proven', { isPresent: false }],
    ['out of a frame of another origin', 'passkey_not_proven', { isCrossOrigin: true }],
    ['that makes a passkey instead of proving one', 'passkey_not_proven', { type: 'webauthn.create' }],
    ['that another key has signed', 'passkey_not_proven', { isForged: true }],
    ['that does not say who it is', 'passkey_of_another_account', { userHandle: null }],
    ['that says it is somebody else', 'passkey_of_another_account', { userHandle: 'c29tZWJvZHkgZWxzZQ' }],
  ];

  it.each(refused)('does not sign in with an answer %s', async (_name, reason, quirks) => {
    const { passkey } = await registerPasskey(user, authenticator);
    const done = await signIn(quirks);
    expect([done.session, done.user, codesOf(done)]).toEqual([null, null, ['PASSKEY_INVALID']]);
    expect(await events(user, 'login')).toEqual([
      { succeeded: false, details: { methods: ['passkey'], passkeyId: passkey.id, reason } },
    ]);
    expect(codesOf(await signIn())).toEqual([]);
  });

  it('does not sign in when nobody has registered it, nor with what is no answer at all', async () => {
    const { options } = await startPasskey(user, 'Registration');
    authenticator.create(options);
    expect(codesOf(await signIn())).toEqual(['PASSKEY_INVALID']);
    const answer = authenticator.get((await startPasskey(stack.guest, 'Login')).options);
    for (const passkey of ['text', [], {}, { ...answer, rawId: 'AA' }, { ...answer, response: {} }]) {
      const { challengeToken } = await startPasskey(stack.guest, 'Login');
      expect(codesOf(await loginWithPasskey(stack, challengeToken, passkey))).toEqual(['PASSKEY_INVALID']);
    }
  });

  it('does not sign in with an answer that came before, to its own challenge or to another', async () => {
    await registerPasskey(user, authenticator);
    const { challengeToken, options } = await startPasskey(stack.guest, 'Login');
    const answer = authenticator.get(options);
    expect(codesOf(await loginWithPasskey(stack, challengeToken, answer))).toEqual([]);
    expect(codesOf(await loginWithPasskey(stack, challengeToken, answer))).toEqual(['CHALLENGE_INVALID']);
    const other = await startPasskey(stack.guest, 'Login');
    expect(codesOf(await loginWithPasskey(stack, other.challengeToken, answer))).toEqual(['PASSKEY_INVALID']);
  });

  it('signs in once when the same answer comes twice at the same time', async () => {
    await registerPasskey(user, authenticator);
    const { challengeToken, options } = await startPasskey(stack.guest, 'Login');
    const answer = authenticator.get(options);
    const both = await Promise.all([1, 2].map(() => loginWithPasskey(stack, challengeToken, answer)));
    expect(both.map(codesOf).sort()).toEqual([[], ['CHALLENGE_INVALID']]);
  });

  it('does not sign in to a challenge that is too old, made up, or was answered wrongly', async () => {
    await registerPasskey(user, authenticator);
    const { challengeToken, options } = await startPasskey(stack.guest, 'Login');
    expect(codesOf(await loginWithPasskey(stack, challengeToken, {}))).toEqual(['PASSKEY_INVALID']);
    expect(codesOf(await loginWithPasskey(stack, challengeToken, authenticator.get(options)))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    expect(codesOf(await loginWithPasskey(stack, 'made up', authenticator.get(options)))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    const late = await startPasskey(stack.guest, 'Login');
    passTime(5 * minute);
    expect(codesOf(await loginWithPasskey(stack, late.challengeToken, authenticator.get(late.options)))).toEqual([
      'CHALLENGE_INVALID',
    ]);
  });

  it('whose counter went back is refused, for a copy of it must be about, and that is recorded', async () => {
    const { passkey } = await registerPasskey(user, authenticator);
    expect(codesOf(await signIn({ counter: 7 }))).toEqual([]);
    for (const counter of [7, 6, 0]) expect(codesOf(await signIn({ counter }))).toEqual(['PASSKEY_INVALID']);
    expect((await events(user, 'login')).filter(({ succeeded }) => !succeeded)).toEqual(
      Array(3).fill({
        succeeded: false,
        details: { methods: ['passkey'], passkeyId: passkey.id, reason: 'counter_regressed' },
      }),
    );
    expect(codesOf(await signIn({ counter: 8 }))).toEqual([]);
  });

  it('does not sign a suspended account in, nor a deleted one', async () => {
    await registerPasskey(user, authenticator);
    await stack.databases.query('auth', "UPDATE account SET status = 'SUSPENDED' WHERE id = $1", [user.userId]);
    const suspended = await signIn();
    expect([suspended.session, codesOf(suspended)]).toEqual([null, ['ACCOUNT_SUSPENDED']]);
    // As a registration that overlaps with the deletion might leave it.
    await stack.databases.query('auth', "UPDATE account SET status = 'DELETED' WHERE id = $1", [user.userId]);
    const deleted = await signIn();
    expect([deleted.session, codesOf(deleted)]).toEqual([null, ['PASSKEY_INVALID']]);
  });

  it('has another name when its owner says so, and nobody else', async () => {
    const { passkey } = await registerPasskey(user, authenticator);
    const rename = (client: TestClient, passkeyId: string, name: string) =>
      mutate(client, 'renamePasskey', { passkeyId, name }, 'passkey { id name } userErrors { code field }');
    expect(await rename(user, passkey.id, ' Ring ')).toEqual({
      passkey: { id: passkey.id, name: 'Ring' },
      userErrors: [],
    });
    expect(codesOf(await rename(user, passkey.id, ''))).toEqual(['NAME_INVALID']);
    const stranger = await stack.register();
    const notFound = { passkey: null, userErrors: [{ code: 'PASSKEY_NOT_FOUND', field: ['passkeyId'] }] };
    expect(await rename(stranger, passkey.id, 'Mine')).toEqual(notFound);
    expect(await rename(user, 'nonsense', 'Mine')).toEqual(notFound);
    expect(await passkeysOf(user)).toMatchObject([{ name: 'Ring' }]);
    expect(await events(user, 'passkey_renamed')).toHaveLength(1);
  });

  it('works no longer when its owner has removed it, and nobody else can', async () => {
    const { passkey } = await registerPasskey(user, authenticator);
    const remove = (client: TestClient, passkeyId: string) =>
      mutate(client, 'removePasskey', { passkeyId }, 'removedPasskeyId userErrors { code }');
    const stranger = await stack.register();
    expect(codesOf(await remove(stranger, passkey.id))).toEqual(['PASSKEY_NOT_FOUND']);
    const waiting = await challenge(stack, user);
    const answer = authenticator.get(waiting.passkeyOptions);
    expect(await remove(user, passkey.id)).toEqual({ removedPasskeyId: passkey.id, userErrors: [] });
    expect(codesOf(await completeLogin(stack, waiting.challengeToken, { passkey: answer }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    expect(codesOf(await remove(user, passkey.id))).toEqual(['PASSKEY_NOT_FOUND']);
    expect(codesOf(await signIn())).toEqual(['PASSKEY_INVALID']);
    expect(await login(stack, user)).toMatchObject({ user: { id: user.userId }, secondFactor: null });
    await waitForMail(stack, emailOf(user), /A passkey was removed/);
  });

  it('stays when nothing else would be left to sign in with', async () => {
    const { passkey } = await registerPasskey(user, authenticator);
    await stack.databases.query('auth', 'UPDATE account SET password_hash = NULL WHERE id = $1', [user.userId]);
    const remove = (passkeyId: string) => mutate(user, 'removePasskey', { passkeyId }, 'userErrors { code }');
    expect(codesOf(await remove(passkey.id))).toEqual(['LAST_SIGN_IN_METHOD']);
    expect(codesOf(await signIn())).toEqual([]);
    const other = await registerPasskey(user, new Authenticator());
    const both = await Promise.all([remove(passkey.id), remove(other.passkey.id)]);
    expect(both.map(codesOf).sort()).toEqual([[], ['LAST_SIGN_IN_METHOD']]);
  });
});
