import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { changeAccount, createApiKey, registerAdministrator } from '../administrators.ts';
import { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';

const nobodysId = '01900000-0000-7000-8000-000000000000';

describe('accounts in the hands of an administrator', () => {
  let stack: TestStack;
  let admin: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    admin = await registerAdministrator(stack);
  });

  afterAll(() => stack?.stop());

  const asViewer = (client: TestClient) => client.send('{ viewer { id } }');
  const login = (client: TestClient) =>
    stack.guest.run(
      `mutation ($input: LoginInput!) {
        login(input: $input) { session { accessToken refreshToken } userErrors { code message } }
      }`,
      { input: { login: client.username, password: `the password of ${client.username}` } },
    );
  const listAccounts = async (filter: string) =>
    (await admin.run(`{ accounts(${filter}) { nodes { id } } }`)).nodes.map(({ id }: { id: string }) => id);

  describe('suspending an account', () => {
    it('ends its sessions at once and keeps it out until it is restored', async () => {
      const person = await stack.register();
      const subscription = person.subscribe('subscription { notificationAdded { seq } }');
      await person.subscribe('{ viewer { id } }').next();
      const reason = 'Advertises\nin every room';
      const suspended = await changeAccount(admin, 'suspendAccount', { accountId: person.userId, reason });
      expect(suspended).toMatchObject({ status: 'SUSPENDED', suspensionReason: reason, suspendedUntil: null });
      expect(await subscription.ended).toMatchObject({ code: 4403 });
      await eventually(async () => expect((await asViewer(person)).status).toBe(401));
      expect((await login(person)).userErrors).toMatchObject([{ code: 'ACCOUNT_SUSPENDED' }]);
      const refreshed = await stack.guest.run(
        'mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { userErrors { code } } }',
        { input: { refreshToken: person.refreshToken } },
      );
      expect(refreshed.userErrors).toEqual([{ code: 'REFRESH_TOKEN_INVALID' }]);

      const restored = await changeAccount(admin, 'restoreAccount', { accountId: person.userId });
      expect(restored).toMatchObject({ status: 'ACTIVE', suspensionReason: null, suspendedUntil: null });
      expect((await asViewer(await stack.signIn(person.username))).data.viewer.id).toBe(person.userId);
    });

    it('ends by itself when its time is over, for administrators and for its owner', async () => {
      const person = await stack.register('briefly');
      const until = new Date(Date.now() + 600_000).toISOString();
      const accountId = person.userId;
      const suspended = await changeAccount(admin, 'suspendAccount', { accountId, reason: 'Enough for today', until });
      expect(suspended).toMatchObject({ status: 'SUSPENDED', suspendedUntil: until });
      const [failure] = (await login(person)).userErrors;
      expect(failure).toMatchObject({ code: 'ACCOUNT_SUSPENDED', message: expect.stringContaining(until) });
      expect(await listAccounts('first: 5, search: "briefly", status: SUSPENDED')).toEqual([accountId]);
      vi.setSystemTime(Date.now() + 601_000);
      try {
        expect(await listAccounts('first: 5, search: "briefly", status: SUSPENDED')).toEqual([]);
        expect(await listAccounts('first: 5, search: "briefly", status: ACTIVE')).toEqual([accountId]);
        const fields = 'status suspensionReason suspendedUntil';
        const account = await admin.run(`query ($id: ID!) { account(id: $id) { ${fields} } }`, { id: accountId });
        expect(account).toEqual({ status: 'ACTIVE', suspensionReason: null, suspendedUntil: null });
        expect((await asViewer(await stack.signIn(person.username))).data.viewer.id).toBe(accountId);
      } finally {
        vi.useRealTimers();
      }
    });

    it('wants a reason, a time to come, and an account that is there and not one’s own', async () => {
      const { userId: accountId } = await stack.register();
      const suspend = (input: object) =>
        changeAccount(admin, 'suspendAccount', { accountId, reason: 'A reason', ...input });
      for (const reason of ['', ' \n ', 'x'.repeat(501), 'bell\u0007']) {
        expect(await suspend({ reason })).toEqual(['REASON_INVALID']);
      }
      expect(await suspend({ until: new Date(Date.now() - 1_000).toISOString() })).toEqual(['TIME_INVALID']);
      for (const id of [nobodysId, 'nonsense', ''])
        expect(await suspend({ accountId: id })).toEqual(['ACCOUNT_NOT_FOUND']);
      expect(await suspend({ accountId: admin.userId })).toEqual(['OWN_ACCOUNT']);
      expect(await suspend({ reason: '\u{1F600}'.repeat(500) })).toMatchObject({ status: 'SUSPENDED' });
    });

    it('finds no account that was deleted', async () => {
      const person = await stack.register();
      await person.run('mutation { deleteAccount { deletedUserId } }');
      const accountId = person.userId;
      expect(await changeAccount(admin, 'suspendAccount', { accountId, reason: 'x' })).toEqual(['ACCOUNT_NOT_FOUND']);
      expect(await changeAccount(admin, 'restoreAccount', { accountId })).toEqual(['ACCOUNT_NOT_FOUND']);
      expect(await changeAccount(admin, 'changeRole', { accountId, role: 'ADMIN' })).toEqual(['ACCOUNT_NOT_FOUND']);
      const deleted = await admin.run('query ($id: ID!) { account(id: $id) { status email user { id } } }', {
        id: accountId,
      });
      expect(deleted).toEqual({ status: 'DELETED', email: null, user: null });
    });

    it('is not taken back for an account that its owner has put to rest', async () => {
      const person = await stack.register();
      await person.run('mutation { deactivateAccount { user { id } } }');
      const restored = await changeAccount(admin, 'restoreAccount', { accountId: person.userId });
      expect(restored).toMatchObject({ status: 'DEACTIVATED' });
    });
  });

  describe('changing a role', () => {
    it('gives other scopes, and ends tokens of the old role at once', async () => {
      const person = await stack.register();
      const changed = await changeAccount(admin, 'changeRole', { accountId: person.userId, role: 'ADMIN' });
      expect(changed).toMatchObject({ role: 'ADMIN' });
      await eventually(async () => expect((await asViewer(person)).status).toBe(401));
      const { session, userErrors } = await stack.guest.run(
        `mutation ($input: RefreshSessionInput!) {
          refreshSession(input: $input) { session { accessToken refreshToken } userErrors { code } }
        }`,
        { input: { refreshToken: person.refreshToken } },
      );
      expect(userErrors).toEqual([]);
      person.accessToken = session.accessToken;
      expect((await person.run('{ accounts(first: 1) { nodes { id } } }')).nodes).toHaveLength(1);
      expect(await person.run('{ viewer { security { role } } }')).toEqual({ security: { role: 'ADMIN' } });

      await changeAccount(admin, 'changeRole', { accountId: person.userId, role: 'USER' });
      await eventually(async () => expect((await asViewer(person)).status).toBe(401));
    });

    it('leaves sessions alone when the role stays the same', async () => {
      const person = await stack.register();
      const changed = await changeAccount(admin, 'changeRole', { accountId: person.userId, role: 'USER' });
      expect(changed).toMatchObject({ role: 'USER' });
      const [row] = await stack.databases.query('auth', 'SELECT access_version FROM account WHERE id = $1', [
        person.userId,
      ]);
      expect(row).toEqual({ access_version: 1 });
    });

    it('wants a recent authentication', async () => {
      const other = await registerAdministrator(stack);
      await stack.databases.query(
        'auth',
        "UPDATE session SET authenticated_at = authenticated_at - interval '11 minutes' WHERE account_id = $1",
        [other.userId],
      );
      const input = { accountId: other.userId, role: 'USER' };
      expect(await changeAccount(other, 'changeRole', input)).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
    });
  });

  describe('service accounts', () => {
    it('are made with a name of their own, which everybody can see and nobody can sign in to', async () => {
      const username = `Robot_${Date.now()}`;
      const created = await changeAccount(admin, 'createServiceAccount', { username });
      expect(created).toMatchObject({ kind: 'SERVICE', status: 'ACTIVE', role: 'USER', user: { username } });
      const { id } = created as { id: string };
      await eventually(async () => {
        const seen = await admin.run('query ($id: ID!) { user(id: $id) { displayName } }', { id });
        expect(seen).toEqual({ displayName: username });
      });
      const attempt = await stack.guest.run(
        'mutation ($input: LoginInput!) { login(input: $input) { session { accessToken } userErrors { code } } }',
        { input: { login: username, password: '' } },
      );
      expect(attempt).toEqual({ session: null, userErrors: [{ code: 'CREDENTIALS_INVALID' }] });
      expect(await changeAccount(admin, 'createServiceAccount', { username: username.toUpperCase() })).toEqual([
        'USERNAME_TAKEN',
      ]);
      expect(await changeAccount(admin, 'createServiceAccount', { username: 'a b' })).toEqual(['USERNAME_INVALID']);
    });

    it('are deleted for good, and only they', async () => {
      const username = `gone_${Date.now()}`;
      const created = (await changeAccount(admin, 'createServiceAccount', { username })) as { id: string };
      const deleted = await changeAccount(admin, 'deleteServiceAccount', { accountId: created.id });
      expect(deleted).toMatchObject({ id: created.id, status: 'DELETED', user: null });
      expect(await changeAccount(admin, 'deleteServiceAccount', { accountId: created.id })).toEqual([
        'ACCOUNT_NOT_FOUND',
      ]);
      expect(await changeAccount(admin, 'createServiceAccount', { username })).toMatchObject({ status: 'ACTIVE' });
      const person = await stack.register();
      expect(await changeAccount(admin, 'deleteServiceAccount', { accountId: person.userId })).toEqual([
        'ACCOUNT_NOT_FOUND',
      ]);
    });
  });
});

