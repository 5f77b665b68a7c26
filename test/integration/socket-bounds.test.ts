import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Service } from '../../tools/stack.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { RawStream } from '../http-stream.ts';
import { RawSocket } from '../raw-socket.ts';
import { readMetric, startAnotherRouter } from '../routers.ts';

const subscription = 'subscription { notificationAdded { seq } }';

/** Opens a socket with options that the protocol's clients do not have. Resolves to it, or to the status that refused it. */
async function openWith(url: string, options: object): Promise<WebSocket | number> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), ['graphql-transport-ws'], options);
  const refused = once(socket, 'unexpected-response').then(([request, response]) => {
    request.destroy();
    return response.statusCode as number;
  });
  const opened = once(socket, 'open').then(() => socket);
  // What does not happen rejects when the socket fails.
  for (const promise of [refused, opened]) promise.catch(() => undefined);
  return Promise.race([refused, opened]);
}

describe('the bounds of sockets', () => {
  let stack: TestStack;
  let user: TestClient;
  let narrow: Service;
  let pinging: Service;

  beforeAll(async () => {
    stack = await startTestStack({ environment: { SOCKET_INIT_MILLISECONDS: '50' } });
    [user, narrow, pinging] = await Promise.all([
      stack.register(),
      startAnotherRouter(stack, {
        SOCKETS_PER_ADDRESS: '12',
        TRUSTED_PROXIES: 'loopback',
        SOCKETS_PER_USER: '2',
        OPERATIONS_PER_SOCKET: '2',
        SOCKET_MESSAGE_LIMIT_BYTES: '1024',
        SOCKET_BUFFER_LIMIT_BYTES: '16384',
      }),
      startAnotherRouter(stack, { SOCKET_PING_MILLISECONDS: '50', SOCKET_PONG_MILLISECONDS: '50' }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([narrow, pinging].map((router) => router?.stop()));
    await stack?.stop();
  });

  it.each([
    ['an address', ['192.0.2.1'], '192.0.2.2'],
    ['a network of IPv6', ['2001:db8::1', '2001:db8::2'], '2001:db8:0:1::1'],
  ])('refuse one socket more of %s with 429, and nobody else, until one is closed', async (_name, same, other) => {
    const openFrom = (address: string) => openWith(narrow.url, { headers: { 'x-forwarded-for': address } });
    const openAgain = () => openFrom(same.at(-1) as string);
    const opened = await Promise.all(
      Array.from({ length: 12 }, (_, index) => openFrom(same[index % same.length] as string)),
    );
    const refusedBefore = await readMetric(narrow.url, 'chorus_socket_refusals_total', { status: '429' });
    expect(await openAgain()).toBe(429);
    expect(await readMetric(narrow.url, 'chorus_socket_refusals_total', { status: '429' })).toBe(refusedBefore + 1);
    const elsewhere = await openFrom(other);
    (opened[0] as WebSocket).close();
    const again = await eventually(async () => {
      const socket = await openAgain();
      expect(socket).not.toBe(429);
      return socket;
    });
    for (const socket of [elsewhere, again, ...opened]) (socket as WebSocket).terminate();
  });

  it('close one socket more of a user with 4430, and nobody else’s, until one is closed', async () => {
    const other = await stack.register();
    const [first, second] = [
      await RawSocket.signIn(narrow.url, user.accessToken),
      await RawSocket.signIn(narrow.url, user.accessToken),
    ];
    const third = await RawSocket.open(narrow.url);
    const init = { type: 'connection_init', payload: { authorization: `Bearer ${user.accessToken}` } };
    third.send(init);
    expect(await third.closed).toEqual({ code: 4430, reason: 'The user has too many sockets' });
    const elsewhere = await RawSocket.signIn(narrow.url, other.accessToken);
    first.close();
    const again = await eventually(async () => {
      const socket = await RawSocket.open(narrow.url);
      socket.send(init);
      expect(await Promise.race([socket.receive(), socket.closed])).toMatchObject({ type: 'connection_ack' });
      return socket;
    });
    for (const socket of [second, elsewhere, again]) socket.terminate();
  });

  it('refuse one subscription over HTTP more of a user, and take another when one has ended', async () => {
    const { accessToken: token } = await stack.register();
    const asked = { query: subscription, token, accept: 'text/event-stream' };
    const opened = [await RawStream.post(narrow.url, asked), await RawStream.post(narrow.url, asked)];
    expect(opened.map(({ status }) => status)).toEqual([200, 200]);
    const refused = await RawStream.post(narrow.url, asked);
    await refused.ended;
    expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('TOO_MANY_OPERATIONS')]);
    opened[0]?.leave();
    const again = await eventually(async () => {
      const stream = await RawStream.post(narrow.url, asked);
      expect(stream.status).toBe(200);
      return stream;
    });
    for (const stream of [opened[1], again]) stream?.leave();
  });

  it('end one operation more of a socket with TOO_MANY_OPERATIONS, and take another when one has ended', async () => {
    const socket = await RawSocket.signIn(narrow.url, (await stack.register()).accessToken);
    for (const id of ['a', 'b', 'c']) socket.subscribe(id, subscription);
    const payload = [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }];
    expect(await socket.receive()).toMatchObject({ id: 'c', type: 'error', payload });
    socket.send({ id: 'a', type: 'complete' });
    await eventually(async () => {
      socket.subscribe('d', '{ viewer { id } }');
      expect(await socket.receive()).toMatchObject({ id: 'd', type: 'next' });
    });
    socket.terminate();
  });

  it('close a socket with 1009 for a message that is larger than the setting says', async () => {
    const socket = await RawSocket.signIn(narrow.url, null);
    socket.subscribe('a', `{ viewer { id } } # ${'x'.repeat(1_024)}`);
    expect((await socket.closed).code).toBe(1009);
  });

  it('close a socket with 4413 when more waits for its client than the setting says, and count what waits', async () => {
    const socket = await RawSocket.signIn(narrow.url, null);
    socket.stopReading();
    // Each answer is larger than the limit, which it may be once nothing waits; the operating system takes the first few megabytes.
    const types = 'types { name description fields { name description args { name description } } }';
    const query = `{ __schema { ${Array.from({ length: 10 }, (_, index) => `t${index}: ${types}`).join(' ')} } }`;
    const before = await readMetric(narrow.url, 'chorus_socket_closes_total', { code: '4413' });
    let asked = 0;
    await eventually(async () => {
      socket.subscribe(String(asked), query);
      asked += 1;
      expect(await readMetric(narrow.url, 'chorus_socket_buffered_bytes')).toBeGreaterThan(16_384);
    }, 30_000);
    socket.subscribe('last', '{ __typename }');
    await eventually(async () => {
      expect(await readMetric(narrow.url, 'chorus_socket_closes_total', { code: '4413' })).toBe(before + 1);
    });
    socket.terminate();
    await eventually(async () => expect(await readMetric(narrow.url, 'chorus_socket_buffered_bytes')).toBe(0));
  });

  it('close a socket with 4408 that does not say in time who it is', async () => {
    const socket = await RawSocket.open(stack.url);
    expect((await socket.closed).code).toBe(4408);
  });

  it('cut a socket that does not answer a ping in time', async () => {
    const socket = (await openWith(pinging.url, { autoPong: false })) as WebSocket;
    socket.send(JSON.stringify({ type: 'connection_init' }));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1006);
    await eventually(async () => {
      expect(await readMetric(pinging.url, 'chorus_socket_closes_total', { code: '1006' })).toBe(1);
    });
  });

  it('let a client use an id again at once, for one operation at a time', async () => {
    const roomId = await user.createRoom();
    const query = `subscription { messageAdded(roomId: "${roomId}", after: "${await user.headCursor(roomId)}") { seq } }`;
    const socket = await RawSocket.signIn(narrow.url, user.accessToken);
    const begin = { id: 'a', type: 'subscribe', payload: { query } };
    const end = { id: 'a', type: 'complete' };
    socket.sendTogether([begin, end, begin, end, begin]);
    await user.sendMessage(roomId, 'hello');
    expect(await socket.receive()).toMatchObject({ id: 'a', type: 'next' });
    await user.sendMessage(roomId, 'again');
    expect(await socket.receive()).toMatchObject({ payload: { data: { messageAdded: { seq: 3 } } } });
    expect(await socket.receiveUpToPong()).toEqual([]);
    // Once it is served, the same again.
    socket.sendTogether([end, begin]);
    const seqs = [await socket.receive(), await socket.receive()].map(
      ({ payload }) => (payload as { data: { messageAdded: { seq: number } } }).data.messageAdded.seq,
    );
    expect(seqs).toEqual([2, 3]);
    expect(await socket.receiveUpToPong()).toEqual([]);
    socket.terminate();
  });
});
