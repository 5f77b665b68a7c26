import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../platform/engine/create-engine.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { type Stack, startStack } from '../../tools/stack.ts';
import { TestClient, type TestSubscription } from '../client.ts';
import { createDatabases, eventually, type TestDatabases, testEnvironment } from '../harness.ts';
import { RawSocket } from '../raw-socket.ts';
import { readMetric } from '../routers.ts';
import { Random } from './read-state/random.ts';

/** With the same seed the same is sent. */
const seed = Number(process.env['FRAMES_SEED'] ?? randomInt(1_000_000_000));
const repeatable = `Repeat with FRAMES_SEED=${seed}.`;

const messageAdded = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq }
}`;

/** A frame of RFC 6455 as a client masks it, with whatever header the test wants. */
function frame(payload: Buffer | string, { opcode = 1, isFinal = true, reserved = 0, isMasked = true } = {}): Buffer {
  const body = Buffer.from(payload);
  const length = body.length < 126 ? [body.length] : [126, body.length >> 8, body.length & 255];
  const head = [(isFinal ? 0x80 : 0) | reserved | opcode, (isMasked ? 0x80 : 0) | (length[0] as number)];
  const mask = isMasked ? [1, 2, 3, 4] : [];
  const masked = body.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([...head, ...length.slice(1), ...mask]), masked]);
}

/** Says that so many bytes follow, and sends none. */
function header(byteCount: bigint): Buffer {
  const buffer = Buffer.alloc(14);
  buffer.writeUInt16BE(0x81ff);
  buffer.writeBigUInt64BE(byteCount, 2);
  return buffer;
}

/** Resolves when a connection is gone, however. */
function hungUp(stream: Socket): Promise<unknown> {
  return new Promise((resolve) => stream.once('close', resolve));
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const init = '{"type":"connection_init"}';

describe(`hostile frames (FRAMES_SEED=${seed})`, () => {
  const random = new Random(seed);
  const complaints: string[] = [];
  const rejections: unknown[] = [];
  const noteRejection = (error: unknown) => rejections.push(error);
  let databases: TestDatabases;
  let engine: Engine;
  let stack: Stack;
  let user: TestClient;
  let roomId: string;
  let subscription: TestSubscription<{ seq: number }>;

  beforeAll(async () => {
    process.on('unhandledRejection', noteRejection);
    databases = await createDatabases();
    // What is logged here as a warning or an error would be the fault of a client.
    const logger = pino({ level: 'warn' }, { write: (line: string) => void complaints.push(line) });
    engine = createEngine({ redisUrl: null, prefix: 'frames', logger });
    stack = await startStack({
      databaseUrl: databases.url,
      engine,
      host: '127.0.0.1',
      port: 0,
      environment: testEnvironment,
      createLogger: () => logger,
    });
    user = new TestClient(stack.url);
    await user.register(`healthy_${seed}`);
    roomId = await user.createRoom();
    subscription = user.subscribe(messageAdded, { roomId, after: await user.headCursor(roomId) });
  });

  afterAll(async () => {
    await user?.disconnect();
    await stack?.stop();
    await engine?.stop();
    await databases?.drop();
    process.off('unhandledRejection', noteRejection);
  });

  /** Nobody else notices anything, nothing is left behind, and nothing was taken for a fault of ours. */
  afterEach(async () => {
    const { message } = await user.sendMessage(roomId, 'still here');
    expect(await subscription.next(), repeatable).toEqual({ seq: message.seq });
    await eventually(async () => expect(await readMetric(stack.url, 'chorus_shared_subscriptions')).toBe(1));
    expect(complaints, repeatable).toEqual([]);
    expect(rejections, repeatable).toEqual([]);
  });

  /** A connection that has been upgraded, of which the test writes every byte. */
  async function openStream({ hangsUp = true } = {}): Promise<Socket> {
    const { port } = new URL(stack.url);
    const stream = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: !hangsUp });
    // Whoever sends nonsense may be cut off while it still sends.
    stream.on('error', () => undefined);
    stream.write(
      `GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
    await once(stream, 'data');
    return stream;
  }

  /** The close code that the router answers with before it hangs up; null when it says none. */
  async function codeFor(...frames: Buffer[]): Promise<number | null> {
    const stream = await openStream();
    const received: Buffer[] = [];
    stream.on('data', (data) => received.push(data));
    const ended = hungUp(stream);
    // A client that says goodbye at last: what was not refused ends with that.
    stream.write(Buffer.concat([...frames, frame(Buffer.from([0x03, 0xe8]), { opcode: 8 })]));
    stream.once('end', () => stream.end());
    await ended;
    const answer = Buffer.concat(received);
    // A close frame is the last: 0x88, its length, the code.
    const at = answer.lastIndexOf(0x88);
    return at < 0 ? null : answer.readUInt16BE(at + 2);
  }

  const frames: [name: string, frames: Buffer[], code: number | null][] = [
    ['a reserved bit', [frame(init, { reserved: 0x40 })], 1002],
    ['all reserved bits', [frame(init, { reserved: 0x70 })], 1002],
    ['a frame without a mask', [frame(init, { isMasked: false })], 1002],
    ['an opcode that nobody knows', [frame(init, { opcode: 3 })], 1002],
    ['a continuation of nothing', [frame(init, { opcode: 0 })], 1002],
    ['a message that begins within another', [frame('{', { isFinal: false }), frame('}')], 1002],
    ['a ping of several frames', [frame('ping', { opcode: 9, isFinal: false })], 1002],
    ['a ping that is too long', [frame('x'.repeat(126), { opcode: 9 })], 1002],
    ['a close frame of one byte', [frame('x', { opcode: 8 })], 1002],
    ['a close frame with a code that nobody may send', [frame(Buffer.from([0x03, 0xed]), { opcode: 8 })], 1002],
    ['a text that is not UTF-8', [frame(Buffer.from([0xc3, 0x28]))], 1007],
    ['half a character', [frame(Buffer.from([0xf0, 0x9f, 0x98]))], 1007],
    ['a surrogate in UTF-8', [frame(Buffer.from([0xed, 0xa0, 0x80]))], 1007],
    ['a length of four gigabytes', [header(2n ** 32n)], 1009],
    ['a length of 2^63 bytes', [header(2n ** 63n)], 1009],
    ['a length just over the limit', [header(256n * 1024n + 1n)], 1009],
    ['an empty text', [frame('')], 4400],
    ['a binary message', [frame(Buffer.from([0, 1, 2]), { opcode: 2 })], 4400],
    ['a message in a thousand frames, one byte each', inBytes(init.padEnd(1_000)), 1000],
    ['frames without anything in them', [...Array.from({ length: 500 }, () => empty()), ...inBytes(init)], 1002],
    ['pings between the frames of a message', withPings(init), 1000],
  ];

  function empty(): Buffer {
    return frame('', { opcode: 0, isFinal: false });
  }

  function inBytes(text: string): Buffer[] {
    return [...text].map((character, index) =>
      frame(character, { opcode: index === 0 ? 1 : 0, isFinal: index === text.length - 1 }),
    );
  }

  function withPings(text: string): Buffer[] {
    return inBytes(text).flatMap((part) => [part, frame('still there?', { opcode: 9 })]);
  }

  it.each(frames)('are answered as RFC 6455 says: %s', async (_name, sent, code) => {
    expect(await codeFor(...sent)).toBe(code);
  });

  it('may say goodbye and not hang up: then the router does, and not after half a minute as ws by itself', async () => {
    const countClosed = () => readMetric(stack.url, 'chorus_socket_closes_total', { code: '1000' });
    const before = await countClosed();
    const stream = await openStream({ hangsUp: false });
    const answered = once(stream, 'end');
    stream.write(frame(Buffer.from([0x03, 0xe8]), { opcode: 8 }));
    stream.resume();
    await answered;
    await eventually(async () => expect(await countClosed()).toBe(before + 1));
    stream.destroy();
  });

  it('may close the socket with any code, none of which is counted by itself', async () => {
    const before = await readMetric(stack.url, 'chorus_socket_closes_total', { code: 'other' });
    for (let code = 3_000; code < 3_020; code += 1) {
      const payload = Buffer.alloc(2);
      payload.writeUInt16BE(code);
      expect(await codeFor(frame(payload, { opcode: 8 }))).toBe(code);
    }
    await eventually(async () =>
      expect(await readMetric(stack.url, 'chorus_socket_closes_total', { code: 'other' })).toBe(before + 20),
    );
  });

  it('may be random bytes', async () => {
    const streams = await Promise.all(Array.from({ length: 30 }, openStream));
    await Promise.all(
      streams.map(async (stream) => {
        const ended = hungUp(stream);
        stream.resume();
        const bytes = Buffer.from(Array.from({ length: random.below(2_000) }, () => random.below(256)));
        // Some are frames at least.
        stream.end(random.below(2) === 0 ? bytes : frame(bytes, { opcode: random.below(16) }));
        await ended;
      }),
    );
  });

  it('may be messages that somebody has broken', async () => {
    const whole = JSON.stringify({
      id: '1',
      type: 'subscribe',
      payload: { query: messageAdded, variables: { roomId } },
    });
    const sockets = await Promise.all(Array.from({ length: 30 }, () => RawSocket.signIn(stack.url, user.accessToken)));
    for (const socket of sockets) socket.send(breakApart(whole));
    for (const socket of sockets) {
      // What is a message all the same is answered.
      await Promise.race([socket.closed, socket.receiveUpToPong()]);
      socket.terminate();
    }
  });

  /** Cuts it off, leaves a part out, turns a character into another, or says a part twice. */
  function breakApart(text: string): string {
    const [from, to] = [random.below(text.length), random.below(text.length)].sort((one, other) => one - other);
    const [before, part, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
    return random.pick([before, before + after, before + part + part + after, `${before}\u0000${after.slice(1)}`]);
  }

  it('may have any type in any field', async () => {
    const values: unknown[] = [
      null,
      true,
      7,
      -0.5,
      '',
      'text',
      [],
      [[]],
      {},
      { toString: null },
      nested(50),
      '__proto__',
    ];
    const template = {
      id: '1',
      type: 'subscribe',
      payload: { query: '{ __typename }', variables: {}, extensions: {} },
    };
    const sockets: RawSocket[] = [];
    for (const field of ['id', 'type', 'payload', 'query', 'variables', 'extensions', 'operationName']) {
      for (const value of values) {
        const message: Record<string, unknown> = structuredClone(template);
        if (field in message) message[field] = value;
        else message['payload'] = { ...template.payload, [field]: value };
        const socket = await RawSocket.signIn(stack.url, random.below(2) === 0 ? null : user.accessToken);
        socket.send(message);
        sockets.push(socket);
      }
    }
    for (const socket of sockets) {
      const end = await Promise.race([socket.closed, socket.receiveUpToPong()]);
      if ('code' in end) expect([4400, 4401, 4429]).toContain(end.code);
      socket.terminate();
    }
  });

  it.each([
    ['in a ping', `{"type":"ping","payload":{"x":${nested(100_000)}}}`],
    ['in connection_init', `{"type":"connection_init","payload":{"x":${nested(100_000)}}}`],
    [
      'in variables',
      `{"id":"1","type":"subscribe","payload":{"query":"{ __typename }","variables":{"x":${nested(100_000)}}}}`,
    ],
    ['in nothing at all', nested(100_000)],
    ['and never closed', '['.repeat(100_000)],
    ['in objects', '{"a":'.repeat(40_000)],
  ])('may be nested a hundred thousand levels deep: %s', async (_name, message) => {
    const socket = await RawSocket.open(stack.url);
    socket.send(message);
    expect((await socket.closed).code).toBe(4400);
  });

  it('may nest the document itself, or say one thing ten thousand times in it', async () => {
    const socket = await RawSocket.signIn(stack.url, user.accessToken);
    const fields = 'viewer { id } '.repeat(5_000);
    for (const [index, query] of ['{ a'.repeat(50_000), `{ ${fields} }`, `query(${'$a: [['.repeat(9_000)}`].entries()) {
      socket.subscribe(String(index), query);
      expect(await socket.receive()).toMatchObject({
        id: String(index),
        type: 'error',
        payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
      });
    }
    socket.terminate();
  });

  it('may name operations by a megabyte, by as much as a message holds, or by as much as an id has', async () => {
    const large = await RawSocket.signIn(stack.url, user.accessToken);
    large.subscribe('x'.repeat(1_000_000), '{ __typename }');
    expect((await large.closed).code).toBe(1009);
    for (const length of [250_000, 129]) {
      const long = await RawSocket.signIn(stack.url, user.accessToken);
      long.subscribe('x'.repeat(length), '{ __typename }');
      const reason = 'The id of an operation has at most 128 characters';
      expect(await long.closed).toEqual({ code: 4400, reason });
    }
    const fitting = await RawSocket.signIn(stack.url, user.accessToken);
    const id = 'x'.repeat(128);
    fitting.subscribe(id, '{ __typename }');
    expect(await fitting.receive()).toMatchObject({ id, type: 'next' });
    fitting.terminate();
  });

  it('may begin ten thousand subscriptions at once on one socket, and complete what was never begun', async () => {
    const socket = await RawSocket.signIn(stack.url, user.accessToken);
    const variables = { roomId, after: await user.headCursor(roomId) };
    const messages = Array.from({ length: 10_000 }, (_, number) => ({
      id: String(number),
      type: 'subscribe',
      payload: { query: messageAdded, variables },
    }));
    socket.sendTogether(messages);
    const refused = await socket.receiveUpToPong();
    expect(refused.length).toBeGreaterThanOrEqual(9_800 - 200);
    expect(refused.filter(({ type }) => type !== 'error')).toEqual([]);
    socket.sendTogether(messages.map(({ id }) => ({ id, type: 'complete' })));
    expect((await socket.receiveUpToPong()).filter(({ type }) => type !== 'error')).toEqual([]);
    socket.terminate();
  });

  it('may begin and complete one operation ten thousand times', async () => {
    const socket = await RawSocket.signIn(stack.url, user.accessToken);
    const variables = { roomId, after: await user.headCursor(roomId) };
    const pair = [
      { id: '1', type: 'subscribe', payload: { query: messageAdded, variables } },
      { id: '1', type: 'complete' },
    ];
    socket.sendTogether(Array.from({ length: 10_000 }, () => pair).flat());
    expect(await socket.receiveUpToPong()).toEqual([]);
    await eventually(async () => expect(await readMetric(stack.url, 'chorus_shared_subscriptions')).toBe(1));
    socket.terminate();
  });

  it('may subscribe ten thousand times before anybody is signed in', async () => {
    const socket = await RawSocket.open(stack.url);
    const subscribe = { id: '1', type: 'subscribe', payload: { query: messageAdded } };
    socket.sendTogether(Array.from({ length: 10_000 }, () => subscribe));
    expect((await socket.closed).code).toBe(4401);
  });

  it('may be a flood of pings, of the protocol and of RFC 6455', async () => {
    const socket = await RawSocket.signIn(stack.url, user.accessToken);
    const payload = { text: 'x'.repeat(1_000) };
    socket.sendTogether(Array.from({ length: 2_000 }, () => ({ type: 'ping', payload })));
    expect(await socket.receiveUpToPong()).toHaveLength(2_000);
    socket.terminate();
    const stream = await openStream();
    stream.resume();
    const ended = hungUp(stream);
    stream.end(Buffer.concat(Array.from({ length: 10_000 }, () => frame('x'.repeat(100), { opcode: 9 }))));
    await ended;
  });

  it('may come with variables as large as a message holds', async () => {
    const socket = await RawSocket.signIn(stack.url, user.accessToken);
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, number) => [`v${number}`, number]));
    socket.subscribe('many', messageAdded, { ...many, roomId });
    socket.subscribe('large', '{ __typename }', { text: 'x'.repeat(250_000) });
    expect(await socket.receive()).toMatchObject({ id: 'large', payload: { data: { __typename: 'Query' } } });
    socket.terminate();
  });
});
