import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AssertionQuirks, Authenticator } from '../../authenticator.ts';
import type { TestClient } from '../../client.ts';
import { startTestStack, type TestStack } from '../../harness.ts';
import { codesOf, mutate } from '../../mutations.ts';
import {
  confirmIdentity,
  enrolTotp,
  inSession,
  login,
  mutateBare,
  passTime,
  readEvents,
  registerPasskey,
  startPasskey,
  totpCode,
  wrongTotpCode,
} from './flows.ts';

const minute = 60_000;

let stack: TestStack;
let user: TestClient;
let authenticator: Authenticator;

beforeAll(async () => {
  stack = await startTestStack();
});

afterAll(() => stack?.stop());

beforeEach(async () => {
  // The clock stands still, so that a code is never of the next step by the time it arrives.
  passTime(0);
  user = await stack.register();
  authenticator = new Authenticator();
});

afterEach(() => {
  vi.useRealTimers();
});

const events = (client: TestClient, action: string) => readEvents(stack.databases, client, action);

describe('a recent authentication', () => {
  const sensitive: [string, () => Promise<string[]>][] = [
    ['startTotpEnrolment', async () => codesOf(await mutateBare(user, 'startTotpEnrolment', 'userErrors { code }'))],
    ['disableTotp', async () => codesOf(await mutateBare(user, 'disableTotp', 'userErrors { code }'))],
    [
      'regenerateRecoveryCodes',
      async () => codesOf(await mutateBare(user, 'regenerateRecoveryCodes', 'userErrors { code }')),
    ],
    [
      'startPasskeyRegistration',
      async () => codesOf(await mutateBare(user, 'startPasskeyRegistration', 'userErrors { code }')),
    ],
    [
      'removePasskey',
      async () => codesOf(await mutate(user, 'removePasskey', { passkeyId: 'none' }, 'userErrors { code }')),
    ],
  ];

  it.each(sensitive)('is wanted for %s when ten minutes have passed', async (_name, attempt) => {
    passTime(10 * minute - 1);
    expect(await attempt()).not.toContain('RECENT_AUTHENTICATION_REQUIRED');
    passTime(1);
    expect(await attempt()).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
  });

  const password = () => `the password of ${user.username}`;
  const isOpen = async () =>
    !codesOf(await mutateBare(user, 'regenerateRecoveryCodes', 'userErrors { code }')).includes(
      'RECENT_AUTHENTICATION_REQUIRED',
    );

  it('is given by the password of an account without a second factor, for ten minutes', async () => {
    passTime(11 * minute);
    expect(await isOpen()).toBe(false);
    const confirmed = await confirmIdentity(user, { password: password() });
    expect(confirmed).toEqual({
      confirmedUntil: new Date(Date.now() + 10 * minute).toISOString(),
      userErrors: [],
    });
    expect(await isOpen()).toBe(true);
    expect(await events(user, 'identity_confirmed')).toEqual([
      { succeeded: true, actorId: user.userId, details: { method: 'password' } },
    ]);
  });

  it('is not given by the password alone where there is a second factor, but by its code', async () => {
    const { secret } = await enrolTotp(user);
    passTime(4 * minute);
    const refused = await confirmIdentity(user, { password: password() });
    expect(refused.confirmedUntil).toBeNull();
    expect(refused.userErrors).toEqual([
      { code: 'SECOND_FACTOR_INVALID', field: ['password'], message: expect.stringContaining('not enough') },
    ]);
    passTime(6 * minute);
    expect(await isOpen()).toBe(false);
    expect(codesOf(await confirmIdentity(user, { totpCode: totpCode(secret) }))).toEqual([]);
    expect(await isOpen()).toBe(true);
  });

  it('is not given by a change of the password where there is a second factor', async () => {
    const other = await stack.register();
    await enrolTotp(other);
    passTime(11 * minute);
    const change = (client: TestClient) => {
      const input = { currentPassword: `the password of ${client.username}`, newPassword: 'quite another secret' };
      return mutate(client, 'changePassword', input, 'userErrors { code field }');
    };
    const attempt = (client: TestClient) => mutateBare(client, 'startTotpEnrolment', 'userErrors { code }');
    expect(codesOf(await change(other))).toEqual([]);
    expect(codesOf(await attempt(other))).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
    expect(codesOf(await change(user))).toEqual([]);
    expect(codesOf(await attempt(user))).toEqual([]);
  });

  it('lasts ten minutes from the proof, not from the sign-in', async () => {
    passTime(4 * minute);
    await confirmIdentity(user, { password: password() });
    passTime(10 * minute - 1);
    expect(await isOpen()).toBe(true);
    passTime(1);
    expect(await isOpen()).toBe(false);
  });

  it('is given to the session that proves it and to no other', async () => {
    const other = inSession(stack, user, await login(stack, user));
    passTime(11 * minute);
    await confirmIdentity(other, { password: password() });
    expect(await isOpen()).toBe(false);
  });

  it('is not given by a wrong proof, and the failure is recorded', async () => {
    const refused = await confirmIdentity(user, { password: 'not the password' });
    expect(refused.userErrors).toMatchObject([{ code: 'CREDENTIALS_INVALID', field: ['password'] }]);
    const { secret } = await enrolTotp(user);
    expect(codesOf(await confirmIdentity(user, { totpCode: wrongTotpCode(secret) }))).toEqual([
      'SECOND_FACTOR_INVALID',
    ]);
    expect(codesOf(await confirmIdentity(user, { totpCode: totpCode(secret) }))).toEqual(['SECOND_FACTOR_INVALID']);
    expect((await events(user, 'identity_confirmed')).map(({ succeeded, details }) => [succeeded, details])).toEqual([
      [false, { method: 'password' }],
      [false, { method: 'totp' }],
      [false, { method: 'totp' }],
    ]);
    const stranger = await stack.register();
    expect(codesOf(await confirmIdentity(stranger, { totpCode: '123456' }))).toEqual(['SECOND_FACTOR_INVALID']);
  });

  it('takes exactly one proof', async () => {
    const proofs = [
      {},
      { password: password(), totpCode: '123456' },
      { passkey: {} },
      { challengeToken: 'one' },
      { password: password(), passkey: {}, challengeToken: 'one' },
    ];
    for (const proof of proofs) expect(codesOf(await confirmIdentity(user, proof))).toEqual(['ONE_PROOF_REQUIRED']);
  });

  it('is guessed at ever more slowly', async () => {
    const codes: string[] = [];
    for (let guesses = 0; guesses < 7; guesses += 1) {
      codes.push(...codesOf(await confirmIdentity(user, { password: `guess ${guesses}` })));
    }
    expect(codes).toEqual([...Array(5).fill('CREDENTIALS_INVALID'), 'TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
    expect(codesOf(await confirmIdentity(user, { password: password() }))).toEqual(['TOO_MANY_ATTEMPTS']);
    passTime(3_000);
    expect(codesOf(await confirmIdentity(user, { password: password() }))).toEqual([]);
  });

  it('is not given to an account without a password by one', async () => {
    await stack.databases.query('auth', 'UPDATE account SET password_hash = NULL WHERE id = $1', [user.userId]);
    expect(codesOf(await confirmIdentity(user, { password: password() }))).toEqual(['PASSWORD_NOT_SET']);
  });

  it('is not given to a session that has ended, nor to somebody signed out', async () => {
    await stack.databases.query('auth', 'UPDATE session SET revoked_at = now() WHERE account_id = $1', [user.userId]);
    for (const client of [user, stack.guest]) {
      const answer = await client.send(
        'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { confirmedUntil } }',
        { input: { password: password() } },
      );
      expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });
});

describe('confirming one’s identity with a passkey', () => {
  it('opens sensitive changes, once for each challenge', async () => {
    const { passkey } = await registerPasskey(user, authenticator);
    passTime(11 * minute);
    expect(codesOf(await mutateBare(user, 'regenerateRecoveryCodes', 'userErrors { code }'))).toEqual([
      'RECENT_AUTHENTICATION_REQUIRED',
    ]);
    const { challengeToken, options } = await startPasskey(user, 'Confirmation');
    expect(options.allowCredentials).toHaveLength(1);
    const proof = { passkey: authenticator.get(options), challengeToken };
    expect(await confirmIdentity(user, proof)).toEqual({
      confirmedUntil: new Date(Date.now() + 10 * minute).toISOString(),
      userErrors: [],
    });
    expect(codesOf(await mutateBare(user, 'regenerateRecoveryCodes', 'userErrors { code }'))).toEqual([]);
    expect(codesOf(await confirmIdentity(user, proof))).toEqual(['CHALLENGE_INVALID']);
    expect(await events(user, 'identity_confirmed')).toEqual([
      { succeeded: true, actorId: user.userId, details: { method: 'passkey', passkeyId: passkey.id } },
    ]);
  });

  it('is the only way besides a code: the password is not enough for an account with a passkey', async () => {
    await registerPasskey(user, authenticator);
    const password = `the password of ${user.username}`;
    expect(codesOf(await confirmIdentity(user, { password }))).toEqual(['SECOND_FACTOR_INVALID']);
  });

  it('takes no wrong answer, no other challenge and nobody else’s passkey', async () => {
    await registerPasskey(user, authenticator);
    const confirm = async (quirks: AssertionQuirks) => {
      const { challengeToken, options } = await startPasskey(user, 'Confirmation');
      return codesOf(await confirmIdentity(user, { passkey: authenticator.get(options, quirks), challengeToken }));
    };
    expect(await confirm({ origin: 'https://example.org' })).toEqual(['PASSKEY_INVALID']);
    expect(await confirm({ isVerified: false })).toEqual(['PASSKEY_INVALID']);
    expect(await confirm({ isForged: true })).toEqual(['PASSKEY_INVALID']);
    const alone = await startPasskey(stack.guest, 'Login');
    const forLogin = { passkey: authenticator.get(alone.options), challengeToken: alone.challengeToken };
    expect(codesOf(await confirmIdentity(user, forLogin))).toEqual(['CHALLENGE_INVALID']);
    const other = await stack.register();
    const others = new Authenticator();
    await registerPasskey(other, others);
    const theirs = await startPasskey(other, 'Confirmation');
    const stolen = { passkey: others.get(theirs.options), challengeToken: theirs.challengeToken };
    expect(codesOf(await confirmIdentity(user, stolen))).toEqual(['CHALLENGE_INVALID']);
    const mine = await startPasskey(user, 'Confirmation');
    const credential = others.credentials[0] as (typeof others.credentials)[0];
    const mixed = { passkey: others.prove(credential, mine.options), challengeToken: mine.challengeToken };
    expect(codesOf(await confirmIdentity(user, mixed))).toEqual(['PASSKEY_INVALID']);
  });

  it('does not begin for an account without one', async () => {
    expect(codesOf(await startPasskey(user, 'Confirmation'))).toEqual(['PASSKEY_NOT_FOUND']);
  });
});
