import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { codedError } from '../../../platform/errors.ts';
import { eventStream } from './event-stream.ts';
import { HttpStream } from './http-stream.ts';
import { multipart } from './multipart.ts';

/** A stream on its way from a real server to a client. */
interface Exchange {
  stream: HttpStream;
  response: IncomingMessage;
  /** Why the stream has ended. */
  ended: Promise<string>;
}

describe('a stream over HTTP', () => {
  let app: FastifyInstance;
  let connection: Socket | undefined;

  afterEach(async () => {
    app.server.closeAllConnections();
    await app.close();
  });

  async function open(format = eventStream, heartbeatMilliseconds = 60_000): Promise<Exchange> {
    app = Fastify();
    app.server.once('connection', (socket: Socket) => {
      connection = socket;
    });
    let end: (reason: string) => void = () => {};
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    const opened = new Promise<HttpStream>((resolve) => {
      app.get('/', async (_request, reply) => {
        reply.header('x-request-id', 'seven');
        const describeError = (error: unknown) => ({ code: 'BAD_REQUEST', shown: { message: String(error) } });
        const limits = { bufferedLimitBytes: 1024 * 1024, closingLimitMilliseconds: 60_000 };
        const options = { format, heartbeatMilliseconds, ...limits };
        resolve(new HttpStream(reply, { ...options, describe: describeError, onEnd: end }));
      });
    });
    const outgoing = request(await app.listen({ host: '127.0.0.1', port: 0 }));
    outgoing.on('error', () => undefined);
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    return { stream: await opened, response: response.setEncoding('utf8'), ended };
  }

  async function readAll(response: IncomingMessage): Promise<string> {
    let text = '';
    for await (const piece of response) text += piece;
    return text;
  }

  it('is not cut when nothing has happened for long', async () => {
    const { stream, response } = await open();
    // What Node tells then.
    connection?.emit('timeout');
    stream.complete();
    expect(await readAll(response)).toBe(':\n\nevent: complete\ndata:\n\n');
  });

  it.each([
    ['server-sent events', eventStream, /^(:\n\n){4,}$/],
    ['multipart', multipart, /^\r\n--graphql(\r\nContent-Type: application\/json\r\n\r\n\{\}\r\n--graphql){4,}$/],
  ])('sends heartbeats of %s at the beginning and again and again', async (_name, format, heartbeats) => {
    const { response, ended } = await open(format, 1);
    let text = '';
    for await (const piece of response) {
      text += piece;
      if (heartbeats.test(text)) break;
    }
    expect(response.headers).toMatchObject({ 'x-request-id': 'seven', connection: 'close' });
    expect(await ended).toBe('gone');
  });

  it('ends once, and takes nothing after that', async () => {
    const { stream, response, ended } = await open();
    await stream.send('{"data":1}');
    stream.complete();
    stream.fail(codedError('BAD_REQUEST'));
    await stream.send('{"data":2}');
    expect(await readAll(response)).toBe(':\n\nevent: next\ndata: {"data":1}\n\nevent: complete\ndata:\n\n');
    expect(await ended).toBe('complete');
    await stream.closed;
  });

  it('tells what has ended it', async () => {
    const { stream, response, ended } = await open(multipart);
    stream.fail(codedError('BAD_REQUEST', 'why'));
    expect(await readAll(response)).toContain('{"payload":null,"errors":[{"message":"why"}]}\r\n--graphql--\r\n');
    expect(await ended).toBe('BAD_REQUEST');
  });

  it('does not mistake much at once for a client that does not read', async () => {
    const { stream, response } = await open();
    const payload = JSON.stringify('x'.repeat(100_000));
    const sent = Array.from({ length: 11 }, () => stream.send(payload));
    const text = readAll(response);
    await Promise.all(sent);
    stream.complete();
    const all = await text;
    expect(all.length).toBeGreaterThan(1_100_000);
    expect(all).not.toContain('Too many');
  });

  it('tells when its client is behind, and when that has taken what waited', async () => {
    const { stream, response } = await open();
    response.resume();
    expect(stream.isBehind).toBe(false);
    stream.deliver(JSON.stringify('x'.repeat(300_000)));
    expect(stream.isBehind).toBe(true);
    await new Promise<void>((resolve) => stream.whenTaken(resolve));
    expect(stream.isBehind).toBe(false);
  });

  it('waits for nobody who has gone', async () => {
    const { stream, response, ended } = await open();
    response.pause();
    stream.deliver(JSON.stringify('x'.repeat(300_000)));
    app.server.closeAllConnections();
    expect(await ended).toBe('gone');
    expect(stream.isBehind).toBe(false);
    await new Promise<void>((resolve) => stream.whenTaken(resolve));
  });

  it('hands on what waits in its operation, of which no more may wait, and ends for what is new beside that', async () => {
    const { stream, response, ended } = await open();
    const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
    response.pause();
    // Until the operating system takes no more.
    while (stream.backlog.bytes < 500_000) {
      void stream.send(JSON.stringify('x'.repeat(100_000)));
      await nextTurn();
    }
    stream.backlog.countQueued(1024 * 1024);
    void stream.send('{"data":"handed on"}');
    await nextTurn();
    stream.deliver('{"data":"new"}');
    await ended;
    expect(await readAll(response)).toMatch(/handed on.*new.*Too many events waited/s);
  });

  it('ends when it is told that there is no room for what is new, unless its client has taken everything', async () => {
    const { stream, response, ended } = await open();
    response.resume();
    const taken = new Promise<void>((resolve) => stream.whenTaken(resolve));
    stream.backlog.exceed();
    await taken;
    await new Promise((resolve) => setImmediate(resolve));
    stream.complete();
    expect(await ended).toBe('complete');
  });

  it('lets a client that begins to read in time know that it was too slow', async () => {
    const { stream, response, ended } = await open();
    response.pause();
    const payload = JSON.stringify('x'.repeat(1_000_000));
    for (let count = 0; count < 10; count += 1) void stream.send(payload);
    await ended;
    expect(await readAll(response)).toMatch(/Too many events waited/);
  });
});
