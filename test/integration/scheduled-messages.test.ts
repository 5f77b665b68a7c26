import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { fastPolls, startTestStack, type TestStack } from '../harness.ts';
import { atLater, codesOf } from '../mutations.ts';
import {
  cancelScheduled as cancel,
  inTime,
  listScheduled,
  quarter,
  scheduleIn,
  textsIn,
  until,
  updateScheduled as update,
} from '../scheduled.ts';

describe('a scheduled message', () => {
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
  /** As a retry of its author shows it, which never changes anything. */
  const look = async (client: TestClient, clientMessageId: string) =>
    (await schedule(client, { clientMessageId })).scheduledMessage;
  const open = async () => {
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
  };

  it('waits for its time, is seen by its author alone, and goes by itself with all that belongs to it', async () => {
    await open();
    const { message: root } = await owner.sendMessage(roomId, 'question');
    const file = { url: 'https://example.org/a', name: 'a.png', contentType: 'image/png', sizeBytes: 1 };
    const sendAt = inTime(quarter);
    const made = await schedule(member, {
      text: `answer\r\nfor @${owner.username}`,
      attachments: [file],
      replyToMessageId: root.id,
      sendAt,
      clientMessageId: 'whole',
    });
    const text = `answer\nfor @${owner.username}`;
    const waiting = { text, sendAt, state: 'WAITING', failureCode: null, attachments: [{ name: 'a.png' }] };
    expect(made).toMatchObject({
      scheduledMessage: { ...waiting, room: { id: roomId }, message: null },
      userErrors: [],
    });
    expect((await list(member)).nodes).toEqual([made.scheduledMessage]);
    expect((await list(owner)).nodes).toEqual([]);
    expect(await texts()).toEqual(['question']);
    const follower = owner.subscribe(
      `subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) {
        message { id text author { id } replyTo { id } attachments { name } }
      } }`,
      { roomId, after: await owner.headCursor(roomId) },
    );
    await atLater(quarter, async () => {
      const { message } = await follower.next();
      expect(message).toMatchObject({ text, author: { id: member.userId }, replyTo: { id: root.id } });
      expect(message.attachments).toEqual([{ name: 'a.png' }]);
      const sent = {
        id: made.scheduledMessage.id,
        state: 'SENT',
        text: null,
        attachments: [],
        message: { id: message.id },
      };
      await until(() => look(member, 'whole')).toMatchObject(sent);
      expect((await list(member)).nodes).toEqual([]);
      const mentions = '{ viewer { notifications(first: 10) { nodes { message { id } } } } }';
      await until(async () => (await owner.run(mentions)).notifications.nodes).toEqual([
        { message: { id: message.id } },
      ]);
    });
    follower.stop();
  });

  it('is stored once, however often and at once it is scheduled, and its name is good for one message', async () => {
    await open();
    const input = { clientMessageId: 'one', sendAt: inTime(quarter) };
    const made = await Promise.all(Array.from({ length: 6 }, () => schedule(member, input)));
    expect(new Set(made.map(({ scheduledMessage }) => scheduledMessage.id)).size).toBe(1);
    const late = await schedule(member, { ...input, text: 'another', sendAt: inTime(-quarter) });
    expect(late).toEqual(made[0]);
    // Others have names of their own.
    expect((await schedule(owner, input)).scheduledMessage.id).not.toBe(late.scheduledMessage.id);

    const { message } = await member.sendMessage(roomId, 'later after all', 'one');
    await atLater(quarter, async () => {
      await until(() => look(member, 'one')).toMatchObject({
        id: late.scheduledMessage.id,
        state: 'SENT',
        message: { id: message.id },
      });
      expect((await member.sendMessage(roomId, 'x', 'one')).message.id).toBe(message.id);
      await until(() => texts()).toEqual(['later after all', 'later']);
    });
    await member.sendMessage(roomId, 'sent', 'two');
    expect(codesOf(await schedule(member, { clientMessageId: 'two' }))).toEqual(['CLIENT_MESSAGE_ID_USED']);
  });

  it('is sent once by many processes, and after one was killed before or after it had sent it', async () => {
    await open();
    const other = await startTestStack({ databases: stack.databases, prefix: 'other' });
    try {
      const names = Array.from({ length: 40 }, (_, number) => `many-${number}`);
      for (const clientMessageId of names) {
        const client = clientMessageId.endsWith('0') ? owner : member;
        await schedule(client, { text: clientMessageId, clientMessageId, sendAt: inTime(quarter) });
      }
      // What a process leaves that is killed when it has taken a message, and when it has sent one and not said so.
      await chat(
        `UPDATE scheduled_message SET state = 'SENDING', attempt_at = now() WHERE client_message_id IN ('many-1', 'many-2')`,
      );
      await member.sendMessage(roomId, 'many-2', 'many-2');
      await atLater(quarter, async () => {
        await until(async () => (await texts()).sort()).toEqual([...names].sort());
        const states = 'SELECT DISTINCT state::text, sealed_text FROM scheduled_message WHERE room_id = $1';
        await until(() => chat(states, [roomId])).toEqual([{ state: 'SENT', sealed_text: null }]);
      });
      // One author's go in the order of their times.
      const ofMember = (await texts()).filter((text) => !text.endsWith('0') && text !== 'many-2' && text !== 'many-1');
      expect(ofMember).toEqual(names.filter((name) => !name.endsWith('0') && name !== 'many-2' && name !== 'many-1'));
    } finally {
      await other.stop();
    }
  });

  it('is changed as long as it waits', async () => {
    await open();
    const { scheduledMessage } = await schedule(member, { clientMessageId: 'changed' });
    const sendAt = inTime(2 * quarter);
    expect((await update(member, scheduledMessage.id, { text: 'better' })).scheduledMessage).toMatchObject({
      text: 'better',
      sendAt: scheduledMessage.sendAt,
    });
    expect((await update(member, scheduledMessage.id, { sendAt })).scheduledMessage).toMatchObject({
      text: 'better',
      sendAt,
    });
    expect(codesOf(await update(member, scheduledMessage.id, { text: ' ' }))).toEqual(['MESSAGE_EMPTY']);
    expect(codesOf(await update(member, scheduledMessage.id, { sendAt: inTime(-1) }))).toEqual(['TIME_INVALID']);
    await atLater(2 * quarter, async () => {
      await until(() => texts()).toEqual(['better']);
      await until(async () => codesOf(await update(member, scheduledMessage.id, { text: 'too late' }))).toEqual([
        'SCHEDULED_MESSAGE_NOT_WAITING',
      ]);
      expect(codesOf(await cancel(member, scheduledMessage.id))).toEqual(['SCHEDULED_MESSAGE_NOT_WAITING']);
    });
  });

  it('is cancelled for good, and its text is gone', async () => {
    await open();
    const { scheduledMessage } = await schedule(member, { clientMessageId: 'cancelled' });
    for (let time = 0; time < 2; time += 1) {
      expect((await cancel(member, scheduledMessage.id)).scheduledMessage).toMatchObject({
        state: 'CANCELLED',
        text: null,
      });
    }
    expect(codesOf(await update(member, scheduledMessage.id, { text: 'x' }))).toEqual([
      'SCHEDULED_MESSAGE_NOT_WAITING',
    ]);
    await schedule(member, { text: 'a later one', sendAt: inTime(2 * quarter) });
    await atLater(2 * quarter, () => until(() => texts()).toEqual(['a later one']));
    expect((await look(member, 'cancelled')).state).toBe('CANCELLED');
  });

  it('of somebody else does not exist', async () => {
    await open();
    const { scheduledMessage } = await schedule(member, {});
    for (const id of [scheduledMessage.id, randomUUID(), 'no id', '']) {
      const notFound = {
        scheduledMessage: null,
        userErrors: [{ code: 'SCHEDULED_MESSAGE_NOT_FOUND', field: ['scheduledMessageId'] }],
      };
      expect(await update(owner, id, { text: 'x' })).toEqual(notFound);
      expect(await cancel(owner, id)).toEqual(notFound);
    }
    expect((await list(member)).nodes).toEqual([scheduledMessage]);
  });

  it('is not taken with a bad time, text, file, name or answer, or for a room where its author may not send', async () => {
    await open();
    const elsewhere = await owner.createRoom();
    const { message: foreign } = await owner.sendMessage(elsewhere, 'elsewhere');
    const file = { url: 'http://example.org', name: 'a', contentType: 'image/png', sizeBytes: 1 };
    const cases: [object, string][] = [
      [{ sendAt: inTime(-1) }, 'TIME_INVALID'],
      [{ sendAt: inTime(367 * 96 * quarter) }, 'TIME_INVALID'],
      [{ sendAt: '9999-12-31T23:59:59.999Z' }, 'TIME_INVALID'],
      [{ text: ' \n' }, 'MESSAGE_EMPTY'],
      [{ text: 'x'.repeat(8_001) }, 'MESSAGE_TOO_LONG'],
      [{ text: 'broken \ud800' }, 'MESSAGE_INVALID'],
      [{ attachments: [file] }, 'ATTACHMENT_INVALID'],
      [{ clientMessageId: 'with space' }, 'CLIENT_MESSAGE_ID_INVALID'],
      [{ replyToMessageId: foreign.id }, 'MESSAGE_NOT_FOUND'],
      [{ replyToMessageId: 'no id' }, 'MESSAGE_NOT_FOUND'],
      [{ roomId: elsewhere }, 'NOT_A_MEMBER'],
      [{ roomId: await owner.createRoom('PRIVATE') }, 'ROOM_NOT_FOUND'],
      [{ roomId: randomUUID() }, 'ROOM_NOT_FOUND'],
    ];
    for (const [input, code] of cases) {
      expect([input, codesOf(await schedule(member, input))]).toEqual([input, [code]]);
    }
    for (const sendAt of ['2030-02-30T00:00:00Z', 'soon', '', 5]) {
      const query =
        'mutation ($input: ScheduleMessageInput!) { scheduleMessage(input: $input) { userErrors { code } } }';
      const input = { roomId, text: 'x', sendAt, clientMessageId: 'x' };
      expect((await member.send(query, { input })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect((await list(member)).nodes).toEqual([]);
  });

  it('and a draft need somebody who is signed in, with the scope for writing', async () => {
    await open();
    const { secret } = await createApiKey(member, { scopes: ['chat:read'] });
    const own = { scheduledMessageId: randomUUID() };
    const inputs: Record<string, object> = {
      scheduleMessage: { roomId, text: 'x', sendAt: inTime(quarter), clientMessageId: 'x' },
      updateScheduledMessage: own,
      cancelScheduledMessage: own,
      saveDraft: { roomId, deviceId: 'phone', text: 'x' },
      deleteDraft: { roomId, deviceId: 'phone' },
    };
    for (const [name, input] of Object.entries(inputs)) {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
      const mutation = `mutation ($input: ${type}) { ${name}(input: $input) { userErrors { code } } }`;
      const codeWith = async (headers: Record<string, string>) =>
        (await stack.guest.send(mutation, { input }, headers)).errors?.[0]?.extensions.code;
      expect([name, await codeWith({})]).toEqual([name, 'UNAUTHENTICATED']);
      expect([name, await codeWith({ authorization: `Bearer ${secret}` })]).toEqual([name, 'FORBIDDEN']);
    }
  });

  it('is one of at most 100 that wait in a room or failed, not even by many at once', async () => {
    await open();
    const { scheduledMessage } = await schedule(member, { sendAt: inTime(quarter) });
    await chat(
      `INSERT INTO scheduled_message (id, room_id, author_id, client_message_id, state, send_at, sealed_text, created_at)
       SELECT gen_random_uuid(), room_id, author_id, 'filled-' || number, 'FAILED', send_at, sealed_text, created_at
       FROM scheduled_message, generate_series(1, 97) AS number WHERE id = $1`,
      [scheduledMessage.id],
    );
    const made = await Promise.all(Array.from({ length: 5 }, () => schedule(member, {})));
    expect(made.flatMap(codesOf)).toEqual(Array.from({ length: 3 }, () => 'SCHEDULED_MESSAGE_LIMIT_REACHED'));
    expect((await schedule(owner, {})).userErrors).toEqual([]);
    await cancel(member, scheduledMessage.id);
    expect((await schedule(member, {})).userErrors).toEqual([]);
  });

  it('is listed by its time, page by page', async () => {
    await open();
    const start = Math.ceil(Date.now() / quarter) * quarter;
    for (const [text, quarters] of [
      ['third', 3],
      ['first', 1],
      ['second', 2],
      ['also third', 3],
    ] as const) {
      await schedule(member, { text, sendAt: new Date(start + quarters * quarter) });
    }
    const texts: string[] = [];
    let page = 'first: 1';
    for (let number = 0; number < 4; number += 1) {
      const { nodes, pageInfo } = await list(member, page);
      texts.push(...nodes.map(({ text }: { text: string }) => text));
      expect(pageInfo.hasNextPage).toBe(number < 3);
      page = `first: 1, after: "${pageInfo.endCursor}"`;
    }
    expect(texts).toEqual(['first', 'second', 'third', 'also third']);
    const other = await owner.createRoom();
    const foreign = `query ($id: ID!) { room(id: $id) { scheduledMessages(${page}) { nodes { id } } } }`;
    expect((await owner.send(foreign, { id: other })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
