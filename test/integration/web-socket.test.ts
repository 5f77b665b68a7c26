import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { RawSocket } from '../raw-socket.ts';

describe('a WebSocket', () => {
  let stack: TestStack;
  let user: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    user = await stack.register();
  });

  afterAll(() => stack?.stop());

  async function openSignedIn(): Promise<RawSocket> {
    const socket = await RawSocket.open(stack.url);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${user.accessToken}` } });
    expect(await socket.receive()).toEqual({ type: 'connection_ack' });
    return socket;
  }

  it('answers pings, before and after it is signed in', async () => {
    const socket = await RawSocket.open(stack.url);
    socket.send({ type: 'ping', payload: { at: 1 } });
    expect(await socket.receive()).toEqual({ type: 'pong', payload: { at: 1 } });
    socket.close();
  });

  it('ends a subscription when the client completes it, and goes on with the others', async () => {
    const socket = await openSignedIn();
    const roomId = await user.createRoom();
    const after = await user.headCursor(roomId);
    const query = `subscription { messageAdded(roomId: "${roomId}", after: "${after}") { seq } }`;
    for (const id of ['a', 'b']) socket.send({ id, type: 'subscribe', payload: { query } });
    await user.sendMessage(roomId, 'to both');
    expect([await socket.receive(), await socket.receive()].map(({ id, type }) => `${id} ${type}`).sort()).toEqual([
      'a next',
      'b next',
    ]);
    socket.send({ id: 'a', type: 'complete' });
    // A pong after the completion proves that it has been taken in.
    socket.send({ type: 'ping' });
    expect(await socket.receive()).toMatchObject({ type: 'pong' });
    await user.sendMessage(roomId, 'to one');
    expect(await socket.receive()).toEqual({ id: 'b', type: 'next', payload: { data: { messageAdded: { seq: 3 } } } });
    socket.close();
  });

  it('reports errors of an operation in an error message, and stays open', async () => {
    const socket = await openSignedIn();
    socket.send({ id: '1', type: 'subscribe', payload: { query: '{ nothing }' } });
    expect(await socket.receive()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    socket.send({ id: '1', type: 'subscribe', payload: { query: '{ viewer { username } }' } });
    expect(await socket.receive()).toMatchObject({ payload: { data: { viewer: { username: user.username } } } });
    expect(await socket.receive()).toEqual({ id: '1', type: 'complete' });
    socket.close();
  });

  it('lets somebody who is signed out ask, but not subscribe', async () => {
    const socket = await RawSocket.open(stack.url);
    socket.send({ type: 'connection_init' });
    await socket.receive();
    socket.send({ id: '1', type: 'subscribe', payload: { query: '{ viewer { id } }' } });
    expect(await socket.receive()).toMatchObject({ payload: { data: { viewer: null } } });
    await socket.receive();
    socket.send({ id: '2', type: 'subscribe', payload: { query: 'subscription { notificationAdded { seq } }' } });
    expect(await socket.receive()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    socket.close();
  });

  const init = { type: 'connection_init' };
  const subscribe = { id: '1', type: 'subscribe', payload: { query: 'subscription { notificationAdded { seq } }' } };
  const outOfProtocol: [name: string, messages: unknown[], code: number][] = [
    ['text that is not JSON', ['{'], 4400],
    ['JSON that is no message', [[]], 4400],
    ['a message of an unknown type', [{ type: 'hello' }], 4400],
    ['a subscribe without an id', [init, { ...subscribe, id: undefined }], 4400],
    ['a subscribe without a query', [init, { ...subscribe, payload: {} }], 4400],
    ['a subscribe before connection_init', [subscribe], 4401],
    ['a second connection_init', [init, init], 4429],
    ['binary noise', [Buffer.from([0, 255, 1, 254])], 4400],
    ['a message of 300 KB', [`"${'x'.repeat(300_000)}"`], 1009],
  ];

  it.each(outOfProtocol)('is closed for %s', async (_name, messages, code) => {
    const socket = await RawSocket.open(stack.url);
    for (const message of messages) socket.send(message);
    expect((await socket.closed).code).toBe(code);
  });

  it.each(['1', 'x'.repeat(128)])('is closed for two operations with one id (%s)', async (id) => {
    const socket = await openSignedIn();
    for (let count = 0; count < 2; count += 1) socket.send({ ...subscribe, id });
    expect((await socket.closed).code).toBe(4409);
  });

  it('is closed when it does not ask for the protocol', async () => {
    const socket = await RawSocket.open(stack.url, []);
    expect((await socket.closed).code).toBe(4406);
  });

  it('is closed with 4403 for a bad access token', async () => {
    for (const authorization of ['Bearer nonsense', 'Basic dTpw', 7]) {
      const socket = await RawSocket.open(stack.url);
      socket.send({ type: 'connection_init', payload: { authorization } });
      expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    }
  });

  it('does not end the process when it is torn down during the handshake', async () => {
    const { hostname, port } = new URL(stack.url);
    for (const path of ['/elsewhere', '/graphql']) {
      for (let count = 0; count < 20; count += 1) {
        const raw = connect(Number(port), hostname);
        await once(raw, 'connect');
        raw.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
        raw.resetAndDestroy();
      }
    }
    expect((await user.send('{ viewer { id } }')).data.viewer.id).toBe(user.userId);
  });

  it('runs nothing more once its session has ended, even when it ignores the closing', async () => {
    const leaver = await stack.register('leaver');
    const roomId = await leaver.createRoom();
    const socket = await RawSocket.open(stack.url);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${leaver.accessToken}` } });
    await socket.receive();
    const closing = socket.ignoreClosing();
    const send = (id: string) => {
      const input = `{ roomId: "${roomId}", text: "too late", clientMessageId: "${id}" }`;
      const query = `mutation { sendMessage(input: ${input}) { message { id } } }`;
      socket.send({ id, type: 'subscribe', payload: { query } });
    };
    await leaver.run('mutation { logout { user { id } } }');
    await closing;
    for (const id of ['a', 'b', 'c']) send(id);
    expect((await socket.closed).code).toBe(1006);
    const rows = await stack.databases.query('chat', 'SELECT FROM message WHERE room_id = $1', [roomId]);
    expect(rows).toEqual([]);
  });

  it('can not cut the streams of others with the largest message that it may send', async () => {
    const roomId = await user.createRoom();
    const query =
      'subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { seq } }';
    const subscription = user.subscribe(query, { roomId, after: await user.headCursor(roomId) });
    await user.sendMessage(roomId, 'before');
    expect(await subscription.next()).toEqual({ seq: 2 });
    const socket = await openSignedIn();
    const message = (after: string) => ({
      id: '1',
      type: 'subscribe',
      payload: { query, variables: { roomId, after } },
    });
    const room = 256 * 1024 - JSON.stringify(message('')).length;
    socket.send(message('x'.repeat(room)));
    expect(await socket.receive()).toMatchObject({ payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } });
    socket.close();
    await user.sendMessage(roomId, 'after');
    expect(await subscription.next()).toEqual({ seq: 3 });
  });

  it('takes no more than two hundred operations at once', async () => {
    const socket = await openSignedIn();
    for (let count = 0; count < 201; count += 1) socket.send({ ...subscribe, id: String(count) });
    expect(await socket.receive()).toMatchObject({
      id: '200',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
    });
    socket.close();
  });

  it('is closed with 4413 when its client does not read', async () => {
    const socket = await openSignedIn();
    socket.stopReading();
    // Each answer is some hundred kilobytes; the operating system's own buffers take the first few megabytes.
    const fields = '{ name description fields { name description args { name description } } }';
    const query = `{ __schema { ${Array.from({ length: 10 }, (_, index) => `t${index}: types ${fields}`).join(' ')} } }`;
    for (let count = 0; count < 60; count += 1) socket.send({ id: `q${count}`, type: 'subscribe', payload: { query } });
    await eventually(async () => {
      const text = await (await fetch(new URL('/metrics', stack.url))).text();
      expect(text).toMatch(/^chorus_socket_closes_total\{code="4413",service="router"\} 1$/m);
    }, 30_000);
    socket.terminate();
  });

  it('is refused at any other path', async () => {
    const socket = await RawSocket.open(new URL('/elsewhere', stack.url).href);
    expect((await socket.closed).code).toBe(1006);
  });

  it('that misbehaves does not disturb the others', async () => {
    const roomId = await user.createRoom();
    const query =
      'subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { seq } }';
    const subscription = user.subscribe(query, { roomId, after: await user.headCursor(roomId) });
    const sockets = await Promise.all(Array.from({ length: 20 }, () => RawSocket.open(stack.url)));
    for (const [index, socket] of sockets.entries()) {
      for (const message of outOfProtocol[index % outOfProtocol.length]?.[1] ?? []) socket.send(message);
    }
    await Promise.all(sockets.map(({ closed }) => closed));
    await user.sendMessage(roomId, 'still here');
    expect(await subscription.next()).toEqual({ seq: 2 });
  });

  it('finds the token wherever clients of the protocol put it', async () => {
    const token = `Bearer ${user.accessToken}`;
    for (const payload of [{ Authorization: token }, { headers: { authorization: token } }]) {
      const socket = await RawSocket.open(stack.url);
      socket.send({ type: 'connection_init', payload });
      await socket.receive();
      socket.send({ id: '1', type: 'subscribe', payload: { query: '{ viewer { id } }' } });
      expect(await socket.receive()).toMatchObject({ payload: { data: { viewer: { id: user.userId } } } });
      socket.close();
    }
    // GraphiQL connects signed out, and sends its headers with each operation.
    const socket = await RawSocket.open(stack.url);
    socket.send({ type: 'connection_init', payload: {} });
    await socket.receive();
    const ask = async (id: string, authorization: string) => {
      const extensions = { headers: { Authorization: authorization } };
      socket.send({ id, type: 'subscribe', payload: { query: '{ viewer { id } }', extensions } });
      return socket.receive();
    };
    expect(await ask('1', token)).toMatchObject({ payload: { data: { viewer: { id: user.userId } } } });
    await socket.receive();
    const unauthenticated = { payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] };
    expect(await ask('2', 'Bearer nonsense')).toMatchObject(unauthenticated);
    // What has ended takes its token along: the socket is not closed when that is revoked.
    const other = await stack.register();
    await ask('3', `Bearer ${other.accessToken}`);
    await socket.receive();
    await other.run('mutation { logout { user { id } } }');
    await eventually(async () => expect((await other.send('{ viewer { id } }')).status).toBe(401));
    expect(await ask('4', token)).toMatchObject({ payload: { data: { viewer: { id: user.userId } } } });
    socket.close();
  });
});
