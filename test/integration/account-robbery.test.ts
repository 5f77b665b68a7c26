import * as bcrypt from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { changeAccount, registerAdministrator } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codeIn, waitForMail } from '../mails.ts';
import { codesOf, mutate } from '../mutations.ts';
import { enrolTotp } from './authenticator/flows.ts';

const newPassword = 'quite another secret';
const thiefsPassword = 'the secret of a thief';

/** Somebody else is in the account, or wants to be: what the owner does against it holds. */
describe('an account that somebody else has got into', () => {
  let stack: TestStack;

  beforeAll(async () => {
    // One hash at a time makes the races below long.
    stack = await startTestStack({ environment: { HASHING_CONCURRENCY: '1' } });
  });

  afterAll(() => stack?.stop());

  const emailOf = ({ username }: TestClient) => `${username}@example.org`;
  const passwordOf = ({ username }: TestClient) => `the password of ${username}`;
  const changeEmail = async (client: TestClient, email: string) => {
    expect(codesOf(await mutate(client, 'changeEmail', { email }))).toEqual([]);
    return codeIn(await waitForMail(stack, email, /Confirm your new/));
  };
  const confirm = async (code: string) => codesOf(await mutate(stack.guest, 'confirmEmailChange', { code }));
  const undo = async (code: string) => codesOf(await mutate(stack.guest, 'undoEmailChange', { code }));
  const requestReset = async (email: string) => {
    await mutate(stack.guest, 'requestPasswordReset', { email }, '__typename');
    return codeIn(await waitForMail(stack, email, /Set a new password/));
  };
  const reset = async (code: string, password = newPassword) =>
    codesOf(await mutate(stack.guest, 'resetPassword', { code, newPassword: password }));
  const signsIn = (login: string, password: string) =>
    stack.signIn(login, password).then(
      () => true,
      () => false,
    );

  it.each([
    ['a reset', async (owner: TestClient) => expect(await reset(await requestReset(emailOf(owner)))).toEqual([])],
    [
      'a change of the password',
      async (owner: TestClient) => {
        const input = { currentPassword: passwordOf(owner), newPassword };
        expect(codesOf(await mutate(owner, 'changePassword', input))).toEqual([]);
      },
    ],
    ['logoutEverywhere', (owner: TestClient) => owner.run('mutation { logoutEverywhere { user { id } } }')],
  ])('does not change its address any more after %s', async (_what, defend) => {
    const owner = await stack.register();
    const code = await changeEmail(owner, `thief.${emailOf(owner)}`);
    await defend(owner);
    expect(await confirm(code)).toEqual(['CODE_INVALID']);
  });

  it('is not taken back from its owner by the undo code that the thief was sent', async () => {
    const owner = await stack.register();
    const thiefsAddress = `thief.${emailOf(owner)}`;
    expect(await confirm(await changeEmail(owner, thiefsAddress))).toEqual([]);
    const ownersCode = codeIn(await waitForMail(stack, emailOf(owner), /about to change/));
    await changeEmail(owner, `thief.again.${emailOf(owner)}`);
    const thiefsCode = codeIn(await waitForMail(stack, thiefsAddress, /about to change/));
    expect(await undo(ownersCode)).toEqual([]);
    expect(await undo(thiefsCode)).toEqual(['CODE_INVALID']);
    expect(await signsIn(emailOf(owner), passwordOf(owner))).toBe(true);
  });

  it('gets its address back from somebody who has registered with it meanwhile and never proven it', async () => {
    const owner = await stack.register();
    expect(await confirm(await changeEmail(owner, `thief.${emailOf(owner)}`))).toEqual([]);
    const ownersCode = codeIn(await waitForMail(stack, emailOf(owner), /about to change/));
    const squatter = {
      username: `squatter_${owner.username}`.slice(0, 50),
      email: emailOf(owner),
      password: thiefsPassword,
    };
    expect(codesOf(await mutate(stack.guest, 'register', squatter))).toEqual([]);
    expect(await undo(ownersCode)).toEqual([]);
    expect(await signsIn(emailOf(owner), passwordOf(owner))).toBe(true);
  });

  it('loses with the undo what the thief has left behind to come back with', async () => {
    const owner = await stack.register();
    const { secret } = await mutate(owner, 'createApiKey', { name: 'thief', scopes: ['chat:read'] }, 'secret');
    await enrolTotp(owner);
    expect(await confirm(await changeEmail(owner, `thief.${emailOf(owner)}`))).toEqual([]);
    const ownersCode = codeIn(await waitForMail(stack, emailOf(owner), /about to change/));
    expect(await undo(ownersCode)).toEqual([]);
    const asKey = await stack.guest.send('{ viewer { id } }', {}, { authorization: `Bearer ${secret}` });
    expect(asKey.status).toBe(401);
    expect(await signsIn(owner.username, passwordOf(owner))).toBe(true);
  });

  it('keeps the proof of an address that was never changed when a change of it is undone', async () => {
    const owner = await stack.register();
    await changeEmail(owner, `elsewhere.${emailOf(owner)}`);
    const verification = codeIn(await waitForMail(stack, emailOf(owner), /Verify/));
    expect(codesOf(await mutate(stack.guest, 'verifyEmail', { code: verification }))).toEqual([]);
    expect(await undo(codeIn(await waitForMail(stack, emailOf(owner), /about to change/)))).toEqual([]);
    const back = await stack.signIn(owner.username);
    expect((await back.run('{ viewer { security { emailVerifiedAt } } }')).security.emailVerifiedAt).not.toBeNull();
  });

  it('belongs to its owner after a reset, whatever change of the password was under way', async () => {
    for (let round = 0; round < 5; round += 1) {
      const owner = await stack.register();
      const code = await requestReset(emailOf(owner));
      const change = { currentPassword: passwordOf(owner), newPassword: thiefsPassword };
      // Whichever comes first, the reset is the last word.
      const [resetErrors] = await Promise.all([reset(code), owner.send(changePasswordQuery, { input: change })]);
      expect(resetErrors).toEqual([]);
      expect(await signsIn(owner.username, thiefsPassword)).toBe(false);
      expect(await signsIn(owner.username, newPassword)).toBe(true);
    }
  });

  const changePasswordQuery =
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }';

  it('is not signed in to by a challenge that another password has begun', async () => {
    const owner = await stack.register();
    const { secret } = await enrolTotp(owner);
    const { secondFactor } = await mutate(
      stack.guest,
      'login',
      { login: owner.username, password: passwordOf(owner) },
      'secondFactor { challengeToken }',
    );
    expect(secret).toBeTruthy();
    await stack.databases.query('auth', `UPDATE account SET password_hash = 'another' WHERE id = $1`, [owner.userId]);
    const answer = { challengeToken: secondFactor.challengeToken, totpCode: '000000' };
    const completed = await mutate(stack.guest, 'completeLogin', answer, 'session { accessToken }');
    expect(codesOf(completed)).toEqual(['CHALLENGE_INVALID']);
  });

  it('stays suspended, though it deactivates itself at the same moment', async () => {
    const administrator = await registerAdministrator(stack);
    for (let round = 0; round < 8; round += 1) {
      const suspect = await stack.register();
      const suspend = { accountId: suspect.userId, reason: 'Spam' };
      await Promise.all([
        changeAccount(administrator, 'suspendAccount', suspend),
        suspect.send('mutation { deactivateAccount { userErrors { code } } }'),
      ]);
      expect(await signsIn(suspect.username, passwordOf(suspect))).toBe(false);
    }
  });

  it('stays deleted, whatever changes were under way', async () => {
    for (let round = 0; round < 6; round += 1) {
      const owner = await stack.register();
      const name = `risen_${owner.username}`;
      const email = `risen.${emailOf(owner)}`;
      await Promise.all([
        owner.send('mutation { deleteAccount { deletedUserId } }'),
        owner.send('mutation ($n: String!) { changeUsername(input: { username: $n }) { userErrors { code } } }', {
          n: name,
        }),
        owner.send('mutation ($e: String!) { changeEmail(input: { email: $e }) { userErrors { code } } }', {
          e: email,
        }),
      ]);
      const [account] = await stack.databases.query<{ status: string; row: string }>(
        'auth',
        'SELECT status::text, account::text AS row FROM account WHERE id = $1',
        [owner.userId],
      );
      expect(account?.status).toBe('DELETED');
      expect(account?.row).not.toContain(owner.username);
      const tickets = 'SELECT 1 FROM ticket WHERE account_id = $1';
      expect(await stack.databases.query('auth', tickets, [owner.userId])).toEqual([]);
    }
  });

  it('answers with a code when an undo and a confirmation come at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const owner = await stack.register();
      const code = await changeEmail(owner, `other.${emailOf(owner)}`);
      const back = codeIn(await waitForMail(stack, emailOf(owner), /about to change/));
      const [confirmed, undone] = await Promise.all([confirm(code), undo(back)]);
      expect([[], ['CODE_INVALID']]).toContainEqual(confirmed);
      expect(undone).toEqual([]);
      const { email } = (await (await stack.signIn(owner.username)).run('{ viewer { email } }')) as { email: string };
      expect(email).toBe(emailOf(owner));
    }
  });

  it('with a hash from elsewhere is signed in to by all who know the password at once', async () => {
    const owner = await stack.register();
    const imported = await bcrypt.hash(passwordOf(owner), 4);
    await stack.databases.query('auth', 'UPDATE account SET password_hash = $2 WHERE id = $1', [
      owner.userId,
      imported,
    ]);
    const attempts = Array.from({ length: 4 }, () => signsIn(owner.username, passwordOf(owner)));
    expect(await Promise.all(attempts)).toEqual(Array(4).fill(true));
  });
});

describe('an account whose address is not proven, where mail is sent', () => {
  it('gets no further ways in', async () => {
    const stack = await startTestStack({ environment: { SMTP_URL: 'smtp://127.0.0.1:1' } });
    onTestFinished(() => stack.stop());
    const client = await stack.register();
    const start = async (name: string) => codesOf(await client.run(`mutation { ${name} { userErrors { code } } }`));
    expect(await start('startTotpEnrolment')).toEqual(['EMAIL_NOT_VERIFIED']);
    expect(await start('startPasskeyRegistration')).toEqual(['EMAIL_NOT_VERIFIED']);
    await stack.databases.query('auth', 'UPDATE account SET email_verified_at = now() WHERE id = $1', [client.userId]);
    expect(await start('startTotpEnrolment')).toEqual([]);
  });
});
