import { readFileSync } from 'node:fs';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientHeader, unknownClient, verifyClientInfo } from '../../platform/client-info.ts';
import { viewerHeader } from '../../platform/viewer.ts';
import { createContext, createHeaderSigners } from '../../router/context.ts';
import { hashCode, makeCode, makeToken } from '../../subgraphs/auth/tickets/codes.ts';
import { subgraphNames } from '../../tools/stack.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const day = 86_400_000;
const justTooLate = 601_000;

/** What docs/SECURITY.md promises of an installation as a whole. */
describe('an installation', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  const sql = <Row extends object>(text: string, values: unknown[] = []) =>
    stack.databases.query<Row>('auth', text, values);
  const runBare = (client: TestClient, name: string) => client.run(`mutation { ${name} { userErrors { code } } }`);

  // The first test of the file: nobody has registered yet.
  it('keeps out of frames, names its type for good, and tells no other site where its reader came from', async () => {
    for (const path of ['/graphiql', '/health/live', '/nothing/here']) {
      const { headers } = await fetch(new URL(path, stack.url));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('has no account that nobody made', async () => {
    expect(await sql('SELECT username FROM account')).toEqual([]);
  });

  it('asks nobody for hints or secret questions', () => {
    const schema = readFileSync(new URL('../../subgraphs/auth/schema.graphql', import.meta.url), 'utf8');
    expect(schema).toMatch(/^input RegisterInput/m);
    expect(schema).not.toMatch(/hint|question/i);
  });

  it('keeps passwords as argon2id of 19 MiB and two passes, each with a salt of its own', async () => {
    const password = 'the same password of two people';
    const hashes: string[] = [];
    for (const name of ['salted_one', 'salted_two']) {
      await stack.guest.run('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }', {
        input: { username: name, email: `${name}@example.org`, password },
      });
      const rows = await sql<{ password_hash: string }>('SELECT password_hash FROM account WHERE username = $1', [
        name,
      ]);
      hashes.push(...rows.map((row) => row.password_hash));
    }
    expect(hashes).toEqual(Array(2).fill(expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)));
    expect(new Set(hashes).size).toBe(2);
  });

  it('takes a password exactly as it was typed', async () => {
    const { username } = await stack.register();
    const password = `the password of ${username}`;
    for (const other of [password.toUpperCase(), ` ${password}`, `${password} `, password.slice(0, -1)]) {
      await expect(stack.signIn(username, other)).rejects.toThrow('CREDENTIALS_INVALID');
    }
    await stack.signIn(username, password);
  });

  it('lets nobody’s password grow old', async () => {
    const { username } = await stack.register();
    await atLater(3 * 365 * day, async () => {
      const client = await stack.signIn(username);
      expect(client.username).toBe(username);
    });
  });

  it('opens a session of its own, with tokens of its own, at each sign-in', async () => {
    const first = await stack.register();
    const second = await stack.signIn(first.username);
    const sessionOf = ({ accessToken }: TestClient) => (jwt.decode(accessToken as string) as jwt.JwtPayload)['sid'];
    expect(sessionOf(second)).not.toBe(sessionOf(first));
    expect(second.refreshToken).not.toBe(first.refreshToken);
  });

  const sensitive: [name: string, attempt: (client: TestClient) => Promise<{ userErrors: { code: string }[] }>][] = [
    ['changeEmail', (client) => mutate(client, 'changeEmail', { email: `new_${client.username}@example.org` })],
    ['deactivateAccount', (client) => runBare(client, 'deactivateAccount')],
    [
      'revokeSession of another session',
      (client) => mutate(client, 'revokeSession', { sessionId: client.userId }, 'userErrors { code }'),
    ],
  ];

  it.each(sensitive)('wants a recent authentication for %s', async (_name, attempt) => {
    const client = await stack.register();
    await atLater(justTooLate, async () => {
      expect(codesOf(await attempt(client))).toEqual(['RECENT_AUTHENTICATION_REQUIRED']);
    });
    expect(codesOf(await attempt(client))).not.toContain('RECENT_AUTHENTICATION_REQUIRED');
  });

  it('lets no cache keep an answer', async () => {
    const response = await fetch(stack.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('tells what a client brought, its refresh token among it, to auth alone', () => {
    const secret = 'a secret for the viewer header of tests';
    const client = { ...unknownClient, address: '203.0.113.7', refreshToken: makeToken() };
    const context = createContext(
      { viewer: null, client, trace: '', requestId: 'one', setCookie: () => undefined },
      createHeaderSigners(secret, () => Date.now()),
    );
    for (const name of subgraphNames) {
      const headers = context.subgraphHeaders(name);
      expect(headers[viewerHeader]).toBeUndefined();
      expect(verifyClientInfo(headers[clientHeader], secret)).toEqual(name === 'auth' ? client : unknownClient);
    }
  });
});

describe('secrets that are handed out', () => {
  const many = <Value>(make: () => Value) => Array.from({ length: 1_000 }, make);

  it('have 256 random bits when programs keep them', () => {
    const tokens = many(makeToken);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('have 30 characters of 32 when people type them, in which each character is as likely as the others', () => {
    const codes = many(makeCode);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){5}$/);
    const counts = new Map<string, number>();
    for (const character of codes.join('').replaceAll('-', '')) {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    // 937 are to be expected of each, give or take 30: outside of these bounds is nothing in the life of this test.
    expect(Math.min(...counts.values())).toBeGreaterThan(650);
    expect(Math.max(...counts.values())).toBeLessThan(1_250);
  });

  it('are known by their hash, however a code is typed', () => {
    const code = makeCode();
    expect(hashCode(code.toLowerCase().replaceAll('-', ' '))).toEqual(hashCode(code));
    expect(hashCode(code)).toHaveLength(32);
  });
});
