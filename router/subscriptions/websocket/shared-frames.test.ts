import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { SharedFrames } from './shared-frames.ts';

const running: (() => void)[] = [];

afterEach(() => {
  for (const stop of running.splice(0)) stop();
});

/** Both ends of a WebSocket, and the stream under the server's. */
async function connect() {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const opened = new Promise<{ socket: WebSocket; stream: Duplex }>((resolve) => {
    http.on('upgrade', (request, stream, head) =>
      server.handleUpgrade(request, stream, head, (socket) => resolve({ socket, stream })),
    );
  });
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  running.push(
    () => http.close(),
    () => client.terminate(),
  );
  const received: string[] = [];
  client.on('message', (data, isBinary) => received.push(isBinary ? 'binary' : String(data)));
  return { ...(await opened), client, received };
}

/** A message of so many bytes. */
const startOf = (id: string) => `{"id":"${id}","type":"next","payload":`;
const start = startOf('\\u00e9');
function payloadFor(messageBytes: number): string {
  return `"${'x'.repeat(messageBytes - Buffer.byteLength(start) - '""}'.length)}"`;
}

it.each([125, 126, 16_384, 16_385, 65_535, 65_536, 200_000])('writes a message of %i bytes as one', async (length) => {
  const { socket, stream, client, received } = await connect();
  const payload = payloadFor(length);
  new SharedFrames().write(stream, start, payload);
  socket.close();
  await once(client, 'close');
  expect(received).toEqual([`${start}${payload}}`]);
  expect(Buffer.byteLength(received[0] as string)).toBe(length);
});

it('keeps the order among messages of ws, whatever their length', async () => {
  const { socket, stream, client, received } = await connect();
  const frames = new SharedFrames();
  const expected: string[] = [];
  for (const length of [100, 300, 20_000, 70_000, 300, 20_000]) {
    const payload = payloadFor(length);
    frames.write(stream, start, payload);
    expected.push(`${start}${payload}}`, `from ws after ${length}`);
    socket.send(`from ws after ${length}`);
  }
  socket.close();
  await once(client, 'close');
  expect(received).toEqual(expected);
});

it('keeps the order and the text of what waits for a client that does not read', async () => {
  const { socket, stream, client, received } = await connect();
  const frames = new SharedFrames();
  const expected: string[] = [];
  client.pause();
  for (let number = 0; stream.writableLength < 1024 * 1024; number += 1) {
    const payload = `"${number} é ${'x'.repeat((number * 997) % 20_000)}"`;
    frames.write(stream, start, payload);
    expected.push(`${start}${payload}}`);
    if (number % 7 > 0) continue;
    socket.send(`from ws after ${number}`);
    expected.push(`from ws after ${number}`);
  }
  client.resume();
  socket.close();
  await once(client, 'close');
  expect(received).toEqual(expected);
});

it('keeps what waits for one client as it was, whatever others are written meanwhile', async () => {
  const [slow, quick] = [await connect(), await connect()];
  const frames = new SharedFrames();
  const expected: string[] = [];
  slow.client.pause();
  for (let number = 0; slow.stream.writableLength < 1024 * 1024; number += 1) {
    const payload = `"${number} ${'x'.repeat((number * 1_009) % 16_000)}"`;
    for (const [id, { stream }] of [slow, quick].entries())
      frames.write(stream, startOf(`${id}`.repeat(1 + id)), payload);
    expected.push(payload);
    // The quick one takes what it gets in between.
    await new Promise(setImmediate);
  }
  slow.client.resume();
  for (const { socket } of [slow, quick]) socket.close();
  await Promise.all([slow, quick].map(({ client }) => once(client, 'close')));
  expect(slow.received).toEqual(expected.map((payload) => `${startOf('0')}${payload}}`));
  expect(quick.received).toEqual(expected.map((payload) => `${startOf('11')}${payload}}`));
});

it('takes an id of any length', async () => {
  const { socket, stream, client, received } = await connect();
  const frames = new SharedFrames();
  const starts = [1, 300, 500, 700, 70_000, 2].map((length) => startOf('i'.repeat(length)));
  for (const each of starts) frames.write(stream, each, '1');
  socket.close();
  await once(client, 'close');
  expect(received).toEqual(starts.map((each) => `${each}1}`));
});

it('writes to each the payload that is meant, whoever had which before', async () => {
  const [one, other] = [await connect(), await connect()];
  const frames = new SharedFrames();
  for (const payload of ['1', '1', '2', '1']) {
    frames.write(one.stream, '{"id":"a","type":"next","payload":', payload);
    frames.write(other.stream, '{"id":"bb","type":"next","payload":', payload);
  }
  for (const { socket } of [one, other]) socket.close();
  await Promise.all([one, other].map(({ client }) => once(client, 'close')));
  const payloadsOf = (received: string[]) => received.map((message) => JSON.parse(message));
  const expectedFor = (id: string) => [1, 1, 2, 1].map((payload) => ({ id, type: 'next', payload }));
  expect(payloadsOf(one.received)).toEqual(expectedFor('a'));
  expect(payloadsOf(other.received)).toEqual(expectedFor('bb'));
});
