import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../platform/engine/create-engine.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { signViewer } from '../../platform/viewer.ts';
import { type Stack, type StackOptions, startRouterFor, startStack } from '../../tools/stack.ts';
import { registerBrowser } from '../browser.ts';
import { TestClient } from '../client.ts';
import { createDatabases, eventually, type TestDatabases, testEnvironment } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { callWebhook, createWebhook, refusalOf } from '../webhooks.ts';

let databases: TestDatabases;
let engine: Engine;
let options: StackOptions;
let stack: Stack;
let owner: TestClient;
/** Everything that any process logs. */
const logged: string[] = [];

beforeAll(async () => {
  databases = await createDatabases();
  const createLogger = (name: string) => pino({ name, level: 'trace' }, { write: (text: string) => logged.push(text) });
  engine = createEngine({ redisUrl: null, prefix: 'forwarding', logger: createLogger('engine') });
  options = {
    databaseUrl: databases.url,
    engine,
    host: '127.0.0.1',
    port: 0,
    environment: testEnvironment,
    createLogger,
  };
  stack = await startStack(options);
  owner = await register();
});

afterAll(async () => {
  await stack?.stop();
  await engine?.stop();
  await databases?.drop();
});

async function register(): Promise<TestClient> {
  const client = new TestClient(stack.url);
  await client.register(`user_${randomBytes(5).toString('hex')}`);
  return client;
}

const bearer = ({ accessToken }: TestClient) => ({ authorization: `Bearer ${accessToken}` });
const exportUrl = (roomId: string, url = stack.url) => new URL(`/rooms/${roomId}/export`, url);
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

interface Seen {
  request: IncomingMessage;
  body: string;
}

/** A router in front of a chat subgraph of the test's own making. */
async function startRouterWith(
  answer: (seen: Seen, response: ServerResponse) => void,
): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    try {
      for await (const piece of request) body += piece;
    } catch {
      return;
    }
    seen.push({ request, body });
    answer({ request, body }, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const chat = { url: `http://127.0.0.1:${port}/graphql`, stop: async () => undefined };
  const environment = { ...testEnvironment, SUBGRAPH_TIMEOUT_MILLISECONDS: '2000' };
  const router = await startRouterFor({ ...stack.subgraphs, chat }, { ...options, environment });
  onTestFinished(async () => {
    await router.stop();
    server.closeAllConnections();
    server.close();
  });
  return { url: router.url, seen };
}

async function startRouterWithoutChat(): Promise<string> {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const chat = { url: `http://127.0.0.1:${port}/graphql`, stop: async () => undefined };
  const router = await startRouterFor({ ...stack.subgraphs, chat }, options);
  onTestFinished(() => router.stop());
  return router.url;
}

