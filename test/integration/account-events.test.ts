import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/identifiers.ts';
import { subgraphDatabaseUrl, withClient } from '../../tools/databases.ts';
import type { SubgraphName } from '../../tools/stack.ts';
import { commitEvents, deleteAccount, eventOf } from '../account-events.ts';
import type { TestClient } from '../client.ts';
import { describeEachEngine, eventually, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { act, registerKnown } from '../inviting.ts';

/** The column `value` of a query with one parameter. */
async function select(databases: TestDatabases, subgraph: SubgraphName, sql: string, given: string | string[]) {
  return (await databases.query<{ value: unknown }>(subgraph, sql, [given])).map(({ value }) => value);
}

/** Resolves when user and chat have handled everything that was committed before; without failures they go in order. */
async function settle(databases: TestDatabases): Promise<void> {
  const userId = randomUUID();
  const username = `marker_${userId.slice(0, 8)}`;
  await commitEvents(databases, [eventOf('auth.user.registered', { userId, username })]);
  await eventually(async () => {
    const { profiles, handles } = await tracesOf(databases, userId);
    expect([...profiles, ...handles]).toEqual([username, username]);
  });
}

/** The role of each member by their id. */
async function membersOf(databases: TestDatabases, roomId: string): Promise<unknown> {
  const sql = "SELECT coalesce(jsonb_object_agg(user_id, role), '{}') AS value FROM room_member WHERE room_id = $1";
  return (await select(databases, 'chat', sql, roomId))[0];
}

/** What is kept of an account anywhere but in auth. */
async function tracesOf(databases: TestDatabases, userId: string) {
  const read = (subgraph: SubgraphName, column: string, table: string) =>
    select(
      databases,
      subgraph,
      `SELECT ${column} AS value FROM ${table} WHERE user_id = $1 AND ${column} IS NOT NULL`,
      userId,
    );
  return {
    profiles: await read('user', 'coalesce(display_name, bio)', 'profile'),
    handles: await read('chat', 'username_normalized', 'account_handle'),
    rooms: await read('chat', 'room_id', 'room_member'),
    notifications: await read('notification', 'id', 'notification'),
  };
}

const nothing = { profiles: [], handles: [], rooms: [], notifications: [] };

async function untilGone(databases: TestDatabases, userId: string): Promise<void> {
  await eventually(async () => expect(await tracesOf(databases, userId)).toEqual(nothing));
}

/** The ids of those whom chat takes a text to mention. */
async function mentionedBy(databases: TestDatabases, sender: TestClient, roomId: string, text: string) {
  const { message } = await sender.sendMessage(roomId, text);
  const sql = `SELECT envelope->'payload'->'mentionedUserIds' AS value FROM outbox
    WHERE envelope->'payload'->>'messageId' = $1`;
  return (await select(databases, 'chat', sql, message.id))[0];
}

const wholeLog = (roomId: string) => ({ roomId, after: Buffer.from(`room:${roomId}:0`).toString('base64url') });
const roomEvents = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
  __typename seq
  ... on MemberJoined { userId user { username displayName } }
  ... on MemberLeft { userId user { username displayName } } ... on RoleChanged { userId from to }
  ... on MessageSent { message { text author { username displayName } } }
} }`;
const ownNotifications =
  '{ viewer { notifications(first: 5) { nodes { actor { username } message { text author { username } } } } } }';

describeEachEngine('the deletion of an account', (engine) => {
  /** Longer than any test takes: it would deliver what was not published live. */
  const heartbeatMilliseconds = 60_000;
  let stack: TestStack;

  beforeAll(async () => {
    const environment = { FEED_HEARTBEAT_MILLISECONDS: String(heartbeatMilliseconds) };
    stack = await startTestStack({ engine, environment });
  });

  afterAll(() => stack?.stop());

  const registerTwo = () => Promise.all([stack.register('leaver'), stack.register('friend')]);
  const lookUp = (client: TestClient, id: string) =>
    client.run('query ($id: ID!) { user(id: $id) { displayName bio } }', { id });
  const listNotifications = async (client: TestClient) => (await client.run(ownNotifications)).notifications.nodes;

  it('takes profile, handle, memberships and notifications along', async () => {
    const [leaver, friend] = await registerTwo();
    await leaver.run(
      'mutation { updateProfile(input: { displayName: "Leaver", bio: "Text" }) { userErrors { code } } }',
    );
    const roomId = await friend.createRoom();
    await leaver.joinRoom(roomId);
    await friend.sendMessage(roomId, `@${leaver.username}`);
    await leaver.sendMessage(roomId, `@${friend.username}`);
    await eventually(async () => expect(await listNotifications(leaver)).toHaveLength(1));
    await eventually(async () => expect(await listNotifications(friend)).toHaveLength(1));
    expect(await lookUp(friend, leaver.userId)).toEqual({ displayName: 'Leaver', bio: 'Text' });

    await deleteAccount(stack.databases, leaver.userId);
    await untilGone(stack.databases, leaver.userId);
    // The account is a few seconds old: whatever is not known of it would be waited for.
    expect(await lookUp(friend, leaver.userId)).toBeNull();
    expect(await mentionedBy(stack.databases, friend, roomId, `@${leaver.username}`)).toEqual([]);
    expect(await membersOf(stack.databases, roomId)).toEqual({ [friend.userId]: 'OWNER' });
    // What the deleted person caused stays with those whom it reached.
    expect(await listNotifications(friend)).toEqual([
      { actor: null, message: { text: `@${friend.username}`, author: null } },
    ]);
  });

  it(
    'is told in the log of each room, live and in the replay, with the next number',
    async () => {
      const [leaver, friend] = await registerTwo();
      const alone = await friend.createRoom();
      const shared = await Promise.all([friend.createRoom(), leaver.createRoom()]);
      for (const roomId of shared) await Promise.all([leaver.joinRoom(roomId), friend.joinRoom(roomId)]);
      const live = shared.map((roomId) => friend.subscribe(roomEvents, wholeLog(roomId)));
      for (const subscription of live) await subscription.take(2);

      await deleteAccount(stack.databases, leaver.userId);
      const left = { __typename: 'MemberLeft', seq: 3, userId: leaver.userId };
      for (const subscription of live) expect(await subscription.next()).toMatchObject(left);
      await untilGone(stack.databases, leaver.userId);
      for (const roomId of shared) {
        await friend.sendMessage(roomId, 'and on it goes');
        const replay = await friend.subscribe(roomEvents, wholeLog(roomId)).take(4);
        expect(replay.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
        expect(replay[2]).toEqual({ ...left, user: null });
      }
      // The room of the friend alone has nothing to tell.
      expect(await select(stack.databases, 'chat', 'SELECT head_seq AS value FROM room WHERE id = $1', alone)).toEqual([
        1,
      ]);
    },
    heartbeatMilliseconds / 2,
  );

  it('ends its bans, of which the log of each room tells', async () => {
    const [leaver, friend] = [await registerKnown(stack, 'leaver'), await stack.register('friend')];
    const roomId = await friend.createRoom();
    expect(await act(friend, 'banMember', { roomId, userId: leaver.userId })).toEqual([]);
    const live = friend.subscribe(roomEvents, wholeLog(roomId));
    expect((await live.take(2))[1]).toEqual({ __typename: 'MemberBanned', seq: 2 });
    await deleteAccount(stack.databases, leaver.userId);
    expect(await live.next()).toEqual({ __typename: 'MemberUnbanned', seq: 3 });
    const bans = 'query ($id: ID!) { room(id: $id) { bans(first: 9) { nodes { bannedAt } } } }';
    expect((await friend.run(bans, { id: roomId })).bans.nodes).toEqual([]);
  });

  it('keeps messages in their place, without an author, in lists and in live events', async () => {
    const [leaver, friend] = await registerTwo();
    const roomId = await friend.createRoom();
    await leaver.joinRoom(roomId);
    await leaver.sendMessage(roomId, 'first');
    await friend.sendMessage(roomId, 'second');
    await deleteAccount(stack.databases, leaver.userId);
    await untilGone(stack.databases, leaver.userId);
    const author = { username: friend.username, displayName: friend.username };
    const messages = [
      { text: 'first', author: null },
      { text: 'second', author },
    ];
    const list =
      'query ($id: ID!) { room(id: $id) { messages(first: 9) { nodes { text author { username displayName } } } } }';
    const { data, errors } = await friend.send(list, { id: roomId });
    expect({ nodes: data.room.messages.nodes, errors }).toEqual({ nodes: messages, errors: undefined });
    const replay = await friend.subscribe(roomEvents, wholeLog(roomId)).take(5);
    expect(replay[1]).toMatchObject({ __typename: 'MemberJoined', userId: leaver.userId, user: null });
    expect(replay.flatMap(({ message }) => message ?? [])).toEqual(messages);
  });

  it('leaves a room to the member who has been there longest', async () => {
    const [owner, heir, third] = await Promise.all(['owner', 'heir', 'third'].map((name) => stack.register(name)));
    if (!owner || !heir || !third) throw new Error('Nobody registered.');
    const roomId = await owner.createRoom();
    await heir.joinRoom(roomId);
    await third.joinRoom(roomId);
    await deleteAccount(stack.databases, owner.userId);
    await eventually(async () =>
      expect(await membersOf(stack.databases, roomId)).toEqual({ [heir.userId]: 'OWNER', [third.userId]: 'MEMBER' }),
    );
    // Somebody who is no owner leaves everything as it is.
    await deleteAccount(stack.databases, third.userId);
    await eventually(async () => expect(await membersOf(stack.databases, roomId)).toEqual({ [heir.userId]: 'OWNER' }));
    expect((await heir.subscribe(roomEvents, wholeLog(roomId)).take(6))[4]).toMatchObject({ seq: 5, to: 'OWNER' });
  });

  it('is final: no event that comes late, none that comes again, changes anything', async () => {
    const [leaver, friend] = await registerTwo();
    const roomId = await friend.createRoom();
    await leaver.joinRoom(roomId);
    const registration = { userId: leaver.userId, username: leaver.username };
    const end = eventOf('auth.user.deleted', { userId: leaver.userId });
    await commitEvents(stack.databases, [
      end,
      eventOf('auth.user.deleted', { userId: leaver.userId }),
      eventOf('auth.user.registered', registration, new Date(0)),
      eventOf('auth.user.renamed', { userId: leaver.userId, username: 'came_late' }),
    ]);
    await settle(stack.databases);
    await stack.databases.query('auth', 'UPDATE outbox SET published_position = NULL WHERE event_id = $1', [end.id]);
    await settle(stack.databases);
    await untilGone(stack.databases, leaver.userId);
    const left = "SELECT seq AS value FROM room_event WHERE room_id = $1 AND kind = 'MEMBER_LEFT'";
    expect(await select(stack.databases, 'chat', left, roomId)).toEqual([3]);
  });

  it('holds for an account whose registration comes after it', async () => {
    const userId = newId();
    await commitEvents(stack.databases, [
      eventOf('auth.user.deleted', { userId }),
      eventOf('auth.user.registered', { userId, username: 'never_seen' }, new Date(Date.now() - 1_000)),
    ]);
    await settle(stack.databases);
    expect(await tracesOf(stack.databases, userId)).toEqual(nothing);
    const friend = await stack.register();
    expect(await lookUp(friend, userId)).toBeNull();
  });

  it('keeps a mention that comes after it from notifying', async () => {
    const [leaver, friend] = await registerTwo();
    await deleteAccount(stack.databases, leaver.userId);
    await untilGone(stack.databases, leaver.userId);
    // Chat and notification learn of a deletion each in their own time: this message was sent just before.
    const mentioned = { mentionedUserIds: [leaver.userId, friend.userId], mentionsRoom: false };
    const message = { messageId: newId(), roomId: newId(), seq: 1, authorId: newId(), ...mentioned };
    const tombstone = 'SELECT true AS value FROM notification_log WHERE user_id = $1 AND deleted_at IS NOT NULL';
    await eventually(async () =>
      expect(await select(stack.databases, 'notification', tombstone, leaver.userId)).toEqual([true]),
    );
    await commitEvents(stack.databases, [eventOf('chat.message.sent', message)], 'chat');
    await eventually(async () =>
      expect((await tracesOf(stack.databases, friend.userId)).notifications).toHaveLength(1),
    );
    expect(await tracesOf(stack.databases, leaver.userId)).toEqual(nothing);
  });

  it('leaves an access token that still lives nothing to write', async () => {
    const [leaver, friend] = await registerTwo();
    const roomId = await friend.createRoom();
    await leaver.joinRoom(roomId);
    await deleteAccount(stack.databases, leaver.userId);
    await untilGone(stack.databases, leaver.userId);
    const codes = async (query: string, variables: object) =>
      (await leaver.send(query, variables)).errors?.map(({ extensions }) => extensions.code);
    expect(
      await Promise.all([
        codes('mutation { createRoom(input: { name: "Room", kind: PUBLIC }) { userErrors { code } } }', {}),
        codes('mutation ($id: ID!) { joinRoom(input: { roomId: $id }) { userErrors { code } } }', { id: roomId }),
        codes('mutation { updateProfile(input: { displayName: "Back" }) { userErrors { code } } }', {}),
      ]),
    ).toEqual([['UNAUTHENTICATED'], ['UNAUTHENTICATED'], ['UNAUTHENTICATED']]);
    expect((await leaver.sendMessage(roomId, 'still here')).userErrors).toMatchObject([{ code: 'NOT_A_MEMBER' }]);
    expect(await tracesOf(stack.databases, leaver.userId)).toEqual(nothing);
  });

  it('takes a membership along that is being written at the same moment', async () => {
    const [leaver, friend] = await registerTwo();
    const roomId = await friend.createRoom();
    await withClient(subgraphDatabaseUrl(stack.databases.url, 'chat'), async (client) => {
      const untilBlocked = (count: number) =>
        eventually(async () => {
          const waiting =
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
          expect((await client.query(waiting)).rows).toHaveLength(count);
        });
      await client.query('BEGIN');
      await client.query('SELECT FROM room WHERE id = $1 FOR UPDATE', [roomId]);
      const joining = leaver.joinRoom(roomId);
      await untilBlocked(1);
      await deleteAccount(stack.databases, leaver.userId);
      await untilBlocked(2);
      await client.query('COMMIT');
      await joining.catch(() => undefined);
    });
    await untilGone(stack.databases, leaver.userId);
    const log = await friend.subscribe(roomEvents, wholeLog(roomId)).take(3);
    expect(log.map(({ __typename }) => __typename)).toEqual(['RoomCreated', 'MemberJoined', 'MemberLeft']);
    expect(await membersOf(stack.databases, roomId)).toEqual({ [friend.userId]: 'OWNER' });
  });
});

describe('the name of an account', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  it('is found by mentions from when it is given, and the one before no longer', async () => {
    const [person, friend] = await Promise.all([stack.register('before'), stack.register('friend')]);
    const roomId = await friend.createRoom();
    await person.joinRoom(roomId);
    await commitEvents(stack.databases, [
      eventOf('auth.user.renamed', { userId: person.userId, username: 'Called_Anew' }),
    ]);
    await settle(stack.databases);
    expect(await mentionedBy(stack.databases, friend, roomId, `@called_anew and @${person.username}`)).toEqual([
      person.userId,
    ]);
    expect(await mentionedBy(stack.databases, friend, roomId, `@${person.username}`)).toEqual([]);
    // The display name is the person's own choice, also when it was the username.
    expect(await friend.run('query ($id: ID!) { user(id: $id) { displayName } }', { id: person.userId })).toEqual({
      displayName: person.username,
    });
  });

  it('can be given up to somebody who is mentioned by it before that is known', async () => {
    const [giver, taker] = await Promise.all([stack.register('giver'), stack.register('taker')]);
    const roomId = await giver.createRoom();
    await taker.joinRoom(roomId);
    const at = Date.now();
    await commitEvents(stack.databases, [
      eventOf('auth.user.renamed', { userId: taker.userId, username: giver.username }, new Date(at + 1)),
    ]);
    await settle(stack.databases);
    expect(await mentionedBy(stack.databases, giver, roomId, `@${giver.username}`)).toEqual([taker.userId]);
    await commitEvents(stack.databases, [
      eventOf('auth.user.renamed', { userId: giver.userId, username: 'given_up' }, new Date(at)),
    ]);
    await settle(stack.databases);
    expect(await mentionedBy(stack.databases, taker, roomId, `@${giver.username} and @given_up`)).toEqual([
      giver.userId,
    ]);
  });

  it('is right in the end, in whatever order two accounts that swap names are told of', async () => {
    const pairs = permutations([0, 1, 2, 3, 4]).map((order, pair) => {
      const [ada, grace] = [newId(), newId()];
      const at = (time: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, time));
      const story = [
        eventOf('auth.user.registered', { userId: ada, username: `Ada_${pair}` }, at(0)),
        eventOf('auth.user.registered', { userId: grace, username: `Grace_${pair}` }, at(1)),
        eventOf('auth.user.renamed', { userId: ada, username: `Swapping_${pair}` }, at(2)),
        eventOf('auth.user.renamed', { userId: grace, username: `Ada_${pair}` }, at(3)),
        eventOf('auth.user.renamed', { userId: ada, username: `Grace_${pair}` }, at(4)),
      ];
      const names = { [ada]: `grace_${pair}`, [grace]: `ada_${pair}` };
      return { names, events: order.flatMap((place) => story[place] ?? []) };
    });
    await commitEvents(
      stack.databases,
      pairs.flatMap(({ events }) => events),
    );
    await settle(stack.databases);
    const expected = Object.assign({}, ...pairs.map(({ names }) => names));
    const sql =
      'SELECT jsonb_object_agg(user_id, username_normalized) AS value FROM account_handle WHERE user_id = ANY($1)';
    expect(await select(stack.databases, 'chat', sql, Object.keys(expected))).toEqual([expected]);
  });

  function permutations(values: readonly number[]): number[][] {
    if (values.length === 0) return [[]];
    return values.flatMap((first) =>
      permutations(values.filter((value) => value !== first)).map((rest) => [first, ...rest]),
    );
  }
});
