import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../harness.ts';

describe('pages and plain HTTP of the router', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, stack.url), { headers });

  it('show Apollo Sandbox to a browser at the GraphQL endpoint', async () => {
    const response = await get('/graphql', { accept: 'text/html' });
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('embeddable-sandbox');
  });

  it('show a GraphiQL that loads nothing from elsewhere and subscribes over the WebSocket', async () => {
    const page = await (await get('/graphiql')).text();
    expect(page).toContain('"subscriptionsProtocol":"WS"');
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  });

  it('say that the process lives and what it can work with', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'ok' });
    expect(await (await get('/health/ready')).json()).toEqual({
      status: 'ok',
      checks: { broker: 'ok', revocations: 'ok' },
    });
    const chat = await fetch(new URL('/health/ready', stack.subgraphs.chat.url));
    expect(await chat.json()).toEqual({ status: 'ok', checks: { database: 'ok', broker: 'ok' } });
    expect(await (await get('/metrics')).text()).toContain('process_cpu_seconds_total');
  });

  it('answer queries by GET, and no mutation', async () => {
    const headers = { 'apollo-require-preflight': 'true' };
    expect(await (await get('/graphql?query={viewer{id}}', headers)).json()).toEqual({ data: { viewer: null } });
    const mutation = await get('/graphql?query=mutation{logout{user{id}}}', headers);
    expect(mutation.status).toBe(405);
  });

  it('let pages of any origin use bearer tokens, and none use cookies', async () => {
    const response = await get('/health/live', { origin: 'https://chat.example.org' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('keep a caller’s request id when it is one, and make one otherwise', async () => {
    expect((await get('/health/live', { 'x-request-id': 'abc-1' })).headers.get('x-request-id')).toBe('abc-1');
    const made = (await get('/health/live', { 'x-request-id': 'a b"c' })).headers.get('x-request-id');
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('describe the whole schema to explorers', async () => {
    const { __schema } = await (async () => {
      const answer = await stack.guest.send('{ __schema { types { name description fields { name description } } } }');
      return answer.data;
    })();
    const room = __schema.types.find(({ name }: { name: string }) => name === 'Room');
    expect(room.description).toBe('A place to talk.');
    expect(room.fields.every(({ description }: { description: string | null }) => description)).toBe(true);
  });

  it('refuse a document of too many tokens', async () => {
    const answer = await stack.guest.send(`{ ${'a: viewer { id } '.repeat(3_000)} }`);
    expect(answer.errors?.[0]?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });
});

describe('a stack that is told to stop', () => {
  it('does so although a request never ends', async () => {
    const stack = await startTestStack();
    const { hostname, port } = new URL(stack.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n';
    socket.write(`${head}{"query":`);
    // An answer to a later connection comes after the first has been accepted.
    await stack.guest.send('{ viewer { id } }');
    const closed = once(socket, 'close');
    socket.on('error', () => {});
    await stack.stop();
    await closed;
  });
});
