import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventEnvelope } from '../../platform/events.ts';
import { newId } from '../../platform/identifiers.ts';
import { blockLimit } from '../../subgraphs/user/blocks/service.ts';
import { createApiKey, registerAdministrator } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { describeEachEngine, eventually, startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

describeEachEngine('blocks', (engine) => {
  let stack: TestStack;
  let user: TestClient;
  let other: TestClient;

  beforeAll(async () => {
    stack = await startTestStack({ engine });
    [user, other] = await Promise.all([stack.register(), stack.register()]);
  });

  afterAll(() => stack?.stop());

  const block = (client: TestClient, userId: string) =>
    mutate(client, 'blockUser', { userId }, 'user { id isBlocked displayName }');
  const unblock = (client: TestClient, userId: string) =>
    mutate(client, 'unblockUser', { userId }, 'user { id isBlocked }');
  const listOf = async (client: TestClient, userId = client.userId): Promise<string[]> => {
    const query = 'query ($id: ID!) { user(id: $id) { blockedUsers(first: 100) { nodes { id } } } }';
    return (await client.run(query, { id: userId })).blockedUsers.nodes.map(({ id }: { id: string }) => id);
  };
  const isBlocked = async (client: TestClient, id: string): Promise<boolean> =>
    (await client.run('query ($id: ID!) { user(id: $id) { isBlocked } }', { id })).isBlocked;

  /** What chat, which keeps rooms, knows of it: null for a pair of which it knows nothing. */
  async function knownToChat(blockerId: string, blockedId: string): Promise<boolean | null> {
    const [row] = await stack.databases.query<{ is_blocked: boolean }>(
      'chat',
      'SELECT is_blocked FROM account_block WHERE blocker_id = $1 AND blocked_id = $2',
      [blockerId, blockedId],
    );
    return row?.is_blocked ?? null;
  }

  /** Lets the user subgraph's relay publish an event as if it had been decided at a time. */
  async function publish(
    name: 'user.user.blocked' | 'user.user.unblocked',
    blockerId: string,
    blockedId: string,
    at: Date,
  ) {
    const event: EventEnvelope = {
      id: newId(),
      name,
      version: 1,
      occurredAt: at.toISOString(),
      trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      payload: { blockerId, blockedId },
    };
    const insertion = 'INSERT INTO outbox (event_id, envelope, occurred_at) VALUES ($1, $2, $3)';
    await stack.databases.query('user', insertion, [event.id, JSON.stringify(event), at]);
    const isHandled = async () =>
      (await stack.databases.query('chat', 'SELECT FROM inbox WHERE event_id = $1', [event.id])).length === 1;
    await eventually(async () => expect(await isHandled()).toBe(true));
  }

  it('end direct contact, both ways, until they are taken back', async () => {
    const [blocker, blocked, stranger] = [await stack.register(), await stack.register(), await stack.register()];
    const { room } = await mutate(blocked, 'openDirectRoom', { userId: blocker.userId }, 'room { id }');
    const send = async (client: TestClient) => codesOf(await client.sendMessage(room.id, 'hello'));
    expect([await send(blocked), await send(blocker)]).toEqual([[], []]);
    await block(blocker, blocked.userId);
    await block(blocker, stranger.userId);
    await eventually(async () => expect(await send(blocked)).toEqual(['CONTACT_REFUSED']));
    await eventually(async () => expect(await knownToChat(blocker.userId, stranger.userId)).toBe(true));
    expect(await send(blocker)).toEqual(['CONTACT_REFUSED']);
    const opened = await mutate(stranger, 'openDirectRoom', { userId: blocker.userId }, 'room { id }');
    expect([opened.room, codesOf(opened)]).toEqual([null, ['CONTACT_REFUSED']]);
    const rooms = '{ viewer { rooms(first: 10) { nodes { id } } } }';
    expect((await blocker.run(rooms)).rooms.nodes).toEqual([]);
    expect((await blocked.run(rooms)).rooms.nodes).toEqual([{ id: room.id }]);
    const invitation = {
      roomId: await stranger.createRoom(),
      userId: blocker.userId,
      clientInvitationId: 'invitation',
    };
    expect(codesOf(await mutate(stranger, 'inviteUser', invitation, ''))).toEqual(['CONTACT_REFUSED']);
    await unblock(blocker, blocked.userId);
    await eventually(async () => expect(await send(blocked)).toEqual([]));
    expect((await blocker.run(rooms)).rooms.nodes).toEqual([{ id: room.id }]);
  });

  it('are seen by who has blocked and by nobody else, and reach chat', async () => {
    expect(await block(user, other.userId)).toEqual({
      user: { id: other.userId, isBlocked: true, displayName: other.username },
      userErrors: [],
    });
    expect([await isBlocked(user, other.userId), await isBlocked(other, user.userId)]).toEqual([true, false]);
    expect(await listOf(user)).toEqual([other.userId]);
    expect(await listOf(other)).toEqual([]);
    expect(await listOf(other, user.userId)).toEqual([]);
    await eventually(async () => expect(await knownToChat(user.userId, other.userId)).toBe(true));
    expect(await knownToChat(other.userId, user.userId)).toBe(null);

    expect(await unblock(user, other.userId)).toEqual({ user: { id: other.userId, isBlocked: false }, userErrors: [] });
    expect(await isBlocked(user, other.userId)).toBe(false);
    expect(await listOf(user)).toEqual([]);
    await eventually(async () => expect(await knownToChat(user.userId, other.userId)).toBe(false));
  });

  it('change nothing when they are repeated, also at the same moment, and tell of it once', async () => {
    const [person, target] = await Promise.all([stack.register(), stack.register()]);
    const outbox = () =>
      stack.databases.query<{ name: string }>(
        'user',
        "SELECT envelope->>'name' AS name FROM outbox WHERE envelope->'payload'->>'blockerId' = $1 ORDER BY id",
        [person.userId],
      );
    const answers = await Promise.all([1, 2, 3].map(() => block(person, target.userId)));
    expect(answers.flatMap(codesOf)).toEqual([]);
    await Promise.all([1, 2, 3].map(() => unblock(person, target.userId)));
    expect((await outbox()).map(({ name }) => name)).toEqual(['user.user.blocked', 'user.user.unblocked']);
  });

  it('of two people by each other do not wait for each other', async () => {
    const [one, two] = await Promise.all([stack.register(), stack.register()]);
    const answers = await Promise.all([1, 2, 3, 4].flatMap(() => [block(one, two.userId), block(two, one.userId)]));
    expect(answers.flatMap(codesOf)).toEqual([]);
    expect([await listOf(one), await listOf(two)]).toEqual([[two.userId], [one.userId]]);
  });

  it('that are decided often and fast end in chat as the last decision', async () => {
    const [person, target] = await Promise.all([stack.register(), stack.register()]);
    for (let round = 0; round < 5; round += 1) {
      await block(person, target.userId);
      await unblock(person, target.userId);
    }
    await block(person, target.userId);
    const times = await stack.databases.query<{ at: Date }>(
      'user',
      "SELECT occurred_at AS at FROM outbox WHERE envelope->'payload'->>'blockerId' = $1 ORDER BY id",
      [person.userId],
    );
    const growing = times.map(({ at }) => at.getTime());
    expect(growing).toEqual([...new Set(growing)].sort((a, b) => a - b));
    expect(growing).toHaveLength(11);
    await stack.databases.query('user', 'UPDATE outbox SET published_position = NULL');
    await publish('user.user.blocked', randomUUID(), randomUUID(), new Date());
    expect(await knownToChat(person.userId, target.userId)).toBe(true);
  });

  it('of earlier decisions that arrive late change nothing', async () => {
    const [person, target] = [newId(), newId()];
    const at = Date.now();
    await publish('user.user.unblocked', person, target, new Date(at));
    await publish('user.user.blocked', person, target, new Date(at - 1));
    expect(await knownToChat(person, target)).toBe(false);
    await publish('user.user.blocked', person, target, new Date(at + 1));
    expect(await knownToChat(person, target)).toBe(true);
  });

  it('go with either account, and an event that comes after its end brings none back', async () => {
    const [person, target] = await Promise.all([stack.register(), stack.register()]);
    await block(person, target.userId);
    await block(target, person.userId);
    await eventually(async () => expect(await knownToChat(target.userId, person.userId)).toBe(true));
    await target.run('mutation { deleteAccount { deletedUserId } }');
    await eventually(async () => {
      expect(await listOf(person)).toEqual([]);
      expect(await knownToChat(person.userId, target.userId)).toBe(null);
      expect(await knownToChat(target.userId, person.userId)).toBe(null);
    });
    const rows = await stack.databases.query('user', 'SELECT FROM block WHERE $1 IN (blocker_id, blocked_id)', [
      target.userId,
    ]);
    expect(rows).toEqual([]);
    await publish('user.user.blocked', person.userId, target.userId, new Date());
    expect(await knownToChat(person.userId, target.userId)).toBe(null);
    expect(codesOf(await block(person, target.userId))).toEqual(['ACCOUNT_NOT_FOUND']);
  });

  it('of oneself, and of nobody, are refused', async () => {
    expect(codesOf(await block(user, user.userId))).toEqual(['OWN_ACCOUNT']);
    expect(codesOf(await block(user, user.userId.toUpperCase()))).toEqual(['OWN_ACCOUNT']);
    expect(codesOf(await unblock(user, user.userId))).toEqual(['OWN_ACCOUNT']);
    for (const nobody of ['', 'nobody', randomUUID(), `${other.userId} `])
      expect(codesOf(await block(user, nobody))).toEqual(['ACCOUNT_NOT_FOUND']);
  });

  it('are limited in number, also when the last two are made at once', async () => {
    const [person, one, two] = await Promise.all([stack.register(), stack.register(), stack.register()]);
    await stack.databases.query(
      'user',
      `INSERT INTO block (id, blocker_id, blocked_id, blocked_at)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), now() FROM generate_series(1, $2)`,
      [person.userId, blockLimit - 1],
    );
    const answers = await Promise.all([block(person, one.userId), block(person, two.userId)]);
    expect(answers.flatMap(codesOf)).toEqual(['BLOCK_LIMIT_REACHED']);
    const [blocked] = answers.filter((answer) => codesOf(answer).length === 0);
    // What is there already is no further one.
    expect(codesOf(await block(person, blocked.user.id))).toEqual([]);
  });

  it('come in pages, newest first, whose cursors belong to their owner', async () => {
    const [person, ...targets] = await Promise.all([1, 2, 3, 4].map(() => stack.register()));
    for (const target of targets) await block(person as TestClient, target.userId);
    const query = `query ($after: String) { viewer { blockedUsers(first: 2, after: $after) {
      edges { cursor node { id displayName } } pageInfo { hasNextPage endCursor }
    } } }`;
    const first = (await (person as TestClient).run(query)).blockedUsers;
    const second = (await (person as TestClient).run(query, { after: first.pageInfo.endCursor })).blockedUsers;
    const ids = [...first.edges, ...second.edges].map(({ node }) => node.id);
    expect(ids).toEqual(targets.map(({ userId }) => userId).reverse());
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const { errors } = await user.send(query, { after: first.pageInfo.endCursor });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('want a token for them, and show nothing to those who are signed out', async () => {
    const admin = await registerAdministrator(stack);
    await block(admin, other.userId);
    const query = `query ($id: ID!) { user(id: $id) { isBlocked } viewer { blockedUsers(first: 5) { nodes { id } } } }`;
    const change = 'mutation ($id: ID!) { blockUser(input: { userId: $id }) { userErrors { code } } }';
    const withKey = async (scopes: string[], text: string) => {
      const { secret } = await createApiKey(admin, { scopes });
      const client = await stack.register();
      return client.send(text, { id: other.userId }, { authorization: `Bearer ${secret}` });
    };
    const reading = await withKey(['chat:read'], query);
    expect(reading.data).toEqual({ user: { isBlocked: false }, viewer: { blockedUsers: { nodes: [] } } });
    const owning = await withKey(['account:read'], query);
    expect(owning.data).toEqual({
      user: { isBlocked: true },
      viewer: { blockedUsers: { nodes: [{ id: other.userId }] } },
    });
    const writing = await withKey(['account:read'], change);
    expect(writing.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const signedOut = await stack.guest.send(change, { id: other.userId });
    expect(signedOut.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  it('keep mentions by the blocked person from notifying, until they end', async () => {
    const [person, target, third] = await Promise.all([stack.register(), stack.register(), stack.register()]);
    const roomId = await person.createRoom();
    await Promise.all([target.joinRoom(roomId), third.joinRoom(roomId)]);
    const knownToNotification = async () => {
      const where = 'blocker_id = $1 AND blocked_id = $2';
      const [row] = await stack.databases.query<{ is_blocked: boolean }>(
        'notification',
        `SELECT is_blocked FROM account_block WHERE ${where}`,
        [person.userId, target.userId],
      );
      return row?.is_blocked;
    };
    const notifiers = async (): Promise<string[]> => {
      const query = '{ viewer { notifications(first: 10) { nodes { ... on Notification { actor { id } } } } } }';
      const { nodes } = (await person.run(query)).notifications;
      return nodes.map(({ actor }: { actor: { id: string } }) => actor.id);
    };
    await block(person, target.userId);
    await eventually(async () => expect(await knownToNotification()).toBe(true));
    const text = `hello @${person.username}`;
    expect((await target.sendMessage(roomId, text)).userErrors).toEqual([]);
    await third.sendMessage(roomId, text);
    await eventually(async () => expect(await notifiers()).toEqual([third.userId]));
    await unblock(person, target.userId);
    await eventually(async () => expect(await knownToNotification()).toBe(false));
    await target.sendMessage(roomId, text);
    await eventually(async () => expect(await notifiers()).toEqual([target.userId, third.userId]));
    await target.run('mutation { deleteAccount { deletedUserId } }');
    await eventually(async () => expect(await knownToNotification()).toBeUndefined());
  });

  it('that wait to be published are a metric', async () => {
    const metrics = async () => (await fetch(new URL('/metrics', stack.subgraphs.user.url))).text();
    expect(await metrics()).toMatch(/^chorus_outbox_waiting\{service="user"\} \d+$/m);
  });

  it('survive that the broker forgets everything', async () => {
    if (!stack.redis) return;
    const [person, target] = await Promise.all([stack.register(), stack.register()]);
    await block(person, target.userId);
    await eventually(async () => expect(await knownToChat(person.userId, target.userId)).toBe(true));
    await stack.redis.flush();
    await unblock(person, target.userId);
    await eventually(async () => expect(await knownToChat(person.userId, target.userId)).toBe(false), 20_000);
  });
});
