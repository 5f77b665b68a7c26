import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Authenticator } from '../../authenticator.ts';
import type { TestClient } from '../../client.ts';
import { startTestStack, type TestStack } from '../../harness.ts';
import { codeIn, waitForMail } from '../../mails.ts';
import { codesOf, mutate } from '../../mutations.ts';
import {
  challenge,
  completeLogin,
  confirmIdentity,
  emailOf,
  enrolTotp,
  login,
  mutateBare,
  passTime,
  readEvents,
  registerPasskey,
  totpCode,
  wrongTotpCode,
} from './flows.ts';

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

describe('a challenge for a second factor', () => {
  it('ends with five wrong answers, and a right one after them is not taken', async () => {
    const { secret } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: wrongTotpCode(secret) }))).toEqual([
        'SECOND_FACTOR_INVALID',
      ]);
    }
    expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    expect(await events(user, 'second_factor')).toEqual(
      Array(5).fill({ succeeded: false, actorId: null, details: { method: 'totp' } }),
    );
    const again = await challenge(stack, user);
    expect(codesOf(await completeLogin(stack, again.challengeToken, { totpCode: totpCode(secret, 1) }))).toEqual([]);
  });

  it('takes five answers when many come at the same time', async () => {
    const { secret } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    const wrong = Array.from({ length: 12 }, () => completeLogin(stack, challengeToken, { recoveryCode: 'nonsense' }));
    const codes = (await Promise.all(wrong)).flatMap(codesOf);
    expect(codes.filter((code) => code === 'SECOND_FACTOR_INVALID')).toHaveLength(5);
    expect(codes.filter((code) => code === 'CHALLENGE_INVALID')).toHaveLength(7);
    expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
  });

  it('takes exactly one answer', async () => {
    const { secret, recoveryCodes } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    const code = totpCode(secret, 1);
    const recoveryCode = recoveryCodes[0];
    for (const answer of [{}, { totpCode: code, recoveryCode }, { totpCode: code, passkey: {} }, { totpCode: null }]) {
      expect(codesOf(await completeLogin(stack, challengeToken, answer))).toEqual(['ONE_PROOF_REQUIRED']);
    }
    expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: code }))).toEqual([]);
  });

  it('is answered once, within five minutes, and is not made up', async () => {
    const { secret } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    expect(codesOf(await completeLogin(stack, 'made up', { totpCode: totpCode(secret, 1) }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) }))).toEqual([]);
    passTime(minute);
    expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: totpCode(secret) }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    const late = await challenge(stack, user);
    passTime(5 * minute);
    expect(codesOf(await completeLogin(stack, late.challengeToken, { totpCode: totpCode(secret) }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
  });

  it('gives one session to two right answers at the same time, and uses one of them up', async () => {
    const { recoveryCodes } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    const done = await Promise.all(
      recoveryCodes.slice(0, 2).map((recoveryCode) => completeLogin(stack, challengeToken, { recoveryCode })),
    );
    expect(done.map(codesOf).sort()).toEqual([[], ['CHALLENGE_INVALID']]);
    expect((await security()).recoveryCodesLeft).toBe(9);
  });

  it('does not let a suspended account in, nor a deleted one', async () => {
    const { secret } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    await stack.databases.query('auth', "UPDATE account SET status = 'SUSPENDED' WHERE id = $1", [user.userId]);
    const refused = await completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) });
    expect([refused.session, codesOf(refused)]).toEqual([null, ['ACCOUNT_SUSPENDED']]);
    await stack.databases.query('auth', "UPDATE account SET status = 'ACTIVE' WHERE id = $1", [user.userId]);
    const other = await challenge(stack, user);
    expect(codesOf(await mutateBare(user, 'deleteAccount', 'userErrors { code }'))).toEqual([]);
    passTime(minute);
    expect(codesOf(await completeLogin(stack, other.challengeToken, { totpCode: totpCode(secret) }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
  });

  it('is wanted after a password reset as before it, which signs nobody in', async () => {
    const { secret } = await enrolTotp(user);
    const { challengeToken } = await challenge(stack, user);
    await mutate(stack.guest, 'requestPasswordReset', { email: emailOf(user) }, 'userErrors { code }');
    const code = codeIn(await waitForMail(stack, emailOf(user), /new password/));
    const newPassword = `another password of ${user.userId}`;
    expect(codesOf(await mutate(stack.guest, 'resetPassword', { code, newPassword }, 'userErrors { code }'))).toEqual(
      [],
    );
    expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) }))).toEqual([
      'CHALLENGE_INVALID',
    ]);
    const begun = await login(stack, user, newPassword);
    expect([begun.session, begun.secondFactor.methods]).toEqual([null, ['TOTP', 'RECOVERY_CODE']]);
  });
});

