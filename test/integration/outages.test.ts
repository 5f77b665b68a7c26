import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openPool } from '../../platform/database.ts';
import { createEngine } from '../../platform/engine/create-engine.ts';
import { maintenanceDatabaseUrl } from '../../tools/databases.ts';
import { startStack } from '../../tools/stack.ts';
import type { TestClient } from '../client.ts';
import { createDatabases, eventually, startTestStack, type TestStack } from '../harness.ts';

describe('a subgraph that is down', () => {
  let stack: TestStack;
  let user: TestClient;
  let roomId: string;

  beforeAll(async () => {
    stack = await startTestStack();
    user = await stack.register();
    roomId = await user.createRoom();
  });

  afterAll(() => stack?.stop());

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

  it('costs nothing to who does not ask for its fields; an entity whose non-null field it owns becomes null', async () => {
    await stack.stopSubgraph('notification');
    const without = await user.send(
      'query ($roomId: ID!) { viewer { username displayName } room(id: $roomId) { name } }',
      {
        roomId,
      },
    );
    expect(without.errors).toBeUndefined();
    const viewer = { username: user.username, displayName: user.username };
    expect(without.data).toEqual({ viewer, room: { name: 'Room' } });

    const missing = await user.send(query, { roomId });
    expect(missing.data).toEqual({ viewer: null, room: { name: 'Room' } });
    expect(missing.errors).toEqual([
      expect.objectContaining({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'notification' } }),
    ]);
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

/** Takes connections, reads what comes and never answers, as a process that hangs. */
async function listenSilently(port: number): Promise<{ server: Server; stop(): Promise<void> }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.resume().on('error', () => {})));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

describe('a subgraph that hangs', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ environment: { SUBGRAPH_TIMEOUT_MILLISECONDS: '300' } });
  });

  afterAll(() => stack?.stop());

  it('costs its own fields after a limited time, and is used again when it answers again', async () => {
    // On a busy machine a healthy subgraph may miss so short a limit: what must work is tried until it does.
    const user = await eventually(() => stack.register());
    const roomId = await eventually(() => user.createRoom());
    const ask = () =>
      user.send(
        `query ($roomId: ID!) {
          viewer { username notifications(first: 1) { nodes { id } } }
          room(id: $roomId) { name }
        }`,
        { roomId },
      );
    const whole = {
      status: 200,
      data: { viewer: { username: user.username, notifications: { nodes: [] } }, room: { name: 'Room' } },
    };
    await eventually(async () => expect(await ask()).toEqual(whole));

    await stack.stopSubgraph('notification');
    const silence = await listenSilently(Number(new URL(stack.subgraphs.notification.url).port));
    const connected = once(silence.server, 'connection');
    await eventually(async () => {
      const { status, data, errors } = await ask();
      expect({ status, data }).toEqual({ status: 200, data: { viewer: null, room: { name: 'Room' } } });
      expect(errors).toEqual([
        expect.objectContaining({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'notification' } }),
      ]);
    });
    await connected;

    await silence.stop();
    await stack.restartSubgraph('notification');
    await eventually(async () => expect(await ask()).toEqual(whole));
  });
});

describe('a stack of which one subgraph does not start', () => {
  it('stops the others, those too that start after the failure', async () => {
    const databases = await createDatabases();
    const engine = createEngine({ redisUrl: null, prefix: 'test', logger: pino({ level: 'silent' }) });
    const ports: number[] = [];
    const createLogger = () =>
      pino(
        new Writable({
          write(line, _encoding, done) {
            const [, port] = /Server listening at http:\/\/127\.0\.0\.1:(\d+)/.exec(String(line)) ?? [];
            if (port) ports.push(Number(port));
            done();
          },
        }),
      );
    const start = startStack({
      databaseUrl: databases.url,
      engine,
      host: '127.0.0.1',
      port: 0,
      environment: {
        VIEWER_SECRET: 'a secret for the viewer header of tests',
        SIGNING_KEY_SECRET: 'too short',
        ACCOUNT_SECRET: 'a secret for the accounts of the tests',
        CHAT_ENCRYPTION_KEYS: `tests:${Buffer.alloc(32, 'key').toString('base64')}`,
      },
      createLogger,
    });
    await expect(start).rejects.toThrow('SIGNING_KEY_SECRET: must have at least 32 characters');
    // All but auth.
    expect(ports).toHaveLength(3);
    for (const port of ports) {
      await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
    await engine.stop();
    await databases.drop();
  });
});

describe('a PostgreSQL that cuts every connection', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  it('is used again at once, and neither stops a process nor a stream', async () => {
    const user = await stack.register();
    const roomId = await user.createRoom();
    const subscription = user.subscribe(
      'subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { seq } }',
      { roomId, after: await user.headCursor(roomId) },
    );
    await user.sendMessage(roomId, 'before');
    expect(await subscription.next()).toEqual({ seq: 2 });
    await stack.databases.query(
      'chat',
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE $1 || '%' AND pid <> pg_backend_pid()",
      [new URL(stack.databases.url).pathname.slice(1)],
    );
    await eventually(async () => {
      const { message } = await user.sendMessage(roomId, 'after', 'the-same-name-each-time');
      expect(message.seq).toBe(3);
    });
    expect(await subscription.next()).toEqual({ seq: 3 });
  });
});

describe('a pool of database connections', () => {
  it('hears of the end of a connection also in the moment in which it is handed over', async () => {
    const pool = openPool({
      connectionString: maintenanceDatabaseUrl(inject('templateUrl')),
      maximumConnections: 1,
      logger: console,
    });
    const client = await pool.connect();
    expect(() => client.emit('error', new Error('ended'))).not.toThrow();
    client.release(true);
    await pool.end();
  });
});

describe('a router that can not get the keys of access tokens', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  it('says that it can not tell, and never that a token is bad', async () => {
    const user = await stack.register();
    await stack.stopSubgraph('auth');
    const answer = await user.send('{ viewer { id } }');
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
    const subscription = user.subscribe('subscription { notificationAdded { seq } }');
    expect(await subscription.ended).toMatchObject({ code: 1013 });
    await stack.restartSubgraph('auth');
    expect((await user.send('{ viewer { id } }')).data).toEqual({ viewer: { id: user.userId } });
  });
});
