import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginLater, expireMessages } from '../../subgraphs/chat/retention/expiry.ts';
import { eventually } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';
import { cursorAt, type RetentionScene, roomEventsWithEdits, startRetentionScene } from '../retention.ts';

const dayMilliseconds = 86_400_000;
const expired = [expect.objectContaining({ extensions: expect.objectContaining({ code: 'CURSOR_EXPIRED' }) })];

let scene: RetentionScene;

beforeAll(async () => {
  scene = await startRetentionScene();
});

afterAll(() => scene?.stop());

describe('how long a room keeps its messages', () => {
  it('is a setting, which everybody hears of, and 0 is for ever', async () => {
    const roomId = await scene.owner.createRoom();
    const read = async () =>
      (await scene.readRoom(scene.owner, roomId, 'settings { retentionDays }')).settings.retentionDays;
    expect(await read()).toBeNull();
    const subscription = scene.owner.subscribe(
      'subscription ($roomId: ID!) { roomEvents(roomId: $roomId) { ... on RoomUpdated { fields } } }',
      { roomId },
    );
    await eventually(async () => {
      await mutate(scene.owner, 'updateRoom', { roomId, settings: { retentionDays: 3_650 } }, '');
      await mutate(scene.owner, 'updateRoom', { roomId, settings: { retentionDays: 1 } }, '');
      expect(subscription.events).not.toEqual([]);
    });
    expect(await subscription.next()).toEqual({ fields: ['retentionDays'] });
    expect(await read()).toBe(1);
    await scene.setRetention(roomId, 0);
    expect(await read()).toBeNull();
  });

  it.each([-1, 3_651])('is not %i days', async (retentionDays) => {
    const roomId = await scene.owner.createRoom();
    const { userErrors } = await mutate(scene.owner, 'updateRoom', { roomId, settings: { retentionDays } }, '');
    expect(userErrors).toEqual([{ code: 'SETTING_INVALID', field: ['settings', 'retentionDays'] }]);
  });

  it('is not for a member to say', async () => {
    const roomId = await scene.owner.createRoom();
    const member = await scene.stack.register('member');
    await member.joinRoom(roomId);
    const input = { roomId, settings: { retentionDays: 1 } };
    expect(codesOf(await mutate(member, 'updateRoom', input, ''))).toEqual(['NOT_ALLOWED']);
  });

  it('is by the clock: a message of today goes tomorrow, and not before', async () => {
    const process = scene.openProcess();
    const roomId = await scene.owner.createRoom();
    await scene.owner.sendMessage(roomId, 'of today');
    await scene.setRetention(roomId, 1);
    await atLater(dayMilliseconds - 60_000, () => expireMessages(process));
    expect(await scene.textsOf(scene.owner, roomId)).toEqual(['of today']);
    await atLater(dayMilliseconds + 60_000, () => expireMessages(process));
    expect(await scene.textsOf(scene.owner, roomId)).toEqual([]);
    const room = await scene.readRoom(scene.owner, roomId, 'firstSeq headSeq unreadCount');
    expect(room).toEqual({ firstSeq: 4, headSeq: 3, unreadCount: 0 });
    // It goes on where it was.
    expect((await scene.owner.sendMessage(roomId, 'of tomorrow')).message.seq).toBe(4);
    expect(await scene.textsOf(scene.owner, roomId)).toEqual(['of tomorrow']);
  });
});

