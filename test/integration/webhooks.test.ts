import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookCallLimit } from '../../subgraphs/chat/webhooks/pace.ts';
import { webhookLimit } from '../../subgraphs/chat/webhooks/service.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';
import { callWebhook, createWebhook, refusalOf, type TestWebhook, webhookFields } from '../webhooks.ts';

const history = `query ($id: ID!) { room(id: $id) { unreadCount messages(last: 100) {
  nodes { id seq text author { id } webhook { id name avatarUrl } attachments { name } }
} } }`;

let stack: TestStack;
let owner: TestClient;

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.register('owner');
});

afterAll(() => stack?.stop());

const call = (path: string, body: unknown, headers?: Record<string, string>) =>
  callWebhook(stack.url, path, body, headers);
const messagesOf = async (roomId: string, client = owner) => (await client.run(history, { id: roomId })).messages.nodes;

describe('a webhook', () => {
  it('posts messages that members see with its name, live and in history', async () => {
    const roomId = await owner.createRoom();
    const member = await stack.register('member');
    await member.joinRoom(roomId);
    const avatarUrl = 'https://example.org/a.png';
    const { id, path } = await createWebhook(owner, roomId, { avatarUrl });
    const live = member.subscribe(
      'subscription ($id: ID!, $after: String) { messageAdded(roomId: $id, after: $after) { seq message { text author { id } webhook { name } } } }',
      { id: roomId, after: await member.headCursor(roomId) },
    );
    const attachments = [{ url: 'https://example.org/log', name: 'log', contentType: 'text/plain', sizeBytes: 1 }];
    const posted = await call(path, { text: 'the build is green', attachments });
    expect(posted.status).toBe(201);
    expect(posted.headers.get('cache-control')).toBe('no-store');
    expect(await live.next()).toEqual({
      seq: posted.body.seq,
      message: { text: 'the build is green', author: null, webhook: { name: 'Builds' } },
    });
    const room = await member.run(history, { id: roomId });
    expect(room).toEqual({
      unreadCount: 1,
      messages: {
        nodes: [
          {
            id: posted.body.messageId,
            seq: posted.body.seq,
            text: 'the build is green',
            author: null,
            webhook: { id, name: 'Builds', avatarUrl },
            attachments: [{ name: 'log' }],
          },
        ],
      },
    });
  });

  it('notifies whom it mentions, with nobody as the one who did it', async () => {
    const roomId = await owner.createRoom();
    const member = await stack.register('mentioned');
    await member.joinRoom(roomId);
    const { path } = await createWebhook(owner, roomId);
    await call(path, { text: `look here, @${member.username}` });
    const list = '{ viewer { notifications(first: 5) { nodes { kind actor { id } message { text } room { id } } } } }';
    await expect
      .poll(async () => (await member.run(list)).notifications.nodes)
      .toEqual([
        { kind: 'MENTION', actor: null, message: { text: `look here, @${member.username}` }, room: { id: roomId } },
      ]);
  });

  it('gets the first result for every retry, also in a race, by the key in the body or in the header', async () => {
    const roomId = await owner.createRoom();
    const { path } = await createWebhook(owner, roomId);
    const clientMessageId = randomUUID();
    const race = await Promise.all([
      ...Array.from({ length: 5 }, () => call(path, { text: 'once', clientMessageId })),
      ...Array.from({ length: 5 }, () => call(path, { text: 'once' }, { 'idempotency-key': clientMessageId })),
    ]);
    expect(race.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    expect(new Set(race.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const changed = await call(path, { text: 'another text' }, { 'idempotency-key': clientMessageId });
    expect([changed.status, changed.body]).toEqual([200, race[0]?.body]);
    const twice = await Promise.all([call(path, { text: 'each' }), call(path, { text: 'each' })]);
    expect(twice.map(({ status }) => status)).toEqual([201, 201]);
    expect((await messagesOf(roomId)).map(({ text }: { text: string }) => text)).toEqual(['once', 'each', 'each']);
    const other = await createWebhook(owner, roomId);
    expect((await call(other.path, { text: 'another webhook', clientMessageId })).status).toBe(201);
    expect(refusalOf(await call(path, { text: 'x', clientMessageId: 'a' }, { 'idempotency-key': 'b' }))).toEqual([
      400,
      'BAD_REQUEST',
    ]);
  });

  it('is not there for a wrong secret, an unknown id, or a secret of another: all answers are the same', async () => {
    const roomId = await owner.createRoom();
    const [one, other] = [await createWebhook(owner, roomId), await createWebhook(owner, roomId)];
    const secretOf = ({ path }: TestWebhook) => path.split('/')[3] as string;
    const paths = [
      `/webhooks/${one.id}/${secretOf(other)}`,
      `/webhooks/${randomUUID()}/${secretOf(one)}`,
      `/webhooks/${one.id}/wrong`,
      `/webhooks/nonsense/${secretOf(one)}`,
      `/webhooks/${one.id}/${secretOf(one).toUpperCase()}`,
      `/webhooks/${one.id}/${'a'.repeat(128)}`,
      `/webhooks/..%2f..%2fgraphql/${secretOf(one)}`,
      `/webhooks/${one.id}/%00`,
    ];
    const answers = await Promise.all(paths.map((path) => call(path, { text: 'hello' })));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toEqual(
      new Set(['[404,{"errors":[{"message":"There is nothing at this address.","extensions":{"code":"NOT_FOUND"}}]}]']),
    );
    expect(await messagesOf(roomId)).toEqual([]);
  });

  it('mentions whoever joins, and nobody who goes, while a message is on its way', async () => {
    const roomId = await owner.createRoom();
    const [comers, goers] = await Promise.all(
      ['comer', 'goer'].map((name) => Promise.all(Array.from({ length: 5 }, () => stack.register(name)))),
    );
    for (const goer of goers ?? []) await goer.joinRoom(roomId);
    const { path } = await createWebhook(owner, roomId);
    const text = [...(comers ?? []), ...(goers ?? [])].map(({ username }) => `@${username}`).join(' ');
    await Promise.all([
      ...(comers ?? []).map((comer) => comer.joinRoom(roomId)),
      ...(goers ?? []).map(({ userId }) => mutate(owner, 'kickMember', { roomId, userId }, '')),
      ...Array.from({ length: 15 }, () => call(path, { text })),
    ]);
    // Each message mentions those who are members at its place in the log, and no others.
    const log = await stack.databases.query<{ kind: string; member: string | null; mentioned: string[] }>(
      'chat',
      `SELECT kind, coalesce(data->>'userId', actor_id::text) AS member, ARRAY(
         SELECT user_id::text FROM message_mention WHERE room_id = room_event.room_id AND seq = room_event.seq) AS mentioned
       FROM room_event WHERE room_id = $1 ORDER BY seq`,
      [roomId],
    );
    const members = new Set<string>();
    const sent = log.filter(({ kind, member, mentioned }) => {
      if (kind === 'MEMBER_JOINED') members.add(member as string);
      if (kind === 'MEMBER_KICKED') members.delete(member as string);
      if (kind === 'MESSAGE_SENT') expect(new Set(mentioned)).toEqual(members);
      return kind === 'MESSAGE_SENT';
    });
    expect(sent).toHaveLength(15);
  });

  it('has posted also when it can not be written down that it was used', async () => {
    const roomId = await owner.createRoom();
    const { id, path } = await createWebhook(owner, roomId);
    await stack.databases.query(
      'chat',
      `ALTER TABLE webhook ADD CONSTRAINT never_used CHECK (id <> '${id}' OR last_used_at IS NULL)`,
    );
    expect((await call(path, { text: 'hello' })).status).toBe(201);
    await stack.databases.query('chat', 'ALTER TABLE webhook DROP CONSTRAINT never_used');
    expect(await messagesOf(roomId)).toHaveLength(1);
  });

  it('posts nothing once it is revoked, also to a call that is under way, and keeps its name', async () => {
    const roomId = await owner.createRoom();
    const { id, path } = await createWebhook(owner, roomId);
    await call(path, { text: 'before', clientMessageId: 'before' });
    const [answers, { webhook }] = await Promise.all([
      Promise.all(Array.from({ length: 10 }, (_, number) => call(path, { text: `race ${number}` }))),
      mutate(owner, 'revokeWebhook', { webhookId: id }, webhookFields),
    ]);
    expect(webhook).toMatchObject({ id, path: null });
    const log = await stack.databases.query<{ seq: number; kind: string }>(
      'chat',
      'SELECT seq, kind FROM room_event WHERE room_id = $1 ORDER BY seq',
      [roomId],
    );
    expect(log.at(-1)?.kind).toBe('WEBHOOK_REVOKED');
    const messages = await messagesOf(roomId);
    expect(messages).toHaveLength(1 + answers.filter(({ status }) => status === 201).length);
    expect(answers.every(({ status }) => status === 201 || status === 404)).toBe(true);
    // Not even a retry gets anything.
    expect(refusalOf(await call(path, { text: 'before', clientMessageId: 'before' }))).toEqual([404, 'NOT_FOUND']);
    expect(messages[0].webhook).toEqual({ id, name: 'Builds', avatarUrl: null });
    const again = await mutate(owner, 'revokeWebhook', { webhookId: id }, webhookFields);
    expect(again.webhook.revokedAt).toBe(webhook.revokedAt);
    const [{ hidden }] = (await stack.databases.query<{ hidden: boolean }>(
      'chat',
      'SELECT sealed_secret IS NULL AS hidden FROM webhook WHERE id = $1',
      [id],
    )) as [{ hidden: boolean }];
    expect(hidden).toBe(true);
  });

  it('is refused in an archived room, where a retry still gets the first result, and gone with a deleted one', async () => {
    const roomId = await owner.createRoom();
    const { id, path } = await createWebhook(owner, roomId);
    const first = await call(path, { text: 'first', clientMessageId: 'first' });
    await mutate(owner, 'archiveRoom', { roomId }, 'room { id }');
    expect(refusalOf(await call(path, { text: 'late' }))).toEqual([409, 'ROOM_ARCHIVED']);
    expect((await call(path, { text: 'first', clientMessageId: 'first' })).body).toEqual(first.body);
    expect(codesOf(await mutate(owner, 'createWebhook', { roomId, name: 'x', clientWebhookId: 'x' }, ''))).toEqual([
      'ROOM_ARCHIVED',
    ]);
    await mutate(owner, 'restoreRoom', { roomId }, 'room { id }');
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 8 }, () => call(path, { text: 'race' }))),
      mutate(owner, 'deleteRoom', { roomId }, 'roomId'),
    ]);
    expect(answers.every(({ status }) => status === 201 || status === 404)).toBe(true);
    expect(refusalOf(await call(path, { text: 'late' }))).toEqual([404, 'NOT_FOUND']);
    expect(await stack.databases.query('chat', 'SELECT FROM webhook WHERE id = $1', [id])).toEqual([]);
    const messages = () => stack.databases.query('chat', 'SELECT FROM message WHERE room_id = $1', [roomId]);
    await expect.poll(messages).toEqual([]);
  });

  it('may call 60 times a minute, and is told when to go on', async () => {
    const roomId = await owner.createRoom();
    const { path } = await createWebhook(owner, roomId);
    const other = await createWebhook(owner, roomId);
    const calls = Array.from({ length: webhookCallLimit }, () => call(path, { text: 'hello' }));
    expect((await Promise.all(calls)).every(({ status }) => status === 201)).toBe(true);
    const refused = await call(path, { text: 'one too many' });
    expect(refusalOf(refused)).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await call(other.path, { text: 'hello' })).status).toBe(201);
    // Whoever does not have the secret does not count.
    expect((await call(`/webhooks/${other.id}/wrong`, { text: 'x' })).status).toBe(404);
    await atLater(61_000, async () => {
      expect((await call(path, { text: 'a minute later' })).status).toBe(201);
    });
  });

  it('writes what moderators delete and nobody edits, and answers can be given to it', async () => {
    const roomId = await owner.createRoom();
    const member = await stack.register('member');
    await member.joinRoom(roomId);
    const { path } = await createWebhook(owner, roomId);
    const { messageId } = (await call(path, { text: 'a mistake' })).body;
    const answer = { roomId, text: 'an answer', replyToMessageId: messageId, clientMessageId: 'answer' };
    const { message } = await mutate(member, 'sendMessage', answer, 'message { replyTo { webhook { name } } }');
    expect(message.replyTo.webhook.name).toBe('Builds');
    expect(codesOf(await mutate(member, 'deleteMessage', { messageId }, ''))).toEqual(['NOT_ALLOWED']);
    expect(codesOf(await mutate(owner, 'editMessage', { messageId, text: 'mended' }, ''))).toEqual(['NOT_ALLOWED']);
    expect(codesOf(await mutate(owner, 'deleteMessage', { messageId }, ''))).toEqual([]);
    expect((await messagesOf(roomId))[0]).toMatchObject({ text: null, webhook: { name: 'Builds' } });
  });
});

