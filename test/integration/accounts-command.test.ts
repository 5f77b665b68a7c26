import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as argon2 from '@node-rs/argon2';
import * as bcrypt from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseImportLine } from '../../subgraphs/auth/administration/import-line.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';

const command = join(import.meta.dirname, '../../tools/accounts.ts');

describe('npm run accounts', () => {
  let stack: TestStack;
  let folder: string;
  let bcryptHash: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-accounts-'));
    stack = await startTestStack();
    bcryptHash = await bcrypt.hash('the old password', 4);
  });

  afterAll(async () => {
    await stack?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What the command prints, and its exit code. */
  function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
    const environment = {
      ...process.env,
      NODE_COMPILE_CACHE: inject('compileCache'),
      DATABASE_URL: stack.databases.url,
    };
    return new Promise((resolve) => {
      execFile(process.execPath, [command, ...args], { env: environment }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), lines: `${stdout}${stderr}`.trim().split('\n') });
      });
    });
  }

  async function importLines(lines: readonly (object | string)[]): Promise<{ code: number; lines: string[] }> {
    const file = join(folder, 'accounts.jsonl');
    await writeFile(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    return run('import', file);
  }

  const line = (username: string, fields: object = {}) => ({
    username,
    email: `${username}@example.org`,
    passwordHash: bcryptHash,
    ...fields,
  });

  const findAccount = async (username: string) => {
    const [account] = await stack.databases.query<Record<string, unknown>>(
      'auth',
      'SELECT * FROM account WHERE username = $1',
      [username],
    );
    return account;
  };

  const eventsAbout = (accountId: string) =>
    stack.databases.query(
      'auth',
      'SELECT action, actor_id, address, details FROM security_event WHERE account_id = $1 ORDER BY id',
      [accountId],
    );

  const logIn = async (login: string, password: string): Promise<string | string[]> => {
    const { user, userErrors } = await stack.guest.run(
      'mutation ($input: LoginInput!) { login(input: $input) { user { username } userErrors { code } } }',
      { input: { login, password } },
    );
    return user?.username ?? userErrors.map(({ code }: { code: string }) => code);
  };

  it('makes the first administrator, whose tokens of before end at once', async () => {
    expect((await run('list-administrators')).lines).toEqual(['There is no administrator. Make one with set-role.']);
    const person = await stack.register('first');
    const { username } = person;
    expect(await run('set-role', username.toUpperCase(), 'ADMIN')).toEqual({
      code: 0,
      lines: [`${username}: USER -> ADMIN`],
    });
    await eventually(async () => expect((await person.send('{ viewer { id } }')).status).toBe(401));
    const admin = await stack.signIn(username);
    expect((await admin.run('{ accounts(first: 1) { nodes { role } } }')).nodes).toEqual([{ role: 'ADMIN' }]);
    const [administrator = ''] = (await run('list-administrators')).lines;
    expect(administrator).toMatch(new RegExp(`^${username}  PERSON  ACTIVE  last login 20`));
    expect((await eventsAbout(person.userId))[1]).toEqual({
      action: 'role_changed',
      actor_id: null,
      address: null,
      details: { from: 'USER', to: 'ADMIN' },
    });
    expect((await run('set-role', username, 'ADMIN')).lines).toEqual([`${username} has the role ADMIN already`]);
    expect((await run('set-role', username, 'USER')).lines).toEqual([`${username}: ADMIN -> USER`]);
  });

  it('explains itself when it is called wrongly', async () => {
    const calls = [
      [],
      ['nonsense'],
      ['set-role', 'somebody'],
      ['set-role', 'somebody', 'KING'],
      ['import'],
      ['import', 'a', 'b'],
    ];
    for (const args of calls) {
      const { code, lines } = await run(...args);
      expect([code, lines[0]]).toEqual([1, expect.stringContaining('npm run accounts -- set-role')]);
    }
    expect(await run('set-role', 'nobody_at_all', 'ADMIN')).toEqual({
      code: 1,
      lines: ['There is no account nobody_at_all.'],
    });
    const { code, lines } = await run('import', join(folder, 'missing.jsonl'));
    expect([code, lines]).toEqual([1, [expect.stringContaining('ENOENT')]]);
    expect((await run('--help')).code).toBe(0);
  });

  it('imports accounts that sign in with their old password, which is hashed anew at that', async () => {
    const weaker = { algorithm: 2, memoryCost: 4_096, timeCost: 3, parallelism: 1 } as const;
    const hashes = {
      imported_bcrypt: bcryptHash,
      imported_2a: bcryptHash.replace('$2b$', '$2a$'),
      imported_2y: bcryptHash.replace('$2b$', '$2y$'),
      imported_argon2id: await argon2.hash('the old password', weaker),
      imported_argon2i: await argon2.hash('the old password', { ...weaker, algorithm: 1 }),
    };
    const lines = Object.entries(hashes).map(([username, passwordHash]) => line(username, { passwordHash }));
    expect(await importLines(lines)).toEqual({ code: 0, lines: ['5 imported, 0 there already, 0 with mistakes'] });
    for (const username of Object.keys(hashes)) {
      expect(await logIn(username, 'the wrong password')).toEqual(['CREDENTIALS_INVALID']);
      expect((await findAccount(username))?.['password_hash']).toBe(hashes[username as keyof typeof hashes]);
      expect(await logIn(`${username}@example.org`, 'the old password')).toBe(username);
      expect((await findAccount(username))?.['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(await logIn(username, 'the old password')).toBe(username);
      expect(await logIn(username, 'the wrong password')).toEqual(['CREDENTIALS_INVALID']);
    }
  });

  it('imports each account whole: its names, its age, its events, its line in the record', async () => {
    const createdAt = '2019-05-04T12:00:00.500+02:00';
    await importLines([line('Imported_Whole', { emailVerified: true, createdAt }), line('imported_plain')]);
    const whole = await findAccount('Imported_Whole');
    expect(whole).toMatchObject({
      username_normalized: 'imported_whole',
      email: 'Imported_Whole@example.org',
      email_normalized: 'imported_whole@example.org',
      email_verified_at: expect.any(Date),
      created_at: new Date(createdAt),
      role: 'USER',
      status: 'ACTIVE',
    });
    expect(await findAccount('imported_plain')).toMatchObject({ email_verified_at: null });
    const accountId = whole?.['id'] as string;
    expect(await eventsAbout(accountId)).toEqual([
      { action: 'account_imported', actor_id: null, address: null, details: {} },
    ]);
    // Every part of the system comes to know of them.
    await eventually(async () => {
      const person = await stack.register();
      const seen = await person.run('query ($id: ID!) { user(id: $id) { displayName } }', { id: accountId });
      expect(seen).toEqual({ displayName: 'Imported_Whole' });
    });
  });

  it('can be repeated: what is there already is left as it is', async () => {
    const lines = Array.from({ length: 1_203 }, (_, number) => line(`repeated_${number}`));
    expect((await importLines(lines.slice(0, 700))).lines).toEqual(['700 imported, 0 there already, 0 with mistakes']);
    await stack.databases.query('auth', "UPDATE account SET password_hash = NULL WHERE username = 'repeated_1'");
    const again = [...lines, line('REPEATED_2', { email: 'Repeated_2@EXAMPLE.org' }), line('repeated_1202')];
    expect(await importLines(again)).toEqual({ code: 0, lines: ['503 imported, 702 there already, 0 with mistakes'] });
    expect((await findAccount('repeated_1'))?.['password_hash']).toBeNull();
    const [{ count } = {}] = await stack.databases.query<{ count?: string }>(
      'auth',
      "SELECT count(*) FROM outbox JOIN account ON envelope->'payload'->>'userId' = account.id::text WHERE username LIKE 'repeated%'",
    );
    expect(count).toBe('1203');
  });

  it('reports every mistake with its line, and imports all the others', async () => {
    await importLines([line('taken_name'), line('other_name')]);
    const { code, lines } = await importLines([
      line('good_one'),
      'not JSON',
      '',
      line('a b'),
      line('bad_mail', { email: 'nowhere' }),
      line('bad_hash', { passwordHash: 'secret in plain text' }),
      { username: 'no_mail', passwordHash: bcryptHash },
      line('bad_time', { createdAt: 'yesterday' }),
      line('future_time', { createdAt: '2999-01-01T00:00:00Z' }),
      line('bad_flag', { emailVerified: 'yes' }),
      line('more', { role: 'ADMIN' }),
      line('taken_name', { email: 'elsewhere@example.org' }),
      line('new_name', { email: 'taken_name@example.org' }),
      line('taken_name', { email: 'other_name@example.org' }),
      line('good_two'),
      line('good_two', { email: 'elsewhere@example.org' }),
    ]);
    expect(code).toBe(1);
    const summary = lines.pop();
    expect(summary).toBe('2 imported, 0 there already, 13 with mistakes');
    expect(
      lines
        .map((each) => /^line (\d+): ./.exec(each)?.[1])
        .map(Number)
        .toSorted((a, b) => a - b),
    ).toEqual([2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16]);
    expect(lines.join('\n')).not.toContain('secret in plain text');
    expect(await findAccount('good_one')).toBeDefined();
    expect(await findAccount('more')).toBeUndefined();
  });
});

describe('password hashes in an import', () => {
  const now = new Date();
  const accepts = (passwordHash: string) =>
    'account' in parseImportLine(JSON.stringify({ username: 'somebody', email: 'a@example.org', passwordHash }), now);

  const salt = 'c29tZXNhbHQxMjM0NTY3OA';
  const digest = 'OLVzXS6rGYrMqfr0sDwZpC8zAUNLiqzMVXTPPhGYQZA';

  it.each([
    `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${digest}`,
    `$argon2d$v=19$m=65536,t=3,p=4$${salt}$${digest}`,
    `$2b$12$${'a'.repeat(53)}`,
  ])('are taken: %s', (hash) => {
    expect(accepts(hash)).toBe(true);
  });

  it.each([
    ['of an older argon2', `$argon2id$v=16$m=19456,t=2,p=1$${salt}$${digest}`],
    ['without a version', `$argon2id$m=19456,t=2,p=1$${salt}$${digest}`],
    ['that would take gigabytes', `$argon2id$v=19$m=4194304,t=2,p=1$${salt}$${digest}`],
    ['that would take minutes', `$argon2id$v=19$m=19456,t=5000,p=1$${salt}$${digest}`],
    ['with too little memory for its lanes', `$argon2id$v=19$m=8,t=2,p=2$${salt}$${digest}`],
    ['with a salt that is no base64', `$argon2id$v=19$m=19456,t=2,p=1$${salt}=$${digest}`],
    ['with a salt that is cut', `$argon2id$v=19$m=19456,t=2,p=1$c29t$${digest}`],
    ['with a digest that is cut', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$OLVz`],
    ['of bcrypt that was broken', `$2x$12$${'a'.repeat(53)}`],
    ['of bcrypt that would take minutes', `$2b$31$${'a'.repeat(53)}`],
    ['of bcrypt that is cut', `$2b$12$${'a'.repeat(52)}`],
    ['of another kind', `{SSHA}${'a'.repeat(40)}`],
    ['that is none', ''],
  ])('are refused: one %s', (_name, hash) => {
    expect(accepts(hash)).toBe(false);
  });
});
