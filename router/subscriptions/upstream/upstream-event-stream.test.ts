import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionResult } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream, type Upstream } from './upstream.ts';

interface CannedAnswer {
  status?: number;
  type?: string;
  /** Sent one by one. */
  pieces: string[];
  /** What becomes of it after that. */
  ending?: 'ended' | 'cut' | 'left open';
}

const next = (result: object) => `event: next\ndata: ${JSON.stringify(result)}\n\n`;
const complete = 'event: complete\ndata:\n\n';

describe('a subscription in a subgraph over SSE', () => {
  let server: Server;
  let upstream: Upstream;
  let received: { headers: IncomingHttpHeaders; body: unknown };
  /** Resolves when the connection of the subscription is closed. */
  let closed: Promise<unknown>;

  afterEach(async () => {
    await upstream.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function subscribe(
    { status = 200, type = 'text/event-stream', pieces, ending = 'ended' }: CannedAnswer,
    payload: SubscribePayload = { query: 'subscription { ticks }' },
  ): Promise<AsyncIterableIterator<ExecutionResult>> {
    let noteClosed = () => {};
    closed = new Promise<void>((resolve) => {
      noteClosed = resolve;
    });
    server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      received = { headers: request.headers, body: JSON.parse(body) };
      response.once('close', noteClosed);
      response.writeHead(status, { 'content-type': type });
      for (const piece of pieces) await new Promise((resolve) => response.write(piece, resolve));
      if (ending === 'ended') response.end();
      if (ending === 'cut') response.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    upstream = createUpstream('ticker', `http://127.0.0.1:${port}/graphql?at=7`, 'sse');
    return upstream.subscribe(payload);
  }

  /** All results, and the error that has ended them. */
  async function readAll(results: AsyncIterableIterator<ExecutionResult>) {
    const all: ExecutionResult[] = [];
    try {
      for await (const result of results) all.push(result);
      return { all, end: 'complete' };
    } catch (error) {
      return { all, end: error };
    }
  }

  const unavailable = { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'ticker' } };

  it('sends who asks in headers, and what is left of the extensions in the body', async () => {
    const extensions = { 'x-chorus-viewer': 'signed', chorus: { mode: 'lease' } };
    const payload = { query: 'subscription { ticks }', variables: { to: 7 } };
    await readAll(await subscribe({ pieces: [complete] }, { ...payload, extensions }));
    expect(received.headers).toMatchObject({ 'x-chorus-viewer': 'signed', 'content-type': 'application/json' });
    expect(received.headers.accept).toMatch(/^text\/event-stream/);
    expect(received.body).toEqual({ ...payload, extensions: { chorus: { mode: 'lease' } } });
  });

  it('has its results in order, errors of fields included, to the end', async () => {
    const results = [
      { data: { ticks: 1 } },
      { data: null, errors: [{ message: 'no second' }] },
      { data: { ticks: 3 } },
    ];
    const pieces = [':\n\n', ...results.map(next), complete, next({ data: { ticks: 4 } })];
    expect(await readAll(await subscribe({ pieces }))).toEqual({ all: results, end: 'complete' });
  });

  it.each(['text/event-stream; charset=utf-8', 'application/json', 'application/graphql-response+json; charset=utf-8'])(
    'ends with the errors of an operation that is refused, as %s',
    async (type) => {
      const refusal = { errors: [{ message: 'not for you', extensions: { code: 'FORBIDDEN' } }] };
      const pieces = type.startsWith('text') ? [next(refusal), complete] : [JSON.stringify(refusal)];
      const { all, end } = await readAll(
        await subscribe({ type, pieces, status: type.startsWith('text') ? 200 : 403 }),
      );
      expect(all).toEqual([]);
      expect(end).toMatchObject(refusal.errors[0] as object);
    },
  );

  const failures: [name: string, answer: CannedAnswer][] = [
    ['ends without completion', { pieces: [next({ data: { ticks: 1 } })] }],
    ['has data that is not JSON', { pieces: [next({ data: { ticks: 1 } }), 'event: next\ndata: {\n\n', complete] }],
    ['has a result that is none', { pieces: [next({ data: { ticks: 1 } }), 'event: next\ndata: null\n\n', complete] }],
  ];

  it.each(failures)('tells that the subgraph is away when the stream %s', async (_name, answer) => {
    const { all, end } = await readAll(await subscribe(answer));
    expect(all).toEqual([{ data: { ticks: 1 } }]);
    expect(end).toMatchObject(unavailable);
  });

  it.each<CannedAnswer>([
    { status: 502, type: 'text/html', pieces: ['<h1>Bad gateway</h1>'] },
    { status: 500, pieces: [next({ data: { ticks: 1 } }), complete] },
    { type: 'application/json', pieces: ['{'] },
    { type: 'text/plain', pieces: [] },
  ])('tells that the subgraph is away when it answers with something else (%#)', async (answer) => {
    expect(await readAll(await subscribe(answer))).toMatchObject({ all: [], end: unavailable });
  });

  it('tells that the subgraph is away when the connection is cut', async () => {
    const results = await subscribe({ pieces: [next({ data: { ticks: 1 } })], ending: 'cut' });
    expect((await readAll(results)).end).toMatchObject(unavailable);
  });

  it.each([
    ['a thousand results', 1_000, ''],
    ['a megabyte of results', 10, 'x'.repeat(100_000)],
  ])('is left when %s wait, which are still there to be taken', async (_name, count, text) => {
    const ticks = Array.from({ length: 2 * count }, (_, index) => ({ data: { ticks: index, text } }));
    const results = await subscribe({ pieces: ticks.map(next), ending: 'left open' });
    await closed;
    const { all, end } = await readAll(results);
    expect(all).toEqual(ticks.slice(0, all.length));
    expect(all.length).toBeGreaterThan(count);
    expect(end).toMatchObject({ extensions: { code: 'SLOW_CONSUMER' } });
  });

  it('closes the connection when it is left', async () => {
    const results = await subscribe({ pieces: [next({ data: { ticks: 1 } })], ending: 'left open' });
    expect((await results.next()).value).toEqual({ data: { ticks: 1 } });
    await results.return?.();
    await closed;
  });
});
