import Fastify, { type FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPool } from '../../platform/database.ts';
import { serveMailbox } from '../../subgraphs/auth/mail/mailbox.ts';
import { queueMail } from '../../subgraphs/auth/mail/queue.ts';
import { type Database, openDatabase } from '../../subgraphs/auth/repository.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import { createDatabases, eventually, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { codeIn, readMails, waitForMail } from '../mails.ts';

describe('the mailbox of a stack without SMTP', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ environment: { APP_URL: 'https://chat.example/app' } });
  });

  afterAll(() => stack?.stop());

  const get = (path: string) => fetch(new URL(path, stack.subgraphs.auth.url));

  it('shows what would be sent, with the code to copy and the link to click', async () => {
    const { username } = await stack.register();
    const mail = await waitForMail(stack, `${username}@example.org`, /verify/i);
    const code = codeIn(mail);
    const response = await get(`/mailbox?to=${username}@example.org`);
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain(`<h2>${mail.subject}</h2>`);
    expect(page).toContain(`<code>${code}</code>`);
    expect(page).toContain(`href="https://chat.example/app/verify-email#code=${code}"`);
  });

  it('tells programs the same, newest first, of all or of one address', async () => {
    const [one, two] = [await stack.register(), await stack.register()];
    const all = (await (await get('/mailbox.json')).json()) as { id: string; to: string; createdAt: string }[];
    expect(all.slice(0, 2).map(({ to }) => to)).toEqual([`${two.username}@example.org`, `${one.username}@example.org`]);
    expect(Object.keys(all[0] ?? {}).toSorted()).toEqual(['createdAt', 'id', 'subject', 'text', 'to']);
    expect(await readMails(stack, `${one.username}@EXAMPLE.org`)).toEqual([all[1]]);
    expect(await readMails(stack, 'nobody@example.org')).toEqual([]);
  });

  it('keeps in the database neither an address nor a code that could be read there', async () => {
    const { username } = await stack.register();
    const { text } = await waitForMail(stack, `${username}@example.org`, /verify/i);
    const rows = await stack.databases.query<{ content: string }>(
      'auth',
      `SELECT mail::text || encode(encrypted, 'escape') AS content FROM mail`,
    );
    const content = rows.map((row) => row.content).join('\n');
    expect(rows.length).toBeGreaterThan(0);
    expect(content).not.toContain(username);
    expect(content).not.toContain('example.org');
    expect(content).not.toContain(codeIn({ text }));
  });

  it('forgets mails when their codes end', async () => {
    await stack.register();
    vi.setSystemTime(Date.now() + 24 * 3_600_000);
    try {
      expect(await (await get('/mailbox.json')).json()).toEqual([]);
      await eventually(async () => expect(await stack.databases.query('auth', 'SELECT FROM mail')).toEqual([]));
    } finally {
      vi.useRealTimers();
    }
  });

  it('never has a mail to somebody whose name or address would be more than that', async () => {
    const register = async (username: string, email: string) =>
      (
        await stack.guest.run('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }', {
          input: { username, email, password: 'a password that nobody guesses' },
        })
      ).userErrors;
    for (const email of ['a@b.example\r\nBcc: c@d.example', 'a@b.example, c@d.example', 'A <a@b.example>', 'a@b@c']) {
      expect(await register('injector', email)).toEqual([{ code: 'EMAIL_INVALID' }]);
    }
    for (const username of ['name\r\nBcc: c@d.example', '<b>name</b>', 'name\n\nname']) {
      expect(await register(username, 'injector@b.example')).toEqual([{ code: 'USERNAME_INVALID' }]);
    }
  });

  it('does not exist in production', async () => {
    const production = await startTestStack({ databases: stack.databases, environment: { NODE_ENV: 'production' } });
    try {
      for (const path of ['/mailbox', '/mailbox.json']) {
        expect((await fetch(new URL(path, production.subgraphs.auth.url))).status).toBe(404);
      }
    } finally {
      await production.stop();
    }
  });
});

describe('the pages of the mailbox', () => {
  const settings = { ACCOUNT_SECRET: 'a secret for the mails of these tests' };
  const now = () => new Date('2030-01-01T12:00:00Z');
  let databases: TestDatabases;
  let pool: Pool;
  let database: Database;
  let app: FastifyInstance;

  beforeAll(async () => {
    databases = await createDatabases();
    const connectionString = subgraphDatabaseUrl(databases.url, 'auth');
    pool = openPool({ connectionString, maximumConnections: 2, logger: pino({ level: 'silent' }) });
    database = openDatabase(pool);
    app = Fastify();
    serveMailbox(app, { database, settings, now });
  });

  afterAll(async () => {
    await app?.close();
    await database?.$disconnect();
    await pool?.end();
    await databases?.drop();
  });

  it('show what a mail says, whatever it says', async () => {
    const message = {
      to: '"><img src=x onerror=alert(1)>@example.org',
      subject: '<script>alert(1)</script> & more',
      text: 'Hello </p><script>alert(2)</script>,\n\n    https://chat.example/?a="><script>alert(3)</script>&b=1\n',
    };
    await queueMail(database, settings, { message, createdAt: now(), expiresAt: new Date('2030-01-02T12:00:00Z') });
    const { body } = await app.inject('/mailbox');
    expect(body.match(/<(?!\/)[a-z0-9]+/g)).not.toContain('<script');
    expect(body.match(/<(?!\/)[a-z0-9]+/g)).not.toContain('<img');
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
    expect(body).toContain('Hello &lt;/p&gt;&lt;script&gt;alert(2)&lt;/script&gt;,');
    expect(body).toContain('<a href="https://chat.example/?a=" ');
    const [mail] = (await app.inject('/mailbox.json')).json();
    expect(mail).toMatchObject({ ...message, createdAt: '2030-01-01T12:00:00.000Z' });
    expect((await app.inject({ url: '/mailbox', query: { to: '"><script>' } })).body).not.toContain('"><script>');
  });

  it('show no decoy', async () => {
    const before = (await app.inject('/mailbox.json')).json();
    const message = { to: '', subject: 'Decoy', text: 'To nobody.' };
    await queueMail(database, settings, { message, createdAt: now(), expiresAt: new Date('2030-01-02T12:00:00Z') });
    expect((await app.inject('/mailbox.json')).json()).toEqual(before);
  });

  it('run nothing and load nothing', async () => {
    const { headers, body } = await app.inject('/mailbox');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(body).not.toMatch(/<script|<link|<img|<[^>]+\son\w+=|style="/);
  });

  it('are for this machine alone', async () => {
    const status = async (remoteAddress: string, host: string) =>
      (await app.inject({ url: '/mailbox.json', remoteAddress, headers: { host } })).statusCode;
    expect(await status('127.0.0.1', 'localhost:4001')).toBe(200);
    expect(await status('::1', '[::1]:4001')).toBe(200);
    expect(await status('::ffff:127.0.0.1', '127.0.0.1:4001')).toBe(200);
    expect(await status('192.0.2.7', 'localhost:4001')).toBe(404);
    expect(await status('2001:db8::7', '[2001:db8::1]:4001')).toBe(404);
  });

  it('are not for a page of the web whose name leads to this machine', async () => {
    const answer = await app.inject({ url: '/mailbox.json', headers: { host: 'rebound.evil.example' } });
    expect([answer.statusCode, answer.json().errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
  });
});
