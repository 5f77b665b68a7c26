import { createHash } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { changeAccount, createApiKey, registerAdministrator } from '../administrators.ts';
import { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';

const userScopes = ['account:read', 'profile:write', 'chat:read', 'chat:write', 'notifications:read'];

describe('API keys', () => {
  let stack: TestStack;
  let admin: TestClient;
  const programs: TestClient[] = [];

  beforeAll(async () => {
    stack = await startTestStack();
    admin = await registerAdministrator(stack);
  });

  afterEach(async () => {
    vi.useRealTimers();
    await Promise.all(programs.splice(0).map((program) => program.disconnect()));
  });

  afterAll(() => stack?.stop());

  /** Exchanges a key as the router does. */
  async function exchange(body: unknown) {
    const response = await fetch(new URL('/api-keys/token', stack.subgraphs.auth.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests know its shape.
    return { status: response.status, headers: response.headers, body: (await response.json()) as any };
  }

  const statusOf = async (secret: string) => (await exchange({ secret })).status;
  const claimsOf = async (secret: string) =>
    jwt.decode((await exchange({ secret })).body.accessToken) as jwt.JwtPayload & { scope: string };

  /** A program that has nothing but a key. */
  function startProgram(secret: string): TestClient {
    const program = new TestClient(stack.url);
    program.accessToken = secret;
    programs.push(program);
    return program;
  }

  const revoke = async (client: TestClient, apiKeyId: string) =>
    client.run(
      `mutation ($input: RevokeApiKeyInput!) {
        revokeApiKey(input: $input) { apiKey { id revokedAt } userErrors { code } }
      }`,
      { input: { apiKeyId } },
    );
  const ownKeys = async (client: TestClient) =>
    (await client.run('{ viewer { security { apiKeys { id name scopes expiresAt lastUsedAt revokedAt } } } }')).security
      .apiKeys;
  const createServiceAccount = async (name = 'robot') =>
    (await changeAccount(admin, 'createServiceAccount', {
      username: `${name}_${Math.random().toString(36).slice(2)}`,
    })) as { id: string; user: { username: string } };

  describe('are made', () => {
    it('with a secret that is shown once and kept only as its hash', async () => {
      const person = await stack.register();
      const { id, secret, errors } = await createApiKey(person, { name: ' My  script ', scopes: ['chat:read'] });
      expect(errors).toEqual([]);
      expect(secret).toMatch(/^chorus_[A-Za-z0-9_-]{43}$/);
      expect(await ownKeys(person)).toEqual([
        { id, name: 'My  script', scopes: ['chat:read'], expiresAt: null, lastUsedAt: null, revokedAt: null },
      ]);
      const [row] = await stack.databases.query<Record<string, unknown>>(
        'auth',
        'SELECT * FROM api_key WHERE id = $1',
        [id],
      );
      expect(row?.['hash']).toEqual(createHash('sha256').update(secret).digest());
      expect(JSON.stringify(row)).not.toContain(secret.slice('chorus_'.length));
    });

    it('with no more than the role of its account grants, and never with the right to make keys', async () => {
      const person = await stack.register();
      const refused = [['account:write'], ['accounts:read'], ['chat:moderate'], ['nonsense'], [''], ['chat:read', 'x']];
      for (const scopes of refused) {
        expect((await createApiKey(person, { scopes })).errors).toEqual(['SCOPE_INVALID']);
      }
      expect((await createApiKey(person, { scopes: userScopes })).errors).toEqual([]);
      expect((await createApiKey(admin, { scopes: ['accounts:read', 'audit:read'] })).errors).toEqual([]);
      expect((await createApiKey(admin, { scopes: ['account:write'] })).errors).toEqual(['SCOPE_INVALID']);
    });

    it('with a name on one line and an end that is to come', async () => {
      const person = await stack.register();
      for (const name of ['', '  ', 'two\nlines', 'x'.repeat(81)]) {
        expect((await createApiKey(person, { name })).errors).toEqual(['NAME_INVALID']);
      }
      const past = new Date(Date.now() - 1).toISOString();
      expect((await createApiKey(person, { expiresAt: past })).errors).toEqual(['TIME_INVALID']);
      expect((await createApiKey(person, { name: 'x'.repeat(80) })).errors).toEqual([]);
    });

    it('only after a recent authentication', async () => {
      const person = await stack.register();
      await stack.databases.query(
        'auth',
        "UPDATE session SET authenticated_at = authenticated_at - interval '11 minutes' WHERE account_id = $1",
        [person.userId],
      );
      expect((await createApiKey(person, {})).errors).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
    });

    it('not more than fifty for an account, not even at once; ended ones do not count', async () => {
      const person = await stack.register();
      const { id } = await createApiKey(person, {});
      await stack.databases.query(
        'auth',
        `INSERT INTO api_key (id, account_id, hash, name, scopes, created_at)
         SELECT gen_random_uuid(), account_id, sha256(number::text::bytea), name, scopes, created_at
         FROM api_key, generate_series(1, 46) AS number WHERE id = $1`,
        [id],
      );
      const made = await Promise.all(Array.from({ length: 8 }, () => createApiKey(person, {})));
      expect(made.flatMap(({ errors }) => errors)).toEqual(Array.from({ length: 5 }, () => 'API_KEY_LIMIT_REACHED'));
      expect(await ownKeys(person)).toHaveLength(50);
      await revoke(person, id);
      expect((await createApiKey(person, {})).errors).toEqual([]);
    });

    it('for service accounts by administrators alone', async () => {
      const [person, robot] = [await stack.register(), await createServiceAccount()];
      const mutation = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { userErrors { code } } }`;
      const input = { name: 'A key', scopes: ['chat:read'], serviceAccountId: robot.id };
      expect((await person.send(mutation, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      expect((await createApiKey(admin, { serviceAccountId: robot.id })).errors).toEqual([]);
      for (const serviceAccountId of [person.userId, admin.userId, 'nonsense', '']) {
        expect((await createApiKey(admin, { serviceAccountId })).errors).toEqual(['ACCOUNT_NOT_FOUND']);
      }
    });

    it('never with a key', async () => {
      const { secret } = await createApiKey(admin, { scopes: [...userScopes, 'accounts:read', 'accounts:write'] });
      const program = startProgram(secret);
      const mutations = [
        'mutation { createApiKey(input: { name: "x", scopes: [] }) { secret } }',
        'mutation { revokeApiKey(input: { apiKeyId: "x" }) { apiKey { id } } }',
        'mutation { logoutEverywhere { user { id } } }',
      ];
      for (const mutation of mutations) {
        expect((await program.send(mutation)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      }
    });
  });

  describe('sign programs in', () => {
    it('as their account, with the scopes of the key and no more', async () => {
      const person = await stack.register();
      const { secret } = await createApiKey(person, { scopes: ['account:read', 'chat:read', 'chat:write'] });
      const program = startProgram(secret);
      const { id, email } = await program.run('{ viewer { id email } }');
      expect([id, email]).toEqual([person.userId, `${person.username}@example.org`]);
      const roomId = await program.createRoom();
      expect((await program.sendMessage(roomId, 'beep')).userErrors).toEqual([]);
      const answer = await program.send('mutation { updateProfile(input: { bio: "x" }) { userErrors { code } } }');
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });

    it('over WebSocket as well', async () => {
      const person = await stack.register();
      const { id, secret } = await createApiKey(person, { scopes: ['chat:read', 'notifications:read'] });
      const roomId = await person.createRoom('PRIVATE');
      const program = startProgram(secret);
      const subscription = program.subscribe(
        'subscription ($id: ID!, $after: String) { messageAdded(roomId: $id, after: $after) { message { text } } }',
        { id: roomId, after: await person.headCursor(roomId) },
      );
      await person.sendMessage(roomId, 'for the program');
      expect(await subscription.next()).toEqual({ message: { text: 'for the program' } });
      await revoke(person, id);
      expect(await subscription.ended).toMatchObject({ code: 4403 });
    });

    it('as a service account, which has no other way to sign in', async () => {
      const robot = await createServiceAccount();
      const { id, secret } = await createApiKey(admin, { serviceAccountId: robot.id, scopes: ['account:read'] });
      expect(await startProgram(secret).run('{ viewer { id username } }')).toEqual({
        id: robot.id,
        username: robot.user.username,
      });
      const listed = await admin.run('query ($id: ID!) { account(id: $id) { apiKeys { id scopes } } }', {
        id: robot.id,
      });
      expect(listed).toEqual({ apiKeys: [{ id, scopes: ['account:read'] }] });
    });

    it('with a token that ends with the key', async () => {
      const person = await stack.register();
      const inAMinute = new Date(Date.now() + 60_000);
      const { secret } = await createApiKey(person, { expiresAt: inAMinute.toISOString() });
      const { body, headers } = await exchange({ secret });
      expect(Object.keys(body)).toEqual(['accessToken', 'expiresAt']);
      expect(headers.get('cache-control')).toBe('no-store');
      const claims = jwt.decode(body.accessToken) as jwt.JwtPayload;
      expect(claims.exp).toBe(Math.floor(inAMinute.getTime() / 1000));
      expect(Date.parse(body.expiresAt)).toBe((claims.exp ?? 0) * 1000);
      vi.setSystemTime(inAMinute);
      expect(await statusOf(secret)).toBe(401);
      expect((await startProgram(secret).send('{ viewer { id } }')).status).toBe(401);
    });

    it('and tell, to within five minutes, when they last did', async () => {
      const person = await stack.register();
      const { secret } = await createApiKey(person, {});
      const lastUse = async () => Date.parse((await ownKeys(person))[0].lastUsedAt);
      const start = Date.now();
      vi.setSystemTime(start);
      await Promise.all([exchange({ secret }), exchange({ secret })]);
      expect(await lastUse()).toBe(start);
      vi.setSystemTime(start + 299_000);
      await exchange({ secret });
      expect(await lastUse()).toBe(start);
      vi.setSystemTime(start + 300_000);
      await exchange({ secret });
      expect(await lastUse()).toBe(start + 300_000);
    });

    it('unless they are unknown, malformed, or not even sent', async () => {
      const { secret } = await createApiKey(await stack.register(), {});
      const unknown = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
      for (const wrong of [
        unknown,
        `${secret}x`,
        secret.slice(7),
        secret.toUpperCase(),
        '',
        'chorus_',
        "' OR true --",
      ]) {
        const { status, body } = await exchange({ secret: wrong });
        expect([status, body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
      }
      for (const body of [{}, { secret: 1 }, { secret: [secret] }, [], null, 'nonsense']) {
        expect((await exchange(body)).status).toBe(400);
      }
      expect((await exchange({ secret: 'x'.repeat(2_000) })).status).toBe(413);
      expect((await startProgram(unknown).send('{ viewer { id } }')).status).toBe(401);
    });
  });

  describe('end', () => {
    it('when they are revoked, and what is signed in with them', async () => {
      const person = await stack.register();
      const [kept, { id, secret }] = [await createApiKey(person, {}), await createApiKey(person, {})];
      const program = startProgram(secret);
      const { accessToken } = (await exchange({ secret })).body;
      const [byKey, byToken] = [program, startProgram(accessToken)];
      for (const client of [byKey, byToken]) expect((await client.send('{ viewer { id } }')).status).toBe(200);
      const { apiKey, userErrors } = await revoke(person, id);
      expect([apiKey, userErrors]).toEqual([{ id, revokedAt: expect.any(String) }, []]);
      expect(await statusOf(secret)).toBe(401);
      for (const client of [byKey, byToken]) {
        await eventually(async () => expect((await client.send('{ viewer { id } }')).status).toBe(401));
      }
      expect(await ownKeys(person)).toMatchObject([{ id: kept.id }]);
      expect(await statusOf(kept.secret)).toBe(200);
      expect((await revoke(person, id)).userErrors).toEqual([{ code: 'API_KEY_NOT_FOUND' }]);
    });

    it('by the hand of their owner, and those of service accounts by an administrator’s; of nobody else', async () => {
      const [person, stranger, robot] = [await stack.register(), await stack.register(), await createServiceAccount()];
      const own = await createApiKey(person, {});
      const ofRobot = await createApiKey(admin, { serviceAccountId: robot.id });
      const notFound = [{ code: 'API_KEY_NOT_FOUND' }];
      expect((await revoke(stranger, own.id)).userErrors).toEqual(notFound);
      expect((await revoke(stranger, ofRobot.id)).userErrors).toEqual(notFound);
      expect((await revoke(admin, own.id)).userErrors).toEqual(notFound);
      expect((await revoke(admin, 'nonsense')).userErrors).toEqual(notFound);
      expect([await statusOf(own.secret), await statusOf(ofRobot.secret)]).toEqual([200, 200]);
      expect((await revoke(admin, ofRobot.id)).userErrors).toEqual([]);
      expect(await statusOf(ofRobot.secret)).toBe(401);
    });

    it('for as long as their account is suspended', async () => {
      const robot = await createServiceAccount();
      const { secret } = await createApiKey(admin, { serviceAccountId: robot.id });
      const { accessToken } = (await exchange({ secret })).body;
      const [byKey, byToken] = [startProgram(secret), startProgram(accessToken)];
      for (const client of [byKey, byToken]) expect((await client.send('{ viewer { id } }')).status).toBe(200);
      await changeAccount(admin, 'suspendAccount', { accountId: robot.id, reason: 'It runs wild' });
      expect(await statusOf(secret)).toBe(401);
      for (const client of [byKey, byToken]) {
        await eventually(async () => expect((await client.send('{ viewer { id } }')).status).toBe(401));
      }
      await changeAccount(admin, 'restoreAccount', { accountId: robot.id });
      expect(await statusOf(secret)).toBe(200);
      await eventually(async () => expect((await byKey.send('{ viewer { id } }')).status).toBe(200));
      expect((await byToken.send('{ viewer { id } }')).status).toBe(401);
    });

    it('until the time of a suspension is over', async () => {
      const robot = await createServiceAccount();
      const { secret } = await createApiKey(admin, { serviceAccountId: robot.id });
      const until = new Date(Date.now() + 60_000).toISOString();
      await changeAccount(admin, 'suspendAccount', { accountId: robot.id, reason: 'A break', until });
      expect(await statusOf(secret)).toBe(401);
      vi.setSystemTime(Date.now() + 61_000);
      expect(await statusOf(secret)).toBe(200);
    });

    it('with their account', async () => {
      const robot = await createServiceAccount();
      const person = await stack.register();
      const ofRobot = await createApiKey(admin, { serviceAccountId: robot.id });
      const own = await createApiKey(person, {});
      const program = startProgram(own.secret);
      expect((await program.send('{ viewer { id } }')).status).toBe(200);
      await changeAccount(admin, 'deleteServiceAccount', { accountId: robot.id });
      await person.run('mutation { deleteAccount { deletedUserId } }');
      expect([await statusOf(ofRobot.secret), await statusOf(own.secret)]).toEqual([401, 401]);
      await eventually(async () => expect((await program.send('{ viewer { id } }')).status).toBe(401));
    });

    it('while their account is at rest', async () => {
      const person = await stack.register();
      const { secret } = await createApiKey(person, {});
      await person.run('mutation { deactivateAccount { user { id } } }');
      expect(await statusOf(secret)).toBe(401);
      await stack.signIn(person.username);
      expect(await statusOf(secret)).toBe(200);
    });
  });

  it('can do only what the role of their account grants now', async () => {
    const other = await registerAdministrator(stack);
    const { secret } = await createApiKey(other, { scopes: ['account:read', 'accounts:read'] });
    const program = startProgram(secret);
    expect((await program.run('{ accounts(first: 1) { nodes { id } } }')).nodes).toHaveLength(1);
    expect((await claimsOf(secret)).scope).toBe('account:read accounts:read');
    await changeAccount(admin, 'changeRole', { accountId: other.userId, role: 'USER' });
    expect((await claimsOf(secret)).scope).toBe('account:read');
    await eventually(async () => {
      const { errors } = await program.send('{ accounts(first: 1) { nodes { id } } }');
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });
    expect(await program.run('{ viewer { security { apiKeys { scopes } } } }')).toEqual({
      security: { apiKeys: [{ scopes: ['account:read'] }] },
    });
    await changeAccount(admin, 'changeRole', { accountId: other.userId, role: 'ADMIN' });
    expect((await claimsOf(secret)).scope).toBe('account:read accounts:read');
  });

  it('of administrators do what administrators do, and leave a trace of which key it was', async () => {
    const { id, secret } = await createApiKey(admin, { scopes: ['accounts:write'] });
    const person = await stack.register();
    const suspended = await changeAccount(startProgram(secret), 'suspendAccount', {
      accountId: person.userId,
      reason: 'By a program',
    });
    expect(suspended).toMatchObject({ status: 'SUSPENDED' });
    const [event] = await stack.databases.query(
      'auth',
      "SELECT actor_id, session_id FROM security_event WHERE account_id = $1 AND action = 'account_suspended'",
      [person.userId],
    );
    expect(event).toEqual({ actor_id: admin.userId, session_id: id });
  });
});
