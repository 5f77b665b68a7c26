import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../platform/viewer.ts';
import { changeAccount, registerAdministrator } from '../administrators.ts';
import type { Answer, TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { askSubgraph } from '../past-the-router.ts';
import { recordStatements } from '../statement-recorder.ts';

const anId = '01900000-0000-7000-8000-000000000000';

/** Everything that is for administrators alone. */
const operations = {
  accounts: '{ accounts(first: 1) { nodes { id } } }',
  account: `{ account(id: "${anId}") { id } }`,
  suspendAccount: `mutation { suspendAccount(input: { accountId: "${anId}", reason: "x" }) { userErrors { code } } }`,
  restoreAccount: `mutation { restoreAccount(input: { accountId: "${anId}" }) { userErrors { code } } }`,
  endSessions: `mutation { endSessions(input: { accountId: "${anId}" }) { userErrors { code } } }`,
  changeRole: `mutation { changeRole(input: { accountId: "${anId}", role: ADMIN }) { userErrors { code } } }`,
  createServiceAccount: 'mutation { createServiceAccount(input: { username: "robot" }) { userErrors { code } } }',
  deleteServiceAccount: `mutation { deleteServiceAccount(input: { accountId: "${anId}" }) { userErrors { code } } }`,
};
const writes = Object.entries(operations).filter(([name]) => !name.startsWith('account'));

const codesOf = ({ errors }: Pick<Answer, 'errors'>) => errors?.map(({ extensions }) => extensions.code);

describe('administration', () => {
  let stack: TestStack;
  let admin: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    admin = await registerAdministrator(stack);
  });

  afterAll(() => stack?.stop());

  const setRole = (client: TestClient, role: string) =>
    stack.databases.query('auth', 'UPDATE account SET role = $2::role WHERE id = $1', [client.userId, role]);
  const listAccounts = async (filter: string) =>
    (await admin.run(`{ accounts(${filter}) { nodes { id } } }`)).nodes.map(({ id }: { id: string }) => id);

  const askAuth = (viewer: Viewer | null, query: string) => askSubgraph(stack.subgraphs.auth, viewer, query);

  const viewerOf = async (client: TestClient, scopes: string[]): Promise<Viewer> => {
    const [session] = await stack.databases.query<{ id: string }>(
      'auth',
      'SELECT id FROM session WHERE account_id = $1 ORDER BY id DESC LIMIT 1',
      [client.userId],
    );
    const expiresAtSeconds = Math.floor(Date.now() / 1000) + 900;
    return { userId: client.userId, sessionId: session?.id ?? '', roles: [], scopes, expiresAtSeconds };
  };

  describe('is for administrators alone', () => {
    it.each(Object.entries(operations))('%s is refused to people and to strangers', async (_name, query) => {
      const person = await stack.register();
      expect(codesOf(await person.send(query))).toEqual(['FORBIDDEN']);
      expect(codesOf(await stack.guest.send(query))).toEqual(['UNAUTHENTICATED']);
    });

    it.each(Object.entries(operations))('%s is refused to moderators', async (_name, query) => {
      const moderator = await stack.register();
      await setRole(moderator, 'MODERATOR');
      await moderator.signIn(moderator.username);
      expect(codesOf(await moderator.send(query))).toEqual(['FORBIDDEN']);
    });

    it.each(Object.entries(operations))('%s is refused past the router as well', async (_name, query) => {
      const scopes = ['account:read', 'account:write', 'chat:read', 'chat:moderate'];
      expect(codesOf(await askAuth(await viewerOf(admin, scopes), query))).toEqual(['FORBIDDEN']);
      expect(codesOf(await askAuth(null, query))).toEqual(['UNAUTHENTICATED']);
    });

    it.each(writes)('%s is refused to somebody who is no administrator any more', async (_name, query) => {
      const former = await registerAdministrator(stack);
      // Their token still says that they are one.
      await setRole(former, 'USER');
      expect(codesOf(await former.send(query))).toEqual(['FORBIDDEN']);
      await setRole(former, 'ADMIN');
      expect(codesOf(await former.send(query))).toBeUndefined();
    });

    it.each(writes)('%s is refused to a token whose session has ended', async (_name, query) => {
      const former = await registerAdministrator(stack);
      const viewer = await viewerOf(former, ['account:write', 'accounts:write']);
      await stack.databases.query('auth', 'UPDATE session SET revoked_at = now() WHERE account_id = $1', [
        former.userId,
      ]);
      expect(codesOf(await askAuth(viewer, query))).toEqual(['UNAUTHENTICATED']);
    });
  });

  describe('the list of accounts', () => {
    it('shows administrators what they need to know, and nothing that is secret', async () => {
      const person = await stack.register();
      const query = `query ($id: ID!) { account(id: $id) {
        id kind status role email emailVerifiedAt suspensionReason suspendedUntil hasSecondFactor lastLoginAt createdAt
        user { id username displayName } apiKeys { id }
      } }`;
      expect(await admin.run(query, { id: person.userId })).toEqual({
        id: person.userId,
        kind: 'PERSON',
        status: 'ACTIVE',
        role: 'USER',
        email: `${person.username}@example.org`,
        emailVerifiedAt: null,
        suspensionReason: null,
        suspendedUntil: null,
        hasSecondFactor: false,
        lastLoginAt: null,
        createdAt: expect.any(String),
        user: { id: person.userId, username: person.username, displayName: person.username },
        apiKeys: [],
      });
      expect(await admin.run(query, { id: anId })).toBeNull();
      expect(await admin.run(query, { id: 'nonsense' })).toBeNull();
    });

    it('is paged, newest first', async () => {
      const ids: string[] = [];
      for (let number = 0; number < 5; number += 1) ids.unshift((await stack.register('paged')).userId);
      const read = (after: string | null) =>
        admin.run(
          `query ($after: String) { accounts(first: 2, after: $after, search: "PAGED_") {
            nodes { id } pageInfo { hasNextPage endCursor }
          } }`,
          { after },
        );
      const found: string[] = [];
      let page = await read(null);
      found.push(...page.nodes.map(({ id }: { id: string }) => id));
      while (page.pageInfo.hasNextPage) {
        page = await read(page.pageInfo.endCursor);
        found.push(...page.nodes.map(({ id }: { id: string }) => id));
      }
      expect(found).toEqual(ids);
      for (const args of ['first: 0', 'first: 101', 'first: 1, after: "nonsense"', 'search: "x"']) {
        expect(codesOf(await admin.send(`{ accounts(${args}) { nodes { id } } }`))).toEqual(['BAD_USER_INPUT']);
      }
      const forged = Buffer.from("accounts:all:' OR true --").toString('base64url');
      const answer = await admin.send(`{ accounts(first: 1, after: "${forged}") { nodes { id } } }`);
      expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    });

    it('is searched by how a username or an e-mail address begins, without regard to case', async () => {
      const person = await stack.register('Searched');
      const email = 'Zoë.Muster@bücher.example';
      await stack.databases.query('auth', 'UPDATE account SET email = $2, email_normalized = $3 WHERE id = $1', [
        person.userId,
        email,
        'zoë.muster@xn--bcher-kva.example',
      ]);
      const searches = [person.username, person.username.slice(0, -3).toUpperCase(), 'ZOË.M', email, ' zoë.muster@ '];
      for (const search of searches) {
        expect(await listAccounts(`first: 5, search: ${JSON.stringify(search)}`)).toEqual([person.userId]);
      }
      for (const search of ['earched_', 'muster@', '@', 'nobody at all', '\u0000']) {
        expect(await listAccounts(`first: 5, search: ${JSON.stringify(search)}`)).toEqual([]);
      }
      expect(await listAccounts('first: 2, search: " "')).toHaveLength(2);
      // The beginning of a domain is no domain yet: as one, 1 would be the address 0.0.0.1.
      const other = await stack.register();
      const address = 'someone@1and1.example';
      await stack.databases.query('auth', 'UPDATE account SET email = $2, email_normalized = $2 WHERE id = $1', [
        other.userId,
        address,
      ]);
      expect(await listAccounts('first: 5, search: "someone@1"')).toEqual([other.userId]);
    });

    it('takes wildcards in a search for the characters that they are', async () => {
      const [wild, tame] = [await stack.register('wild'), await stack.register('wildx')];
      expect(await listAccounts('first: 5, search: "wild_"')).toEqual([wild.userId]);
      expect(await listAccounts('first: 5, search: "wild"')).toEqual([tame.userId, wild.userId]);
      for (const search of ['%', '_', 'w%', 'wild\\\\', '\\\\']) {
        expect(await listAccounts(`first: 5, search: "${search}"`)).toEqual([]);
      }
    });

    it('is filtered by role and status', async () => {
      const [moderator, sleeper] = [await stack.register('filtered'), await stack.register('filtered')];
      await setRole(moderator, 'MODERATOR');
      await sleeper.run('mutation { deactivateAccount { user { id } } }');
      expect(await listAccounts('first: 5, search: "filtered", role: MODERATOR')).toEqual([moderator.userId]);
      expect(await listAccounts('first: 5, search: "filtered", role: ADMIN')).toEqual([]);
      expect(await listAccounts('first: 5, search: "filtered", status: DEACTIVATED')).toEqual([sleeper.userId]);
      expect(await listAccounts('first: 5, search: "filtered", status: ACTIVE')).toEqual([moderator.userId]);
    });

    it('reads as much however long it is', async () => {
      const people = [await stack.register('counted'), await stack.register('counted')];
      for (let number = 0; number < 4; number += 1) {
        await changeAccount(admin, 'createServiceAccount', { username: `counted_robot_${number}` });
      }
      await stack.databases.query('auth', "INSERT INTO totp VALUES ($1, '\\x00', 0, now())", [people[0]?.userId]);
      const recorder = recordStatements();
      const count = async (first: number) => {
        const fields = 'id hasSecondFactor apiKeys { id } user { username displayName }';
        let nodes: { id: string; hasSecondFactor: boolean }[] = [];
        const statements = await recorder.count(async () => {
          const query = `{ accounts(first: ${first}, search: "counted") { nodes { ${fields} } } }`;
          nodes = (await admin.run(query)).nodes;
        });
        expect(nodes).toHaveLength(first);
        return { statements, holders: nodes.filter(({ hasSecondFactor }) => hasSecondFactor) };
      };
      try {
        // The display names of new accounts come by an event; a list that waits for one asks more often.
        await count(6);
        const [short, long] = [await count(1), await count(6)];
        expect(long.statements).toBe(short.statements);
        expect(long.holders.map(({ id }) => id)).toEqual([people[0]?.userId]);
      } finally {
        recorder.stop();
      }
    });
  });
});
