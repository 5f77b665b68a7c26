import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import {
  createDatabases,
  eventually,
  queryDatabase,
  startTestStack,
  type TestDatabases,
  type TestStack,
} from '../harness.ts';

describe('a subgraph that is down', () => {
  let databases: TestDatabases;
  let stack: TestStack;
  let user: TestClient;
  let roomId: string;

  beforeAll(async () => {
    databases = await createDatabases();
    stack = await startTestStack({ databases });
    user = await stack.register();
    roomId = await user.createRoom();
  });

  afterAll(async () => {
    await stack?.stop();
    await databases?.drop();
  });

  const query = `query ($roomId: ID!) {
    viewer { username displayName notifications(first: 1) { nodes { id } } }
    room(id: $roomId) { name }
  }`;

  it('leaves the rest of the graph working, says what is missing, and is used again when it is back', async () => {
    const whole = await user.send(query, { roomId });
    expect(whole.errors).toBeUndefined();

    await stack.stopSubgraph('chat');
    const partial = await user.send(query, { roomId });
    expect(partial.status).toBe(200);
    expect(partial.data).toEqual({ ...whole.data, room: null });
    expect(partial.errors).toEqual([
      expect.objectContaining({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'chat' } }),
    ]);

    await stack.restartSubgraph('chat');
    expect(await user.send(query, { roomId })).toEqual(whole);
  });

  it('costs only its own fields of an entity', async () => {
    await stack.stopSubgraph('notification');
    const { data, errors } = await user.send('{ viewer { username displayName email } room: __typename }');
    expect(errors).toBeUndefined();
    expect(data.viewer.displayName).toBe(user.username);
    const missing = await user.send('{ viewer { username notifications(first: 1) { nodes { id } } } }');
    expect(missing.errors?.map(({ extensions }) => extensions.code)).toContain('SUBGRAPH_UNAVAILABLE');
    await stack.restartSubgraph('notification');
  });

  it('ends its subscriptions with a code, and they resume without a gap', async () => {
    const subscribe = (after: string) =>
      user.subscribe(
        'subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) { seq cursor } }',
        { roomId, after },
      );
    const subscription = subscribe(await user.headCursor(roomId));
    await user.sendMessage(roomId, 'before');
    const { cursor, seq } = await subscription.next();
    await stack.stopSubgraph('chat');
    expect(await subscription.ended).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }) }),
    ]);
    await stack.restartSubgraph('chat');
    await user.sendMessage(roomId, 'after');
    expect(await subscribe(cursor).next()).toMatchObject({ seq: seq + 1 });
  });

  it('keeps signed-in people signed in while auth is down, and tells an outage from a bad token', async () => {
    await stack.stopSubgraph('auth');
    const { data } = await user.send('query ($roomId: ID!) { room(id: $roomId) { name } }', { roomId });
    expect(data.room.name).toBe('Room');
    await stack.restartSubgraph('auth');
    expect((await user.send('{ viewer { username } }')).data.viewer.username).toBe(user.username);
  });

  it('is shown by /services and by nothing else failing', async () => {
    const states = async () => {
      const { services } = (await (await fetch(new URL('/services', stack.url))).json()) as {
        services: { name: string; status: string }[];
      };
      return Object.fromEntries(services.map(({ name, status }) => [name, status]));
    };
    const allOk = { auth: 'ok', user: 'ok', chat: 'ok', notification: 'ok' };
    expect(await states()).toEqual(allOk);
    await stack.stopSubgraph('user');
    expect(await states()).toEqual({ ...allOk, user: 'unreachable' });
    await stack.restartSubgraph('user');
    await eventually(async () => expect(await states()).toEqual(allOk));
  });
});

describe('a PostgreSQL that cuts every connection', () => {
  let databases: TestDatabases;
  let stack: TestStack;

  beforeAll(async () => {
    databases = await createDatabases();
    stack = await startTestStack({ databases });
  });

  afterAll(async () => {
    await stack?.stop();
    await databases?.drop();
  });

  it('is used again at once, and neither stops a process nor a stream', async () => {
    const user = await stack.register();
    const roomId = await user.createRoom();
    const subscription = user.subscribe(
      'subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { seq } }',
      { roomId, after: await user.headCursor(roomId) },
    );
    await user.sendMessage(roomId, 'before');
    expect(await subscription.next()).toEqual({ seq: 2 });
    await queryDatabase(
      databases,
      'chat',
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE $1 || '%' AND pid <> pg_backend_pid()",
      [new URL(databases.url).pathname.slice(1)],
    );
    await eventually(async () => {
      const { message } = await user.sendMessage(roomId, 'after', 'the-same-name-each-time');
      expect(message.seq).toBe(3);
    });
    expect(await subscription.next()).toEqual({ seq: 3 });
  });
});
