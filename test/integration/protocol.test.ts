import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloClient, gql, InMemoryCache } from '@apollo/client/core';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient as createUrqlClient, fetchExchange, subscriptionExchange } from '@urql/core';
import { type Client, createClient } from 'graphql-ws';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { serveSockets } from '../../router/subscriptions/websocket/socket-server.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { RawSocket, type SocketMessage } from '../raw-socket.ts';
import { readMetric, startAnotherRouter } from '../routers.ts';

const shared = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq message { text author { username } } }
}`;
const perViewer = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq message { text room { viewerRole } } }
}`;

let stack: TestStack;
let user: TestClient;
/** Says nothing but a ping, which is no beginning. */
let silent: RawSocket;

beforeAll(async () => {
  stack = await startTestStack();
  user = await stack.register();
  silent = await RawSocket.open(stack.url);
  silent.send({ type: 'ping' });
});

afterAll(() => stack?.stop());

const signIn = () => RawSocket.signIn(stack.url, user.accessToken);

async function openRoom() {
  const roomId = await user.createRoom();
  return { roomId, after: await user.headCursor(roomId) };
}

function seqsOf(messages: readonly SocketMessage[]): unknown[] {
  return messages
    .filter(({ type }) => type === 'next')
    .map(({ payload }) => (payload as { data: { messageAdded: { seq: number } } }).data.messageAdded.seq);
}

/** Resolves when nobody follows a shared stream any more. */
function untilNobodyFollows(): Promise<void> {
  return eventually(async () => expect(await readMetric(stack.url, 'chorus_shared_subscriptions')).toBe(0));
}

describe('graphql-transport-ws, message by message', () => {
  it.each([shared, perViewer])(
    'ends a subscription that is completed while it begins, without a word (%#)',
    async (query) => {
      const room = await openRoom();
      const socket = await signIn();
      socket.sendTogether([
        { id: 'a', type: 'subscribe', payload: { query, variables: room } },
        { id: 'a', type: 'complete' },
      ]);
      socket.subscribe('b', query, room);
      await user.sendMessage(room.roomId, 'one');
      expect(await socket.receive()).toMatchObject({ id: 'b', type: 'next' });
      expect(await socket.receiveUpToPong()).toEqual([]);
      socket.close();
      await untilNobodyFollows();
    },
  );

  it.each([shared, perViewer])('begins anew under an id that was completed a moment ago (%#)', async (query) => {
    const room = await openRoom();
    const socket = await signIn();
    const subscribe = { id: '1', type: 'subscribe', payload: { query, variables: room } };
    const complete = { id: '1', type: 'complete' };
    // Completed before it has begun, and again; what counts is the last.
    socket.sendTogether([subscribe, complete, subscribe, complete, subscribe]);
    await user.sendMessage(room.roomId, 'one');
    expect(seqsOf([await socket.receive()])).toEqual([2]);
    // Completed while it runs.
    socket.sendTogether([complete, subscribe]);
    await user.sendMessage(room.roomId, 'two');
    expect(seqsOf([await socket.receive(), await socket.receive()])).toEqual([2, 3]);
    socket.send(complete);
    expect(await socket.receiveUpToPong()).toEqual([]);
    await untilNobodyFollows();
    await user.sendMessage(room.roomId, 'three');
    expect(await socket.receiveUpToPong()).toEqual([]);
    socket.close();
  });

  it('is closed with 4409 for a second operation with an id that waits to be used again', async () => {
    const socket = await signIn();
    const subscribe = { id: '1', type: 'subscribe', payload: { query: shared, variables: await openRoom() } };
    socket.sendTogether([subscribe, { id: '1', type: 'complete' }, subscribe, subscribe]);
    expect((await socket.closed).code).toBe(4409);
  });

  it('counts an operation until it is over, whether or not its client has completed it', async () => {
    const socket = await signIn();
    const ask = (id: number) => ({ id: `${id}`, type: 'subscribe', payload: { query: '{ viewer { username } }' } });
    const messages = Array.from({ length: 201 }, (_, id) => [ask(id), { id: `${id}`, type: 'complete' }]).flat();
    // The last is not completed, and is refused.
    socket.sendTogether(messages.slice(0, -1));
    expect(await socket.receive()).toMatchObject({
      id: '200',
      payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
    });
    socket.close();
  });

  it('takes any text for an id, also the names of what JavaScript has in every object', async () => {
    const room = await openRoom();
    const socket = await signIn();
    const ids = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '\u0000',
      '\ud800',
      '"',
      ' ',
      'é'.repeat(128),
    ];
    for (const id of ids) socket.subscribe(id, shared, room);
    await user.sendMessage(room.roomId, 'to all');
    const received: SocketMessage[] = [];
    while (received.length < ids.length) received.push(await socket.receive());
    expect(received.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const id of ids) socket.send({ id, type: 'complete' });
    expect(await socket.receiveUpToPong()).toEqual([]);
    await untilNobodyFollows();
    socket.close();
  });

  it('runs queries and mutations, each answered by one result and a completion', async () => {
    const socket = await signIn();
    const { roomId } = await openRoom();
    socket.subscribe('query', 'query ($id: ID!) { room(id: $id) { headSeq } }', { id: roomId });
    expect([await socket.receive(), await socket.receive()]).toEqual([
      { id: 'query', type: 'next', payload: { data: { room: { headSeq: 1 } } } },
      { id: 'query', type: 'complete' },
    ]);
    const input = { roomId, text: 'over the socket', clientMessageId: 'one' };
    const mutation = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { seq text } } }';
    // The id of what is over may be used again.
    socket.subscribe('query', mutation, { input });
    expect([await socket.receive(), await socket.receive()]).toEqual([
      {
        id: 'query',
        type: 'next',
        payload: { data: { sendMessage: { message: { seq: 2, text: 'over the socket' } } } },
      },
      { id: 'query', type: 'complete' },
    ]);
    socket.close();
  });

  it('answers pings with their payload, in order, and takes pongs that nobody asked for', async () => {
    const socket = await signIn();
    for (const payload of [{ at: 1 }, undefined, { at: 2 }]) socket.send({ type: 'ping', payload });
    socket.send({ type: 'pong', payload: { nobody: 'asked' } });
    expect([await socket.receive(), await socket.receive(), await socket.receive()]).toEqual([
      { type: 'pong', payload: { at: 1 } },
      { type: 'pong' },
      { type: 'pong', payload: { at: 2 } },
    ]);
    expect(await socket.receiveUpToPong()).toEqual([]);
    socket.close();
  });

  it('ignores the completion of what is not there', async () => {
    const socket = await signIn();
    for (const id of ['never', '__proto__', 'never']) socket.send({ id, type: 'complete' });
    expect(await socket.receiveUpToPong()).toEqual([]);
    socket.close();
  });

  it('shares a stream among clients that send what their operation has no use for', async () => {
    const room = await openRoom();
    const sockets = await Promise.all([signIn(), signIn()]);
    for (const [index, socket] of sockets.entries()) socket.subscribe('1', shared, { ...room, nobody: 'knows', index });
    await user.sendMessage(room.roomId, 'to both');
    for (const socket of sockets) expect(seqsOf([await socket.receive()])).toEqual([2]);
    expect(await readMetric(stack.url, 'chorus_shared_streams')).toBe(1);
    for (const socket of sockets) socket.close();
    await untilNobodyFollows();
  });

  it('lets a client have a variable of the name that the router uses towards subgraphs', async () => {
    const { roomId, after } = await openRoom();
    const socket = await signIn();
    const query = `subscription ($chorus__after: ID!, $after: String) {
      messageAdded(roomId: $chorus__after, after: $after) { seq }
    }`;
    socket.subscribe('1', query, { chorus__after: roomId, after });
    await user.sendMessage(roomId, 'one');
    expect(seqsOf([await socket.receive()])).toEqual([2]);
    socket.close();
  });
});

