import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedProtocolErrors } from '@apollo/client/errors';
import { fetchExchange, Client as UrqlClient } from '@urql/core';
import { createClient } from 'graphql-sse';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRouterFor } from '../../tools/stack.ts';
import { registerBrowser } from '../browser.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack, testEnvironment } from '../harness.ts';
import { RawStream, type StreamRequest } from '../http-stream.ts';
import { mutate } from '../mutations.ts';

const eventStream = 'text/event-stream';
const multipart = 'multipart/mixed;subscriptionSpec="1.0", application/json';
const formats = [
  ['server-sent events', eventStream],
  ['multipart', multipart],
] as const;

const messageAdded = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq message { text } }
}`;
const roomEvents = `subscription ($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) { __typename seq }
}`;

describe('subscriptions over HTTP', () => {
  let stack: TestStack;
  let owner: TestClient;
  const opened: RawStream[] = [];

  beforeAll(async () => {
    stack = await startTestStack();
    owner = await stack.register('owner');
  });

  afterAll(() => stack?.stop());

  afterEach(async () => {
    for (const stream of opened.splice(0)) stream.leave();
    await isShared(0);
  });

  /** What the router has counted. */
  async function measured(name: string): Promise<number> {
    const text = await (await fetch(new URL('/metrics', stack.url))).text();
    const [before, after = ''] = name.split('}');
    const pattern = new RegExp(`^${before?.replace('{', '\\{')}${after}[^ ]* (\\d+)$`, 'm');
    return Number(pattern.exec(text)?.[1] ?? 0);
  }

  const isShared = (count: number) =>
    eventually(async () => expect(await measured('chorus_shared_subscriptions')).toBe(count));

  async function post(person: TestClient, asked: Omit<StreamRequest, 'token'>): Promise<RawStream> {
    const stream = await RawStream.post(stack.url, { token: person.accessToken, ...asked });
    opened.push(stream);
    return stream;
  }

  async function openRoom(): Promise<{ roomId: string; after: string }> {
    const roomId = await owner.createRoom();
    return { roomId, after: await owner.headCursor(roomId) };
  }

  describe('as server-sent events', () => {
    it('are what graphql-sse subscribes to, until it leaves', async () => {
      const variables = await openRoom();
      const client = createClient({
        url: stack.url,
        headers: { authorization: `Bearer ${owner.accessToken}` },
        retryAttempts: 0,
      });
      const events = client.iterate({ query: messageAdded, variables });
      for (const text of ['one', 'two\n\u2028three']) {
        await owner.sendMessage(variables.roomId, text);
        expect((await events.next()).value).toMatchObject({ data: { messageAdded: { message: { text } } } });
      }
      await events.return?.();
      await isShared(0);
      expect(await measured('chorus_http_streams')).toBe(0);
    });

    it('are what urql subscribes to by itself', async () => {
      const variables = await openRoom();
      const headers = { authorization: `Bearer ${owner.accessToken}` };
      const client = new UrqlClient({
        url: stack.url,
        exchanges: [fetchExchange],
        fetchSubscriptions: true,
        preferGetMethod: false,
        fetchOptions: { headers },
      });
      let subscription: { unsubscribe(): void } | undefined;
      const received = new Promise((resolve) => {
        subscription = client
          .subscription(messageAdded, variables)
          .subscribe(({ data, error }) => (data || error) && resolve(error ?? data));
      });
      await isShared(1);
      await owner.sendMessage(variables.roomId, 'hello');
      expect(await received).toMatchObject({ messageAdded: { message: { text: 'hello' } } });
      subscription?.unsubscribe();
      const { data } = await client.query('{ viewer { username } }', {}).toPromise();
      expect(data).toEqual({ viewer: { username: owner.username } });
    });

    it('have queries, mutations and errors beside them, as graphql-sse expects', async () => {
      const client = createClient({ url: stack.url, headers: { authorization: `Bearer ${owner.accessToken}` } });
      const ask = async (query: string) => {
        const results = [];
        for await (const result of client.iterate({ query })) results.push(result);
        return results;
      };
      expect(await ask('{ viewer { username } }')).toEqual([{ data: { viewer: { username: owner.username } } }]);
      const mutation = 'mutation { createRoom(input: { name: "Room", kind: PUBLIC }) { room { name } } }';
      expect(await ask(mutation)).toEqual([{ data: { createRoom: { room: { name: 'Room' } } } }]);
      const failing = [
        ['{', 'GRAPHQL_PARSE_FAILED'],
        ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
        ['subscription { notificationAdded @skip(if: true) { seq } }', 'GRAPHQL_VALIDATION_FAILED'],
        ['query A { viewer { id } } query B { viewer { id } }', 'OPERATION_RESOLUTION_FAILURE'],
        ['subscription { messageAdded(roomId: "nowhere") { seq } }', 'NOT_FOUND'],
        ['query ($first: Int!) { viewer { notifications(first: $first) { headCursor } } }', 'BAD_USER_INPUT'],
      ] as const;
      for (const [query, code] of failing) {
        const [result, ...others] = await ask(query);
        expect(result?.errors?.map(({ extensions }) => extensions?.['code'])).toEqual([code]);
        expect(others).toEqual([]);
      }
    });

    it('are exactly these bytes, also for a GET, as EventSource sends it', async () => {
      const variables = await openRoom();
      const asked = { query: messageAdded, variables, accept: eventStream, token: owner.accessToken };
      const streams = [await RawStream.get(stack.url, asked), await RawStream.post(stack.url, asked)];
      await isShared(2);
      await owner.sendMessage(variables.roomId, 'hello');
      for (const stream of streams) {
        expect(stream.status).toBe(200);
        expect(stream.headers).toMatchObject({
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
          'x-content-type-options': 'nosniff',
          'access-control-allow-origin': '*',
        });
        // A second heartbeat comes after fifteen seconds, should all this take as long.
        expect((await stream.until(/hello.*\n\n/)).replace(/^(:\n\n)+/, ':\n\n')).toBe(
          ':\n\nevent: next\ndata: {"data":{"messageAdded":{"seq":2,"message":{"text":"hello"}}}}\n\n',
        );
        stream.leave();
      }
      await isShared(0);
    });
  });

  describe('in parts', () => {
    it('are what Apollo Client subscribes to, as it is', async () => {
      const variables = await openRoom();
      const authorization = `Bearer ${owner.accessToken}`;
      const client = new ApolloClient({
        cache: new InMemoryCache(),
        link: ApolloLink.from([new HttpLink({ uri: stack.url, headers: { authorization } })]),
      });
      const results: object[] = [];
      const completed = new Promise<void>((resolve) => {
        client
          .subscribe({ query: gql(roomEvents), variables, fetchPolicy: 'no-cache' })
          .subscribe({ next: (result) => results.push(result), complete: resolve });
      });
      await isShared(1);
      await owner.sendMessage(variables.roomId, 'hello');
      await mutate(owner, 'deleteRoom', { roomId: variables.roomId }, 'roomId');
      await completed;
      const [first, second, last, ...others] = results as { data?: object; error?: unknown }[];
      expect([first, second]).toMatchObject([
        { data: { roomEvents: { __typename: 'MessageSent', seq: 2 } } },
        { data: { roomEvents: { __typename: 'RoomDeleted', seq: 3 } } },
      ]);
      expect(CombinedProtocolErrors.is(last?.error) && last.error.errors[0]?.extensions?.['code']).toBe('NOT_FOUND');
      expect(others).toEqual([]);
      expect((await client.query({ query: gql('{ viewer { id } }') })).data).toMatchObject({
        viewer: { id: owner.userId },
      });
    });

    it('are exactly these bytes', async () => {
      const variables = await openRoom();
      const stream = await post(owner, { query: messageAdded, variables, accept: multipart });
      await isShared(1);
      expect(stream.status).toBe(200);
      expect(stream.headers).toMatchObject({
        'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      await owner.sendMessage(variables.roomId, 'hello');
      await mutate(owner, 'deleteRoom', { roomId: variables.roomId }, 'roomId');
      await stream.ended;
      const head = '\r\nContent-Type: application/json\r\n\r\n';
      const isNoFurtherHeartbeat = (part: string, index: number) => index === 1 || part !== `${head}{}`;
      expect(stream.text.split('\r\n--graphql').filter(isNoFurtherHeartbeat)).toEqual([
        '',
        `${head}{}`,
        `${head}{"payload":{"data":{"messageAdded":{"seq":2,"message":{"text":"hello"}}}}}`,
        expect.stringMatching(
          /^\r\nContent-Type: application\/json\r\n\r\n\{"payload":null,"errors":\[.*NOT_FOUND.*\]\}$/,
        ),
        '--\r\n',
      ]);
    });

    it('have what is wrong with the request in their payload', async () => {
      const stream = await post(owner, { query: 'subscription { nothing }', accept: multipart });
      await stream.ended;
      expect(stream.text).toMatch(/\{"payload":\{"errors":\[.*GRAPHQL_VALIDATION_FAILED.*\]\}\}\r\n--graphql--\r\n$/);
    });
  });

  it('share a stream, and each payload, with those over WebSockets', async () => {
    const variables = await openRoom();
    const socket = owner.subscribe(messageAdded, variables);
    const streams = await Promise.all(
      formats.map(([, accept]) => post(owner, { query: messageAdded, variables, accept })),
    );
    await isShared(3);
    const before = await measured('chorus_shared_events_total');
    await owner.sendMessage(variables.roomId, 'to all');
    expect(await socket.next()).toEqual({ seq: 2, message: { text: 'to all' } });
    for (const stream of streams) {
      expect(await stream.until(/to all/)).toContain('{"data":{"messageAdded":{"seq":2,"message":{"text":"to all"}}}}');
      stream.leave();
    }
    expect(await measured('chorus_shared_streams')).toBe(1);
    expect((await measured('chorus_shared_events_total')) - before).toBe(1);
    socket.stop();
    await isShared(0);
  });

  describe.each(formats)('as %s', (_name, accept) => {
    it('end for a member who is kicked, before the next event', async () => {
      const member = await stack.register('member');
      // Chat knows them from then on.
      await member.joinRoom(await owner.createRoom());
      const roomId = await owner.createRoom('PRIVATE');
      const invitee = { roomId, userId: member.userId, clientInvitationId: member.userId };
      const { invitation } = await mutate(owner, 'inviteUser', invitee, 'invitation { id }');
      await mutate(member, 'acceptInvitation', { invitationId: invitation.id }, '');
      const variables = { roomId, after: await owner.headCursor(roomId) };
      const [ending, going] = await Promise.all(
        [member, owner].map((person) => post(person, { query: roomEvents, variables, accept })),
      );
      await isShared(2);
      await Promise.all([
        mutate(owner, 'kickMember', { roomId, userId: member.userId }, ''),
        owner.sendMessage(roomId, 'one'),
        owner.sendMessage(roomId, 'two'),
      ]);
      await ending?.ended;
      expect(ending?.text).toMatch(/MemberKicked(?:(?!MessageSent)[\s\S])*NOT_FOUND/);
      await going?.until(/(?:MessageSent[\s\S]*){2}/);
      // It may have been the last of the three.
      await going?.until(/MemberKicked/);
      going?.leave();
      await isShared(0);
    });

    it('end with the session, with a coded error, and nothing comes after it', async () => {
      const leaver = await stack.register('leaver');
      const variables = await openRoom();
      const stream = await post(leaver, { query: messageAdded, variables, accept });
      await isShared(1);
      await leaver.run('mutation { logout { user { id } } }');
      await stream.ended;
      expect(stream.text).toMatch(/"message":"The session has ended","extensions":\{"code":"UNAUTHENTICATED"\}/);
      await owner.sendMessage(variables.roomId, 'too late');
      await isShared(0);
      expect(stream.text).not.toContain('too late');
    });

    it('end for a client that does not read', async () => {
      const variables = await openRoom();
      const copies = Array.from({ length: 60 }, (_, number) => `t${number}: text`).join(' ');
      const query = messageAdded.replace('{ text }', `{ ${copies} }`);
      const before = await measured('chorus_http_stream_ends_total{reason="SLOW_CONSUMER"}');
      const stream = await post(owner, { query, variables, accept });
      stream.stopReading();
      await isShared(1);
      // A megabyte each; the operating system's own buffers take the first few.
      for (let count = 0; count < 16; count += 1) await owner.sendMessage(variables.roomId, '€'.repeat(6_000));
      await eventually(async () =>
        expect(await measured('chorus_http_stream_ends_total{reason="SLOW_CONSUMER"}')).toBe(before + 1),
      );
      await isShared(0);
      stream.readOn();
      await stream.ended;
    });
  });

  it('end with a code when the router stops, for their clients to come back', async () => {
    const router = await startRouterFor(stack.subgraphs, {
      databaseUrl: stack.databases.url,
      engine: stack.engine,
      host: '127.0.0.1',
      port: 0,
      environment: testEnvironment,
      createLogger: () => pino({ level: 'silent' }),
    });
    const asked = { query: messageAdded, variables: await openRoom(), token: owner.accessToken };
    const streams = await Promise.all(formats.map(([, accept]) => RawStream.post(router.url, { ...asked, accept })));
    await router.stop();
    for (const stream of streams) {
      await stream.ended;
      expect(stream.text).toMatch(/SERVICE_RESTART.*\s+(event: complete\ndata:\n\n|--graphql--\r\n)$/);
    }
  });

  it('sign a browser in by its cookies, for pages of our own alone', async () => {
    const { jar } = await registerBrowser(stack.url, 'browser');
    const asked = { query: 'subscription { notificationAdded { seq } }', accept: eventStream };
    const openFrom = async (origin: string) => {
      const stream = await RawStream.get(stack.url, { ...asked, headers: { origin, cookie: jar.header } });
      opened.push(stream);
      return stream.status;
    };
    expect(await openFrom(new URL(stack.url).origin)).toBe(200);
    expect(await openFrom('https://elsewhere.example.org')).toBe(403);
  });

  describe('are refused', () => {
    const query = 'subscription { notificationAdded { seq } }';

    it('with the ways to subscribe, when the client takes no stream', async () => {
      expect(await owner.send(query)).toMatchObject({
        status: 400,
        errors: [{ message: expect.stringContaining('text/event-stream'), extensions: { code: 'BAD_REQUEST' } }],
      });
    });

    it.each(formats)('by the result of %s, when nobody is signed in', async (_name, accept) => {
      const stream = await post(stack.guest, { query, accept });
      await stream.ended;
      expect([stream.status, stream.text]).toEqual([200, expect.stringContaining('UNAUTHENTICATED')]);
    });

    it.each(formats)('with the status that others have over HTTP, of %s too', async (_name, accept) => {
      const large = { query, variables: { unused: Array(50_000).fill(1e20) } };
      const refused = [
        [await RawStream.post(stack.url, { query, accept, token: 'nonsense' }), 401, 'UNAUTHENTICATED'],
        [await post(owner, { ...large, accept }), 413, 'PAYLOAD_TOO_LARGE'],
        [await post(owner, { query: 7 as never, accept }), 400, 'BAD_REQUEST'],
        [await post(stack.guest, { query, accept: `application/json, ${accept}` }), 401, 'UNAUTHENTICATED'],
      ] as const;
      for (const [answer, status, code] of refused) {
        await answer.ended;
        expect([answer.status, JSON.parse(answer.text).errors[0].extensions.code]).toEqual([status, code]);
      }
    });

    it('as mutations are with GET', async () => {
      const mutation = 'mutation { logout { user { id } } }';
      const answer = await RawStream.get(stack.url, { query: mutation, accept: eventStream, token: owner.accessToken });
      await answer.ended;
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
      expect((await owner.run('{ viewer { id } }')).id).toBe(owner.userId);
    });
  });
});
