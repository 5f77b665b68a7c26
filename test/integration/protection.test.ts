import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { clientHeader, signClientInfo, unknownClient } from '../../platform/client-info.ts';
import type { Answer, TestClient } from '../client.ts';
import { expectSlowedDown, guessUntilSlowedDown, shutForLong } from '../guessing.ts';
import { describeEachEngine, startTestStack, type TestStack, testEnvironment } from '../harness.ts';
import { codeIn, waitForMail } from '../mails.ts';
import { scoreOfRanks } from '../rank-test.ts';
import { describeWithRedis, startTestRedis } from '../redis.ts';

/** The tests speak through a proxy, so to say: each says from which address it comes. */
const environment = { TRUSTED_PROXIES: '127.0.0.1' };

interface Result {
  session: object | null;
  userErrors: { code: string; message: string }[];
}

const loginQuery = `mutation ($input: LoginInput!) {
  login(input: $input) { session { accessToken } userErrors { code message } }
}`;

async function login(stack: TestStack, address: string, name: string, password: string): Promise<Result> {
  const answer = await stack.guest.send(
    loginQuery,
    { input: { login: name, password } },
    { 'x-forwarded-for': address },
  );
  return answer.data.login;
}

const codeOf = ({ session, userErrors }: Result) => (session === null ? userErrors[0]?.code : 'signed in');
const passwordOf = ({ username }: TestClient) => `the password of ${username}`;

