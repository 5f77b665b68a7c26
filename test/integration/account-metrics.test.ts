import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount, registerAdministrator } from '../administrators.ts';
import { shutForLong } from '../guessing.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';
import { challenge, completeLogin, enrolTotp, login, totpCode } from './authenticator/flows.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack({
    environment: { REFRESH_TOKEN_REUSE_SECONDS: '0', HASHING_CONCURRENCY: '1' },
  });
});

afterAll(() => stack?.stop());

/** The value of a metric of auth; 0 for one that has not been counted yet. */
async function read(name: string, labels: Record<string, string> = {}): Promise<number> {
  const text = await (await fetch(new URL('/metrics', stack.subgraphs.auth.url))).text();
  const wanted = Object.entries({ ...labels, service: 'auth' }).map(([label, value]) => `${label}="${value}"`);
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
  const line = lines.find((each) => wanted.every((label) => each.includes(label)));
  return Number(line?.split(' ').at(-1) ?? 0);
}

/** By how much a metric grows while `work` runs. */
async function growth(name: string, labels: Record<string, string>, work: () => Promise<unknown>): Promise<number> {
  const before = await read(name, labels);
  await work();
  return (await read(name, labels)) - before;
}

describe('the metrics of accounts', () => {
  it('count registrations, and not those that fail', async () => {
    const registrations = (work: () => Promise<unknown>) =>
      growth('chorus_registrations_total', { method: 'password' }, work);
    expect(await registrations(() => stack.register())).toBe(1);
    const { username } = await stack.register();
    const input = { username, email: `${username}@example.org`, password: 'a password for one more' };
    expect(await registrations(() => mutate(stack.guest, 'register', input))).toBe(0);
  });

  describe('count attempts to sign in', () => {
    const logins = (result: string, work: () => Promise<unknown>, method = 'password') =>
      growth('chorus_logins_total', { method, result }, work);

    it('that succeed', async () => {
      const person = await stack.register();
      expect(await logins('success', () => login(stack, person))).toBe(1);
    });

    it('that fail, whether or not there is such an account', async () => {
      const person = await stack.register();
      expect(await logins('failure', () => login(stack, person, 'a wrong password'))).toBe(1);
      const stranger = { login: 'nobody_at_all', password: 'a password of nobody' };
      expect(await logins('failure', () => mutate(stack.guest, 'login', stranger))).toBe(1);
    });

    it('that are slowed down', async () => {
      const person = await stack.register();
      const guess = async () => codesOf(await login(stack, person, 'a wrong password'))[0];
      await shutForLong(5, guess);
      expect(await logins('throttled', async () => expect(await guess()).toBe('TOO_MANY_ATTEMPTS'))).toBe(1);
    });

    it('that want a second factor, and those that give it', async () => {
      const person = await stack.register();
      const { secret } = await enrolTotp(person);
      expect(await logins('second_factor_wanted', () => challenge(stack, person))).toBe(1);
      const { challengeToken } = await challenge(stack, person);
      const complete = () => completeLogin(stack, challengeToken, { totpCode: totpCode(secret, 1) });
      expect(await logins('success', complete, 'password+totp')).toBe(1);
    });

    it('to accounts that are suspended', async () => {
      const admin = await registerAdministrator(stack);
      const person = await stack.register();
      await changeAccount(admin, 'suspendAccount', { accountId: person.userId, reason: 'A reason' });
      expect(await logins('suspended', () => login(stack, person))).toBe(1);
    });
  });

  it('count exchanges of refresh tokens by what became of them', async () => {
    const person = await stack.register();
    const refreshes = (result: string, refreshToken: string | null) =>
      growth('chorus_session_refreshes_total', { result }, () =>
        mutate(stack.guest, 'refreshSession', { refreshToken }),
      );
    expect(await refreshes('exchanged', person.refreshToken)).toBe(1);
    expect(await refreshes('reused', person.refreshToken)).toBe(1);
    expect(await refreshes('invalid', 'nonsense')).toBe(1);
  });

  it('show how many sessions can be used', async () => {
    const active = (work: () => Promise<unknown>) => growth('chorus_active_sessions', {}, work);
    const person = await stack.register();
    expect(await active(() => stack.register())).toBe(1);
    expect(await active(() => person.run('mutation { logout { user { id } } }'))).toBe(-1);
    const other = await stack.register();
    const expire = 'UPDATE session SET expires_at = now() WHERE account_id = $1';
    expect(await active(() => stack.databases.query('auth', expire, [other.userId]))).toBe(-1);
  });

  it('show how many passwords wait to be hashed', async () => {
    expect(await read('chorus_hashing_queue_length')).toBe(0);
    const waiting = Promise.all(Array.from({ length: 40 }, () => stack.register()));
    let longest = 0;
    let phase: 'registering' | 'registered' = 'registering';
    const registered = waiting.then(() => {
      phase = 'registered';
    });
    while (phase === 'registering') longest = Math.max(longest, await read('chorus_hashing_queue_length'));
    await registered;
    expect(longest).toBeGreaterThan(0);
    expect(await read('chorus_hashing_queue_length')).toBe(0);
  });
});

describe('counting the sessions that can be used', () => {
  it('reads no session that has ended', async () => {
    const { userId } = await stack.register();
    await stack.databases.query(
      'auth',
      `INSERT INTO session (id, account_id, created_at, expires_at, revoked_at, last_used_at, authenticated_at, methods,
                            rotated_at)
       SELECT gen_random_uuid(), account_id, created_at, expires_at, now(), last_used_at, authenticated_at, methods, rotated_at
       FROM session, generate_series(1, 20000) WHERE account_id = $1`,
      [userId],
    );
    await stack.databases.query('auth', 'ANALYZE session');
    const plan = await stack.databases.query(
      'auth',
      'EXPLAIN SELECT count(*) FROM session WHERE revoked_at IS NULL AND expires_at > now()',
    );
    expect(JSON.stringify(plan)).toContain('session_live_idx');
  });
});
