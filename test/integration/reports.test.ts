import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commentLimit, openReportLimit } from '../../subgraphs/chat/reports/reporting.ts';
import { createApiKey } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

const ownFields = 'report { id reason comment state createdAt resolvedAt message { id } }';
const fields = `id state reason comment note content { text attachments { name } } author { id } reporter { id }
  resolvedBy { id } resolvedAt message { id text } room { id }`;

describe('reports', () => {
  let stack: TestStack;
  let owner: TestClient;
  let moderator: TestClient;
  let author: TestClient;
  let reporter: TestClient;
  let guardian: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, moderator, author, reporter, guardian] = await Promise.all([
      stack.register('owner'),
      stack.register('moderator'),
      stack.register('author'),
      stack.register('reporter'),
      stack.register('guardian'),
    ]);
    await stack.databases.query('auth', "UPDATE account SET role = 'MODERATOR' WHERE id = $1", [guardian.userId]);
    await guardian.signIn(guardian.username);
  });

  afterAll(() => stack?.stop());

  /** A room with an owner, a moderator, and a message of the author's. */
  async function setScene(text = 'something bad') {
    const roomId = await owner.createRoom();
    await Promise.all([moderator, author, reporter].map((each) => each.joinRoom(roomId)));
    await mutate(owner, 'changeMemberRole', { roomId, userId: moderator.userId, role: 'MODERATOR' }, '');
    const { message } = await author.sendMessage(roomId, text);
    return { roomId, messageId: message.id };
  }

  const report = (client: TestClient, messageId: string, input: object = {}) =>
    mutate(
      client,
      'reportMessage',
      { messageId, reason: 'HARASSMENT', clientReportId: randomUUID(), ...input },
      ownFields,
    );
  const resolve = (client: TestClient, reportId: string, input: object = {}) =>
    mutate(client, 'resolveReport', { reportId, resolution: 'RESOLVED', ...input }, `report { ${fields} }`);
  const queueOf = async (client: TestClient, roomId: string, state: string | null = null) => {
    const query = `query ($id: ID!, $state: ReportState) {
      room(id: $id) { reports(state: $state, first: 50) { nodes { ${fields} } } } }`;
    return (await client.run(query, { id: roomId, state }))?.reports?.nodes ?? null;
  };
  const wholeQueueOf = async (client: TestClient, state = 'OPEN') =>
    (await client.run(`{ reports(state: ${state}, first: 100) { nodes { ${fields} } } }`)).nodes;
  const idsOf = (reports: { id: string }[]) => reports.map(({ id }) => id);

  it('reach those who look after the room with what was said, who said it, and why it is reported', async () => {
    const { roomId, messageId } = await setScene();
    const answer = await report(reporter, messageId, { comment: 'again and again' });
    expect(answer).toEqual({
      report: {
        id: expect.any(String),
        reason: 'HARASSMENT',
        comment: 'again and again',
        state: 'OPEN',
        createdAt: expect.any(String),
        resolvedAt: null,
        message: { id: messageId },
      },
      userErrors: [],
    });
    const expected = {
      id: answer.report.id,
      state: 'OPEN',
      reason: 'HARASSMENT',
      comment: 'again and again',
      note: null,
      content: { text: 'something bad', attachments: [] },
      author: { id: author.userId },
      reporter: { id: reporter.userId },
      resolvedBy: null,
      resolvedAt: null,
      message: { id: messageId, text: 'something bad' },
      room: { id: roomId },
    };
    expect(await queueOf(moderator, roomId)).toEqual([expected]);
    expect(await queueOf(moderator, roomId, 'OPEN')).toEqual([expected]);
    expect(await queueOf(moderator, roomId, 'RESOLVED')).toEqual([]);
    expect(await queueOf(reporter, roomId)).toBeNull();
    expect(await queueOf(author, roomId)).toBeNull();
  });

  it('are seen by who has made them, without who decided and why, and by nobody else', async () => {
    const { messageId } = await setScene();
    const person = await stack.register();
    const id = (await report(person, messageId)).report.id;
    await resolve(owner, id, { note: 'a warning' });
    const query = 'query ($id: ID!) { user(id: $id) { reports(first: 5) { nodes { id state message { id } } } } }';
    const own = (await person.run(query, { id: person.userId })).reports.nodes;
    expect(own).toEqual([{ id, state: 'RESOLVED', message: { id: messageId } }]);
    for (const other of [author, owner, guardian])
      expect((await other.run(query, { id: person.userId })).reports.nodes).toEqual([]);
    const { errors } = await person.send('{ viewer { reports(first: 1) { nodes { note } } } }');
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('leave no trace in the log that the room follows', async () => {
    const { roomId, messageId } = await setScene();
    const head = await author.headCursor(roomId);
    await resolve(owner, (await report(reporter, messageId)).report.id);
    expect(await author.headCursor(roomId)).toBe(head);
  });

  it('are one for each person and message, also when they race, and a name is one report', async () => {
    const { roomId, messageId } = await setScene();
    const racing = await Promise.all([1, 2, 3, 4].map(() => report(reporter, messageId)));
    expect(new Set(racing.map((answer) => answer.report?.id)).size).toBe(1);
    expect(await queueOf(owner, roomId)).toHaveLength(1);
    const other = (await author.sendMessage(roomId, 'another')).message.id;
    const again = { clientReportId: `name-${randomUUID()}` };
    const twice = await Promise.all([report(owner, messageId, again), report(owner, other, again)]);
    expect(new Set(twice.map((answer) => answer.report?.id)).size).toBe(1);
    expect(await queueOf(owner, roomId)).toHaveLength(2);
  });

  it('come back by their name when the message and the way to it are gone', async () => {
    const roomId = await owner.createRoom('PRIVATE');
    await stack.databases.query('chat', "INSERT INTO room_member VALUES ($1, $2, 'MEMBER', now(), 0)", [
      roomId,
      reporter.userId,
    ]);
    const { message } = await owner.sendMessage(roomId, 'soon gone');
    const name = { clientReportId: `name-${randomUUID()}` };
    const first = await report(reporter, message.id, name);
    await mutate(owner, 'deleteMessage', { messageId: message.id }, '');
    expect((await report(reporter, message.id, name)).report.id).toBe(first.report.id);
    await mutate(owner, 'kickMember', { roomId, userId: reporter.userId }, '');
    const last = await report(reporter, message.id, name);
    expect(last).toMatchObject({ report: { id: first.report.id, message: null }, userErrors: [] });
    expect(codesOf(await report(reporter, message.id))).toEqual(['MESSAGE_NOT_FOUND']);
  });

  it('keep what was said through its edit and deletion, until they are decided', async () => {
    const { roomId, messageId } = await setScene('the first text');
    const { report: made } = await report(reporter, messageId);
    await mutate(author, 'editMessage', { messageId, text: 'harmless' }, '');
    await report(owner, messageId);
    await mutate(author, 'deleteMessage', { messageId }, '');
    const texts = (await queueOf(moderator, roomId)).map((each: { content: { text: string } }) => each.content.text);
    expect(texts).toEqual(['harmless', 'the first text']);
    expect(codesOf(await report(moderator, messageId))).toEqual(['MESSAGE_DELETED']);
    const decided = await resolve(moderator, made.id);
    expect(decided.report).toMatchObject({ state: 'RESOLVED', content: null, message: { text: null } });
    const rows = await stack.databases.query(
      'chat',
      'SELECT FROM report WHERE message_id = $1 AND sealed_content IS NOT NULL',
      [messageId],
    );
    expect(rows).toEqual([]);
  });

  it('of a message are decided together, once, and all who decide at the same time get that decision', async () => {
    const { roomId, messageId } = await setScene();
    const ids = [];
    for (const each of [reporter, owner]) ids.push((await report(each, messageId)).report.id);
    const [one, two] = await Promise.all([
      resolve(moderator, ids[0], { resolution: 'RESOLVED', note: 'by the moderator' }),
      resolve(owner, ids[0], { resolution: 'DISMISSED', note: 'by the owner' }),
    ]);
    expect([...codesOf(one), ...codesOf(two)]).toEqual([]);
    expect(one.report).toEqual(two.report);
    const queue = await queueOf(owner, roomId);
    const { state, note, resolvedBy } = one.report;
    expect([
      ['RESOLVED', 'by the moderator', moderator.userId],
      ['DISMISSED', 'by the owner', owner.userId],
    ]).toContainEqual([state, note, resolvedBy.id]);
    for (const each of queue) expect(each).toMatchObject({ state, note, resolvedBy });
    expect(queue).toHaveLength(2);
    const log =
      'query ($id: ID!) { room(id: $id) { moderationLog(first: 1) { nodes { action actor { id } target { id } reason reportId } } } }';
    expect((await owner.run(log, { id: roomId })).moderationLog.nodes).toEqual([
      { action: `REPORT_${state}`, actor: resolvedBy, target: { id: author.userId }, reason: note, reportId: ids[0] },
    ]);
  });

  it('are hidden from the one whom they are about, who can not decide them either', async () => {
    const { roomId } = await setScene();
    const { message } = await moderator.sendMessage(roomId, 'a moderator goes too far');
    const { report: made } = await report(reporter, message.id);
    expect(await queueOf(moderator, roomId)).toEqual([]);
    expect(codesOf(await resolve(moderator, made.id))).toEqual(['REPORT_NOT_FOUND']);
    expect(idsOf(await queueOf(owner, roomId))).toEqual([made.id]);
  });

  it('can be decided by nobody else: what may not be decided is not there', async () => {
    const { messageId } = await setScene();
    const { report: made } = await report(reporter, messageId);
    for (const client of [author, reporter, await stack.register()])
      expect(codesOf(await resolve(client, made.id))).toEqual(['REPORT_NOT_FOUND']);
    for (const id of ['', 'nothing', randomUUID()])
      expect(codesOf(await resolve(owner, id))).toEqual(['REPORT_NOT_FOUND']);
    const signedOut = await stack.guest.send(
      `mutation { resolveReport(input: { reportId: "${made.id}", resolution: DISMISSED }) { userErrors { code } } }`,
    );
    expect(signedOut.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  it('reach the moderators of the installation, who see them and not the room', async () => {
    const roomId = await owner.createRoom('PRIVATE');
    await stack.databases.query('chat', "INSERT INTO room_member VALUES ($1, $2, 'MEMBER', now(), 0)", [
      roomId,
      reporter.userId,
    ]);
    const { message } = await owner.sendMessage(roomId, 'where no moderator is');
    const { report: made } = await report(reporter, message.id);
    const [seen] = (await wholeQueueOf(guardian)).filter(({ id }: { id: string }) => id === made.id);
    expect(seen).toMatchObject({ content: { text: 'where no moderator is' }, room: null, message: null });
    expect(await guardian.run('query ($id: ID!) { room(id: $id) { id } }', { id: roomId })).toBeNull();
    const decided = await resolve(guardian, made.id, { note: 'seen' });
    expect(decided.report).toMatchObject({ state: 'RESOLVED', note: 'seen', content: null, room: null });
    expect(idsOf(await wholeQueueOf(guardian))).not.toContain(made.id);
    expect(idsOf(await wholeQueueOf(guardian, 'RESOLVED'))).toContain(made.id);
    const { errors } = await owner.send('{ reports(first: 1) { nodes { id } } }');
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('are decided with a token for it, which need not show them', async () => {
    const { messageId } = await setScene();
    const made: string[] = [];
    for (const each of [reporter, owner]) made.push((await report(each, messageId)).report.id);
    const decide = async (person: TestClient, scopes: string[]) => {
      const { secret } = await createApiKey(person, { scopes });
      const query = `mutation ($id: ID!) { resolveReport(input: { reportId: $id, resolution: DISMISSED }) {
        report { state } userErrors { code } } }`;
      const { data, errors } = await stack.guest.send(query, { id: made[0] }, { authorization: `Bearer ${secret}` });
      return data?.resolveReport ?? errors?.map(({ extensions }) => extensions.code);
    };
    expect(await decide(owner, ['chat:read'])).toEqual(['FORBIDDEN']);
    expect(await decide(owner, ['chat:write'])).toEqual({ report: null, userErrors: [] });
    expect(await decide(guardian, ['chat:moderate'])).toEqual({ report: { state: 'DISMISSED' }, userErrors: [] });
  });

  it('of what the viewer may not read, has written, or that is no message are refused', async () => {
    const { roomId, messageId } = await setScene();
    const hidden = await owner.createRoom('PRIVATE');
    const secret = (await owner.sendMessage(hidden, 'secret')).message.id;
    for (const id of [secret, roomId, '', 'nothing', randomUUID()])
      expect(codesOf(await report(reporter, id))).toEqual(['MESSAGE_NOT_FOUND']);
    expect(codesOf(await report(author, messageId))).toEqual(['NOT_ALLOWED']);
    const visitor = await stack.register();
    expect(codesOf(await report(visitor, messageId))).toEqual([]);
    const banned = await stack.register();
    await banned.joinRoom(roomId);
    await mutate(owner, 'banMember', { roomId, userId: banned.userId }, '');
    expect(codesOf(await report(banned, messageId))).toEqual(['BANNED']);
  });

  it('with a comment or name that is none are refused with a code', async () => {
    const { messageId } = await setScene();
    for (const comment of ['x'.repeat(commentLimit + 1), 'a\u0000b', 'a\u0007b', 'a\ud800'])
      expect(codesOf(await report(reporter, messageId, { comment }))).toEqual(['COMMENT_INVALID']);
    for (const clientReportId of ['', ' ', 'x'.repeat(65), 'ä', 'a\n'])
      expect(codesOf(await report(reporter, messageId, { clientReportId }))).toEqual(['CLIENT_REPORT_ID_INVALID']);
    const made = await report(reporter, messageId, { comment: '' });
    expect(made.report.comment).toBeNull();
    for (const note of ['', 'x'.repeat(501), 'a\u0000b'])
      expect(codesOf(await resolve(owner, made.report.id, { note }))).toEqual(['REASON_INVALID']);
    const full = await report(owner, messageId, { comment: '🙂'.repeat(commentLimit) });
    expect(full.userErrors).toEqual([]);
  });

  it('of one person that are open are limited in number, also when the last two are made at once', async () => {
    const { roomId } = await setScene();
    const person = await stack.register();
    await stack.databases.query(
      'chat',
      `INSERT INTO report (id, room_id, message_seq, message_id, author_id, reporter_id, client_report_id, reason, created_at)
       SELECT gen_random_uuid(), $1, 1000000 + n, gen_random_uuid(), $2, $3, 'inserted' || n, 'SPAM', now()
       FROM generate_series(1, $4) AS n`,
      [roomId, author.userId, person.userId, openReportLimit - 1],
    );
    const other = await setScene();
    const last = (await author.sendMessage(roomId, 'bad')).message.id;
    const answers = await Promise.all([report(person, last), report(person, other.messageId)]);
    expect(answers.flatMap(codesOf)).toEqual(['REPORT_LIMIT_REACHED']);
  });

  it('come in pages whose cursors belong to their list', async () => {
    const { roomId } = await setScene();
    const made: string[] = [];
    for (let number = 0; number < 3; number += 1) {
      const { message } = await author.sendMessage(roomId, `bad ${number}`);
      made.unshift((await report(reporter, message.id)).report.id);
    }
    const query = `query ($id: ID!, $after: String, $state: ReportState) { room(id: $id) {
      reports(first: 2, after: $after, state: $state) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await owner.run(query, { id: roomId })).reports;
    const second = (await owner.run(query, { id: roomId, after: first.pageInfo.endCursor })).reports;
    expect([...idsOf(first.nodes), ...idsOf(second.nodes)]).toEqual(made);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const mixed = await owner.send(query, { id: roomId, after: first.pageInfo.endCursor, state: 'OPEN' });
    expect(mixed.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('lose who has made them and their comment with that account, and stay when the author goes', async () => {
    const { roomId } = await setScene();
    const [writer, person] = await Promise.all([stack.register(), stack.register()]);
    await writer.joinRoom(roomId);
    const { message } = await writer.sendMessage(roomId, 'bad');
    const { report: made } = await report(person, message.id, { comment: 'of mine' });
    for (const client of [writer, person]) await client.run('mutation { deleteAccount { deletedUserId } }');
    await expect
      .poll(async () => (await queueOf(owner, roomId))[0])
      .toMatchObject({
        id: made.id,
        reporter: null,
        comment: null,
        content: { text: 'bad' },
      });
    const query = 'query ($id: ID!) { room(id: $id) { reports(first: 1) { nodes { author { username } } } } }';
    const authorOf = async () => (await owner.run(query, { id: roomId })).reports.nodes[0].author;
    await expect.poll(authorOf).toBeNull();
  });

  it('go with their room', async () => {
    const { roomId, messageId } = await setScene();
    const { report: made } = await report(reporter, messageId);
    await mutate(owner, 'deleteRoom', { roomId }, '');
    expect(idsOf(await wholeQueueOf(guardian))).not.toContain(made.id);
    expect(codesOf(await resolve(guardian, made.id))).toEqual(['REPORT_NOT_FOUND']);
    const left = () => stack.databases.query('chat', 'SELECT FROM report WHERE room_id = $1', [roomId]);
    await expect.poll(left).toEqual([]);
  });

  it('keep their names while what is left of a deleted room goes', async () => {
    const { roomId, messageId } = await setScene();
    const clientReportId = randomUUID();
    const { report: made } = await report(reporter, messageId, { clientReportId, comment: 'bad' });
    // A room whose purge has not come to its reports.
    const bury =
      'WITH gone AS (DELETE FROM room_key WHERE room_id = $1) UPDATE room SET deleted_at = now() WHERE id = $1';
    await stack.databases.query('chat', bury, [roomId]);
    for (const id of [messageId, (await setScene()).messageId]) {
      expect(await report(reporter, id, { clientReportId })).toEqual({
        report: { ...made, comment: null, message: null },
        userErrors: [],
      });
    }
  });

  it('are sealed in the database: comment, what was said, and note', async () => {
    const marker = `marker${randomBytes(8).toString('hex')}`;
    const { messageId } = await setScene(`text ${marker}`);
    const { report: made } = await report(reporter, messageId, { comment: `comment ${marker}` });
    const kept = async () => {
      const rows = await stack.databases.query<{ row: string }>(
        'chat',
        `SELECT report::text || coalesce(encode(sealed_content, 'escape'), '') || coalesce(encode(sealed_comment, 'escape'), '') AS row FROM report
         UNION ALL SELECT entry::text || coalesce(encode(sealed_reason, 'escape'), '') FROM moderation_entry AS entry`,
      );
      return rows.filter(({ row }) => row.includes(marker));
    };
    expect(await kept()).toEqual([]);
    await resolve(owner, made.id, { note: `note ${marker}` });
    expect(await kept()).toEqual([]);
    // What is moved to another row can't be read there.
    const { report: other } = await report(reporter, (await setScene()).messageId, { comment: 'other' });
    await stack.databases.query(
      'chat',
      'UPDATE report SET sealed_comment = (SELECT sealed_comment FROM report WHERE id = $1) WHERE id = $2',
      [made.id, other.id],
    );
    const { data, errors } = await reporter.send('{ viewer { reports(first: 1) { nodes { comment } } } }');
    expect([JSON.stringify(data), errors?.[0]?.extensions.code]).toEqual([
      expect.not.stringContaining(marker),
      'INTERNAL',
    ]);
  });
});
