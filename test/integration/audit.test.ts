import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount, createApiKey, registerAdministrator } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';

const fields = 'id occurredAt action succeeded accountId actorId sessionId address device details';

interface SecurityEvent {
  id: string;
  occurredAt: string;
  action: string;
  succeeded: boolean;
  accountId: string | null;
  actorId: string | null;
  sessionId: string | null;
  address: string | null;
  device: string | null;
  details: Record<string, unknown>;
}

describe('the record of security events', () => {
  let stack: TestStack;
  let admin: TestClient;

  beforeAll(async () => {
    stack = await startTestStack({ environment: { REFRESH_TOKEN_REUSE_SECONDS: '0' } });
    admin = await registerAdministrator(stack);
  });

  afterAll(() => stack?.stop());

  const ownEvents = async (client: TestClient): Promise<SecurityEvent[]> =>
    (await client.run(`{ viewer { security { events(first: 100) { nodes { ${fields} } } } } }`)).security.events.nodes;

  const allEvents = async (filter: string): Promise<SecurityEvent[]> =>
    (await admin.run(`{ securityEvents(first: 100, ${filter}) { nodes { ${fields} } } }`)).nodes;

  const logIn = async (login: string, password: string) =>
    stack.guest.send(
      'mutation ($input: LoginInput!) { login(input: $input) { session { refreshToken } userErrors { code } } }',
      { input: { login, password } },
      { 'user-agent': 'A browser of tests' },
    );

  const refresh = (refreshToken: string | null) =>
    stack.guest.run(
      `mutation ($input: RefreshSessionInput!) {
        refreshSession(input: $input) { session { refreshToken } userErrors { code } }
      }`,
      { input: { refreshToken } },
    );

  it('has who did what, from where and with which result, of everything in the life of an account', async () => {
    const person = await stack.register();
    const password = `the password of ${person.username}`;
    await logIn(person.username, 'a wrong password');
    const { data } = await logIn(`${person.username}@example.org`, password);
    const stolen = data.login.session.refreshToken;
    await refresh(stolen);
    expect((await refresh(stolen)).userErrors).toEqual([{ code: 'REFRESH_TOKEN_INVALID' }]);
    const { id: apiKeyId } = await createApiKey(person, { scopes: ['account:read'] });
    await person.run('mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { userErrors { code } } }', {
      id: apiKeyId,
    });
    await person.run(
      'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }',
      { input: { currentPassword: password, newPassword: 'quite another secret' } },
    );
    const device = await stack.signIn(person.username, 'quite another secret');
    await device.run('mutation { logout { user { id } } }');
    await person.run('mutation { logoutEverywhere { user { id } } }');
    const accountId = person.userId;
    await changeAccount(admin, 'changeRole', { accountId, role: 'MODERATOR' });
    await changeAccount(admin, 'suspendAccount', { accountId, reason: 'Personal: has written to me' });
    const suspended = await logIn(person.username, 'quite another secret');
    expect(suspended.data.login.userErrors).toEqual([{ code: 'ACCOUNT_SUSPENDED' }]);
    await changeAccount(admin, 'restoreAccount', { accountId });

    const events = (await allEvents(`accountId: "${accountId}"`)).reverse();
    const own = { actorId: accountId, succeeded: true };
    const ofAdmin = { actorId: admin.userId, succeeded: true, sessionId: expect.any(String) };
    expect(events).toMatchObject([
      { action: 'registered', ...own, sessionId: expect.any(String) },
      { action: 'login', actorId: null, succeeded: false, details: { methods: ['password'] } },
      { action: 'login', ...own, sessionId: expect.any(String), details: { methods: ['password'] } },
      { action: 'session_refresh_reused', actorId: null, succeeded: false, sessionId: expect.any(String) },
      { action: 'api_key_created', ...own, details: { apiKeyId, scopes: ['account:read'], expiresAt: null } },
      { action: 'api_key_revoked', ...own, details: { apiKeyId } },
      { action: 'password_changed', ...own },
      { action: 'login', ...own },
      { action: 'logout', ...own, sessionId: expect.any(String) },
      { action: 'logout_everywhere', ...own, details: { sessions: 1 } },
      { action: 'role_changed', ...ofAdmin, details: { from: 'USER', to: 'MODERATOR' } },
      { action: 'account_suspended', ...ofAdmin, details: { until: null } },
      { action: 'login', actorId: accountId, succeeded: false, details: { reason: 'suspended' } },
      { action: 'account_restored', ...ofAdmin, details: {} },
    ]);
    for (const event of events) {
      expect(event).toMatchObject({ accountId, address: '127.0.0.1' });
      expect(Date.parse(event.occurredAt)).toBeGreaterThan(Date.now() - 60_000);
    }
    expect(events[1]?.device).toBe('A browser of tests');
    // The session of the stolen token is the one of the login.
    expect(events[3]?.sessionId).toBe(events[2]?.sessionId);
  });

  it('tells of service accounts and of attempts on accounts that do not exist', async () => {
    const username = `audited_${Date.now()}`;
    const { id } = (await changeAccount(admin, 'createServiceAccount', { username })) as { id: string };
    await changeAccount(admin, 'deleteServiceAccount', { accountId: id });
    expect(await allEvents(`accountId: "${id}"`)).toMatchObject([
      { action: 'service_account_deleted', actorId: admin.userId },
      { action: 'service_account_created', actorId: admin.userId },
    ]);
    await logIn('nobody_at_all', 'a wrong password');
    const [failure] = await allEvents('action: "login"');
    expect(failure).toMatchObject({ accountId: null, actorId: null, succeeded: false, address: '127.0.0.1' });
  });

  it('shows people their own events, but not where an administrator works', async () => {
    const [person, other] = [await stack.register(), await stack.register()];
    await changeAccount(admin, 'suspendAccount', { accountId: person.userId, reason: 'x' });
    await changeAccount(admin, 'restoreAccount', { accountId: person.userId });
    const device = await stack.signIn(person.username);
    const events = await ownEvents(device);
    expect(events.map(({ action }) => action)).toEqual([
      'login',
      'account_restored',
      'account_suspended',
      'registered',
    ]);
    expect(events[0]).toMatchObject({ actorId: person.userId, address: '127.0.0.1' });
    expect(events[2]).toMatchObject({ actorId: admin.userId, sessionId: null, address: null, device: null });
    expect((await ownEvents(other)).map(({ accountId }) => accountId)).toEqual([other.userId]);
    const query = `query ($id: ID!) { user(id: $id) { security { events(first: 1) { nodes { id } } } } }`;
    expect(await admin.run(query, { id: person.userId })).toEqual({ security: null });
  });

  it('shows all events to administrators alone', async () => {
    const person = await stack.register();
    const query = '{ securityEvents(first: 1) { nodes { id } } }';
    expect((await person.send(query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await stack.guest.send(query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await admin.run(query)).nodes).toHaveLength(1);
  });

  it('is paged, newest first, and filtered by account and action', async () => {
    const person = await stack.register();
    const accountId = person.userId;
    for (const role of ['MODERATOR', 'USER', 'MODERATOR', 'USER']) {
      await changeAccount(admin, 'changeRole', { accountId, role });
    }
    const read = (after: string | null, args = 'action: "role_changed"') =>
      admin.run(
        `query ($id: ID!, $after: String) { securityEvents(first: 3, after: $after, accountId: $id, ${args}) {
          nodes { details } pageInfo { hasNextPage endCursor }
        } }`,
        { id: accountId, after },
      );
    const first = await read(null);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await read(first.pageInfo.endCursor);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const roles = [...first.nodes, ...second.nodes].map(({ details }) => details.to);
    expect(roles).toEqual(['USER', 'MODERATOR', 'USER', 'MODERATOR']);
    await expect(read(first.pageInfo.endCursor, 'action: "login"')).rejects.toThrow('BAD_USER_INPUT');
    for (const filter of ['accountId: "nonsense"', 'action: "nonsense"', 'action: "\\u0000"']) {
      expect(await allEvents(filter)).toEqual([]);
    }
  });

  it.each([
    ['UPDATE', "UPDATE security_event SET action = 'nothing'"],
    ['DELETE', 'DELETE FROM security_event'],
    ['TRUNCATE', 'TRUNCATE security_event'],
    ['MERGE', 'MERGE INTO security_event USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE'],
    [
      'upsert',
      'INSERT INTO security_event SELECT * FROM security_event ON CONFLICT (id) DO UPDATE SET succeeded = true',
    ],
  ])('is only ever added to: the database refuses %s', async (_name, statement) => {
    const count = () => stack.databases.query('auth', 'SELECT count(*) FROM security_event');
    const before = await count();
    await expect(stack.databases.query('auth', statement)).rejects.toThrow('never changed or deleted');
    expect(await count()).toEqual(before);
  });

  it('has nothing personal in it, which could not be deleted any more', async () => {
    const person = await stack.register('personal');
    const password = `the password of ${person.username}`;
    const typed = `typed_${person.username}`;
    await logIn(typed, typed);
    await logIn(`${person.username}@example.org`, 'another password');
    await changeAccount(admin, 'suspendAccount', { accountId: person.userId, reason: 'A personal reason' });
    const key = await createApiKey(admin, { name: 'A personal name' });
    const leaver = await stack.register('personal');
    await leaver.run('mutation { deleteAccount { deletedUserId } }');
    const rows = await stack.databases.query<{ row: string }>(
      'auth',
      'SELECT security_event::text AS row FROM security_event',
    );
    const record = rows.map(({ row }) => row).join('\n');
    for (const { userId } of [person, leaver]) expect(record).toContain(userId);
    const secrets = [person.accessToken, person.refreshToken, key.secret] as string[];
    const personal = [
      person.username,
      leaver.username,
      'example.org',
      password,
      'another password',
      'A personal',
      ...secrets,
    ];
    expect(personal.filter((text) => record.includes(text))).toEqual([]);
  });
});