describe('the last administrator', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  /** What an administrator gets for a change: the new role, or why not. */
  async function demote(actor: TestClient, target: TestClient): Promise<unknown> {
    const { data, errors } = await actor.send(
      'mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { account { role } userErrors { code } } }',
      { input: { accountId: target.userId, role: 'USER' } },
    );
    if (errors) return errors[0]?.extensions.code;
    return data.changeRole.account?.role ?? data.changeRole.userErrors[0].code;
  }

  const countAdministrators = async () => {
    const rows = await stack.databases.query(
      'auth',
      "SELECT FROM account WHERE role = 'ADMIN' AND kind = 'PERSON' AND status = 'ACTIVE'",
    );
    return rows.length;
  };

  it('can’t give the role up, whatever programs, suspended and resting accounts have it', async () => {
    const last = await registerAdministrator(stack);
    const [suspended, resting] = [await stack.register(), await stack.register()];
    const program = (await changeAccount(last, 'createServiceAccount', { username: 'program' })) as { id: string };
    for (const accountId of [suspended.userId, resting.userId, program.id]) {
      await changeAccount(last, 'changeRole', { accountId, role: 'ADMIN' });
    }
    await changeAccount(last, 'suspendAccount', { accountId: suspended.userId, reason: 'x' });
    await stack.databases.query('auth', "UPDATE account SET status = 'DEACTIVATED' WHERE id = $1", [resting.userId]);
    expect(await demote(last, last)).toBe('LAST_ADMINISTRATOR');
    const next = await registerAdministrator(stack);
    expect(await demote(last, last)).toBe('USER');
    expect(await demote(next, next)).toBe('LAST_ADMINISTRATOR');
    await stack.databases.query('auth', "UPDATE account SET role = 'USER'");
  });

  it('is not suspended by a program, which would be no administrator in their place and can’t delete itself', async () => {
    const last = await registerAdministrator(stack);
    const { id } = (await changeAccount(last, 'createServiceAccount', { username: 'caretaker' })) as { id: string };
    await changeAccount(last, 'changeRole', { accountId: id, role: 'ADMIN' });
    const { secret } = await createApiKey(last, { serviceAccountId: id, scopes: ['accounts:write'] });
    const program = new TestClient(stack.url);
    program.accessToken = secret;
    const suspend = { accountId: last.userId, reason: 'x' };
    expect(await changeAccount(program, 'suspendAccount', suspend)).toEqual(['LAST_ADMINISTRATOR']);
    expect(await changeAccount(program, 'deleteServiceAccount', { accountId: id })).toEqual(['OWN_ACCOUNT']);
    await registerAdministrator(stack);
    expect(await changeAccount(program, 'suspendAccount', suspend)).toMatchObject({ status: 'SUSPENDED' });
    await stack.databases.query('auth', "UPDATE account SET role = 'USER'");
  });

  it('stays when two demote each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await registerAdministrator(stack), await registerAdministrator(stack)];
      const outcomes = await Promise.all([demote(one, two), demote(two, one)]);
      // Whoever comes second is no administrator any more, which the router may know already.
      expect(outcomes.filter((outcome) => outcome === 'USER')).toHaveLength(1);
      expect(await countAdministrators()).toBe(1);
      await stack.databases.query('auth', "UPDATE account SET role = 'USER'");
    }
  });

  it('stays when all give the role up at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const administrators = await Promise.all([1, 2, 3].map(() => registerAdministrator(stack)));
      const outcomes = await Promise.all(administrators.map((one) => demote(one, one)));
      expect(outcomes.toSorted()).toEqual(['LAST_ADMINISTRATOR', 'USER', 'USER']);
      expect(await countAdministrators()).toBe(1);
      await stack.databases.query('auth', "UPDATE account SET role = 'USER'");
    }
  });
});
