import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createApiKey } from '../administrators.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { RawSocket, type SocketMessage } from '../raw-socket.ts';
import { type AccessToken, createRenewingClient } from '../renewing-client.ts';

const logout = 'mutation { logout { user { id } } }';
const shared = `subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { seq } }`;
const perViewer = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq message { room { viewerRole } } }
}`;

describe('an access token that is renewed over its socket', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  const ping = (token: string | null) => ({ type: 'ping', payload: { authorization: `Bearer ${token}` } });

  /** When the access token of somebody ends. */
  function endOf({ accessToken }: TestClient): string {
    const { exp } = JSON.parse(Buffer.from(accessToken?.split('.')[1] ?? '', 'base64url').toString());
    return new Date(exp * 1_000).toISOString();
  }

  async function signOut(client: TestClient): Promise<void> {
    await client.run(logout);
    const authorization = `Bearer ${client.accessToken}`;
    await eventually(async () => {
      expect((await stack.guest.send('{ viewer { id } }', {}, { authorization })).status).toBe(401);
    });
  }

  it('binds what runs to the new one: the end of the old session ends nothing, that of the new one everything', async () => {
    const first = await stack.register();
    const second = await stack.signIn(first.username);
    const roomId = await first.createRoom();
    const variables = { roomId, after: await first.headCursor(roomId) };
    const socket = await RawSocket.signIn(stack.url, first.accessToken);
    socket.subscribe('shared', shared, variables);
    socket.subscribe('own', perViewer, variables);
    await second.sendMessage(roomId, 'before');
    expect([await socket.receive(), await socket.receive()].map(({ id }) => id).sort()).toEqual(['own', 'shared']);
    socket.send(ping(second.accessToken));
    expect(await socket.receive()).toEqual({ type: 'pong', payload: { expiresAt: endOf(second) } });
    await signOut(first);
    await second.sendMessage(roomId, 'after');
    const messages = [await socket.receive(), await socket.receive()];
    expect(messages.map(({ id, type }) => `${id} ${type}`).sort()).toEqual(['own next', 'shared next']);
    socket.subscribe('who', '{ viewer { id } }');
    expect(await socket.receive()).toMatchObject({ payload: { data: { viewer: { id: first.userId } } } });
    await second.run(logout);
    expect(await socket.closed).toEqual({ code: 4403, reason: 'The session has ended' });
  });

  it('loses and doubles no event, however often it is renewed', async () => {
    const first = await stack.register();
    const second = await stack.signIn(first.username);
    const roomId = await first.createRoom();
    const variables = { roomId, after: await first.headCursor(roomId) };
    const socket = await RawSocket.signIn(stack.url, first.accessToken);
    for (const [id, query] of Object.entries({ shared, own: perViewer })) socket.subscribe(id, query, variables);
    const count = 40;
    const sending = (async () => {
      for (let number = 0; number < count; number += 1) {
        await first.sendMessage(roomId, `message ${number}`);
        socket.send(ping(number % 2 === 0 ? second.accessToken : first.accessToken));
      }
    })();
    const seqs: Record<string, number[]> = { shared: [], own: [] };
    let pongs = 0;
    while (pongs < count || seqs['shared']?.length !== count || seqs['own']?.length !== count) {
      const { id, type, payload } = (await socket.receive()) as SocketMessage & { id: string; payload: never };
      if (type === 'pong') expect(payload).toEqual({ expiresAt: expect.any(String) });
      if (type === 'pong') pongs += 1;
      else seqs[id]?.push((payload as { data: { messageAdded: { seq: number } } }).data.messageAdded.seq);
    }
    await sending;
    const expected = Array.from({ length: count }, (_, index) => 2 + index);
    expect(seqs).toEqual({ shared: expected, own: expected });
    expect(await socket.receiveUpToPong()).toEqual([]);
    socket.terminate();
  });

  it('stays as it is when the new one is bad, and the pong says why', async () => {
    const person = await stack.register();
    const socket = await RawSocket.signIn(stack.url, person.accessToken);
    for (const authorization of ['Bearer nonsense', 'Basic dTpw', 7]) {
      socket.send({ type: 'ping', payload: { headers: { Authorization: authorization } } });
      expect(await socket.receive()).toMatchObject({
        type: 'pong',
        payload: { errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] },
      });
    }
    socket.subscribe('who', '{ viewer { id } }');
    expect(await socket.receive()).toMatchObject({ payload: { data: { viewer: { id: person.userId } } } });
    await person.run(logout);
    expect((await socket.closed).code).toBe(4403);
  });

  it('closes its socket when the new one is for somebody else, or for other scopes', async () => {
    const [person, other] = await Promise.all([stack.register(), stack.register()]);
    const { secret } = await createApiKey(person, { scopes: ['account:read'] });
    for (const token of [other.accessToken, secret]) {
      const socket = await RawSocket.signIn(stack.url, person.accessToken);
      socket.send(ping(token));
      expect(await socket.closed).toEqual({
        code: 4403,
        reason: 'The new access token is for another user, or for other roles or scopes',
      });
    }
  });

  it('may stand for an API key', async () => {
    const { secret } = await createApiKey(await stack.register(), { scopes: ['account:read'] });
    const socket = await RawSocket.signIn(stack.url, secret);
    socket.send(ping(secret));
    expect(await socket.receive()).toEqual({ type: 'pong', payload: { expiresAt: expect.any(String) } });
    socket.terminate();
  });

  it('signs nobody in who is signed out', async () => {
    const person = await stack.register();
    const socket = await RawSocket.signIn(stack.url, null);
    socket.send(ping(person.accessToken));
    expect(await socket.receive()).toMatchObject({
      payload: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    socket.subscribe('who', '{ viewer { id } }');
    expect(await socket.receive()).toMatchObject({ payload: { data: { viewer: null } } });
    socket.terminate();
  });

  it('is renewed by the client of docs/SUBSCRIPTIONS.md', async () => {
    const first = await stack.register();
    const second = await stack.signIn(first.username);
    const roomId = await first.createRoom();
    const tokens: AccessToken[] = [
      // As if it ended soon.
      { accessToken: first.accessToken as string, expiresAt: new Date().toISOString() },
      { accessToken: second.accessToken as string, expiresAt: new Date(Date.now() + 900_000).toISOString() },
    ];
    const closes: unknown[] = [];
    const client = createRenewingClient({
      url: stack.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      fetchToken: async () => tokens.shift() as AccessToken,
      on: { closed: (event) => closes.push(event) },
    });
    const renewed = new Promise((resolve) => client.on('pong', (_isReceived, payload) => resolve(payload)));
    const variables = { roomId, after: await first.headCursor(roomId) };
    const events = client.iterate<{ messageAdded: { seq: number } }>({ query: shared, variables });
    const nextSeq = async () => (await events.next()).value?.data?.messageAdded.seq;
    await second.sendMessage(roomId, 'with the first token');
    expect(await nextSeq()).toBe(2);
    expect(await renewed).toEqual({ expiresAt: expect.any(String) });
    await signOut(first);
    await second.sendMessage(roomId, 'with the second');
    expect(await nextSeq()).toBe(3);
    expect(closes).toEqual([]);
    await client.dispose();
  });
});