describeEachEngine('guessing passwords', (engine) => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ engine, environment });
  });

  afterAll(() => stack?.stop());

  const guessAt = (name: string, address: string) => (count: number) =>
    login(stack, address, name, `wrong password ${count}`).then(codeOf);

  it('is slowed down after five attempts, and so is the right password then', async () => {
    const user = await stack.register();
    const guess = guessAt(user.username, '198.51.100.1');
    await expectSlowedDown(5, 'CREDENTIALS_INVALID', () => guessUntilSlowedDown(guess));
    const address = '198.51.100.6';
    await shutForLong(5, guessAt(user.username, address));
    const answer = await login(stack, address, user.username, passwordOf(user));
    expect(answer.userErrors[0]).toEqual({
      code: 'TOO_MANY_ATTEMPTS',
      message: expect.stringMatching(/^Too many attempts\. The next one counts in [1-4] seconds\.$/),
    });
  });

  it('counts attempts that come at the same time', async () => {
    const user = await stack.register();
    const guess = guessAt(user.username, '198.51.100.2');
    await expectSlowedDown(5, 'CREDENTIALS_INVALID', () =>
      Promise.all(Array.from({ length: 40 }, (_, number) => guess(number))),
    );
  });

  it('at a name that nobody has looks the same', async () => {
    const guess = guessAt('nobody_has_this_name', '198.51.100.4');
    await expectSlowedDown(5, 'CREDENTIALS_INVALID', () => guessUntilSlowedDown(guess));
  });

  it('does not shut the owner out, who comes from another address', async () => {
    const user = await stack.register();
    await guessUntilSlowedDown(guessAt(user.username, '198.51.100.5'));
    expect(codeOf(await login(stack, '203.0.113.1', user.username, passwordOf(user)))).toBe('signed in');
  });

  it('from a thousand addresses stays slow, and the owner still gets in', async () => {
    const user = await stack.register();
    const ownAddress = '203.0.113.7';
    expect(codeOf(await login(stack, ownAddress, user.username, passwordOf(user)))).toBe('signed in');
    const results: (string | undefined)[] = [];
    for (let batch = 0; batch < 50; batch += 1) {
      const attempts = Array.from({ length: 20 }, (_, index) =>
        login(stack, `10.${batch}.${index}.1`, user.username, `guess ${batch} ${index}`),
      );
      results.push(...(await Promise.all(attempts)).map(codeOf));
    }
    // Fifty are free; then one, and the next only when its time has come.
    const tried = results.filter((code) => code === 'CREDENTIALS_INVALID').length;
    expect(tried).toBeGreaterThanOrEqual(50);
    expect(tried).toBeLessThan(70);
    expect(codeOf(await login(stack, ownAddress, user.username, passwordOf(user)))).toBe('signed in');
  });

  it('from a thousand addresses at once is slow too, and the owner gets in meanwhile', async () => {
    const user = await stack.register();
    const ownAddress = '203.0.113.8';
    expect(codeOf(await login(stack, ownAddress, user.username, passwordOf(user)))).toBe('signed in');
    const results: Promise<string | undefined>[] = Array.from({ length: 1_000 }, (_, index) =>
      login(stack, `10.100.${index >> 8}.${index & 255}`, user.username, `guess ${index}`).then(codeOf),
    );
    const own = login(stack, ownAddress, user.username, passwordOf(user)).then(codeOf);
    expect(await own).toBe('signed in');
    const tried = (await Promise.all(results)).filter((code) => code === 'CREDENTIALS_INVALID').length;
    expect(tried).toBeGreaterThanOrEqual(50);
    expect(tried).toBeLessThan(70);
  });

  it('does not keep an owner out who is under way: the mailbox opens the door', async () => {
    const user = await stack.register();
    const guess = (index: number) => login(stack, `10.200.${index}.1`, user.username, `guess ${index}`).then(codeOf);
    await shutForLong(50, guess);
    const address = '203.0.113.99';
    expect(codeOf(await login(stack, address, user.username, passwordOf(user)))).toBe('TOO_MANY_ATTEMPTS');
    const email = `${user.username}@example.org`;
    const from = { 'x-forwarded-for': address };
    await stack.guest.send(
      'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { userErrors { code } } }',
      { email },
      from,
    );
    const code = codeIn(await waitForMail(stack, email, /Set a new password/));
    const newPassword = 'a secret made under way';
    await stack.guest.send(
      `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }`,
      { input: { code, newPassword } },
      from,
    );
    expect(codeOf(await login(stack, address, user.username, newPassword))).toBe('signed in');
  });

  it('from one address at many names is slowed down', async () => {
    const results: (string | undefined)[] = [];
    for (let name = 0; name < 60; name += 1) {
      results.push(codeOf(await login(stack, '198.51.100.77', `sprayed_${name}`, 'one popular password')));
    }
    expect(results.slice(0, 50)).toEqual(Array(50).fill('CREDENTIALS_INVALID'));
    expect(results.slice(55)).toContain('TOO_MANY_ATTEMPTS');
  });

  it('from one network of IPv6 is from one address', async () => {
    const user = await stack.register();
    const guess = (host: number) =>
      login(stack, `2001:db8:1:2::${host + 1}`, user.username, `wrong ${host}`).then(codeOf);
    await expectSlowedDown(5, 'CREDENTIALS_INVALID', () => guessUntilSlowedDown(guess));
  });

  it('is forgiven with the right password', async () => {
    const user = await stack.register();
    for (let round = 0; round < 3; round += 1) {
      const guess = guessAt(user.username, '198.51.100.8');
      for (let count = 0; count < 3; count += 1) expect(await guess(count)).toBe('CREDENTIALS_INVALID');
      expect(codeOf(await login(stack, '198.51.100.8', user.username, passwordOf(user)))).toBe('signed in');
    }
  });
});

describeWithRedis('guessing passwords while the broker is away', () => {
  it('is slowed down all the same', async () => {
    const redis = await startTestRedis();
    const stack = await startTestStack({ redis, environment });
    onTestFinished(() => stack.stop());
    const user = await stack.register();
    await redis.stop();
    const guess = (count: number) => login(stack, '198.51.100.1', user.username, `wrong ${count}`).then(codeOf);
    await expectSlowedDown(5, 'CREDENTIALS_INVALID', () => guessUntilSlowedDown(guess));
    expect(codeOf(await login(stack, '203.0.113.1', user.username, passwordOf(user)))).toBe('signed in');
  });
});