describe('the close codes of a socket', () => {
  it.each([
    { type: 'connection_ack' },
    { id: '1', type: 'next', payload: { data: null } },
    { id: '1', type: 'error', payload: [{ message: 'no' }] },
    { id: '', type: 'subscribe', payload: { query: '{ viewer { id } }' } },
    { id: 7, type: 'subscribe', payload: { query: '{ viewer { id } }' } },
    { id: '1', type: 'subscribe', payload: { query: '{ viewer { id } }', variables: [] } },
    { type: 'ping', payload: 'text' },
    { id: 1, type: 'complete' },
    `{"type":"ping","payload":${'{"x":'.repeat(201)}0${'}'.repeat(201)}}`,
  ])('are 4400 for what no client sends (%#)', async (message) => {
    const socket = await signIn();
    socket.send(message);
    expect((await socket.closed).code).toBe(4400);
  });

  it('are 4401 for an operation between connection_init and its acknowledgement', async () => {
    const socket = await RawSocket.open(stack.url);
    socket.sendTogether([
      { type: 'connection_init', payload: { authorization: `Bearer ${user.accessToken}` } },
      { id: '1', type: 'subscribe', payload: { query: '{ viewer { id } }' } },
    ]);
    expect((await socket.closed).code).toBe(4401);
  });

  it('come with no other protocol, and the right one is taken from a list', async () => {
    await expect(RawSocket.open(stack.url, ['graphql-ws'])).rejects.toThrow('Server sent no subprotocol');
    const both = await RawSocket.open(stack.url, ['graphql-ws', 'graphql-transport-ws']);
    both.send({ type: 'connection_init' });
    expect(await both.receive()).toEqual({ type: 'connection_ack' });
    both.close();
  });

  it('are 4408 for a client that says nothing', async () => {
    expect((await silent.closed).code).toBe(4408);
  });

  it('are 1012 when the router restarts, after which another one serves', async () => {
    const router = await startAnotherRouter(stack);
    const socket = await RawSocket.signIn(router.url, user.accessToken);
    await router.stop();
    expect((await socket.closed).code).toBe(1012);
  });

  it('are 4500 for a fault of ours, which is logged', async () => {
    const lines: string[] = [];
    const server = createServer();
    const served = serveSockets<unknown>({
      server,
      path: '/graphql',
      refuse: () => null,
      messageLimitBytes: 1_000,
      bufferedLimitBytes: 1_000,
      keepAlive: { pingMilliseconds: 60_000, pongMilliseconds: 60_000 },
      drainMilliseconds: 0,
      random: Math.random,
      onRefused: () => undefined,
      onClosed: () => undefined,
      onGone: () => undefined,
      answerPing: async () => undefined,
      createExtra: () => undefined,
      protocol: {
        onConnect: () => {
          throw new Error('the pump is broken');
        },
      },
      logger: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }),
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = await RawSocket.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toEqual({ code: 4500, reason: 'Internal server error' });
    expect(lines).toHaveLength(1);
    await served.stop();
    server.close();
  });
});

