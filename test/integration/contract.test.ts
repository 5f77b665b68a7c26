import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { describeEachEngine, startTestStack, type TestStack } from '../harness.ts';

describeEachEngine('the contract, through the router', (engine) => {
  let stack: TestStack;
  let ada: TestClient;
  let grace: TestClient;

  beforeAll(async () => {
    stack = await startTestStack({ engine });
    [ada, grace] = await Promise.all([stack.register('ada'), stack.register('grace')]);
  });

  afterAll(() => stack?.stop());

  it('answers a registration with fields of two subgraphs, at once', async () => {
    const { register } = (
      await stack.guest.send(
        `mutation { register(input: { username: "Fresh_1", email: "Fresh@Example.org", password: "eight or more" }) {
          session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }
          user { id username displayName email }
          userErrors { code }
        } }`,
      )
    ).data;
    expect(register.userErrors).toEqual([]);
    // The request was made signed out, so even the own e-mail address stays hidden.
    expect(register.user).toMatchObject({ username: 'Fresh_1', displayName: 'Fresh_1', email: null });
    expect(Date.parse(register.session.accessTokenExpiresAt) - Date.now()).toBeGreaterThan(890_000);
    expect(register.session.accessTokenExpiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('signs in by username and by e-mail address, without regard to case', async () => {
    const login = 'mutation ($input: LoginInput!) { login(input: $input) { user { id } userErrors { code } } }';
    const password = `the password of ${ada.username}`;
    for (const name of [ada.username, ada.username.toUpperCase(), `${ada.username.toUpperCase()}@example.org`]) {
      const { user } = await stack.guest.run(login, { input: { login: name, password } });
      expect(user).toEqual({ id: ada.userId });
    }
    const wrong = await stack.guest.run(login, { input: { login: ada.username, password: 'wrong' } });
    expect(wrong).toEqual({ user: null, userErrors: [{ code: 'CREDENTIALS_INVALID' }] });
  });

  it('knows the viewer, and nobody when signed out', async () => {
    const query = '{ viewer { id username displayName email } }';
    expect(await ada.run(query)).toEqual({
      id: ada.userId,
      username: ada.username,
      displayName: ada.username,
      email: `${ada.username}@example.org`,
    });
    expect(await stack.guest.run(query)).toBeNull();
  });

  it('changes a profile, for others to see', async () => {
    const update =
      'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { displayName bio } userErrors { code field } } }';
    expect(await ada.run(update, { input: { displayName: '  Ada Lovelace ', bio: 'Notes' } })).toEqual({
      user: { displayName: 'Ada Lovelace', bio: 'Notes' },
      userErrors: [],
    });
    expect(await ada.run(update, { input: { bio: null } })).toMatchObject({
      user: { displayName: 'Ada Lovelace', bio: null },
    });
    expect(await ada.run(update, { input: { displayName: 'two\nlines' } })).toEqual({
      user: null,
      userErrors: [{ code: 'DISPLAY_NAME_INVALID', field: ['displayName'] }],
    });
    expect(await grace.run('query ($id: ID!) { user(id: $id) { displayName } }', { id: ada.userId })).toEqual({
      displayName: 'Ada Lovelace',
    });
  });

  it('brings a message live to a subscriber, with fields of three subgraphs', async () => {
    const roomId = await ada.createRoom('PUBLIC', 'Engines');
    expect(await grace.joinRoom(roomId)).toEqual({ room: { headSeq: 2 }, userErrors: [] });
    const subscription = grace.subscribe(
      `subscription ($roomId: ID!, $after: String) {
        messageAdded(roomId: $roomId, after: $after) { seq cursor message { text author { username displayName } } }
      }`,
      { roomId, after: await grace.headCursor(roomId) },
    );
    await ada.sendMessage(roomId, 'Hello\r\nGrace');
    const message = { text: 'Hello\nGrace', author: { username: ada.username, displayName: 'Ada Lovelace' } };
    expect(await subscription.next()).toEqual({ seq: 3, cursor: expect.any(String), message });
  });

  it('tells the whole log of a room as events of their own types', async () => {
    const roomId = await ada.createRoom();
    const subscription = ada.subscribe(
      `subscription ($roomId: ID!, $after: String) {
        roomEvents(roomId: $roomId, after: $after) {
          __typename seq roomId
          ... on RoomCreated { actor { username } room { name } }
          ... on MemberJoined { user { username } }
          ... on MessageSent { message { text seq } }
        }
      }`,
      // The place before the first event, which every log has.
      { roomId, after: Buffer.from(`room:${roomId}:0`).toString('base64url') },
    );
    await grace.joinRoom(roomId);
    await grace.joinRoom(roomId);
    await grace.sendMessage(roomId, 'Here I am');
    expect(await subscription.take(3)).toEqual([
      { __typename: 'RoomCreated', seq: 1, roomId, actor: { username: ada.username }, room: { name: 'Room' } },
      { __typename: 'MemberJoined', seq: 2, roomId, user: { username: grace.username } },
      { __typename: 'MessageSent', seq: 3, roomId, message: { text: 'Here I am', seq: 3 } },
    ]);
  });

  it('notifies a member whom a message mentions, once, and nobody else', async () => {
    const roomId = await ada.createRoom('PUBLIC', 'Mentions');
    await grace.joinRoom(roomId);
    const outsider = await stack.register('outsider');
    const list = '{ viewer { notifications(first: 10) { headCursor nodes { kind actor { id } message { text } } } } }';
    const { headCursor } = (await grace.run(list)).notifications;
    const subscription = grace.subscribe(
      `subscription ($after: String) { notificationAdded(after: $after) {
        seq cursor notification { id kind actor { username } room { name } message { text } }
      } }`,
      { after: headCursor },
    );
    const text = `@${grace.username.toUpperCase()} and @${grace.username}, meet @${outsider.username} and @${ada.username}`;
    await ada.sendMessage(roomId, text);
    expect(await subscription.next()).toMatchObject({
      seq: 1,
      notification: {
        kind: 'MENTION',
        actor: { username: ada.username },
        room: { name: 'Mentions' },
        message: { text },
      },
    });
    // The next mention is the next notification: nothing came in between.
    await ada.sendMessage(roomId, `@${grace.username} again`);
    expect(await subscription.next()).toMatchObject({ seq: 2 });
    const ofGrace = await grace.run(list);
    expect(ofGrace.notifications.nodes).toHaveLength(2);
    for (const nobody of [outsider, ada]) expect((await nobody.run(list)).notifications.nodes).toEqual([]);
  });

  it('notifies somebody who waits at the beginning of an empty list, although another subscriber saw it first', async () => {
    const person = await stack.register('patient');
    const follow = () =>
      person.subscribe('subscription ($after: String) { notificationAdded(after: $after) { seq } }', {
        after: Buffer.from(`notifications:${person.userId}:0`).toString('base64url'),
      });
    const first = follow();
    // An answer over the same socket comes back after the subscription has been passed on.
    await person.subscribe('{ viewer { id } }').next();
    // A consumer that crashed between its commit and its publication leaves just this behind.
    await stack.databases.query(
      'notification',
      `WITH log AS (INSERT INTO notification_log (user_id, head_seq) VALUES ($1, 1))
       INSERT INTO notification (user_id, seq, id, kind, actor_id, room_id, message_id, created_at)
       VALUES ($1, 1, gen_random_uuid(), 'MENTION', $1, gen_random_uuid(), gen_random_uuid(), now())`,
      [person.userId],
    );
    const second = follow();
    expect(await Promise.all([first.next(), second.next()])).toEqual([{ seq: 1 }, { seq: 1 }]);
  });

  it('pages messages both ways with stable cursors', async () => {
    const roomId = await ada.createRoom();
    for (let number = 1; number <= 7; number += 1) await ada.sendMessage(roomId, `message ${number}`);
    const page = async (args: string) => {
      const { messages } = await ada.run(
        `query ($id: ID!) { room(id: $id) { messages(${args}) {
          nodes { text } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        } } }`,
        { id: roomId },
      );
      return { ...messages.pageInfo, texts: messages.nodes.map(({ text }: { text: string }) => text.slice(8)) };
    };
    const first = await page('first: 3');
    expect(first).toMatchObject({ texts: ['1', '2', '3'], hasNextPage: true, hasPreviousPage: false });
    const second = await page(`first: 3, after: "${first.endCursor}"`);
    expect(second).toMatchObject({ texts: ['4', '5', '6'], hasNextPage: true, hasPreviousPage: true });
    expect(await page(`first: 3, after: "${second.endCursor}"`)).toMatchObject({ texts: ['7'], hasNextPage: false });
    const last = await page('last: 2');
    expect(last).toMatchObject({ texts: ['6', '7'], hasPreviousPage: true, hasNextPage: false });
    expect(await page(`last: 2, before: "${last.startCursor}"`)).toMatchObject({ texts: ['4', '5'] });
    expect(await page(`last: 9, before: "${first.startCursor}"`)).toMatchObject({ texts: [], startCursor: null });
  });

  it('lists the own rooms, newest first, and counts what is unread', async () => {
    const reader = await stack.register('reader');
    const [older, newer] = [await reader.createRoom('PUBLIC', 'older'), await reader.createRoom('PUBLIC', 'newer')];
    await ada.joinRoom(older);
    await ada.sendMessage(older, 'one');
    const { message } = await ada.sendMessage(older, 'two');
    await ada.sendMessage(older, 'three');
    const rooms = async () =>
      (await reader.run('{ viewer { rooms(first: 5) { nodes { id name unreadCount } pageInfo { hasNextPage } } } }'))
        .rooms;
    expect(await rooms()).toEqual({
      nodes: [
        { id: newer, name: 'newer', unreadCount: 0 },
        { id: older, name: 'older', unreadCount: 3 },
      ],
      pageInfo: { hasNextPage: false },
    });
    const mark = (seq: number) =>
      reader.run(
        'mutation ($input: MarkRoomReadInput!) { markRoomRead(input: $input) { room { unreadCount } userErrors { code } } }',
        { input: { roomId: older, seq } },
      );
    expect(await mark(message.seq)).toEqual({ room: { unreadCount: 1 }, userErrors: [] });
    expect(await mark(1)).toMatchObject({ room: { unreadCount: 1 } });
    expect(await mark(1_000)).toEqual({ room: null, userErrors: [{ code: 'SEQ_INVALID' }] });
    await reader.sendMessage(older, 'and an answer');
    expect((await rooms()).nodes[1]).toMatchObject({ unreadCount: 0 });
  });

  it('starts a member who joins late with nothing unread', async () => {
    const roomId = await ada.createRoom();
    for (let number = 0; number < 5; number += 1) await ada.sendMessage(roomId, 'before');
    await grace.joinRoom(roomId);
    const unread = async () =>
      (await grace.run('query ($id: ID!) { room(id: $id) { unreadCount } }', { id: roomId })).unreadCount;
    expect(await unread()).toBe(0);
    await ada.sendMessage(roomId, 'after');
    expect(await unread()).toBe(1);
  });

  it('runs queries and mutations over the WebSocket as well', async () => {
    const query = ada.subscribe('{ viewer { username } }');
    expect(await query.next()).toEqual({ username: ada.username });
    expect(await query.ended).toBeUndefined();
  });
});