describe('guessing at the codes of an authenticator app', () => {
  const forgetAddresses = () =>
    stack.databases.query('auth', 'DELETE FROM known_address WHERE account_id = $1', [user.userId]);

  /** Wrong codes, each to a challenge of its own, until one has to wait. */
  async function guessUntilRefused(secret: string): Promise<number> {
    for (let guesses = 0; guesses < 30; guesses += 1) {
      const { challengeToken } = await challenge(stack, user);
      const [code] = codesOf(await completeLogin(stack, challengeToken, { totpCode: wrongTotpCode(secret) }));
      if (code === 'TOO_MANY_ATTEMPTS') return guesses;
      expect(code).toBe('SECOND_FACTOR_INVALID');
    }
    throw new Error('Nobody was kept from guessing.');
  }

  it('is slowed down over any number of challenges, for strangers sooner than where the owner has been', async () => {
    const { secret } = await enrolTotp(user);
    await forgetAddresses();
    expect(await guessUntilRefused(secret)).toBe(5);
    passTime(3_000);
    expect(await guessUntilRefused(secret)).toBe(1);
    passTime(3_000);
    expect(await guessUntilRefused(secret)).toBe(0);
    passTime(2_000);
    expect(await guessUntilRefused(secret)).toBe(1);
  });

  it('does not shut the owner out who has a recovery code or a passkey', async () => {
    const authenticator = new Authenticator();
    const { secret, recoveryCodes } = await enrolTotp(user);
    await registerPasskey(user, authenticator);
    await forgetAddresses();
    await guessUntilRefused(secret);
    const { challengeToken, passkeyOptions } = await challenge(stack, user);
    const refused = await completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) });
    expect(codesOf(refused)).toEqual(['TOO_MANY_ATTEMPTS']);
    const passkey = authenticator.get(passkeyOptions);
    expect(codesOf(await completeLogin(stack, challengeToken, { passkey }))).toEqual([]);
    await forgetAddresses();
    const other = await challenge(stack, user);
    const recoveryCode = recoveryCodes[0];
    expect(codesOf(await completeLogin(stack, other.challengeToken, { recoveryCode }))).toEqual([]);
  });

  it('does not shut the owner out with a code where they have signed in before, and their code is not counted', async () => {
    const { secret } = await enrolTotp(user);
    const known = await stack.databases.query<{ hash: Buffer }>(
      'auth',
      'SELECT hash FROM known_address WHERE account_id = $1',
      [user.userId],
    );
    await forgetAddresses();
    await guessUntilRefused(secret);
    await stack.databases.query('auth', 'INSERT INTO known_address VALUES ($1, $2, now())', [
      user.userId,
      known[0]?.hash,
    ]);
    const { challengeToken } = await challenge(stack, user);
    expect(codesOf(await completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) }))).toEqual([]);
    expect(await guessUntilRefused(secret)).toBe(10);
  });

  it('is one count for signing in and for confirming', async () => {
    const { secret } = await enrolTotp(user);
    await guessUntilRefused(secret);
    expect(codesOf(await confirmIdentity(user, { totpCode: totpCode(secret, 1) }))).toEqual(['TOO_MANY_ATTEMPTS']);
  });
});
