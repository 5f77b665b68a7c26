import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import { changeAccount, createApiKey, registerAdministrator } from '../administrators.ts';
import { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { readMails, waitForMail } from '../mails.ts';
import { atLater } from '../mutations.ts';
import { askSubgraph } from '../past-the-router.ts';
import { emailOf, readEvents } from './authenticator/flows.ts';

const minute = 60_000;

let stack: TestStack;
let admin: TestClient;

beforeAll(async () => {
  stack = await startTestStack();
  admin = await registerAdministrator(stack);
});

afterAll(async () => {
  vi.useRealTimers();
  await stack?.stop();
});

const query = (sql: string, values: unknown[]) => stack.databases.query('auth', sql, values);
const statusOf = async (client: TestClient) => (await client.send('{ viewer { id } }')).status;

/** A program that has an administrator's key. */
async function startProgram(): Promise<TestClient> {
  const program = new TestClient(stack.url);
  program.accessToken = (await createApiKey(admin, { scopes: ['accounts:read', 'accounts:write'] })).secret;
  return program;
}

const createRobot = async () =>
  (await changeAccount(admin, 'createServiceAccount', { username: `r${randomUUID().slice(0, 8)}` })) as { id: string };

/** Every change that an administrator makes, on an account made for it. */
const changes: [string, () => Promise<object>][] = [
  ['suspendAccount', async () => ({ accountId: (await stack.register()).userId, reason: 'A reason' })],
  ['restoreAccount', async () => ({ accountId: (await stack.register()).userId })],
  ['endSessions', async () => ({ accountId: (await stack.register()).userId })],
  ['createServiceAccount', async () => ({ username: `s${randomUUID().slice(0, 8)}` })],
  ['deleteServiceAccount', async () => ({ accountId: (await createRobot()).id })],
];

describe('a change of an account', () => {
  it.each(changes)('such as %s wants a recent authentication', async (mutation, makeInput) => {
    const other = await registerAdministrator(stack);
    const input = (await makeInput()) as Record<string, unknown>;
    const age = "UPDATE session SET authenticated_at = authenticated_at - interval '11 minutes' WHERE account_id = $1";
    await query(age, [other.userId]);
    expect(await changeAccount(other, mutation, input)).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
    await other.signIn(other.username);
    expect(await changeAccount(other, mutation, input)).toMatchObject({ id: expect.any(String) });
  });

  it.each(changes)('such as %s is made with a key at any time', async (mutation, makeInput) => {
    const program = await startProgram();
    const input = (await makeInput()) as Record<string, unknown>;
    await atLater(30 * minute, async () => {
      expect(await changeAccount(program, mutation, input)).toMatchObject({ id: expect.any(String) });
    });
  });

  it('of its role is not made with a key', async () => {
    const { errors } = await (await startProgram()).send(
      'mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { userErrors { code } } }',
      { input: { accountId: (await stack.register()).userId, role: 'ADMIN' } },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it.each([...changes, ['changeRole', async () => ({ accountId: admin.userId, role: 'USER' })] as (typeof changes)[0]])(
    'such as %s is refused to everybody else without waiting for the one that goes on',
    async (mutation, makeInput) => {
      const person = await stack.register();
      const [session] = await stack.databases.query<{ id: string }>(
        'auth',
        'SELECT id FROM session WHERE account_id = $1',
        [person.userId],
      );
      const scopes = ['account:read', 'account:write', 'accounts:write'];
      const expiresAtSeconds = Math.floor(Date.now() / 1_000) + 900;
      // A token from when they were an administrator would say so.
      const viewer = { userId: person.userId, sessionId: session?.id ?? '', roles: [], scopes, expiresAtSeconds };
      const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
      const input = await makeInput();
      await withClient(subgraphDatabaseUrl(stack.databases.url, 'auth'), async (client) => {
        await client.query('SELECT pg_advisory_lock(4812003)');
        const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
        const inTime = AbortSignal.timeout(30_000);
        const { errors } = await askSubgraph(stack.subgraphs.auth, viewer, query, { input }, inTime);
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
      });
    },
  );
});

describe('an account that its owner has put to rest', () => {
  const rest = async (name = 'resting') => {
    const person = await stack.register(name);
    const { secret: key } = await createApiKey(person, {});
    await person.run('mutation { deactivateAccount { user { id } } }');
    return { person, key, accountId: person.userId };
  };
  const listStatus = async (status: string, search: string) =>
    (await admin.run(`{ accounts(first: 5, search: "${search}", status: ${status}) { nodes { id } } }`)).nodes.map(
      ({ id }: { id: string }) => id,
    );

  it('is at rest again when its suspension is taken back', async () => {
    const { person, accountId } = await rest();
    const suspended = await changeAccount(admin, 'suspendAccount', { accountId, reason: 'A reason' });
    expect(suspended).toMatchObject({ status: 'SUSPENDED', suspensionReason: 'A reason' });
    await expect(stack.signIn(person.username)).rejects.toThrow('ACCOUNT_SUSPENDED');
    // A second suspension forgets nothing.
    await changeAccount(admin, 'suspendAccount', { accountId, reason: 'Another reason' });
    const restored = await changeAccount(admin, 'restoreAccount', { accountId });
    expect(restored).toMatchObject({ status: 'DEACTIVATED', suspensionReason: null, suspendedUntil: null });
    expect(await statusOf(await stack.signIn(person.username))).toBe(200);
    expect(await readEvents(stack.databases, person, 'account_reactivated')).toHaveLength(1);
  });

  it('is at rest again when the time of its suspension is over, and so are its keys', async () => {
    const { person, key, accountId } = await rest('outlasting');
    const until = new Date(Date.now() + minute).toISOString();
    await changeAccount(admin, 'suspendAccount', { accountId, reason: 'A reason', until });
    const search = person.username;
    expect(await listStatus('SUSPENDED', search)).toEqual([accountId]);
    for (const status of ['ACTIVE', 'DEACTIVATED']) expect(await listStatus(status, search)).toEqual([]);
    await atLater(2 * minute, async () => {
      expect(await listStatus('DEACTIVATED', search)).toEqual([accountId]);
      for (const status of ['ACTIVE', 'SUSPENDED']) expect(await listStatus(status, search)).toEqual([]);
      expect(await admin.run('query ($id: ID!) { account(id: $id) { status } }', { id: accountId })).toEqual({
        status: 'DEACTIVATED',
      });
      const program = new TestClient(stack.url);
      program.accessToken = key;
      expect(await statusOf(program)).toBe(401);
      await stack.signIn(person.username);
      expect(await listStatus('ACTIVE', search)).toEqual([accountId]);
    });
  });
});

describe('ending all sessions of an account', () => {
  it('signs it out everywhere and lets it sign in again, and is recorded with who did it', async () => {
    const person = await stack.register();
    const other = await stack.signIn(person.username);
    const { secret: key } = await createApiKey(person, {});
    const ended = await changeAccount(admin, 'endSessions', { accountId: person.userId });
    expect(ended).toMatchObject({ id: person.userId, status: 'ACTIVE' });
    for (const client of [person, other]) await eventually(async () => expect(await statusOf(client)).toBe(401));
    const program = new TestClient(stack.url);
    program.accessToken = key;
    expect(await statusOf(program)).toBe(200);
    expect(await readEvents(stack.databases, person, 'logout_everywhere')).toEqual([
      { succeeded: true, actorId: admin.userId, details: { sessions: 2 } },
    ]);
    expect(await statusOf(await stack.signIn(person.username))).toBe(200);
  });

  it('finds no account that is not there', async () => {
    for (const accountId of [randomUUID(), 'nonsense', '']) {
      expect(await changeAccount(admin, 'endSessions', { accountId })).toEqual(['ACCOUNT_NOT_FOUND']);
    }
  });
});

describe('somebody whose account an administrator changes', () => {
  it('is told of a suspension with its reason and its end, and of its end', async () => {
    const person = await stack.register();
    const accountId = person.userId;
    const until = new Date(Date.now() + minute).toISOString();
    await changeAccount(admin, 'suspendAccount', { accountId, reason: 'Advertises\nin every room', until });
    const suspension = await waitForMail(stack, emailOf(person), /Your account was suspended$/);
    expect(suspension.text).toContain('The reason:\n\n    Advertises\n    in every room\n');
    expect(suspension.text).toContain(until);
    expect(suspension.text).not.toContain('set a new password');
    await changeAccount(admin, 'restoreAccount', { accountId });
    await waitForMail(stack, emailOf(person), /Your account was restored$/);
  });

  it('is told of another role', async () => {
    const person = await stack.register();
    await changeAccount(admin, 'changeRole', { accountId: person.userId, role: 'MODERATOR' });
    const { text } = await waitForMail(stack, emailOf(person), /Your account has another role$/);
    expect(text).toContain('It was USER, and is MODERATOR now.');
  });

  it('is told of nothing that did not change', async () => {
    const person = await stack.register();
    await changeAccount(admin, 'restoreAccount', { accountId: person.userId });
    await changeAccount(admin, 'changeRole', { accountId: person.userId, role: 'USER' });
    expect((await readMails(stack, emailOf(person))).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Verify your e-mail address'),
    ]);
  });
});

describe('the end of a suspension or of a key', () => {
  const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString();
  const tooFar = new Date(Date.now() + 101 * 365.25 * 86_400_000).toISOString();
  const refused = ['9999-12-31T23:59:59-10:00', '9999-12-31T23:59:59Z', tooFar, new Date(0).toISOString()];

  it('is within the next 100 years', async () => {
    const person = await stack.register();
    const { userId: accountId } = await stack.register();
    const suspend = (until: string) => changeAccount(admin, 'suspendAccount', { accountId, reason: 'A reason', until });
    for (const time of refused) {
      expect(await suspend(time)).toEqual(['TIME_INVALID']);
      expect((await createApiKey(person, { expiresAt: time })).errors).toEqual(['TIME_INVALID']);
    }
    expect(await suspend(inAYear)).toMatchObject({ suspendedUntil: inAYear });
    expect((await createApiKey(person, { expiresAt: inAYear })).errors).toEqual([]);
  });
});
