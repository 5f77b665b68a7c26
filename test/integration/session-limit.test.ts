import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionLimit } from '../../subgraphs/auth/sessions/sign-in.ts';
import { changeAccount, registerAdministrator } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack();
});

afterAll(() => stack?.stop());

/** Copies the session that somebody has, as earlier sign-ins would have made them: the ids are below those of today. */
const addSessions = ({ userId }: TestClient, count: number) =>
  stack.databases.query(
    'auth',
    `INSERT INTO session (id, account_id, created_at, expires_at, last_used_at, authenticated_at, methods, rotated_at)
     SELECT ('00000000-0000-7000-8000-' || left(md5(concat(account_id, number)), 12))::uuid,
       account_id, created_at, expires_at, last_used_at, authenticated_at, methods, rotated_at
     FROM session, generate_series(1, $2::int) AS number WHERE account_id = $1`,
    [userId, count],
  );

const countLive = async ({ userId }: TestClient) => {
  const live = 'SELECT FROM session WHERE account_id = $1 AND revoked_at IS NULL';
  return (await stack.databases.query('auth', live, [userId])).length;
};

const readRevoked = async ({ userId }: TestClient) => {
  const rows = await stack.databases.query<{ id: string }>(
    'auth',
    `SELECT envelope->'payload'->>'sessionId' AS id FROM outbox
     WHERE envelope->>'name' = 'auth.session.revoked' AND envelope->'payload'->>'userId' = $1 ORDER BY id`,
    [userId],
  );
  return rows.map(({ id }) => id);
};

describe('an account with as many sessions as it may have', () => {
  it('ends the oldest with one more, and tells every router', async () => {
    const person = await stack.register();
    await addSessions(person, sessionLimit - 2);
    const [second, third] = [await stack.signIn(person.username), await stack.signIn(person.username)];
    expect(await countLive(person)).toBe(sessionLimit);
    const revoked = await readRevoked(person);
    const oldest = await stack.databases.query<{ id: string }>(
      'auth',
      'SELECT id FROM session WHERE account_id = $1 ORDER BY id LIMIT 1',
      [person.userId],
    );
    expect(revoked).toEqual(oldest.map(({ id }) => id));
    for (const client of [person, second, third]) {
      expect((await client.send('{ viewer { id } }')).status).toBe(200);
    }
  });

  it('loses the access of the oldest at once', async () => {
    const person = await stack.register();
    // Nobody needs to use them for sessions to count: these are newer than the one that is used.
    await stack.databases.query(
      'auth',
      `INSERT INTO session (id, account_id, created_at, expires_at, last_used_at, authenticated_at, methods, rotated_at)
       SELECT ('ffffffff-ffff-7fff-8fff-' || lpad(number::text, 12, '0'))::uuid,
         account_id, created_at, expires_at, last_used_at, authenticated_at, methods, rotated_at
       FROM session, generate_series(1, $2::int) AS number WHERE account_id = $1`,
      [person.userId, sessionLimit - 1],
    );
    expect((await person.send('{ viewer { id } }')).status).toBe(200);
    await stack.signIn(person.username);
    await eventually(async () => expect((await person.send('{ viewer { id } }')).status).toBe(401));
  });

  it('never has more, however many come at once', async () => {
    const person = await stack.register();
    await addSessions(person, sessionLimit - 2);
    await Promise.all(Array.from({ length: 4 }, () => stack.signIn(person.username)));
    expect(await countLive(person)).toBe(sessionLimit);
  });

  it('does not count those that have ended', async () => {
    const person = await stack.register();
    await addSessions(person, 3 * sessionLimit - 2);
    const endOldest = (change: string) =>
      stack.databases.query(
        'auth',
        `UPDATE session SET ${change} WHERE id IN (
           SELECT id FROM session WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > now() ORDER BY id LIMIT $2
         )`,
        [person.userId, sessionLimit],
      );
    await endOldest('revoked_at = now()');
    await endOldest('expires_at = now()');
    await stack.signIn(person.username);
    expect(await readRevoked(person)).toEqual([]);
    expect((await person.send('{ viewer { id } }')).status).toBe(200);
  });
});

describe('an account with more sessions than it could open today', () => {
  /** How many statements write to the outbox while `work` runs. */
  async function countWrites(work: () => Promise<unknown>): Promise<number> {
    let writes = 0;
    const query = pg.Client.prototype.query;
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const statement = args[0] as string | { text: string };
      if (/INSERT INTO outbox/.test(typeof statement === 'string' ? statement : statement.text)) writes += 1;
      return Reflect.apply(query, this, args);
    } as typeof query;
    try {
      await work();
    } finally {
      pg.Client.prototype.query = query;
    }
    return writes;
  }

  it('is suspended with as few statements as any other, and an event for each of its sessions', async () => {
    const admin = await registerAdministrator(stack);
    const person = await stack.register();
    await addSessions(person, 1_000);
    const suspend = () => changeAccount(admin, 'suspendAccount', { accountId: person.userId, reason: 'A reason' });
    // Those of its sessions, that of its access version, and that which tells others of the pause.
    expect(await countWrites(suspend)).toBe(3);
    expect(new Set(await readRevoked(person)).size).toBe(1_001);
    expect(await countLive(person)).toBe(0);
  });

  it('is brought down to the limit by the next sign-in', async () => {
    const person = await stack.register();
    await addSessions(person, 1_000);
    expect(await countWrites(() => stack.signIn(person.username))).toBe(1);
    expect(await countLive(person)).toBe(sessionLimit);
    expect(await readRevoked(person)).toHaveLength(1_002 - sessionLimit);
  });
});
