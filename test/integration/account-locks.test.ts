import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import { commitEvents, eventOf } from '../account-events.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { registerKnown } from '../inviting.ts';
import { codesOf, mutate } from '../mutations.ts';

/** Everybody locks accounts in the order of their ids: somebody who holds the first finds that nobody who waits for it has the second. */
describe('who needs two accounts', () => {
  let stack: TestStack;
  let creator: TestClient;
  let first: TestClient;
  let second: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    creator = await registerKnown(stack, 'creator');
    first = await registerKnown(stack, 'first');
    second = await registerKnown(stack, 'second');
    expect([creator, first, second].map(({ userId }) => userId).toSorted()).toEqual([
      creator.userId,
      first.userId,
      second.userId,
    ]);
  });

  afterAll(() => stack?.stop());

  const hold = (client: pg.Client, { userId }: TestClient, options = '') =>
    client.query(`SELECT FROM account_handle WHERE user_id = $1 FOR UPDATE ${options}`, [userId]);

  /** Does something while the first account is held, and takes the second one as soon as that waits. */
  async function meet(begin: () => Promise<unknown>): Promise<void> {
    await withClient(subgraphDatabaseUrl(stack.databases.url, 'chat'), async (client) => {
      await client.query('BEGIN');
      await hold(client, first);
      const waiting = begin();
      await eventually(async () => {
        const waits = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        expect((await client.query(waits)).rows).toHaveLength(1);
      });
      await hold(client, second, 'NOWAIT');
      await client.query('COMMIT');
      await waiting;
    });
  }

  it('waits for the first without the second: opening a group', async () => {
    const userIds = [second.userId, first.userId];
    // Moves the first one's row behind the other's, in which order a scan would find them.
    const move = 'UPDATE account_handle SET named_at = named_at WHERE user_id = $1';
    await stack.databases.query('chat', move, [first.userId]);
    await meet(async () => {
      const opened = await mutate(creator, 'openGroupRoom', { userIds, clientRoomId: randomUUID() }, 'room { id }');
      expect(codesOf(opened)).toEqual([]);
    });
  });

  it('waits for the first without the second: learning that a name has changed hands', async () => {
    const renamed = eventOf('auth.user.renamed', { userId: first.userId, username: second.username });
    await meet(() => commitEvents(stack.databases, [renamed]));
    await eventually(async () => {
      const named = 'SELECT user_id FROM account_handle WHERE username_normalized = $1';
      expect(await stack.databases.query('chat', named, [second.username])).toEqual([{ user_id: first.userId }]);
    });
  });
});
