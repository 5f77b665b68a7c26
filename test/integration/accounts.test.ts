import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { expectSlowedDown, guessUntilSlowedDown } from '../guessing.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { codeIn, readMails, waitForMail } from '../mails.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const hour = 3_600_000;

describe('accounts', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  const emailOf = ({ username }: TestClient) => `${username}@example.org`;
  const expectSignedOut = (client: TestClient) =>
    eventually(async () => expect((await client.send('{ viewer { id } }')).status).toBe(401));

  describe('registration', () => {
    const register = (input: object) =>
      mutate(stack.guest, 'register', { email: 'someone@example.org', password: 'a long enough secret', ...input });

    it.each([
      ['two characters', 'ab', 'USERNAME_INVALID'],
      ['51 characters', 'a'.repeat(51), 'USERNAME_INVALID'],
      ['a hyphen', 'ada-lovelace', 'USERNAME_INVALID'],
      ['letters of another alphabet that look alike', 'аda', 'USERNAME_INVALID'],
      ['a line end', 'ada\n', 'USERNAME_INVALID'],
    ])('refuses a username with %s', async (_what, username, code) => {
      expect(codesOf(await register({ username }))).toEqual([code]);
    });

    it.each([
      ['without an @', 'ada.example.org'],
      ['with a space', 'a da@example.org'],
      ['with a line end and another header', 'ada@example.org\r\nBcc: eve@example.org'],
      ['with a display name', 'Ada <ada@example.org>'],
      ['for two people', 'ada@example.org,eve@example.org'],
      ['with a path that a URL parser would cut off', 'ada@example.org/.evil.example'],
      ['with a query that a URL parser would cut off', 'ada@example.org?.evil.example'],
      ['with an encoded domain', 'ada@ex%61mple.org'],
      ['with a port', 'ada@example.org:25'],
      ['with a domain of an address', 'ada@[127.0.0.1]'],
      ['of 255 characters', `${'a'.repeat(243)}@example.org`],
    ])('refuses an e-mail address %s', async (_what, email) => {
      expect(codesOf(await register({ username: 'valid_name', email }))).toEqual(['EMAIL_INVALID']);
    });

    it.each([
      ['seven characters', '7 chars', 'PASSWORD_INVALID'],
      ['129 characters', 'x'.repeat(129), 'PASSWORD_INVALID'],
      ['broken UTF-16', 'long enough \ud800', 'PASSWORD_INVALID'],
      ['a place among the common ones', 'Password123', 'PASSWORD_COMMON'],
      ['the username and little else', 'margaret_h99', 'PASSWORD_TOO_SIMILAR'],
      ['the username backwards', '!!h_teragram', 'PASSWORD_TOO_SIMILAR'],
      ['the name of the installation', 'Chorus-2026', 'PASSWORD_TOO_SIMILAR'],
      ['the e-mail address', 'hamilton.m@example.org', 'PASSWORD_TOO_SIMILAR'],
    ])('refuses a password with %s', async (_what, password, code) => {
      const names = { username: 'margaret_h', email: 'hamilton.m@example.org' };
      expect(await register({ ...names, password })).toEqual({
        user: null,
        userErrors: [{ code, field: ['password'] }],
      });
    });

    it.each([
      ['eight characters', 'q7$Vz!2m'],
      ['128 characters of any kind', `${'語'.repeat(64)}${' '.repeat(63)}🔑`],
    ])('takes a password with %s', async (_what, password) => {
      const client = await stack.register();
      const changed = { currentPassword: `the password of ${client.username}`, newPassword: password };
      expect(codesOf(await mutate(client, 'changePassword', changed))).toEqual([]);
      await stack.signIn(client.username, password);
    });

    it('knows that names that differ in case alone are the same', async () => {
      const { username } = await stack.register();
      const other = { email: 'other.case@example.org', password: 'a long enough secret' };
      expect(codesOf(await register({ ...other, username: username.toUpperCase() }))).toEqual(['USERNAME_TAKEN']);
      const sameEmail = { username: `${username}_2`, email: `${username.toUpperCase()}@EXAMPLE.org` };
      expect(codesOf(await register(sameEmail))).toEqual(['EMAIL_TAKEN']);
    });

    it('gives a name to one of several who want it at once', async () => {
      const attempts = Array.from({ length: 5 }, (_, index) =>
        register({ username: 'wanted_by_all', email: `wanted${index}@example.org` }),
      );
      const results = (await Promise.all(attempts)).flatMap(codesOf);
      expect(results).toEqual(Array(4).fill('USERNAME_TAKEN'));
    });

    it('reaches an international domain by either of its spellings', async () => {
      const client = await stack.register();
      await mutate(client, 'changeEmail', { email: `${client.username}@bücher.example` });
      const mail = await waitForMail(stack, `${client.username}@bücher.example`, /Confirm/);
      await mutate(stack.guest, 'confirmEmailChange', { code: codeIn(mail) });
      await stack.signIn(`${client.username}@xn--bcher-kva.example`, `the password of ${client.username}`);
    });
  });

  describe('password reset', () => {
    const requestCode = async (client: TestClient) => {
      const request = await mutate(stack.guest, 'requestPasswordReset', { email: emailOf(client) }, '__typename');
      expect(request.userErrors).toEqual([]);
      return codeIn(await waitForMail(stack, emailOf(client), /Set a new password/));
    };
    const newPassword = 'quite another secret';

    it('sets a new password and ends every session, without beginning one', async () => {
      const client = await stack.register();
      const code = await requestCode(client);
      expect(codesOf(await mutate(stack.guest, 'resetPassword', { code, newPassword }))).toEqual([]);
      await expectSignedOut(client);
      await expect(stack.signIn(client.username)).rejects.toThrow('CREDENTIALS_INVALID');
      await stack.signIn(client.username, newPassword);
      await waitForMail(stack, emailOf(client), /password was set anew/);
      expect(codesOf(await mutate(stack.guest, 'resetPassword', { code, newPassword }))).toEqual(['CODE_INVALID']);
    });

    it('leaves the code good when the new password is refused', async () => {
      const client = await stack.register();
      const code = await requestCode(client);
      const weak = { code, newPassword: 'password1' };
      expect(codesOf(await mutate(stack.guest, 'resetPassword', weak))).toEqual(['PASSWORD_COMMON']);
      expect(codesOf(await mutate(stack.guest, 'resetPassword', { code, newPassword }))).toEqual([]);
    });

    it('takes each code for ten minutes, and none after one was used', async () => {
      const client = await stack.register();
      const codes = [await requestCode(client), await requestCode(client), await requestCode(client)];
      await atLater(hour / 6 + 1_000, async () => {
        const late = { code: codes[0], newPassword };
        expect(codesOf(await mutate(stack.guest, 'resetPassword', late))).toEqual(['CODE_INVALID']);
      });
      expect(codesOf(await mutate(stack.guest, 'resetPassword', { code: codes[1], newPassword }))).toEqual([]);
      for (const code of codes) {
        expect(codesOf(await mutate(stack.guest, 'resetPassword', { code, newPassword }))).toEqual(['CODE_INVALID']);
      }
    });

    it('puts out whoever registered with an address that is not theirs, and all that they have left behind', async () => {
      const client = await stack.register();
      await stack.databases.query(
        'auth',
        `INSERT INTO identity (id, account_id, provider, subject, linked_at) VALUES (gen_random_uuid(), $1, 'work', $2, now())`,
        [client.userId, client.username],
      );
      const create = { name: 'left behind', scopes: ['chat:read'] };
      const { secret } = await mutate(client, 'createApiKey', create, 'secret');
      const asKey = () => stack.guest.send('{ viewer { id } }', {}, { authorization: `Bearer ${secret}` });
      expect((await asKey()).status).toBe(200);
      const code = await requestCode(client);
      expect(codesOf(await mutate(stack.guest, 'resetPassword', { code, newPassword }))).toEqual([]);
      await eventually(async () => expect((await asKey()).status).toBe(401));
      const owner = await stack.signIn(client.username, newPassword);
      expect(await owner.run('{ viewer { security { identities { id } apiKeys { id } emailVerifiedAt } } }')).toEqual({
        security: { identities: [], apiKeys: [], emailVerifiedAt: expect.any(String) },
      });
    });

    it('does one thing when a code comes twice at once', async () => {
      const client = await stack.register();
      const code = await requestCode(client);
      const attempts = ['one new secret', 'other new secret'].map((each) =>
        mutate(stack.guest, 'resetPassword', { code, newPassword: each }),
      );
      expect((await Promise.all(attempts)).flatMap(codesOf)).toEqual(['CODE_INVALID']);
    });
  });

  describe('a change of password', () => {
    const change = (client: TestClient, currentPassword: string, newPassword = 'quite another secret') =>
      mutate(client, 'changePassword', { currentPassword, newPassword });

    it('wants the password until now, and ends all other sessions', async () => {
      const client = await stack.register();
      const other = await stack.signIn(client.username);
      expect(await change(client, 'wrong password')).toEqual({
        user: null,
        userErrors: [{ code: 'CREDENTIALS_INVALID', field: ['currentPassword'] }],
      });
      expect(codesOf(await change(client, `the password of ${client.username}`))).toEqual([]);
      await expectSignedOut(other);
      expect((await client.send('{ viewer { id } }')).status).toBe(200);
      await stack.signIn(client.username, 'quite another secret');
    });

    it('slows guessing down', async () => {
      const client = await stack.register();
      const guess = async (count: number) => codesOf(await change(client, `wrong ${count}`))[0];
      await expectSlowedDown(5, 'CREDENTIALS_INVALID', () => guessUntilSlowedDown(guess));
    });
  });

  describe('a change of username', () => {
    it('is seen everywhere: at sign-in, in mentions, by others', async () => {
      const client = await stack.register();
      const author = await stack.register();
      const name = `renamed_${client.username}`;
      expect(codesOf(await mutate(client, 'changeUsername', { username: name }))).toEqual([]);
      await stack.signIn(name, `the password of ${client.username}`);
      await expect(stack.signIn(client.username)).rejects.toThrow('CREDENTIALS_INVALID');
      const roomId = await author.createRoom();
      await client.joinRoom(roomId);
      const mentions = () => client.run('{ viewer { notifications(first: 10) { nodes { id } } } }');
      await eventually(async () => {
        await author.sendMessage(roomId, `hello @${name}`);
        expect((await mentions()).notifications.nodes.length).toBeGreaterThan(0);
      });
    });

    it('may change the case alone, and refuses a name that somebody has', async () => {
      const [client, other] = [await stack.register(), await stack.register()];
      expect(codesOf(await mutate(client, 'changeUsername', { username: client.username.toUpperCase() }))).toEqual([]);
      const taken = await mutate(client, 'changeUsername', { username: other.username });
      expect(codesOf(taken)).toEqual(['USERNAME_TAKEN']);
    });

    it('wants a recent authentication', async () => {
      const client = await stack.register();
      await atLater(hour / 6 + 1_000, async () => {
        const late = await mutate(client, 'changeUsername', { username: `late_${client.username}` });
        expect(codesOf(late)).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
      });
    });
  });

  it('rest when they are deactivated, and wake at the next sign-in', async () => {
    const client = await stack.register();
    const { userErrors } = await client.run('mutation { deactivateAccount { userErrors { code } } }');
    expect(userErrors).toEqual([]);
    await expectSignedOut(client);
    await stack.signIn(client.username);
    const actions = await stack.databases.query<{ action: string }>(
      'auth',
      'SELECT action FROM security_event WHERE account_id = $1 ORDER BY id',
      [client.userId],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'registered',
      'account_deactivated',
      'account_reactivated',
      'login',
    ]);
  });

  describe('deletion', () => {
    const deleteAccount = (client: TestClient) =>
      client.run('mutation { deleteAccount { deletedUserId userErrors { code } } }');

    it('reaches every part of the system', async () => {
      const [client, other] = [await stack.register(), await stack.register()];
      const roomId = await other.createRoom();
      await client.joinRoom(roomId);
      await other.sendMessage(roomId, `hello @${client.username}`);
      await client.sendMessage(roomId, 'my last words');
      expect(await deleteAccount(client)).toEqual({ deletedUserId: client.userId, userErrors: [] });
      await expectSignedOut(client);
      await eventually(async () => {
        const rows = await Promise.all([
          stack.databases.query('user', 'SELECT 1 FROM profile WHERE user_id = $1 AND deleted_at IS NULL', [
            client.userId,
          ]),
          stack.databases.query('chat', 'SELECT 1 FROM room_member WHERE user_id = $1', [client.userId]),
          stack.databases.query('notification', 'SELECT 1 FROM notification WHERE user_id = $1', [client.userId]),
        ]);
        expect(rows).toEqual([[], [], []]);
      });
      const { messages } = await other.run(
        'query ($id: ID!) { room(id: $id) { messages(last: 1) { nodes { text author { username } } } } }',
        { id: roomId },
      );
      expect(messages.nodes).toEqual([{ text: 'my last words', author: null }]);
      expect(await other.run('query ($id: ID!) { user(id: $id) { username } }', { id: client.userId })).toBeNull();
    });

    it('leaves nothing personal behind, and the names to others', async () => {
      const client = await stack.register();
      const { username } = client;
      await deleteAccount(client);
      await expect(stack.signIn(username)).rejects.toThrow('CREDENTIALS_INVALID');
      const [row] = await stack.databases.query<{ row: string }>(
        'auth',
        'SELECT account::text AS row FROM account WHERE id = $1',
        [client.userId],
      );
      expect(row?.row).not.toContain(username);
      expect(row?.row).not.toContain('argon2');
      expect((await readMails(stack, emailOf(client))).length).toBeGreaterThan(0);
      const again = { username, email: emailOf(client), password: 'a long enough secret' };
      expect(codesOf(await mutate(stack.guest, 'register', again))).toEqual([]);
    });

    it('wants a recent authentication', async () => {
      const client = await stack.register();
      await atLater(hour / 6 + 1_000, async () => {
        expect(codesOf(await deleteAccount(client))).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
      });
    });
  });
});