describe('a request that the router forwards', () => {
  it('carries what the router says of it, and of the client only what describes the body', async () => {
    const { url, seen } = await startRouterWith((_seen, response) => {
      response.writeHead(201, {
        'content-type': 'application/json',
        'x-chorus-viewer': 'secret',
        'set-cookie': '__Host-chorus_access=stolen',
        connection: 'close, x-private',
        'x-private': 'hop',
        'retry-after': '7',
      });
      response.end('{}');
    });
    const forged = signViewer(
      { userId: owner.userId, sessionId: 'a', roles: [], scopes: ['chat:read'], expiresAtSeconds: 9e9 },
      testEnvironment.VIEWER_SECRET,
    );
    const answer = await callWebhook(
      url,
      '/webhooks/id/secret?a=b%20c',
      { text: 'hello' },
      {
        ...bearer(owner),
        cookie: 'a=b',
        'x-chorus-viewer': forged,
        'x-chorus-client': forged,
        'x-other': 'x',
        'x-forwarded-for': '1.2.3.4',
        'idempotency-key': 'key',
        'x-request-id': 'my-request',
        traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
      },
    );
    expect(answer.status).toBe(201);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.headers.get('x-request-id')).toBe('my-request');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    for (const name of ['x-chorus-viewer', 'set-cookie', 'x-private']) expect(answer.headers.get(name)).toBeNull();
    const [{ request, body } = {} as Seen] = seen;
    expect([request.method, request.url, body]).toEqual([
      'POST',
      '/webhooks/id/secret?a=b%20c',
      JSON.stringify({ text: 'hello' }),
    ]);
    const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...headers } = request.headers;
    expect(headers).toEqual({
      accept: '*/*',
      'content-type': 'application/json',
      'idempotency-key': 'key',
      'x-request-id': 'my-request',
      traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    });
    await fetch(exportUrl('room', url), { headers: { ...bearer(owner), 'x-chorus-viewer': forged } });
    expect(seen[1]?.request.headers['x-chorus-viewer']).toMatch(/^ey/);
    expect(seen[1]?.request.headers['x-chorus-viewer']).not.toBe(forged);
    expect(seen[1]?.request.headers['authorization']).toBeUndefined();
  });

  it('has a body of 64 KiB at most, whether or not it tells its length', async () => {
    const { url, seen } = await startRouterWith((_seen, response) => response.writeHead(200).end('{}'));
    // One connection for all: what was refused must not be in the way of what comes next.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const post = async (pieces: number, headers: Record<string, string> = {}) => {
      const request = requestHttp(new URL('/webhooks/id/secret', url), {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      });
      for (let piece = 0; piece < pieces; piece += 1) request.write('a'.repeat(1_024));
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      return response.statusCode;
    };
    expect(await post(64)).toBe(200);
    expect(await post(65)).toBe(413);
    expect(await post(65, { 'content-length': String(65 * 1_024) })).toBe(413);
    expect(await post(1_000)).toBe(413);
    expect(await post(1)).toBe(200);
    expect(seen).toHaveLength(2);
    expect(seen[0]?.body).toHaveLength(64 * 1_024);
  });

  it('is answered with 502 when the subgraph is away or silent, and with a cut when it dies in the middle', async () => {
    const { url } = await startRouterWith(({ request }, response) => {
      if (request.url?.includes('silent')) return;
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write('{"type":"export"}\n');
      setImmediate(() => response.destroy());
    });
    const silent = await callWebhook(url, '/webhooks/silent/secret', {});
    expect(refusalOf(silent)).toEqual([502, 'SUBGRAPH_UNAVAILABLE']);
    await expect(
      fetch(exportUrl('room', url), { headers: bearer(owner) }).then((each) => each.text()),
    ).rejects.toThrow();
    const without = await startRouterWithoutChat();
    expect(refusalOf(await callWebhook(without, '/webhooks/a/b', {}))).toEqual([502, 'SUBGRAPH_UNAVAILABLE']);
  });

  it('ends in the subgraph when its client goes, and when its session ends', async () => {
    let open = 0;
    const { url } = await startRouterWith((_seen, response) => {
      open += 1;
      response.once('close', () => {
        open -= 1;
      });
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write('{"type":"export"}\n');
      // A line now and then, for ever.
      const lines = setInterval(() => response.write('{"type":"progress"}\n'), 50);
      response.once('close', () => clearInterval(lines));
    });
    const client = await register();
    const leaving = new AbortController();
    const left = await fetch(exportUrl('room', url), { headers: bearer(client), signal: leaving.signal });
    expect([left.status, open]).toEqual([200, 1]);
    leaving.abort();
    await eventually(() => expect(open).toBe(0));
    const revoked = await fetch(exportUrl('room', url), { headers: bearer(client) });
    expect(open).toBe(1);
    // Listened to from the beginning: the export may be cut before the answer to the logout is there.
    const cut = expect(revoked.text()).rejects.toThrow();
    await client.run('mutation { logout { user { id } } }');
    await cut;
    await eventually(() => expect(open).toBe(0));
    const again = await fetch(exportUrl('room', url), { headers: bearer(client) });
    expect([again.status, await codeOf(again)]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('a link to an export', () => {
  it('works in a browser with cookies, from our own pages and from none of a stranger', async () => {
    const { jar } = await registerBrowser(stack.url, `browser_${randomBytes(4).toString('hex')}`);
    const cookie = jar.header;
    const ask = async (headers: Record<string, string>, method = 'GET') => {
      const request = requestHttp(new URL(stack.url), {
        method,
        path: '/rooms/01890a5d-ac96-774b-bcce-b302099a8057/export',
        headers: { cookie, accept: 'text/html,application/xhtml+xml', ...headers },
      });
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    // There is no such room: who is told so has been let in.
    expect(await ask({ 'sec-fetch-site': 'same-origin' })).toBe(404);
    expect(await ask({ 'sec-fetch-site': 'none' })).toBe(404);
    expect(await ask({ origin: new URL(stack.url).origin })).toBe(404);
    expect(await ask({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await ask({ origin: 'https://evil.example' })).toBe(403);
    expect(await ask({})).toBe(403);
    expect(await ask({ cookie: '' })).toBe(401);
  });
});

describe("a webhook's secret", () => {
  it('is in no log line, no metric and no event, whatever goes wrong', async () => {
    const roomId = await owner.createRoom();
    const { id, path } = await createWebhook(owner, roomId);
    const secret = path.split('/')[3] as string;
    logged.length = 0;
    expect((await callWebhook(stack.url, path, { text: 'hello' })).status).toBe(201);
    await callWebhook(stack.url, path, 'no JSON');
    await callWebhook(stack.url, `${path}%`, {});
    await callWebhook(stack.url, `${path}${'a'.repeat(200)}`, {});
    await callWebhook(stack.url, `${path}/more`, {});
    await fetch(new URL(path, stack.url));
    await mutate(owner, 'revokeWebhook', { webhookId: id }, 'webhook { id }');
    await callWebhook(stack.url, path, { text: 'hello' });
    const metrics = await Promise.all(
      [stack.url, stack.subgraphs.chat.url].map(async (url) => (await fetch(new URL('/metrics', url))).text()),
    );
    const without = await startRouterWithoutChat();
    expect(refusalOf(await callWebhook(without, path, { text: 'hello' }))).toEqual([502, 'SUBGRAPH_UNAVAILABLE']);
    expect(logged.some((each) => each.includes('a request was not forwarded'))).toBe(true);
    expect([...logged, ...metrics].filter((each) => each.includes(secret))).toEqual([]);
  });
});