describe('what a room no longer keeps', () => {
  it('is gone from every table, with all that was on it', async () => {
    const process = scene.openProcess();
    const roomId = await scene.owner.createRoom();
    const reader = await scene.stack.register('reader');
    await reader.joinRoom(roomId);
    const { message: old } = await scene.owner.sendMessage(roomId, `an old text for @${reader.username}`);
    const input = { roomId, text: 'an old answer', replyToMessageId: old.id, clientMessageId: 'answer' };
    const { message: answer } = await mutate(reader, 'sendMessage', input, 'message { id }');
    for (const [name, fields] of [
      ['editMessage', { text: 'an edited text' }],
      ['addReaction', { emoji: '👍' }],
      ['pinMessage', {}],
    ] as const) {
      expect(codesOf(await mutate(scene.owner, name, { messageId: old.id, ...fields }, ''))).toEqual([]);
    }
    // What a mention of everybody leaves.
    await scene.query('INSERT INTO room_mention SELECT room_id, number, seq, author_id FROM message WHERE id = $1', [
      old.id,
    ]);
    const sealed = await scene.query<{ sealed: string }>(
      `SELECT encode(sealed_text, 'hex') AS sealed FROM message WHERE room_id = $1
       UNION ALL SELECT encode(sealed_text, 'hex') FROM message_edit WHERE room_id = $1`,
      [roomId],
    );
    const marks = [...sealed.map((row) => row.sealed), old.id, answer.id];
    expect(marks).toHaveLength(5);
    const { headSeq } = await scene.readRoom(scene.owner, roomId, 'headSeq');
    await scene.age(roomId, headSeq);
    const { message: young } = await scene.owner.sendMessage(roomId, 'a young text');
    await scene.setRetention(roomId, 5);
    await expireMessages(process);
    expect(await findTablesWith(marks)).toEqual(['expired_message', 'outbox']);
    const words = 'SELECT FROM message_word WHERE room_id = $1 AND message_id <> $2';
    expect(await scene.query(words, [roomId, young.id])).toEqual([]);
    const tables = 'message_mention room_mention reaction reaction_count pin thread thread_reply thread_participant';
    for (const table of tables.split(' ')) {
      expect(await scene.query(`SELECT FROM ${table} WHERE room_id = $1`, [roomId]), table).toEqual([]);
    }
    expect(await scene.textsOf(scene.owner, roomId)).toEqual(['a young text']);
    expect((await scene.readRoom(scene.owner, roomId, 'firstSeq')).firstSeq).toBe(young.seq);
  });

  /** Those tables in whose rows one of the texts stands. Bytes are read as what they are in hexadecimal digits. */
  async function findTablesWith(marks: readonly string[]): Promise<string[]> {
    const tables = await scene.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relispartition",
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await scene.query(
        `SELECT FROM "${name}" AS entry WHERE EXISTS (
           SELECT FROM unnest($1::text[]) AS mark WHERE position(mark IN entry::text) > 0) LIMIT 1`,
        [marks],
      );
      if (rows.length > 0) found.push(name);
    }
    return found.sort();
  }

  it('is read by nobody from the moment on in which the log begins later, whatever rows are left', async () => {
    const roomId = await scene.owner.createRoom();
    const reader = await scene.stack.register('reader');
    await reader.joinRoom(roomId);
    const clientMessageId = 'an-old-name';
    const { message: old } = await scene.owner.sendMessage(roomId, 'old', clientMessageId);
    await mutate(scene.owner, 'pinMessage', { messageId: old.id }, '');
    await scene.age(roomId, 4);
    const reply = { roomId, text: 'a young answer', replyToMessageId: old.id, clientMessageId: 'young' };
    const { message: young } = await mutate(scene.owner, 'sendMessage', reply, 'message { id seq }');
    const forward = { messageId: old.id, roomId, clientMessageId: 'forwarded' };
    await mutate(scene.owner, 'forwardMessage', forward, 'message { id }');
    await mutate(scene.owner, 'editMessage', { messageId: old.id, text: 'old and edited' }, '');
    await scene.setRetention(roomId, 5);
    const before = scene.openProcess();
    await beginLater(before, roomId);
    expect(await scene.countBefore(roomId, young.seq)).toBeGreaterThan(0);
    for (const name of ['before the rows are gone', 'after it']) {
      const selection = `firstSeq unreadCount pins(first: 10) { nodes { message { id } } }
        messages(last: 10) { nodes { text replyTo { id } thread { root { id } } forwardedFrom { id } } pageInfo { hasPreviousPage } }
        messagesAround(messageId: "${young.id}", count: 10) { nodes { text } pageInfo { hasPreviousPage } }
        fromTheBeginning: messagesAround(at: "2000-01-01T00:00:00Z", count: 10) { nodes { text } }`;
      expect(await scene.readRoom(reader, roomId, selection), name).toEqual({
        firstSeq: young.seq,
        unreadCount: 2,
        pins: { nodes: [] },
        messages: {
          nodes: [
            { text: 'a young answer', replyTo: null, thread: null, forwardedFrom: null },
            { text: 'old', replyTo: null, thread: null, forwardedFrom: null },
          ],
          pageInfo: { hasPreviousPage: false },
        },
        messagesAround: {
          nodes: [{ text: 'a young answer' }, { text: 'old' }],
          pageInfo: { hasPreviousPage: false },
        },
        fromTheBeginning: { nodes: [{ text: 'a young answer' }, { text: 'old' }] },
      });
      const page = `messages(first: 1, after: "${cursorAt(roomId, 0)}") { nodes { seq } }`;
      expect((await scene.readRoom(reader, roomId, page)).messages.nodes).toEqual([{ seq: young.seq }]);
      for (const [mutation, fields] of [
        ['editMessage', { text: 'again' }],
        ['deleteMessage', {}],
        ['addReaction', { emoji: '👍' }],
        ['removeReaction', { emoji: '👍' }],
        ['pinMessage', {}],
        ['unpinMessage', {}],
        ['forwardMessage', { roomId, clientMessageId: 'late' }],
      ] as const) {
        const { userErrors } = await mutate(scene.owner, mutation, { messageId: old.id, ...fields }, '');
        expect(codesOf({ userErrors }), `${mutation} ${name}`).toEqual(['MESSAGE_NOT_FOUND']);
      }
      const late = await mutate(scene.owner, 'sendMessage', { ...reply, clientMessageId: 'late' }, '');
      expect(late.userErrors).toEqual([{ code: 'MESSAGE_NOT_FOUND', field: ['replyToMessageId'] }]);
      // A retry of the answer is still the answer, though what it answers is gone.
      const again = await mutate(scene.owner, 'sendMessage', reply, 'message { id seq }');
      expect(again, name).toEqual({ message: young, userErrors: [] });
      // A retry of the old message is still the old message.
      const retried = await scene.owner.sendMessage(roomId, 'old', clientMessageId);
      expect(retried.message).toEqual({ id: old.id, seq: old.seq, text: null });
      // The event about it stays, the text does not.
      const subscription = reader.subscribe(roomEventsWithEdits, { roomId, after: cursorAt(roomId, young.seq + 1) });
      expect(await subscription.next()).toEqual({ seq: young.seq + 2, message: { text: null } });
      subscription.stop();
      await expireMessages(before);
    }
    expect(await scene.countBefore(roomId, young.seq)).toBe(0);
  });

  it('stays in the reports of it, sealed, until they are decided', async () => {
    const roomId = await scene.owner.createRoom();
    const [author, reporter] = [await scene.stack.register('author'), await scene.stack.register('reporter')];
    for (const client of [author, reporter]) await client.joinRoom(roomId);
    const { message } = await author.sendMessage(roomId, 'bad and old');
    const input = { messageId: message.id, reason: 'SPAM', clientReportId: 'report' };
    const { report } = await mutate(reporter, 'reportMessage', input, 'report { id }');
    await scene.age(roomId, message.seq);
    await scene.setRetention(roomId, 5);
    await expireMessages(scene.openProcess());
    expect(await scene.textsOf(scene.owner, roomId)).toEqual([]);
    const queue = 'reports(first: 5) { nodes { id message { id } content { text } } }';
    expect((await scene.readRoom(scene.owner, roomId, queue)).reports.nodes).toEqual([
      { id: report.id, message: null, content: { text: 'bad and old' } },
    ]);
    const kept = 'SELECT sealed_content IS NOT NULL AS kept FROM report WHERE id = $1';
    expect(await scene.query(kept, [report.id])).toEqual([{ kept: true }]);
    const decision = { reportId: report.id, resolution: 'RESOLVED' };
    expect(await mutate(scene.owner, 'resolveReport', decision, 'report { content { text } }')).toEqual({
      report: { content: null },
      userErrors: [],
    });
    expect(await scene.query(kept, [report.id])).toEqual([{ kept: false }]);
  });

  it('begins a new thread for those who answer an answer to it', async () => {
    const roomId = await scene.owner.createRoom();
    const { message: root } = await scene.owner.sendMessage(roomId, 'root');
    await scene.age(roomId, 2);
    const answer = { roomId, text: 'answer', replyToMessageId: root.id, clientMessageId: 'answer' };
    const { message: first } = await mutate(scene.owner, 'sendMessage', answer, 'message { id }');
    await scene.setRetention(roomId, 5);
    await expireMessages(scene.openProcess());
    const again = { roomId, text: 'again', replyToMessageId: first.id, clientMessageId: 'again' };
    const selection =
      'message { text replyTo { text } thread { replyCount root { text replies(first: 5) { nodes { text } } } } }';
    expect((await mutate(scene.owner, 'sendMessage', again, selection)).message).toEqual({
      text: 'again',
      replyTo: { text: 'answer' },
      thread: { replyCount: 1, root: { text: 'answer', replies: { nodes: [{ text: 'again' }] } } },
    });
  });
});

