import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { createDatabases, queryDatabase, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const minute = 60_000;
/** Tokens live for an hour, in which several of these have room. */
const quarter = 15 * minute;
/** Waits until what is read is as expected. */
const until = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 10_000 });
const fields = 'id text sendAt state failureCode attachments { name } room { id } message { id seq text }';
const selection = `scheduledMessage { ${fields} }`;

describe('a scheduled message', () => {
  let databases: TestDatabases;
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let roomId: string;

  beforeAll(async () => {
    databases = await createDatabases();
    stack = await startTestStack({ databases, environment: { ACCESS_TOKEN_TTL_SECONDS: '3600' } });
    [owner, member] = await Promise.all([stack.register('owner'), stack.register('member')]);
  });

  afterAll(async () => {
    await stack?.stop();
    await databases?.drop();
  });

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    queryDatabase<Row>(databases, 'chat', sql, values);

  const inTime = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

  const schedule = (client: TestClient, input: object) =>
    mutate(
      client,
      'scheduleMessage',
      { roomId, text: 'later', sendAt: inTime(quarter), clientMessageId: randomUUID(), ...input },
      selection,
    );
  const update = (client: TestClient, scheduledMessageId: string, input: object) =>
    mutate(client, 'updateScheduledMessage', { scheduledMessageId, ...input }, selection);
  const cancel = (client: TestClient, scheduledMessageId: string) =>
    mutate(client, 'cancelScheduledMessage', { scheduledMessageId }, selection);
  const list = async (client: TestClient, id = roomId, page = 'first: 100') =>
    (
      await client.run(
        `query ($id: ID!) { room(id: $id) { scheduledMessages(${page}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`,
        { id },
      )
    )?.scheduledMessages;
  const textsIn = async (id = roomId): Promise<string[]> =>
    (
      await owner.run('query ($id: ID!) { room(id: $id) { messages(last: 100) { nodes { text } } } }', { id })
    ).messages.nodes.map(({ text }: { text: string }) => text);
  /** As a retry of its author shows it, which never changes anything. */
  const look = async (client: TestClient, clientMessageId: string, id = roomId) =>
    (await schedule(client, { roomId: id, clientMessageId })).scheduledMessage;
  const open = async (kind: 'PUBLIC' | 'PRIVATE' = 'PUBLIC') => {
    roomId = await owner.createRoom(kind);
    if (kind === 'PUBLIC') await member.joinRoom(roomId);
    return roomId;
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
    expect(await textsIn()).toEqual(['question']);
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
      await until(() => textsIn()).toEqual(['later after all', 'later']);
    });
    await member.sendMessage(roomId, 'sent', 'two');
    expect(codesOf(await schedule(member, { clientMessageId: 'two' }))).toEqual(['CLIENT_MESSAGE_ID_USED']);
  });

  it('is sent once by many processes, and after one was killed before or after it had sent it', async () => {
    await open();
    const other = await startTestStack({ databases, prefix: 'other' });
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
        await until(async () => (await textsIn()).sort()).toEqual([...names].sort());
        const states = 'SELECT DISTINCT state::text, sealed_text FROM scheduled_message WHERE room_id = $1';
        await until(() => chat(states, [roomId])).toEqual([{ state: 'SENT', sealed_text: null }]);
      });
      // One author's go in the order of their times.
      const ofMember = (await textsIn()).filter(
        (text) => !text.endsWith('0') && text !== 'many-2' && text !== 'many-1',
      );
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
      await until(() => textsIn()).toEqual(['better']);
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
    await atLater(2 * quarter, () => until(() => textsIn()).toEqual(['a later one']));
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
    for (const [text, quarters] of [
      ['third', 3],
      ['first', 1],
      ['second', 2],
      ['also third', 3],
    ] as const) {
      await schedule(member, {
        text,
        sendAt: new Date(Math.ceil(Date.now() / quarter) * quarter + quarters * quarter),
      });
    }
    const texts: string[] = [];
    let page = 'first: 1';
    for (let number = 0; number < 4; number += 1) {
      const { nodes, pageInfo } = await list(member, roomId, page);
      texts.push(...nodes.map(({ text }: { text: string }) => text));
      expect(pageInfo.hasNextPage).toBe(number < 3);
      page = `first: 1, after: "${pageInfo.endCursor}"`;
    }
    expect(texts).toEqual(['first', 'second', 'third', 'also third']);
    const other = await owner.createRoom();
    const foreign = `query ($id: ID!) { room(id: $id) { scheduledMessages(${page}) { nodes { id } } } }`;
    expect((await owner.send(foreign, { id: other })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

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
        if (failureCode !== 'ROOM_ARCHIVED') await until(() => textsIn()).toEqual(['in time']);
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

  it('that can not be read any more fails without a reason, and holds up no other', async () => {
    await open();
    const { scheduledMessage } = await schedule(member, { clientMessageId: 'broken' });
    await schedule(member, { text: 'the next', sendAt: inTime(quarter + minute) });
    await chat(`UPDATE scheduled_message SET sealed_text = '\\x0102' WHERE id = $1`, [scheduledMessage.id]);
    await atLater(quarter + minute, async () => {
      await until(() => textsIn()).toEqual(['the next']);
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
      await until(() => textsIn()).toEqual(['one']);
      // It was tried, and is to be tried when slow mode ends.
      const waiting = `SELECT state::text FROM scheduled_message
        WHERE room_id = $1 AND state = 'WAITING' AND attempt_at > send_at + interval '5 minutes'`;
      await until(() => chat(waiting, [roomId])).toEqual([{ state: 'WAITING' }]);
      expect(await textsIn()).toEqual(['one']);
    });
    await atLater(quarter + 12 * minute, () => until(() => textsIn()).toEqual(['one', 'two']));
  });

  it('marks nothing read that its author has not read', async () => {
    await open();
    const unread = async (client: TestClient) =>
      (await client.run('query ($id: ID!) { room(id: $id) { unreadCount } }', { id: roomId })).unreadCount;
    await schedule(member, { text: 'nothing new', sendAt: inTime(quarter) });
    await schedule(member, { text: 'something new', sendAt: inTime(3 * quarter) });
    await atLater(quarter, () => until(() => textsIn()).toEqual(['nothing new']));
    expect([await unread(member), await unread(owner)]).toEqual([0, 1]);
    await owner.sendMessage(roomId, 'have you seen this?');
    await atLater(3 * quarter, () => until(async () => (await textsIn()).length).toBe(3));
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
    expect(await count()).toBe(0);
    expect(codesOf(await cancel(member, id))).toEqual(['SCHEDULED_MESSAGE_NOT_FOUND']);
    expect(codesOf(await schedule(member, {}))).toEqual(['ROOM_NOT_FOUND']);
  });
});
