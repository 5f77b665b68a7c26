import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Authenticator } from '../authenticator.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { waitForMail } from '../mails.ts';
import { codesOf, mutate } from '../mutations.ts';
import {
  challenge,
  completeLogin,
  confirmIdentity,
  emailOf,
  enrolTotp,
  inSession,
  login,
  mutateBare,
  passTime,
  readEvents,
  registerPasskey,
  sessionMethods,
  totpCode,
  wrongTotpCode,
} from './authenticator/flows.ts';

const minute = 60_000;

let stack: TestStack;
let user: TestClient;

beforeAll(async () => {
  stack = await startTestStack();
});

afterAll(() => stack?.stop());

beforeEach(async () => {
  // The clock stands still, so that a code is never of the next step by the time it arrives.
  passTime(0);
  user = await stack.register();
});

afterEach(() => {
  vi.useRealTimers();
});

const security = (client = user) =>
  client
    .run('{ viewer { security { totpEnabledAt recoveryCodesLeft passkeys { id } } } }')
    .then((viewer) => viewer.security);

const events = (client: TestClient, action: string) => readEvents(stack.databases, client, action);

describe('an authenticator app', () => {
  it('is turned on by its first code, and hands out ten recovery codes', async () => {
    expect(await security()).toEqual({ totpEnabledAt: null, recoveryCodesLeft: 0, passkeys: [] });
    const { challengeToken, secret, uri } = await mutateBare(user, 'startTotpEnrolment', 'challengeToken secret uri');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toBe(
      `otpauth://totp/Chorus:${user.username}?issuer=Chorus&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
    const input = { challengeToken, totpCode: totpCode(secret) };
    const enabled = await mutate(user, 'enableTotp', input, 'recoveryCodes user { id } userErrors { code }');
    expect(enabled).toMatchObject({ user: { id: user.userId }, userErrors: [] });
    expect(new Set(enabled.recoveryCodes).size).toBe(10);
    expect(enabled.recoveryCodes).toEqual(
      enabled.recoveryCodes.map(() => expect.stringMatching(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/)),
    );
    expect(await security()).toMatchObject({ totpEnabledAt: new Date().toISOString(), recoveryCodesLeft: 10 });
    expect((await waitForMail(stack, emailOf(user), /authenticator app was turned on/)).text).toContain(user.username);
  });

  it('is wanted at the next sign-in, which gives nothing before its code', async () => {
    const { secret } = await enrolTotp(user);
    const begun = await login(stack, user);
    expect(begun).toMatchObject({ session: null, user: null, userErrors: [] });
    expect(begun.secondFactor).toEqual({
      challengeToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: new Date(Date.now() + 5 * minute).toISOString(),
      methods: ['TOTP', 'RECOVERY_CODE'],
      passkeyOptions: null,
    });
    const token = begun.secondFactor.challengeToken;
    const refused = await stack.guest.send('{ viewer { id } }', {}, { authorization: `Bearer ${token}` });
    expect(refused.status).toBe(401);
    expect(
      codesOf(await mutate(stack.guest, 'refreshSession', { refreshToken: token }, 'userErrors { code }')),
    ).toEqual(['REFRESH_TOKEN_INVALID']);
    const done = await completeLogin(stack, token, { totpCode: totpCode(secret, 1) });
    expect(done).toMatchObject({ user: { id: user.userId }, secondFactor: null, userErrors: [] });
    expect(await sessionMethods(inSession(stack, user, done))).toEqual(['password', 'totp']);
    expect(await events(user, 'second_factor')).toEqual([
      { succeeded: true, actorId: user.userId, details: { method: 'totp' } },
    ]);
  });

  it('keeps its secret and its recovery codes out of the database', async () => {
    const { secret, recoveryCodes } = await enrolTotp(user);
    const [totp] = await stack.databases.query<{ encrypted_secret: Buffer }>(
      'auth',
      'SELECT encrypted_secret FROM totp WHERE account_id = $1',
      [user.userId],
    );
    expect(totp?.encrypted_secret.toString('latin1')).not.toContain(secret);
    const hashes = await stack.databases.query<{ hash: Buffer }>(
      'auth',
      'SELECT hash FROM recovery_code WHERE account_id = $1',
      [user.userId],
    );
    const stored = hashes.map(({ hash }) => hash.toString('latin1')).join();
    expect(recoveryCodes.filter((code) => stored.includes(code))).toEqual([]);
    expect(hashes.every(({ hash }) => hash.length === 32)).toBe(true);
    const pending = await stack.databases.query('auth', "SELECT 1 FROM ticket WHERE purpose = 'TOTP_ENROLMENT'");
    expect(pending).toEqual([]);
  });

  it('does not take a code twice, nor one older than the last, nor the one that turned it on', async () => {
    const { secret } = await enrolTotp(user);
    const answer = async (code: string) =>
      codesOf(await completeLogin(stack, (await challenge(stack, user)).challengeToken, { totpCode: code }));
    expect(await answer(totpCode(secret))).toEqual(['SECOND_FACTOR_INVALID']);
    const next = totpCode(secret, 1);
    expect(await answer(next)).toEqual([]);
    expect(await answer(next)).toEqual(['SECOND_FACTOR_INVALID']);
    passTime(minute);
    expect(await answer(next)).toEqual(['SECOND_FACTOR_INVALID']);
    expect(await answer(totpCode(secret, 1))).toEqual([]);
    expect(await answer(totpCode(secret))).toEqual(['SECOND_FACTOR_INVALID']);
  });

  it('takes a code with a space in it, and of a clock that is one step off, but not two', async () => {
    const { secret } = await enrolTotp(user);
    const answer = async (code: string) =>
      codesOf(await completeLogin(stack, (await challenge(stack, user)).challengeToken, { totpCode: code }));
    passTime(10 * minute);
    expect(await answer(totpCode(secret, -2))).toEqual(['SECOND_FACTOR_INVALID']);
    expect(await answer(totpCode(secret, 2))).toEqual(['SECOND_FACTOR_INVALID']);
    expect(await answer(totpCode(secret, -1))).toEqual([]);
    expect(await answer(totpCode(secret, 1).replace(/^.../, '$& '))).toEqual([]);
    for (const nonsense of ['', '12345', '1234567', '12345６', 'abcdef', '0x1234', '-12345'])
      expect([nonsense, await answer(nonsense)]).toEqual([nonsense, ['SECOND_FACTOR_INVALID']]);
  });

  it('lets one of two in that come with one code at the same time', async () => {
    const { secret } = await enrolTotp(user);
    const challenges = await Promise.all([challenge(stack, user), challenge(stack, user)]);
    const code = totpCode(secret, 1);
    const done = await Promise.all(
      challenges.map(({ challengeToken }) => completeLogin(stack, challengeToken, { totpCode: code })),
    );
    expect(done.map(codesOf).sort()).toEqual([[], ['SECOND_FACTOR_INVALID']]);
    expect(done.filter(({ session }) => session !== null)).toHaveLength(1);
  });

  it('is not turned on by a wrong code, by somebody else, or too late', async () => {
    const start = () => mutateBare(user, 'startTotpEnrolment', 'challengeToken secret userErrors { code }');
    const enable = async (client: TestClient, challengeToken: string, code: string) =>
      codesOf(await mutate(client, 'enableTotp', { challengeToken, totpCode: code }, 'userErrors { code }'));
    const first = await start();
    expect(await enable(user, first.challengeToken, wrongTotpCode(first.secret))).toEqual(['SECOND_FACTOR_INVALID']);
    const stranger = await stack.register();
    expect(await enable(stranger, first.challengeToken, totpCode(first.secret))).toEqual(['CHALLENGE_INVALID']);
    expect(await enable(user, 'nonsense', totpCode(first.secret))).toEqual(['CHALLENGE_INVALID']);
    const second = await start();
    expect(await enable(user, first.challengeToken, totpCode(first.secret))).toEqual(['CHALLENGE_INVALID']);
    passTime(15 * minute - 1_000);
    await confirmIdentity(user, { password: `the password of ${user.username}` });
    passTime(1_000);
    const { session } = await login(stack, user);
    user.accessToken = session.accessToken;
    expect(await enable(user, second.challengeToken, totpCode(second.secret))).toEqual(['CHALLENGE_INVALID']);
    expect((await security()).totpEnabledAt).toBeNull();
  });

  it('is turned on once, even by two codes at the same time', async () => {
    const { challengeToken, secret } = await mutateBare(user, 'startTotpEnrolment', 'challengeToken secret');
    const enable = () =>
      mutate(user, 'enableTotp', { challengeToken, totpCode: totpCode(secret) }, 'recoveryCodes userErrors { code }');
    const both = await Promise.all([enable(), enable()]);
    expect(both.map(codesOf).sort()).toEqual([[], ['CHALLENGE_INVALID']]);
    expect((await security()).recoveryCodesLeft).toBe(10);
    expect(codesOf(await mutateBare(user, 'startTotpEnrolment', 'secret userErrors { code }'))).toEqual([
      'TOTP_ALREADY_ENABLED',
    ]);
  });

  it('is turned off with its recovery codes, ends what waits for it, and tells the owner', async () => {
    const { secret, recoveryCodes } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    expect(codesOf(await mutateBare(user, 'disableTotp', 'user { id } userErrors { code }'))).toEqual([]);
    expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    expect(codesOf(await completeLogin(stack, challengeToken, { recoveryCode: recoveryCodes[0] }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    expect(await login(stack, user)).toMatchObject({ user: { id: user.userId }, secondFactor: null });
    expect(await security()).toEqual({ totpEnabledAt: null, recoveryCodesLeft: 0, passkeys: [] });
    expect(codesOf(await mutateBare(user, 'disableTotp', 'userErrors { code }'))).toEqual(['TOTP_NOT_ENABLED']);
    await waitForMail(stack, emailOf(user), /authenticator app was turned off/);
    expect(await events(user, 'totp_disabled')).toHaveLength(1);
  });

  it('answers with a code to a sign-in that ends while it is turned off', async () => {
    const { secret } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    const [done, disabled] = await Promise.all([
      completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) }),
      mutateBare(user, 'disableTotp', 'userErrors { code }'),
    ]);
    expect(codesOf(disabled)).toEqual([]);
    expect([[], ['CHALLENGE_INVALID'], ['SECOND_FACTOR_INVALID']]).toContainEqual(codesOf(done));
  });
});

describe('recovery codes', () => {
  it('stand in for the second factor once each, however they are typed, and tell the owner', async () => {
    const { recoveryCodes } = await enrolTotp(user);
    const [code = ''] = recoveryCodes;
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    const first = await challenge(stack, user);
    const done = await completeLogin(stack, first.challengeToken, { recoveryCode: typed });
    expect(codesOf(done)).toEqual([]);
    expect(await sessionMethods(inSession(stack, user, done))).toEqual(['password', 'recovery_code']);
    expect((await security()).recoveryCodesLeft).toBe(9);
    await waitForMail(stack, emailOf(user), /recovery code was used to sign in; 9 are left/);
    expect(await events(user, 'recovery_code_used')).toEqual([
      { succeeded: true, actorId: user.userId, details: { left: 9 } },
    ]);
    const second = await challenge(stack, user);
    expect(codesOf(await completeLogin(stack, second.challengeToken, { recoveryCode: code }))).toEqual([
      'SECOND_FACTOR_INVALID',
    ]);
  });

  it('let one of two in that come with the same one at the same time', async () => {
    const { recoveryCodes } = await enrolTotp(user);
    const challenges = await Promise.all([challenge(stack, user), challenge(stack, user)]);
    const done = await Promise.all(
      challenges.map(({ challengeToken }) => completeLogin(stack, challengeToken, { recoveryCode: recoveryCodes[0] })),
    );
    expect(done.map(codesOf).sort()).toEqual([[], ['SECOND_FACTOR_INVALID']]);
  });

  it('work for nobody but their owner', async () => {
    const { recoveryCodes } = await enrolTotp(user);
    const other = await stack.register();
    await enrolTotp(other);
    const { challengeToken } = await challenge(stack, other);
    expect(codesOf(await completeLogin(stack, challengeToken, { recoveryCode: recoveryCodes[0] }))).toEqual([
      'SECOND_FACTOR_INVALID',
    ]);
  });

  it('end when new ones are made', async () => {
    const { recoveryCodes } = await enrolTotp(user);
    const made = await mutateBare(user, 'regenerateRecoveryCodes', 'recoveryCodes userErrors { code }');
    expect(made.recoveryCodes).toHaveLength(10);
    expect(made.recoveryCodes.filter((code: string) => recoveryCodes.includes(code))).toEqual([]);
    const answer = async (recoveryCode: string | undefined) =>
      codesOf(await completeLogin(stack, (await challenge(stack, user)).challengeToken, { recoveryCode }));
    expect(await answer(recoveryCodes[0])).toEqual(['SECOND_FACTOR_INVALID']);
    expect(await answer(made.recoveryCodes[0])).toEqual([]);
    await waitForMail(stack, emailOf(user), /New recovery codes were made/);
  });

  it('are ten after two came to make new ones at the same time', async () => {
    await enrolTotp(user);
    const make = () => mutateBare(user, 'regenerateRecoveryCodes', 'recoveryCodes userErrors { code }');
    const both = await Promise.all([make(), make()]);
    expect(both.map(codesOf)).toEqual([[], []]);
    expect((await security()).recoveryCodesLeft).toBe(10);
  });

  it('are not made without a second factor', async () => {
    expect(codesOf(await mutateBare(user, 'regenerateRecoveryCodes', 'recoveryCodes userErrors { code }'))).toEqual([
      'NO_SECOND_FACTOR',
    ]);
  });

  it('come with the first second factor alone, and stay until the last one goes', async () => {
    await enrolTotp(user);
    const { passkey, recoveryCodes } = await registerPasskey(user, new Authenticator());
    expect(recoveryCodes).toBeNull();
    await mutateBare(user, 'disableTotp', 'userErrors { code }');
    expect(await security()).toMatchObject({ totpEnabledAt: null, recoveryCodesLeft: 10 });
    await mutate(user, 'removePasskey', { passkeyId: passkey.id }, 'userErrors { code }');
    expect(await security()).toEqual({ totpEnabledAt: null, recoveryCodesLeft: 0, passkeys: [] });
  });

  it('are made once when two second factors are the first at the same time', async () => {
    const { challengeToken, secret } = await mutateBare(user, 'startTotpEnrolment', 'challengeToken secret');
    const input = { challengeToken, totpCode: totpCode(secret) };
    const [totp, passkey] = await Promise.all([
      mutate(user, 'enableTotp', input, 'recoveryCodes userErrors { code }'),
      registerPasskey(user, new Authenticator()),
    ]);
    expect([...codesOf(totp), ...codesOf(passkey)]).toEqual([]);
    expect([totp, passkey].filter(({ recoveryCodes }) => recoveryCodes !== null)).toHaveLength(1);
    expect((await security()).recoveryCodesLeft).toBe(10);
  });
});