describe('who follows a room', () => {
  it('is told by CURSOR_EXPIRED that there is a gap, also while the events are in memory', async () => {
    const roomId = await scene.owner.createRoom();
    const live = scene.owner.subscribe(roomEventsWithEdits, { roomId, after: await scene.owner.headCursor(roomId) });
    for (let number = 0; number < 5; number += 1) await scene.owner.sendMessage(roomId, `message ${number}`);
    await live.take(5);
    await scene.age(roomId, 4);
    await scene.setRetention(roomId, 5);
    await live.next();
    await expireMessages(scene.openProcess());
    const { firstSeq } = await scene.readRoom(scene.owner, roomId, 'firstSeq');
    expect(firstSeq).toBe(5);
    for (const seq of [0, 1, 3]) {
      expect(await scene.owner.subscribe(roomEventsWithEdits, { roomId, after: cursorAt(roomId, seq) }).ended).toEqual(
        expired,
      );
    }
    const fitting = scene.owner.subscribe(roomEventsWithEdits, { roomId, after: cursorAt(roomId, 4) });
    expect(await fitting.take(3)).toMatchObject([{ seq: 5 }, { seq: 6 }, { seq: 7 }]);
    // Whoever was there at the head reads on.
    await scene.owner.sendMessage(roomId, 'the next');
    expect(await live.next()).toMatchObject({ seq: 8 });
    expect(await fitting.next()).toMatchObject({ seq: 8 });
  });

  it('is told so in the middle of a replay', async () => {
    const process = scene.openProcess();
    const roomId = await scene.owner.createRoom();
    await scene.age(roomId, 1, 20);
    await scene.fill(roomId, 600, 10);
    await scene.owner.sendMessage(roomId, 'young');
    await scene.setRetention(roomId, 5);
    const behind = await process.feed.read(roomId, 0);
    expect((await behind.next()).value?.seq).toBe(1);
    const atHead = await process.feed.read(roomId, null);
    await beginLater(process, roomId);
    await eventually(() => expect(behind.first).toBe(602));
    await expect(behind.next()).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
    await scene.owner.sendMessage(roomId, 'the next');
    expect((await atHead.next()).value?.seq).toBe(604);
    await atHead.return();
  });

  it('does not get the text of a message that went while its event waited in memory', async () => {
    const process = scene.openProcess();
    const roomId = await scene.owner.createRoom();
    const { message } = await scene.owner.sendMessage(roomId, 'old');
    const live = scene.owner.subscribe(roomEventsWithEdits, { roomId, after: await scene.owner.headCursor(roomId) });
    await scene.age(roomId, 2);
    await mutate(scene.owner, 'editMessage', { messageId: message.id, text: 'edited' }, '');
    expect(await live.next()).toEqual({ seq: 3, message: { text: 'edited' } });
    await scene.setRetention(roomId, 5);
    await live.next();
    await beginLater(process, roomId);
    const late = scene.owner.subscribe(roomEventsWithEdits, { roomId, after: cursorAt(roomId, 2) });
    expect(await late.next()).toEqual({ seq: 3, message: { text: null } });
  });
});