describe('protection', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ environment });
  });

  afterAll(() => stack?.stop());

  let nextAddress = 1;
  const freshAddress = () => `192.0.2.${nextAddress++ % 250}`;
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  /**
   * Measures in turn, so that whatever else the machine does slows all, and gives how far each is from the first by the ranks of
   * its times. Of things that take the same time one in 16,000 is further away than 4.
   */
  async function compareWithFirst(works: Record<string, () => Promise<unknown>>, rounds: number) {
    const entries = Object.entries(works).map(([name, work]) => ({ name, work, times: [] as number[] }));
    for (let round = 0; round < rounds; round += 1) {
      for (const { work, times } of entries) times.push(await timed(work));
    }
    const [first, ...others] = entries;
    return others.map(({ name, times }) => ({ name, score: scoreOfRanks(times, first?.times ?? []) }));
  }

  const farAway = (compared: { name: string; score: number }[]) => compared.filter(({ score }) => Math.abs(score) >= 4);

  it('takes the same time for a name that nobody has as for a wrong password', async () => {
    const rounds = 60;
    const registerMany = () => Promise.all(Array.from({ length: 10 }, () => stack.register()));
    const [ordinary, withoutPassword, suspended] = await Promise.all([registerMany(), registerMany(), registerMany()]);
    const change = (clients: TestClient[], to: string) =>
      stack.databases.query('auth', `UPDATE account SET ${to} WHERE id = ANY($1)`, [
        clients.map(({ userId }) => userId),
      ]);
    await change(withoutPassword, 'password_hash = NULL');
    await change(suspended, "status = 'SUSPENDED', suspension_reason = 'A test.'");
    let index = 0;
    const codes = new Set<string | undefined>();
    const guess = async (name: string) => codes.add(codeOf(await login(stack, freshAddress(), name, 'wrong password')));
    const guessAt = (clients: TestClient[]) => () => guess(clients[index++ % clients.length]?.username ?? '');
    const works = {
      nobody: () => guess(`unknown_${index++}`),
      'an account': guessAt(ordinary),
      'an account without a password': guessAt(withoutPassword),
      'a suspended account': guessAt(suspended),
    };
    // The first few warm up connections and statements.
    await compareWithFirst(works, 5);
    const compared = await compareWithFirst(works, rounds);
    expect(farAway(compared)).toEqual([]);
    expect([...codes]).toEqual(['CREDENTIALS_INVALID']);
  });

  it('takes the same time, with the same answer, to reset the password of an address that nobody has', async () => {
    const users = await Promise.all(Array.from({ length: 40 }, () => stack.register()));
    const answers = new Set<string>();
    const request = async (email: string) => {
      const query =
        'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { userErrors { code } } }';
      answers.add(JSON.stringify(await stack.guest.send(query, { email }, { 'x-forwarded-for': freshAddress() })));
    };
    let index = 0;
    const works = {
      nobody: () => request(`unknown_${index++}@example.org`),
      'an account': () => request(`${users[index++ % users.length]?.username}@example.org`),
    };
    await compareWithFirst(works, 5);
    const compared = await compareWithFirst(works, 60);
    expect([...answers]).toEqual(['{"status":200,"data":{"requestPasswordReset":{"userErrors":[]}}}']);
    expect(farAway(compared)).toEqual([]);
  });

  it('answers a hundred guesses at a reset code with refusals, and then still takes the right one', async () => {
    const user = await stack.register();
    const email = `${user.username}@example.org`;
    await stack.guest.run(
      'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { userErrors { code } } }',
      { email },
    );
    const code = codeIn(await waitForMail(stack, email, /Set a new password/));
    const reset = async (attempt: string) => {
      const query = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }';
      const { userErrors } = await stack.guest.run(query, {
        input: { code: attempt, newPassword: 'a new secret of mine' },
      });
      return userErrors[0]?.code ?? 'set';
    };
    // None of them can be the code by chance.
    const otherStart = code.startsWith('0') ? '1' : '0';
    await expectSlowedDown(20, 'CODE_INVALID', async () => {
      const results: string[] = [];
      for (let index = 0; index < 100; index += 1)
        results.push(await reset(`${otherStart}${code.slice(1, -3)}${100 + index}`));
      return results;
    });
    expect(await reset(code)).toBe('set');
  });

  it('sends an owner the reset code that they ask for, however many strangers have asked before', async () => {
    const user = await stack.register();
    const email = `${user.username}@example.org`;
    const request = async (address: string) => {
      const query =
        'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { userErrors { code } } }';
      const { data } = await stack.guest.send(query, { email }, { 'x-forwarded-for': address });
      return data.requestPasswordReset.userErrors[0]?.code ?? 'sent';
    };
    await login(stack, '203.0.113.77', user.username, passwordOf(user));
    const results: string[] = [];
    for (let stranger = 1; stranger <= 12; stranger += 1) results.push(await request(`198.18.0.${stranger}`));
    expect(results.slice(0, 10)).toEqual(Array(10).fill('sent'));
    expect(results.slice(10)).toContain('TOO_MANY_ATTEMPTS');
    expect(await request('203.0.113.77')).toBe('sent');
  });

  it('keeps places for owners when strangers want more passwords checked than there is room for', async () => {
    const user = await stack.register();
    const ownAddress = '203.0.113.9';
    expect(codeOf(await login(stack, ownAddress, user.username, passwordOf(user)))).toBe('signed in');
    // One router has fewer connections to auth than there is room; several have more. So these speak to auth as routers do.
    const attempt = async (index: number): Promise<string> => {
      const client = { ...unknownClient, address: `10.101.${index >> 8}.${index & 255}` };
      const response = await fetch(stack.subgraphs.auth.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [clientHeader]: signClientInfo(client, testEnvironment.VIEWER_SECRET),
        },
        body: JSON.stringify({
          query: loginQuery,
          variables: { input: { login: `crowd_${index}`, password: `guess ${index}` } },
        }),
      });
      const { data, errors } = (await response.json()) as Answer;
      return errors?.[0]?.extensions.code ?? data.login.userErrors[0].code;
    };
    const attempts = Array.from({ length: 600 }, (_, index) => attempt(index));
    await Promise.any(attempts.map(async (refused) => expect(await refused).toBe('RATE_LIMITED')));
    expect(codeOf(await login(stack, ownAddress, user.username, passwordOf(user)))).toBe('signed in');
    expect(new Set(await Promise.all(attempts))).toEqual(new Set(['CREDENTIALS_INVALID', 'RATE_LIMITED']));
  });

  it('lets one address make so many accounts an hour and no more', async () => {
    const limited = await startTestStack({
      databases: stack.databases,
      environment: { ...environment, REGISTRATIONS_PER_HOUR: '3' },
    });
    onTestFinished(() => limited.stop());
    const register = async (name: string, address: string) => {
      const query = 'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }';
      const input = { username: name, email: `${name}@example.org`, password: 'a long enough secret' };
      const { data } = await limited.guest.send(query, { input }, { 'x-forwarded-for': address });
      return data.register.userErrors[0]?.code ?? 'registered';
    };
    const results: string[] = [];
    for (let index = 0; index < 4; index += 1) results.push(await register(`settler_${index}`, '198.51.100.200'));
    expect(results).toEqual([...Array(3).fill('registered'), 'TOO_MANY_ATTEMPTS']);
    expect(await register('settler_of_another_place', '198.51.100.201')).toBe('registered');
  });

  it('keeps neither names nor addresses nor secrets of sign-ins in the clear', async () => {
    const user = await stack.register();
    await login(stack, '203.0.113.55', user.username, passwordOf(user));
    const rows = await stack.databases.query<{ row: string }>(
      'auth',
      `SELECT known_address::text AS row FROM known_address UNION ALL SELECT refresh_token::text FROM refresh_token
       UNION ALL SELECT mail::text FROM mail UNION ALL SELECT security_event.details::text FROM security_event`,
    );
    const everything = rows.map(({ row }) => row).join('\n');
    for (const secret of ['203.0.113.55', user.username, passwordOf(user), user.refreshToken as string]) {
      expect(everything).not.toContain(secret);
    }
  });
});
