import type { Pool } from 'pg';
import { type Logger, pino } from 'pino';
import { Counter } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../../platform/database.ts';
import { queueMail } from '../../subgraphs/auth/mail/queue.ts';
import { claimMail } from '../../subgraphs/auth/mail/repository.ts';
import {
  type MailSender,
  mailLeaseMilliseconds,
  retryDelayMilliseconds,
  startMailSender,
} from '../../subgraphs/auth/mail/sender.ts';
import { openSmtp } from '../../subgraphs/auth/mail/smtp.ts';
import { type Database, openDatabase } from '../../subgraphs/auth/repository.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import { findFreePort } from '../../tools/free-port.ts';
import { createDatabases, eventually, type TestDatabases } from '../harness.ts';
import {
  mailServerCertificate,
  startMailServer,
  type TestMailServer,
  type TestMailServerOptions,
} from '../mail-server.ts';

const countMails = async (databases: TestDatabases): Promise<number> =>
  (await databases.query('auth', 'SELECT FROM mail')).length;

describe('the mail sender', () => {
  const settings = { ACCOUNT_SECRET: 'a secret for the mails of these tests', NODE_ENV: 'test' };
  const code = 'ABCDE-12345-FGHJK-67890-MNPQR';
  let databases: TestDatabases;
  let pool: Pool;
  let database: Database;
  let logger: Logger;
  let logs: { level: number; msg: string; [key: string]: unknown }[];
  let now: Date;
  let mails: Counter<'result'>;
  let running: { stop(): Promise<void> }[];

  beforeAll(async () => {
    databases = await createDatabases();
    logger = pino({ level: 'trace' }, { write: (line: string) => void logs.push(JSON.parse(line)) });
    const connectionString = subgraphDatabaseUrl(databases.url, 'auth');
    pool = openPool({ connectionString, maximumConnections: 10, logger });
    database = openDatabase(pool);
  });

  beforeEach(() => {
    logs = [];
    now = new Date('2030-01-01T12:00:00Z');
    mails = new Counter({ name: 'mails', help: 'Mails.', labelNames: ['result'], registers: [] });
    running = [];
  });

  afterEach(async () => {
    for (const each of running.splice(0).reverse()) await each.stop();
    await databases.query('auth', 'TRUNCATE mail');
    // Servers repeat the recipient in what they answer; none of it, and no code, reaches a log.
    expect(JSON.stringify(logs)).not.toMatch(/example\.org|ABCDE-12345/);
  });

  afterAll(async () => {
    await database?.$disconnect();
    await pool?.end();
    await databases?.drop();
  });

  async function listen(options: TestMailServerOptions = {}): Promise<TestMailServer> {
    const server = await startMailServer(options);
    running.push(server);
    return server;
  }

  function start(
    smtpUrl: string | undefined,
    changes: { NODE_ENV?: string; ACCOUNT_SECRET?: string } = {},
  ): MailSender {
    const all = { ...settings, SMTP_URL: smtpUrl, MAIL_FROM: 'chorus@chat.example', ...changes };
    const sender = startMailSender({
      database,
      settings: all,
      transport: openSmtp(all),
      logger,
      metrics: { mails } as unknown as Parameters<typeof startMailSender>[0]['metrics'],
      now: () => now,
    });
    running.push(sender);
    return sender;
  }

  async function queue(to: string, { subject = 'Verify', lifetimeMilliseconds = 86_400_000 } = {}): Promise<void> {
    const expiresAt = new Date(now.getTime() + lifetimeMilliseconds);
    const message = { to, subject, text: `Hello,\n\n    ${code}\n` };
    await queueMail(database, settings, { message, createdAt: now, expiresAt });
  }

  const pass = (milliseconds: number) => {
    now = new Date(now.getTime() + milliseconds);
  };

  const counted = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await mails.get()).values.map(({ labels, value }) => [labels.result, value]));

  const nothingWaits = () => eventually(async () => expect(await countMails(databases)).toBe(0));

  it('waits while the server is away, ever longer, and sends when it is back', async () => {
    const port = await findFreePort();
    await queue('ann@example.org');
    const sender = start(`smtp://127.0.0.1:${port}`);
    await eventually(async () => expect(await counted()).toEqual({ retried: 1 }));
    pass(10_000);
    sender.wake();
    await eventually(async () => expect(await counted()).toEqual({ retried: 2 }));
    const server = await listen({ port });
    pass(19_999);
    await queue('bob@example.org');
    sender.wake();
    await eventually(() => expect(server.mails).toMatchObject([{ to: ['bob@example.org'] }]));
    pass(1);
    sender.wake();
    await nothingWaits();
    expect(server.mails).toMatchObject([{ to: ['bob@example.org'] }, { to: ['ann@example.org'] }]);
    expect(await counted()).toEqual({ retried: 2, sent: 2 });
    // It tells of the outage once, and once of its end.
    expect(logs.filter(({ level }) => level >= 30).map(({ msg }) => msg)).toEqual([
      'sending mails failed; it will be tried again',
      'sending mails works again',
    ]);
  });

  it('doubles its patience from ten seconds up to an hour', () => {
    const delays = [1, 2, 3, 9, 10, 1_000].map(retryDelayMilliseconds);
    expect(delays).toEqual([10_000, 20_000, 40_000, 2_560_000, 3_600_000, 3_600_000]);
  });

  it('tries again what the server refuses for now, as the same mail', async () => {
    let refusals = 1;
    const server = await listen({
      refuseRecipient(address) {
        refusals -= 1;
        return refusals >= 0 ? { code: 451, text: `4.7.1 <${address}> is greylisted` } : null;
      },
    });
    await queue('ann@example.org');
    const createdAt = now.toISOString();
    const [{ id } = { id: '' }] = await databases.query<{ id: string }>('auth', 'SELECT id FROM mail');
    const sender = start(server.url);
    await eventually(async () => expect(await counted()).toEqual({ retried: 1 }));
    expect(logs.at(-1)).toMatchObject({
      mailId: id,
      attempts: 1,
      command: 'RCPT TO',
      responseCode: 451,
      status: '4.7.1',
    });
    pass(10_000);
    sender.wake();
    await nothingWaits();
    const [mail] = server.mails;
    expect(mail?.parsed).toMatchObject({ messageId: `<${id}@chat.example>`, date: createdAt });
    expect(await counted()).toEqual({ retried: 1, sent: 1 });
  });

  it('gives up what the server refuses for good, the recipient or the mail', async () => {
    const server = await listen({
      refuseRecipient: (address) =>
        address.startsWith('nobody') ? { code: 550, text: `5.1.1 <${address}> does not exist` } : null,
      refuseMail: () => ({ code: 554, text: '5.7.1 Not for ann@example.org' }),
    });
    await queue('nobody@example.org');
    await queue('ann@example.org');
    start(server.url);
    await nothingWaits();
    expect(server.recipients.toSorted()).toEqual(['ann@example.org', 'nobody@example.org']);
    expect(server.mails).toEqual([]);
    expect(await counted()).toEqual({ refused: 2 });
  });

  it('keeps mails while the server does not accept the password, which the operator can put right', async () => {
    const server = await listen({ offersTls: true, login: { user: 'chorus', password: 'right/&%' } });
    await queue('ann@example.org');
    const url = `${server.url}?tls.rejectUnauthorized=false`;
    const mistaken = start(url.replace(encodeURIComponent('right/&%'), 'wrong'));
    await eventually(async () => expect(await counted()).toEqual({ retried: 1 }));
    expect(logs.at(-1)).toMatchObject({ code: 'EAUTH', responseCode: 535 });
    await mistaken.stop();
    pass(10_000);
    start(url);
    await nothingWaits();
    expect(server.mails).toMatchObject([{ user: 'chorus', isSecure: true }]);
  });

  it('leaves nothing behind that a dead process had begun to send', async () => {
    const server = await listen();
    await queue('ann@example.org');
    // This is all that such a process has done: it has taken the mail.
    const taken = await claimMail(database, now, new Date(now.getTime() + mailLeaseMilliseconds));
    expect(taken).toMatchObject({ attempts: 1 });
    const sender = start(server.url);
    pass(mailLeaseMilliseconds - 1);
    await queue('bob@example.org');
    sender.wake();
    await eventually(() => expect(server.recipients).toEqual(['bob@example.org']));
    pass(1);
    sender.wake();
    await nothingWaits();
    expect(server.recipients).toEqual(['bob@example.org', 'ann@example.org']);
  });

  it('sends each mail once, however many processes send', async () => {
    const server = await listen();
    const addresses = Array.from({ length: 60 }, (_, index) => `person${index}@example.org`).toSorted();
    await Promise.all(addresses.map((address) => queue(address)));
    for (let count = 0; count < 3; count += 1) start(server.url);
    await nothingWaits();
    expect(server.mails.flatMap(({ to }) => to).toSorted()).toEqual(addresses);
    expect(await counted()).toEqual({ sent: 60 });
  });

  it('finishes the mail on its way before it stops, and begins no other', async () => {
    let accept: () => void = () => undefined;
    const accepted = new Promise<null>((resolve) => {
      accept = () => resolve(null);
    });
    const server = await listen({ refuseMail: () => accepted });
    await queue('ann@example.org');
    const sender = start(server.url);
    await eventually(() => expect(server.recipients).toEqual(['ann@example.org']));
    const stopped = sender.stop();
    await queue('bob@example.org');
    sender.wake();
    accept();
    await stopped;
    expect(server.recipients).toEqual(['ann@example.org']);
    expect(await countMails(databases)).toBe(1);
  });

  it('sends no decoy, and tells nobody of it', async () => {
    const server = await listen();
    await queue('');
    await queue('ann@example.org');
    start(server.url);
    await nothingWaits();
    expect(server.recipients).toEqual(['ann@example.org']);
    expect(await counted()).toEqual({ sent: 1 });
    expect(logs).toEqual([]);
  });

  it('drops what has expired: nobody has use for it', async () => {
    const server = await listen();
    await queue('ann@example.org', { lifetimeMilliseconds: 1_000 });
    await queue('bob@example.org');
    pass(1_000);
    start(server.url);
    await nothingWaits();
    expect(server.recipients).toEqual(['bob@example.org']);
    // It is told of after it has gone.
    await eventually(async () => {
      expect(await counted()).toEqual({ expired: 1, sent: 1 });
      expect(logs).toContainEqual(
        expect.objectContaining({ count: 1, msg: 'mails expired before they could be sent' }),
      );
    });
  });

  it('says at the start that it has no server, in production, and lets mails expire', async () => {
    await queue('ann@example.org', { lifetimeMilliseconds: 1_000 });
    start(undefined, { NODE_ENV: 'production' });
    expect(logs).toMatchObject([{ level: 40, msg: 'SMTP_URL is not set: no mail is sent, codes reach nobody' }]);
    pass(1_000);
    await nothingWaits();
    await eventually(async () => expect(await counted()).toEqual({ expired: 1 }));
  });

  it('keeps a mail that it cannot decrypt for a process that can', async () => {
    const server = await listen();
    await queue('ann@example.org');
    const other = start(server.url, { ACCOUNT_SECRET: 'a secret of another installation altogether' });
    await eventually(async () => expect(await counted()).toEqual({ retried: 1 }));
    expect(logs.at(-1)).toMatchObject({ reason: 'It was queued under another ACCOUNT_SECRET.' });
    await other.stop();
    pass(10_000);
    start(server.url);
    await nothingWaits();
    expect(server.mails).toHaveLength(1);
  });

  it('encrypts the way to a server whose certificate it can trust, and refuses another', async () => {
    const server = await listen({ offersTls: true });
    const localhost = `${server.url}?tls.servername=localhost`;
    await queue('ann@example.org');
    const suspicious = start(localhost);
    await eventually(async () => expect(await counted()).toEqual({ retried: 1 }));
    expect(logs.at(-1)).toMatchObject({ reason: expect.stringContaining('self-signed certificate') });
    await suspicious.stop();
    pass(10_000);
    start(`${localhost}&tls.ca=${encodeURIComponent(mailServerCertificate.cert)}`);
    await nothingWaits();
    expect(server.mails).toMatchObject([{ isSecure: true }]);
  });

  it('sends nothing in the clear in production, unless the URL says so', async () => {
    const server = await listen();
    await queue('ann@example.org');
    const strict = start(server.url, { NODE_ENV: 'production' });
    await eventually(async () => expect(await counted()).toEqual({ retried: 1 }));
    expect(server.recipients).toEqual([]);
    expect(logs.at(-1)).toMatchObject({ command: 'STARTTLS' });
    await strict.stop();
    pass(10_000);
    start(`${server.url}?requireTLS=false`, { NODE_ENV: 'production' });
    await nothingWaits();
    expect(server.mails).toMatchObject([{ isSecure: false }]);
  });

  it('lets nothing in a mail become a header or a second recipient', async () => {
    const server = await listen();
    await queue('ann@example.org', { subject: 'Verify\r\nBcc: eve@evil.example\r\n\r\nanother body' });
    await queue('bob@example.org, eve@evil.example');
    await queue('cyd@example.org\r\nRCPT TO:<eve@evil.example>');
    await queue('dan@example.org>\r\nBcc: <eve@evil.example');
    start(server.url);
    await nothingWaits();
    expect(server.recipients).toEqual(['ann@example.org']);
    expect(await counted()).toEqual({ sent: 1, refused: 3 });
    const [mail] = server.mails;
    expect(mail?.parsed.bcc ?? []).toEqual([]);
    expect(mail?.parsed.headers.map(({ key }) => key).toSorted()).toEqual(
      [
        'auto-submitted',
        'content-transfer-encoding',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ].toSorted(),
    );
    expect(mail?.parsed.text).toContain(code);
  });
});
