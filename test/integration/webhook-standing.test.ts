import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { callWebhook, createWebhook, refusalOf } from '../webhooks.ts';

describe('a webhook', () => {
  let stack: TestStack;
  let owner: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    owner = await stack.register('owner');
  });

  afterAll(() => stack?.stop());

  const call = (path: string, body: unknown) => callWebhook(stack.url, path, body);

  it.each([
    ['is banned', (roomId, maker) => mutate(owner, 'banMember', { roomId, userId: maker.userId }, '')],
    ['is kicked', (roomId, maker) => mutate(owner, 'kickMember', { roomId, userId: maker.userId }, '')],
    ['leaves', (roomId, maker) => mutate(maker, 'leaveRoom', { roomId }, '')],
    [
      'gets a lesser role',
      (roomId, maker) => mutate(owner, 'changeMemberRole', { roomId, userId: maker.userId, role: 'MODERATOR' }, ''),
    ],
    ['has no account any more', (_roomId, maker) => maker.run('mutation { deleteAccount { deletedUserId } }')],
  ] satisfies [string, (roomId: string, maker: TestClient) => Promise<unknown>][])(
    'is revoked, with an event of its own, when its maker %s',
    async (_name, act) => {
      const roomId = await owner.createRoom();
      const maker = await stack.register('maker');
      await maker.joinRoom(roomId);
      await mutate(owner, 'changeMemberRole', { roomId, userId: maker.userId, role: 'ADMIN' }, '');
      const [kept, ...gone] = [
        await createWebhook(owner, roomId),
        await createWebhook(maker, roomId),
        await createWebhook(maker, roomId),
      ];
      for (const { path } of gone) expect((await call(path, { text: 'before' })).status).toBe(201);
      const log = owner.subscribe(
        `subscription ($id: ID!, $after: String) { roomEvents(roomId: $id, after: $after) {
          __typename seq ... on WebhookRevoked { webhookId } } }`,
        { id: roomId, after: await owner.headCursor(roomId) },
      );
      await act(roomId, maker);
      const [cause, ...revoked] = await log.take(3);
      expect(cause.__typename).not.toBe('WebhookRevoked');
      expect(revoked).toEqual(
        gone.map(({ id }, index) => ({ __typename: 'WebhookRevoked', seq: cause.seq + index + 1, webhookId: id })),
      );
      for (const { path } of gone) expect(refusalOf(await call(path, { text: 'after' }))).toEqual([404, 'NOT_FOUND']);
      expect((await call(kept?.path as string, { text: 'after' })).status).toBe(201);
      const listed = await owner.run(
        `query ($id: ID!) { room(id: $id) { webhooks(first: 10) { nodes { id path revokedAt } } } }`,
        { id: roomId },
      );
      const [newest, second, oldest] = listed.webhooks.nodes;
      expect([newest, second].map(({ path, revokedAt }) => [path, revokedAt === null])).toEqual([
        [null, false],
        [null, false],
      ]);
      expect(oldest).toMatchObject({ id: kept?.id, path: kept?.path, revokedAt: null });
    },
  );

  it('stays when its maker becomes an administrator, having handed the room over', async () => {
    const roomId = await owner.createRoom();
    const heir = await stack.register('heir');
    await heir.joinRoom(roomId);
    const { path } = await createWebhook(owner, roomId);
    await mutate(owner, 'transferOwnership', { roomId, userId: heir.userId }, '');
    expect((await call(path, { text: 'after' })).status).toBe(201);
  });

  it('is named in reports and in the record in place of an author', async () => {
    const roomId = await owner.createRoom();
    const reporter = await stack.register('reporter');
    await reporter.joinRoom(roomId);
    const { id, path } = await createWebhook(owner, roomId);
    const posted = await call(path, { text: 'something bad' });
    const input = { messageId: posted.body.messageId, reason: 'SPAM', clientReportId: 'first' };
    const { report } = await mutate(reporter, 'reportMessage', input, 'report { id }');
    const queue = `query ($id: ID!) { room(id: $id) { reports(first: 5) { nodes {
      id author { username } webhook { id name } content { text } } } } }`;
    expect((await owner.run(queue, { id: roomId })).reports.nodes).toEqual([
      { id: report.id, author: null, webhook: { id, name: 'Builds' }, content: { text: 'something bad' } },
    ]);
    await mutate(owner, 'resolveReport', { reportId: report.id, resolution: 'RESOLVED' }, '');
    await mutate(owner, 'deleteMessage', { messageId: input.messageId }, '');
    const record = `query ($id: ID!) { room(id: $id) { moderationLog(first: 5) { nodes {
      action target { username } message { webhook { id } } } } } }`;
    const entries = (await owner.run(record, { id: roomId })).moderationLog.nodes;
    expect(entries.slice(0, 2)).toEqual(
      ['MESSAGE_DELETED', 'REPORT_RESOLVED'].map((action) => ({ action, target: null, message: { webhook: { id } } })),
    );
    const targets = 'SELECT DISTINCT target_id FROM moderation_entry WHERE room_id = $1';
    expect(await stack.databases.query('chat', targets, [roomId])).toEqual([{ target_id: null }]);
  });
});
