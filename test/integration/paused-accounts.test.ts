import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../../platform/database.ts';
import { applyEvent } from '../../platform/durable-events/inbox.ts';
import { envelope } from '../../platform/durable-events/outbox.ts';
import { newId } from '../../platform/identifiers.ts';
import { continueTrace } from '../../platform/trace.ts';
import { createEventHandlers } from '../../subgraphs/chat/events.ts';
import { openDatabase } from '../../subgraphs/chat/repository.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import { changeAccount, registerAdministrator } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { fastPolls, startTestStack, type TestStack } from '../harness.ts';
import { atLater } from '../mutations.ts';
import { inTime, listScheduled, minute, quarter, scheduleIn, textsIn, until } from '../scheduled.ts';

describe('an account that is suspended or put to rest', () => {
  let stack: TestStack;
  let administrator: TestClient;
  let owner: TestClient;
  let member: TestClient;
  let roomId: string;

  beforeAll(async () => {
    stack = await startTestStack({ environment: { ...fastPolls, ACCESS_TOKEN_TTL_SECONDS: '3600' } });
    administrator = await registerAdministrator(stack);
    owner = await stack.register('owner');
  });

  beforeEach(async () => {
    member = await stack.register('member');
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  const suspend = (end: string | null = null) =>
    changeAccount(administrator, 'suspendAccount', { accountId: member.userId, reason: 'Spam', until: end });
  const restore = () => changeAccount(administrator, 'restoreAccount', { accountId: member.userId });

  /** What chat knows, once it knows it. */
  const untilKnown = (isPaused: boolean, end: string | null = null) =>
    until(() => chat('SELECT is_paused, paused_until FROM account_handle WHERE user_id = $1', [member.userId])).toEqual(
      [{ is_paused: isPaused, paused_until: end === null ? null : new Date(end) }],
    );

  const untilFailed = (id: string) =>
    until(() =>
      chat('SELECT state::text, failure_code, sealed_text IS NOT NULL AS kept FROM scheduled_message WHERE id = $1', [
        id,
      ]),
    ).toEqual([{ state: 'FAILED', failure_code: 'ACCOUNT_INACTIVE', kept: true }]);

  const schedule = async (input: object = {}): Promise<string> =>
    (await scheduleIn(roomId, member, input)).scheduledMessage.id;

  it('sends nothing that it has scheduled while it is suspended, and all that is due after it was restored', async () => {
    const due = await schedule({ text: 'while suspended' });
    await schedule({ text: 'after it', sendAt: inTime(2 * quarter) });
    expect(await suspend()).toMatchObject({ status: 'SUSPENDED' });
    await untilKnown(true);
    await atLater(quarter, () => untilFailed(due));
    expect(await textsIn(owner, roomId)).toEqual([]);
    expect(await restore()).toMatchObject({ status: 'ACTIVE' });
    await untilKnown(false);
    await atLater(2 * quarter, () => until(() => textsIn(owner, roomId)).toEqual(['after it']));
    member = await stack.signIn(member.username);
    expect((await listScheduled(member, roomId)).nodes).toMatchObject([
      { id: due, text: 'while suspended', state: 'FAILED', failureCode: 'ACCOUNT_INACTIVE' },
    ]);
  });

  it('sends what is due after the end of its suspension, of which no event tells', async () => {
    const due = await schedule();
    await schedule({ text: 'after it', sendAt: inTime(2 * quarter) });
    const end = inTime(quarter + minute);
    await suspend(end);
    await untilKnown(true, end);
    await atLater(quarter, () => untilFailed(due));
    await atLater(2 * quarter, () => until(() => textsIn(owner, roomId)).toEqual(['after it']));
  });

  it('sends nothing while its owner has put it to rest, whatever becomes of a suspension, and goes on once they sign in', async () => {
    const due = await schedule();
    await schedule({ text: 'awake', sendAt: inTime(2 * quarter) });
    await member.run('mutation { deactivateAccount { userErrors { code } } }');
    await untilKnown(true);
    await suspend(inTime(minute));
    expect(await restore()).toMatchObject({ status: 'DEACTIVATED' });
    await untilChatIsTold();
    await atLater(quarter, () => untilFailed(due));
    member = await stack.signIn(member.username);
    await untilKnown(false);
    await atLater(2 * quarter, () => until(() => textsIn(owner, roomId)).toEqual(['awake']));
  });

  it('is told of also when that was decided before there was an event for it', async () => {
    const end = inTime(quarter);
    const earlier =
      "UPDATE account SET status = 'SUSPENDED', suspension_reason = 'Spam', suspended_until = $2 WHERE id = $1";
    await stack.databases.query('auth', earlier, [member.userId, end]);
    const migration = '../../prisma/auth/migrations/20261122131000_tell_of_paused_accounts/migration.sql';
    await stack.databases.query('auth', await readFile(new URL(migration, import.meta.url), 'utf8'));
    await untilKnown(true, end);
  });

  it('is known for what the last decision was, in whatever order chat is told of them', async () => {
    const pool = openPool({
      connectionString: subgraphDatabaseUrl(stack.databases.url, 'chat'),
      maximumConnections: 2,
      logger: pino({ level: 'silent' }),
    });
    const database = openDatabase(pool);
    const handlers = createEventHandlers(() => undefined);
    const trace = continueTrace(undefined);
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
    const end = at(3_600);
    for (const order of permutations([0, 1, 2, 3])) {
      const userId = newId();
      const story = [
        envelope('auth.user.registered', { userId, username: `Told_${order.join('')}` }, trace, at(0)),
        envelope('auth.user.paused', { userId, until: null }, trace, at(1)),
        envelope('auth.user.resumed', { userId }, trace, at(2)),
        envelope('auth.user.paused', { userId, until: end.toISOString() }, trace, at(3)),
      ] as const;
      for (const place of order) await applyEvent(database, handlers, story[place as 0 | 1 | 2 | 3]);
      const known = 'SELECT username_normalized, is_paused, paused_until FROM account_handle WHERE user_id = $1';
      expect(await chat(known, [userId]), order.join()).toEqual([
        { username_normalized: `told_${order.join('')}`, is_paused: true, paused_until: end },
      ]);
    }
    await database.$disconnect();
    await pool.end();
  });

  /** Until chat has been told of everything that auth has decided: its inbox has the last event. */
  async function untilChatIsTold(): Promise<void> {
    const [last] = await stack.databases.query<{ id: string }>(
      'auth',
      `SELECT event_id AS id FROM outbox WHERE envelope->>'name' = 'auth.user.paused' AND envelope->'payload'->>'userId' = $1
       ORDER BY id DESC LIMIT 1`,
      [member.userId],
    );
    await until(() => chat('SELECT event_id AS id FROM inbox WHERE event_id = $1', [last?.id])).toEqual([last]);
  }

  function permutations(values: readonly number[]): number[][] {
    if (values.length === 0) return [[]];
    return values.flatMap((first) =>
      permutations(values.filter((value) => value !== first)).map((rest) => [first, ...rest]),
    );
  }
});
