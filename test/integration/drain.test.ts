import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { parseSettings } from '../../platform/settings.ts';
import { serviceSettingsSchema } from '../../router/env.ts';
import { start } from '../../router/server.ts';
import { type Service, subgraphNames } from '../../tools/stack.ts';
import { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack, testEnvironment } from '../harness.ts';
import { RawSocket } from '../raw-socket.ts';
import { readMetric, startAnotherRouter } from '../routers.ts';
import { startSwitch } from '../switch.ts';

const shared = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { text } }
}`;
const perViewer = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { text room { viewerRole } } }
}`;

describe('a router that stops', () => {
  let stack: TestStack;
  let writer: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    writer = await stack.register();
  });

  afterAll(() => stack?.stop());

  /** A router whose sockets are closed, when it stops, at these parts of its window, in the order in which they were opened. */
  function startDraining(moments: number[]) {
    const environment = {
      ...testEnvironment,
      HOST: '127.0.0.1',
      PORT: '0',
      SUBGRAPH_URLS: subgraphNames.map((name) => `${name}=${stack.subgraphs[name].url}`).join(','),
      DRAIN_MILLISECONDS: '15000',
    };
    const settings = parseSettings(serviceSettingsSchema, environment);
    const logger = pino({ level: 'silent' });
    return start({ settings, engine: stack.engine, logger, random: () => moments.shift() ?? 0 });
  }

  it('takes no sockets any more, says so in its readiness, and serves each that is open until it closes it', async () => {
    const router = await startDraining([0, 0.999]);
    const roomId = await writer.createRoom();
    const variables = { roomId, after: await writer.headCursor(roomId) };
    const [early, late] = [
      await RawSocket.signIn(router.url, writer.accessToken),
      await RawSocket.signIn(router.url, writer.accessToken),
    ];
    for (const socket of [early, late]) socket.subscribe('a', shared, variables);
    await writer.sendMessage(roomId, 'before');
    for (const socket of [early, late]) expect(await socket.receive()).toMatchObject({ id: 'a', type: 'next' });

    const stopped = router.stop();
    expect(await early.closed).toEqual({ code: 1012, reason: 'The server restarts: reconnect and resume' });
    const readiness = await fetch(new URL('/health/ready', router.url));
    expect([readiness.status, await readiness.json()]).toMatchObject([503, { status: 'draining' }]);
    expect((await fetch(new URL('/health/live', router.url))).status).toBe(200);
    const refused = new WebSocket(router.url.replace(/^http/, 'ws'), ['graphql-transport-ws']);
    const error = await new Promise<Error>((resolve) => refused.once('error', resolve));
    expect(error.message).toContain('503');

    await writer.sendMessage(roomId, 'during');
    const text = (content: string) => ({ payload: { data: { messageAdded: { message: { text: content } } } } });
    expect(await late.receive()).toMatchObject({ id: 'a', ...text('during') });
    late.subscribe('b', perViewer, variables);
    expect([await late.receive(), await late.receive()]).toMatchObject(['before', 'during'].map(text));
    const elsewhere = new TestClient(router.url);
    elsewhere.accessToken = writer.accessToken;
    expect((await elsewhere.run('{ viewer { id } }')).id).toBe(writer.userId);
    // With the last socket gone nothing is waited for.
    late.close();
    await stopped;
  });

  /** Follows a room as the README tells client authors to, until a message says that it is the last. */
  async function follow(url: string, token: string, query: string, variables: { roomId: string; after: string }) {
    const seqs: number[] = [];
    const codes: number[] = [];
    const client = createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      on: { closed: (event) => codes.push((event as { code: number }).code) },
    });
    let { after } = variables;
    for (let text = ''; text !== 'last'; ) {
      try {
        const events = client.iterate<{ messageAdded: { seq: number; cursor: string; message: { text: string } } }>({
          query,
          variables: { ...variables, after },
        });
        for await (const { data } of events) {
          if (!data) throw new Error('An event without data.');
          seqs.push(data.messageAdded.seq);
          after = data.messageAdded.cursor;
          text = data.messageAdded.message.text;
          if (text === 'last') break;
        }
      } catch {
        await delay(10 + Math.random() * 20);
      }
    }
    await client.dispose();
    return { seqs, codes };
  }

  it('and is replaced, as is the other one after it, costs nobody behind their address an event', async () => {
    const startRouter = () => startAnotherRouter(stack, { DRAIN_MILLISECONDS: '300' });
    const [first, second] = await Promise.all([startRouter(), startRouter()]);
    const address = await startSwitch([first.url, second.url]);
    const roomId = await writer.createRoom();
    const variables = { roomId, after: await writer.headCursor(roomId) };
    const token = writer.accessToken as string;
    const followers = Array.from({ length: 20 }, (_, number) =>
      follow(address.url, token, number % 4 === 0 ? perViewer : shared, variables),
    );
    let isOver = false;
    const sending = (async () => {
      while (!isOver) await writer.sendMessage(roomId, 'hello');
      return (await writer.sendMessage(roomId, 'last')).message.seq;
    })();

    const areAllServedBy = (...routers: Service[]) =>
      eventually(async () => {
        const open = await Promise.all(routers.map(({ url }) => readMetric(url, 'chorus_subscriptions')));
        expect(open.reduce((sum, count) => sum + count)).toBe(followers.length);
      }, 30_000);
    await areAllServedBy(first, second);
    await first.stop();
    const third = await startRouter();
    address.targets = [third.url, second.url];
    await areAllServedBy(second, third);
    await second.stop();
    const fourth = await startRouter();
    address.targets = [third.url, fourth.url];
    isOver = true;

    const last = await sending;
    const expected = Array.from({ length: last - 1 }, (_, index) => index + 2);
    for (const { seqs, codes } of await Promise.all(followers)) {
      expect(seqs).toEqual(expected);
      expect(codes).toContain(1012);
    }
    await Promise.all([third.stop(), fourth.stop()]);
    await address.stop();
  });
});
