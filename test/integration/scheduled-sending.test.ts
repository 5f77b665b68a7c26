import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { fastPolls, startTestStack, type TestStack } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';
import {
  cancelScheduled as cancel,
  inTime,
  listScheduled,
  minute,
  quarter,
  scheduleIn,
  textsIn,
  until,
} from '../scheduled.ts';

describe('a scheduled message, when its time comes,', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let roomId: string;

  beforeAll(async () => {
    stack = await startTestStack({ environment: { ...fastPolls, ACCESS_TOKEN_TTL_SECONDS: '3600' } });
    [owner, member] = await Promise.all([stack.register('owner'), stack.register('member')]);
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  const schedule = (client: TestClient, input: object) => scheduleIn(roomId, client, input);
  const list = (client: TestClient, page?: string) => listScheduled(client, roomId, page);
  const texts = () => textsIn(owner, roomId);
  const open = async () => {
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
  };

  const failures: [string, () => Promise<unknown>, string, 'kept' | 'gone'][] = [
    ['was muted', () => mutate(owner, 'muteMember', { roomId, userId: member.userId }, ''), 'MEMBER_MUTED', 'kept'],
    ['may only read', () => changeRole('READ_ONLY'), 'NOT_ALLOWED', 'kept'],
    ['finds the room archived', () => mutate(owner, 'archiveRoom', { roomId }, ''), 'ROOM_ARCHIVED', 'kept'],
    ['has left', () => mutate(member, 'leaveRoom', { roomId }, ''), 'NOT_A_MEMBER', 'gone'],
    ['was removed', () => mutate(owner, 'kickMember', { roomId, userId: member.userId }, ''), 'NOT_A_MEMBER', 'gone'],
  ];

  function changeRole(role: string) {
    return mutate(owner, 'changeMemberRole', { roomId, userId: member.userId, role }, '');
  }

  it.each(failures)(
    'fails when its author %s, and the text stays for them as long as they are a member',
    async (...row) => {
      const [, happen, failureCode, textIs] = row;
      await open();
      const { scheduledMessage } = await schedule(member, { clientMessageId: 'failing' });
      await schedule(owner, { text: 'in time', sendAt: inTime(quarter) });
      await happen();
      await atLater(quarter, async () => {
        if (failureCode !== 'ROOM_ARCHIVED') await until(() => texts()).toEqual(['in time']);
        const [state] = textIs === 'kept' ? ['FAILED'] : [undefined];
        await until(async () => (await list(member)).nodes[0]?.state).toBe(state);
        const rows =
          'SELECT state::text, failure_code, sealed_text IS NOT NULL AS kept FROM scheduled_message WHERE id = $1';
        expect(await chat(rows, [scheduledMessage.id])).toEqual([
          { state: 'FAILED', failure_code: failureCode, kept: textIs === 'kept' },
        ]);
        if (textIs === 'gone') return;
        expect((await list(member)).nodes).toMatchObject([
          { text: 'later', state: 'FAILED', failureCode, message: null },
        ]);
        expect((await cancel(member, scheduledMessage.id)).scheduledMessage).toMatchObject({
          state: 'CANCELLED',
          text: null,
        });
        expect((await list(member)).nodes).toEqual([]);
      });
    },
  );

  it('that was taken when its author lost the room fails without its text', async () => {
    await open();
    const { scheduledMessage } = await schedule(member, {});
    await chat(`UPDATE scheduled_message SET state = 'SENDING' WHERE id = $1`, [scheduledMessage.id]);
    await mutate(owner, 'banMember', { roomId, userId: member.userId }, '');
    await atLater(quarter, async () => {
      const rows = 'SELECT state::text, failure_code, sealed_text FROM scheduled_message WHERE id = $1';
      await until(() => chat(rows, [scheduledMessage.id])).toEqual([
        { state: 'FAILED', failure_code: 'BANNED', sealed_text: null },
      ]);
    });
  });

  it('that was taken when its author left, and answers what is gone, fails without its text', async () => {
    await open();
    const { message } = await owner.sendMessage(roomId, 'to be answered');
    const { scheduledMessage } = await schedule(member, { replyToMessageId: message.id });
    await chat(`UPDATE scheduled_message SET state = 'SENDING' WHERE id = $1`, [scheduledMessage.id]);
    await mutate(member, 'leaveRoom', { roomId }, '');
    await chat('UPDATE room SET first_seq = $2 WHERE id = $1', [roomId, message.seq + 1]);
    await atLater(quarter, async () => {
      const rows = 'SELECT state::text, failure_code, sealed_text FROM scheduled_message WHERE id = $1';
      await until(() => chat(rows, [scheduledMessage.id])).toEqual([
        { state: 'FAILED', failure_code: 'NOT_A_MEMBER', sealed_text: null },
      ]);
    });
  });

  it('that can not be read any more fails without a reason, and holds up no other', async () => {
    await open();
    const { scheduledMessage } = await schedule(member, { clientMessageId: 'broken' });
    await schedule(member, { text: 'the next', sendAt: inTime(quarter + minute) });
    await chat(`UPDATE scheduled_message SET sealed_text = '\\x0102' WHERE id = $1`, [scheduledMessage.id]);
    await atLater(quarter + minute, async () => {
      await until(() => texts()).toEqual(['the next']);
      const states = 'SELECT state::text, failure_code FROM scheduled_message WHERE id = $1';
      expect(await chat(states, [scheduledMessage.id])).toEqual([{ state: 'FAILED', failure_code: null }]);
    });
  });

  it('waits in slow mode until that lets it go', async () => {
    await open();
    await mutate(owner, 'updateRoom', { roomId, settings: { slowModeSeconds: 600 } }, '');
    await schedule(member, { text: 'one', sendAt: inTime(quarter) });
    await schedule(member, { text: 'two', sendAt: inTime(quarter + 1) });
    await atLater(quarter + minute, async () => {
      await until(() => texts()).toEqual(['one']);
      // It was tried, and is to be tried when slow mode ends.
      const waiting = `SELECT state::text FROM scheduled_message
        WHERE room_id = $1 AND state = 'WAITING' AND attempt_at > send_at + interval '5 minutes'`;
      await until(() => chat(waiting, [roomId])).toEqual([{ state: 'WAITING' }]);
      expect(await texts()).toEqual(['one']);
    });
    await atLater(quarter + 12 * minute, () => until(() => texts()).toEqual(['one', 'two']));
  });

  it('marks nothing read that its author has not read', async () => {
    await open();
    const unread = async (client: TestClient) =>
      (await client.run('query ($id: ID!) { room(id: $id) { unreadCount } }', { id: roomId })).unreadCount;
    await schedule(member, { text: 'nothing new', sendAt: inTime(quarter) });
    await schedule(member, { text: 'something new', sendAt: inTime(3 * quarter) });
    await atLater(quarter, () => until(() => texts()).toEqual(['nothing new']));
    expect([await unread(member), await unread(owner)]).toEqual([0, 1]);
    await owner.sendMessage(roomId, 'have you seen this?');
    await atLater(3 * quarter, () => until(async () => (await texts()).length).toBe(3));
    expect([await unread(member), await unread(owner)]).toEqual([2, 1]);
    await member.sendMessage(roomId, 'now I have');
    expect(await unread(member)).toBe(0);
  });

  it('goes with its room and with its author’s account', async () => {
    await open();
    const leaver = await stack.register('leaver');
    await leaver.joinRoom(roomId);
    const count = async () =>
      Number(
        (await chat<{ count: string }>('SELECT count(*) FROM scheduled_message WHERE room_id = $1', [roomId]))[0]
          ?.count,
      );
    await schedule(member, {});
    await schedule(leaver, {});
    expect(await count()).toBe(2);
    await leaver.run('mutation { deleteAccount { userErrors { code } } }');
    await until(count).toBe(1);
    const [{ id }] = (await list(member)).nodes;
    await mutate(owner, 'deleteRoom', { roomId }, '');
    await until(count).toBe(0);
    expect(codesOf(await cancel(member, id))).toEqual(['SCHEDULED_MESSAGE_NOT_FOUND']);
    expect(codesOf(await schedule(member, {}))).toEqual(['ROOM_NOT_FOUND']);
  });
});
