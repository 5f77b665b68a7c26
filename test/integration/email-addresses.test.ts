import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { codeIn, waitForMail } from '../mails.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const hour = 3_600_000;

describe('e-mail addresses', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  const emailOf = ({ username }: TestClient) => `${username}@example.org`;
  const security = async (client: TestClient, selection: string) =>
    (await client.run(`{ viewer { email security { ${selection} } } }`)).security;
  const expectSignedOut = (client: TestClient) =>
    eventually(async () => expect((await client.send('{ viewer { id } }')).status).toBe(401));

  describe('e-mail verification', () => {
    it('takes the code that was mailed, once', async () => {
      const client = await stack.register();
      expect((await security(client, 'emailVerifiedAt')).emailVerifiedAt).toBeNull();
      const code = codeIn(await waitForMail(stack, emailOf(client), /Verify/));
      expect(
        await mutate(stack.guest, 'verifyEmail', { code: ` ${code.toLowerCase().replaceAll('-', ' ')} ` }),
      ).toEqual({
        user: { id: client.userId, username: client.username },
        userErrors: [],
      });
      expect((await security(client, 'emailVerifiedAt')).emailVerifiedAt).not.toBeNull();
      expect(codesOf(await mutate(stack.guest, 'verifyEmail', { code }))).toEqual(['CODE_INVALID']);
    });

    it('sends another code on request, which replaces the first', async () => {
      const client = await stack.register();
      const first = codeIn(await waitForMail(stack, emailOf(client), /Verify/));
      const send = 'mutation { sendEmailVerification { userErrors { code } } }';
      expect(codesOf(await client.run(send))).toEqual([]);
      expect(codesOf(await mutate(stack.guest, 'verifyEmail', { code: first }))).toEqual(['CODE_INVALID']);
      const second = codeIn(await waitForMail(stack, emailOf(client), /Verify/));
      expect(codesOf(await mutate(stack.guest, 'verifyEmail', { code: second }))).toEqual([]);
      expect(codesOf(await client.run(send))).toEqual(['EMAIL_ALREADY_VERIFIED']);
    });

    it('refuses a code after a day', async () => {
      const client = await stack.register();
      const code = codeIn(await waitForMail(stack, emailOf(client), /Verify/));
      await atLater(24 * hour + 1_000, async () => {
        expect(codesOf(await mutate(stack.guest, 'verifyEmail', { code }))).toEqual(['CODE_INVALID']);
      });
    });

    it('does not fill a mailbox', async () => {
      const client = await stack.register();
      const send = () => client.run('mutation { sendEmailVerification { userErrors { code } } }');
      for (let sent = 0; sent < 5; sent += 1) expect(codesOf(await send())).toEqual([]);
      expect(codesOf(await send())).toEqual(['TOO_MANY_ATTEMPTS']);
    });
  });

  describe('a change of e-mail address', () => {
    const change = async (client: TestClient, email: string) => {
      expect(codesOf(await mutate(client, 'changeEmail', { email }))).toEqual([]);
      return codeIn(await waitForMail(stack, email, /Confirm your new/));
    };

    it('happens when the code comes back from the new address, and tells the old one', async () => {
      const client = await stack.register();
      const email = `new.${emailOf(client)}`;
      const code = await change(client, email);
      expect(await client.run('{ viewer { email security { pendingEmail } } }')).toEqual({
        email: emailOf(client),
        security: { pendingEmail: email },
      });
      await waitForMail(stack, emailOf(client), /about to change/);
      expect(codesOf(await mutate(stack.guest, 'confirmEmailChange', { code }))).toEqual([]);
      const after = await client.run('{ viewer { email security { pendingEmail emailVerifiedAt } } }');
      expect(after).toMatchObject({ email, security: { pendingEmail: null, emailVerifiedAt: expect.any(String) } });
      await waitForMail(stack, emailOf(client), /was changed/);
      await stack.signIn(email, `the password of ${client.username}`);
    });

    it('is undone from the old address, which signs everybody out, even after a second change', async () => {
      const client = await stack.register();
      const first = await change(client, `thief.${emailOf(client)}`);
      const undo = codeIn(await waitForMail(stack, emailOf(client), /about to change/));
      await mutate(stack.guest, 'confirmEmailChange', { code: first });
      const second = await change(client, `thief.again.${emailOf(client)}`);
      await mutate(stack.guest, 'confirmEmailChange', { code: second });
      expect(codesOf(await mutate(stack.guest, 'undoEmailChange', { code: undo }))).toEqual([]);
      await expectSignedOut(client);
      await stack.signIn(emailOf(client), `the password of ${client.username}`);
    });

    it('refuses an address that somebody has, also when they took it meanwhile', async () => {
      const [client, other] = [await stack.register(), await stack.register()];
      expect(codesOf(await mutate(client, 'changeEmail', { email: emailOf(other) }))).toEqual(['EMAIL_TAKEN']);
      const email = `contested.${emailOf(client)}`;
      const [code, faster] = [await change(client, email), await change(other, email)];
      expect(codesOf(await mutate(stack.guest, 'confirmEmailChange', { code: faster }))).toEqual([]);
      expect(codesOf(await mutate(stack.guest, 'confirmEmailChange', { code }))).toEqual(['EMAIL_TAKEN']);
    });

    it('ends codes that went to the old address', async () => {
      const client = await stack.register();
      await mutate(stack.guest, 'requestPasswordReset', { email: emailOf(client) }, '__typename');
      const reset = codeIn(await waitForMail(stack, emailOf(client), /Set a new password/));
      const code = await change(client, `new.${emailOf(client)}`);
      await mutate(stack.guest, 'confirmEmailChange', { code });
      const late = await mutate(stack.guest, 'resetPassword', { code: reset, newPassword: 'quite another secret' });
      expect(codesOf(late)).toEqual(['CODE_INVALID']);
    });
  });
});