describe('clients that know nothing of Chorus', () => {
  let client: Client;
  const badCursor = 'bm9uc2Vuc2U';

  beforeAll(() => {
    client = createClient({
      url: stack.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${user.accessToken}` },
    });
  });

  afterAll(() => client?.dispose());

  const eventOf = (seq: number, text: string) => ({
    messageAdded: expect.objectContaining({
      seq,
      message: expect.objectContaining({ text, author: expect.objectContaining({ username: user.username }) }),
    }),
  });

  it('are served: graphql-ws', async () => {
    const { roomId, after } = await openRoom();
    const events = client.iterate({ query: shared, variables: { roomId, after } });
    await user.sendMessage(roomId, 'one');
    await user.sendMessage(roomId, 'two');
    expect((await events.next()).value.data).toEqual(eventOf(2, 'one'));
    expect((await events.next()).value.data).toEqual(eventOf(3, 'two'));
    await events.return?.();
    await untilNobodyFollows();
    const refused = await client.iterate({ query: shared, variables: { roomId, after: badCursor } }).next();
    expect(refused.value.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    const answers: unknown[] = [];
    for await (const { data } of client.iterate({ query: '{ viewer { username } }' })) answers.push(data);
    expect(answers).toEqual([{ viewer: { username: user.username } }]);
  });

  it('are served: Apollo Client', async () => {
    const { roomId, after } = await openRoom();
    const apollo = new ApolloClient({ link: new GraphQLWsLink(client), cache: new InMemoryCache() });
    const follow = (variables: object) => {
      const results: { data?: unknown; error?: Error | undefined }[] = [];
      let isComplete = false;
      const subscription = apollo.subscribe({ query: gql(shared), variables: variables as never }).subscribe({
        next: (result) => results.push(result),
        complete: () => {
          isComplete = true;
        },
      });
      return { results, subscription, isComplete: () => isComplete };
    };
    const { results, subscription } = follow({ roomId, after });
    for (const text of ['one', 'two']) await user.sendMessage(roomId, text);
    await eventually(() => expect(results).toHaveLength(2));
    expect(results.map(({ data }) => data)).toEqual([eventOf(2, 'one'), eventOf(3, 'two')]);
    subscription.unsubscribe();
    await untilNobodyFollows();
    const refused = follow({ roomId, after: badCursor });
    await eventually(() => expect(refused.isComplete()).toBe(true));
    expect(refused.results[0]?.error).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    const { data } = await apollo.query({ query: gql('{ viewer { username } }') });
    expect(data).toMatchObject({ viewer: { username: user.username } });
    apollo.stop();
  });

  it('are served: urql', async () => {
    const { roomId, after } = await openRoom();
    const urql = createUrqlClient({
      url: stack.url,
      preferGetMethod: false,
      exchanges: [
        fetchExchange,
        subscriptionExchange({
          forwardSubscription: ({ query = '', variables }) => ({
            subscribe: (sink) => ({
              unsubscribe: client.subscribe(
                { query, variables: variables as Record<string, unknown> },
                sink as Parameters<Client['subscribe']>[1] as never,
              ),
            }),
          }),
        }),
      ],
    });
    const follow = (variables: object) => {
      const results: { data?: unknown; error?: unknown }[] = [];
      const { unsubscribe } = urql
        .subscription(shared, variables)
        .subscribe(({ data, error }) => results.push({ data, error }));
      return { results, unsubscribe };
    };
    const { results, unsubscribe } = follow({ roomId, after });
    for (const text of ['one', 'two']) await user.sendMessage(roomId, text);
    await eventually(() => expect(results).toHaveLength(2));
    expect(results.map(({ data }) => data)).toEqual([eventOf(2, 'one'), eventOf(3, 'two')]);
    unsubscribe();
    await untilNobodyFollows();
    const refused = follow({ roomId, after: badCursor });
    await eventually(() =>
      expect(refused.results[0]?.error).toMatchObject({ graphQLErrors: [{ extensions: { code: 'BAD_USER_INPUT' } }] }),
    );
  });
});
