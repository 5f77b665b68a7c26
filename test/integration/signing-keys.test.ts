import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { decrypt } from '../../subgraphs/auth/encryption.ts';
import {
  createDatabases,
  describeEachEngine,
  eventually,
  startTestStack,
  type TestDatabases,
  type TestStack,
} from '../harness.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const readKeyIds = async (stack: TestStack) => {
  const response = await fetch(new URL('/.well-known/jwks.json', stack.subgraphs.auth.url));
  return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
};
const keyIdOf = (token: string | null) => jwt.decode(token ?? '', { complete: true })?.header.kid;
const statusWith = async (stack: TestStack, token: string | null) =>
  (await stack.guest.send('{ viewer { id } }', {}, { authorization: `Bearer ${token}` })).status;

describe('signing keys on schedule', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(async () => {
    vi.useRealTimers();
    await stack?.stop();
  });

  /** Auth looks at its keys when it starts, and every half minute. */
  const reviewAfter = async (milliseconds: number) => {
    vi.setSystemTime(Date.now() + milliseconds);
    await stack.stopSubgraph('auth');
    await stack.restartSubgraph('auth');
  };

  it('are published, then sign, then retire, while every token stays good to its end', async () => {
    const [first] = await readKeyIds(stack);
    const early = await stack.register();
    expect(keyIdOf(early.accessToken)).toBe(first);

    await reviewAfter(30 * day + minute);
    const published = await readKeyIds(stack);
    expect(published).toHaveLength(2);
    const [second] = published;
    const between = await stack.register();
    expect(keyIdOf(between.accessToken)).toBe(first);

    await reviewAfter(10 * minute);
    const late = await stack.register();
    expect(keyIdOf(late.accessToken)).toBe(second);
    expect(await statusWith(stack, between.accessToken)).toBe(200);
    expect(await statusWith(stack, late.accessToken)).toBe(200);

    await reviewAfter(62 * minute);
    expect(await readKeyIds(stack)).toEqual([second]);
  });
});

describeEachEngine('signing keys by command', (engine) => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ engine });
  });

  afterAll(() => stack?.stop());

  const run = async (...words: string[]) => {
    const environment = {
      DATABASE_URL: stack.databases.url,
      SIGNING_KEY_SECRET: 'a secret for the signing keys of tests',
    };
    const { stdout } = await promisify(execFile)(process.execPath, ['tools/signing-keys.ts', ...words], {
      env: { ...process.env, ...environment },
    });
    return stdout.trim().split('\n');
  };

  it('are listed with their times', async () => {
    const [line = ''] = await run();
    const [id] = await readKeyIds(stack);
    expect(line).toMatch(new RegExp(`^${id} {2}made \\S+Z, signs from \\S+Z$`));
  });

  it('are rotated without anybody noticing', async () => {
    const user = await stack.register();
    const before = await readKeyIds(stack);
    const lines = await run('rotate');
    expect(lines).toHaveLength(before.length + 1);
    expect(lines.filter((line) => line.includes('published until'))).toHaveLength(before.length);
    expect(await readKeyIds(stack)).toHaveLength(before.length + 1);
    expect(await statusWith(stack, user.accessToken)).toBe(200);
    expect(keyIdOf((await stack.signIn(user.username)).accessToken)).toBe(before[0]);
  });

  it('are replaced when somebody else may have them: their tokens end, and sessions go on', async () => {
    const user = await stack.register();
    const subscription = user.subscribe('subscription { notificationAdded { seq } }');
    onTestFinished(() => subscription.stop());
    await user.subscribe('{ viewer { id } }').next();
    const before = await readKeyIds(stack);
    await run('replace');
    const after = await readKeyIds(stack);
    expect(after).toHaveLength(1);
    expect(before).not.toContain(after[0]);
    await eventually(async () => expect(await statusWith(stack, user.accessToken)).toBe(401));
    expect(await subscription.ended).toMatchObject({ code: 4403 });
    const refreshed = await eventually(async () => {
      const { session } = await stack.guest.run(
        'mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { session { accessToken refreshToken } } }',
        { input: { refreshToken: user.refreshToken } },
      );
      user.refreshToken = session.refreshToken;
      expect(keyIdOf(session.accessToken)).toBe(after[0]);
      return session.accessToken;
    });
    expect(await statusWith(stack, refreshed)).toBe(200);
  });
});

describe('the secret that a command keeps signing keys under', () => {
  const secret = 'a secret that stands in a file of its own';
  let databases: TestDatabases;
  let folder: string;

  beforeAll(async () => {
    [databases, folder] = await Promise.all([createDatabases(), mkdtemp(join(tmpdir(), 'chorus-keys-'))]);
    await writeFile(join(folder, 'secret'), `${secret}\n`);
  });

  afterAll(async () => {
    await databases?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Makes a key, and tells whether it is kept under the secret of the file. */
  const makesUnderSecret = async (environment: Record<string, string>) => {
    const { SIGNING_KEY_SECRET, SIGNING_KEY_SECRET_FILE, ...inherited } = process.env;
    await promisify(execFile)(process.execPath, ['tools/signing-keys.ts', 'replace'], {
      env: { ...inherited, DATABASE_URL: databases.url, DATA_DIR: folder, ...environment },
    });
    const [key] = await databases.query<{ id: string; encrypted: Buffer }>(
      'auth',
      'SELECT id, encrypted_private_key AS encrypted FROM signing_key',
    );
    return key !== undefined && decrypt(key.encrypted, secret, key.id) !== null;
  };

  it('may come from a file, and without any is that of the data directory', async () => {
    expect(await makesUnderSecret({ SIGNING_KEY_SECRET: '', SIGNING_KEY_SECRET_FILE: join(folder, 'secret') })).toBe(
      true,
    );
    expect(await makesUnderSecret({ SIGNING_KEY_SECRET_FILE: join(folder, 'secret') })).toBe(true);
    expect(await makesUnderSecret({})).toBe(false);
  });

  it('is not replaced by another when its file can’t be read', async () => {
    const missing = makesUnderSecret({ SIGNING_KEY_SECRET_FILE: join(folder, 'nothing') });
    await expect(missing).rejects.toThrow('SIGNING_KEY_SECRET_FILE');
  });
});