describe('the webhooks of a room', () => {
  const list = `query ($id: ID!, $after: String) { room(id: $id) { webhooks(first: 2, after: $after) {
    nodes { id name path lastUsedAt revokedAt createdBy { id } } pageInfo { hasNextPage endCursor }
  } } }`;

  it('are listed to those who manage them, with their URLs, and to nobody else', async () => {
    const roomId = await owner.createRoom();
    const [member, visitor] = [await stack.register('member'), await stack.register('visitor')];
    await member.joinRoom(roomId);
    const made = [];
    for (const name of ['first', 'second', 'third']) made.push(await createWebhook(owner, roomId, { name }));
    await call((made[0] as TestWebhook).path, { text: 'hello' });
    await mutate(owner, 'revokeWebhook', { webhookId: made[1]?.id }, 'webhook { id }');
    const { webhooks } = await owner.run(list, { id: roomId });
    const after = webhooks.pageInfo.endCursor;
    const rest = (await owner.run(list, { id: roomId, after })).webhooks;
    expect(
      [...webhooks.nodes, ...rest.nodes].map(({ id, name, path, createdBy }) => [id, name, path, createdBy]),
    ).toEqual([
      [made[2]?.id, 'third', made[2]?.path, { id: owner.userId }],
      [made[1]?.id, 'second', null, { id: owner.userId }],
      [made[0]?.id, 'first', made[0]?.path, { id: owner.userId }],
    ]);
    expect(rest.nodes[0].lastUsedAt).not.toBeNull();
    expect(webhooks.nodes[0].lastUsedAt).toBeNull();
    for (const other of [member, visitor]) {
      expect((await other.run(list, { id: roomId })).webhooks.nodes).toEqual([]);
    }
    await mutate(owner, 'changeMemberRole', { roomId, userId: member.userId, role: 'MODERATOR' }, 'member { role }');
    expect((await member.run(list, { id: roomId })).webhooks.nodes).toEqual([]);
    await mutate(owner, 'changeMemberRole', { roomId, userId: member.userId, role: 'ADMIN' }, 'member { role }');
    expect((await member.run(list, { id: roomId })).webhooks.nodes).toHaveLength(2);
    expect((await owner.send(list, { id: roomId, after: 'nonsense' })).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('are made once for each name that a client gives, with the same URL for every retry, also in a race', async () => {
    const roomId = await owner.createRoom();
    const input = { roomId, name: 'Builds', clientWebhookId: 'builds' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => mutate(owner, 'createWebhook', input, 'webhook { id path }')),
    );
    const paths = new Set(answers.map(({ webhook }) => webhook.path));
    expect(paths.size).toBe(1);
    expect([...paths][0]).toMatch(/^\/webhooks\/[0-9a-f-]{36}\/[\w-]{43}$/);
    const events = 'SELECT kind, data FROM room_event WHERE room_id = $1 AND seq > 1';
    expect(await stack.databases.query('chat', events, [roomId])).toEqual([
      { kind: 'WEBHOOK_CREATED', data: { webhookId: answers[0]?.webhook.id } },
    ]);
  });

  it('are told of in the log, without the secret', async () => {
    const roomId = await owner.createRoom();
    const member = await stack.register('member');
    await member.joinRoom(roomId);
    const after = await member.headCursor(roomId);
    const { id } = await createWebhook(owner, roomId);
    await mutate(owner, 'revokeWebhook', { webhookId: id }, 'webhook { id }');
    const log = member.subscribe(
      `subscription ($id: ID!, $after: String) { roomEvents(roomId: $id, after: $after) {
        __typename
        ... on WebhookCreated { webhookId webhook { name } actorId actor { id } }
        ... on WebhookRevoked { webhookId webhook { name } actorId actor { id } }
      } }`,
      { id: roomId, after },
    );
    const rest = { webhookId: id, webhook: { name: 'Builds' }, actorId: owner.userId, actor: { id: owner.userId } };
    expect(await log.take(2)).toEqual([
      { __typename: 'WebhookCreated', ...rest },
      { __typename: 'WebhookRevoked', ...rest },
    ]);
  });

  it('are at most 20 that can be used', async () => {
    const roomId = await owner.createRoom();
    const made = [];
    for (let number = 0; number < webhookLimit; number += 1) made.push(await createWebhook(owner, roomId));
    const more = { roomId, name: 'one more', clientWebhookId: 'more' };
    expect(codesOf(await mutate(owner, 'createWebhook', more, ''))).toEqual(['WEBHOOK_LIMIT_REACHED']);
    await mutate(owner, 'revokeWebhook', { webhookId: made[0]?.id }, 'webhook { id }');
    expect(codesOf(await mutate(owner, 'createWebhook', more, ''))).toEqual([]);
  });

  it('are made with a good name, and managed by nobody who may not', async () => {
    const roomId = await owner.createRoom('PRIVATE');
    const [member, stranger] = [await stack.register('member'), await stack.register('stranger')];
    await stack.databases.query('chat', "INSERT INTO room_member VALUES ($1, $2, 'MODERATOR', now(), 0)", [
      roomId,
      member.userId,
    ]);
    const { id } = await createWebhook(owner, roomId);
    const make = async (client: TestClient, input: object) =>
      codesOf(await mutate(client, 'createWebhook', { roomId, name: 'x', clientWebhookId: 'x', ...input }, ''));
    expect(await make(owner, { name: ' ' })).toEqual(['NAME_INVALID']);
    expect(await make(owner, { name: 'a\nb' })).toEqual(['NAME_INVALID']);
    expect(await make(owner, { name: 'a'.repeat(81) })).toEqual(['NAME_INVALID']);
    expect(await make(owner, { avatarUrl: 'http://example.org' })).toEqual(['AVATAR_URL_INVALID']);
    expect(await make(owner, { clientWebhookId: '' })).toEqual(['CLIENT_WEBHOOK_ID_INVALID']);
    expect(await make(member, {})).toEqual(['NOT_ALLOWED']);
    expect(await make(stranger, {})).toEqual(['ROOM_NOT_FOUND']);
    const revoke = async (client: TestClient, webhookId: string) =>
      codesOf(await mutate(client, 'revokeWebhook', { webhookId }, ''));
    expect(await revoke(member, id)).toEqual(['NOT_ALLOWED']);
    expect(await revoke(stranger, id)).toEqual(['WEBHOOK_NOT_FOUND']);
    expect(await revoke(owner, randomUUID())).toEqual(['WEBHOOK_NOT_FOUND']);
    expect(await revoke(owner, 'nonsense')).toEqual(['WEBHOOK_NOT_FOUND']);
    const signedOut = await stack.guest.send(
      'mutation { revokeWebhook(input: { webhookId: "x" }) { webhook { id } } }',
    );
    expect(signedOut.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
