import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabases, eventually, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { startMailServer, type TestMailServer } from '../mail-server.ts';
import { codeIn } from '../mails.ts';

const countMails = async (databases: TestDatabases): Promise<number> =>
  (await databases.query('auth', 'SELECT FROM mail')).length;

describe('mails of a stack with SMTP', () => {
  let databases: TestDatabases;
  let server: TestMailServer;
  let stacks: TestStack[];

  beforeAll(async () => {
    [databases, server] = await Promise.all([createDatabases(), startMailServer()]);
    const environment = { SMTP_URL: server.url, MAIL_FROM: 'Chorus of Tests <chorus@chat.example>' };
    const options = { databases, environment };
    stacks = await Promise.all([startTestStack(options), startTestStack(options)]);
  });

  afterAll(async () => {
    await Promise.all(stacks?.map((stack) => stack.stop()) ?? []);
    await server?.stop();
    await databases?.drop();
  });

  const mailTo = (username: string) =>
    eventually(() => {
      const found = server.mails.find(({ to }) => to.includes(`${username}@example.org`));
      if (found === undefined) throw new Error('It has not arrived.');
      return found;
    });

  it('arrive: the one that verifies an address comes with a registration', async () => {
    const [stack] = stacks as [TestStack];
    const { username } = await stack.register();
    const { from, to, parsed } = await mailTo(username);
    expect({ from, to }).toEqual({ from: 'chorus@chat.example', to: [`${username}@example.org`] });
    expect(parsed).toMatchObject({
      from: { name: 'Chorus of Tests', address: 'chorus@chat.example' },
      to: [{ address: `${username}@example.org` }],
      subject: 'Chorus: Verify your e-mail address',
      messageId: expect.stringMatching(/^<[0-9a-f-]{36}@chat\.example>$/),
    });
    expect(parsed.cc ?? parsed.bcc ?? parsed.html ?? []).toEqual([]);
    expect(parsed.text).toContain(`Hello ${username},`);
    expect(codeIn({ text: parsed.text ?? '' })).toHaveLength(35);
  });

  it('carry codes that work', async () => {
    const [stack] = stacks as [TestStack];
    const { username, userId } = await stack.register();
    const { parsed } = await mailTo(username);
    const { user, userErrors } = await stack.guest.run(
      'mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { user { id } userErrors { code } } }',
      { input: { code: codeIn({ text: parsed.text ?? '' }) } },
    );
    expect({ user, userErrors }).toEqual({ user: { id: userId }, userErrors: [] });
  });

  it('are each sent once by two processes, and then kept nowhere', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, (_, index) => stacks[index % 2]?.register('one')));
    const addresses = people.map((person) => `${person?.username}@example.org`);
    await eventually(async () => expect(await countMails(databases)).toBe(0));
    const received = server.mails.flatMap(({ to }) => to).filter((address) => addresses.includes(address));
    expect(received.toSorted()).toEqual(addresses.toSorted());
  });

  it('are counted in the metrics', async () => {
    const metrics = await (await fetch(new URL('/metrics', stacks[0]?.subgraphs.auth.url))).text();
    expect(metrics).toMatch(/^chorus_mails_total\{result="sent",service="auth"\} [1-9]\d*$/m);
  });

  it('have no mailbox page beside them', async () => {
    for (const path of ['/mailbox', '/mailbox.json']) {
      expect((await fetch(new URL(path, stacks[0]?.subgraphs.auth.url))).status).toBe(404);
    }
  });
});
