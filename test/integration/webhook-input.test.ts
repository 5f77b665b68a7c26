import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { callWebhook, createWebhook, refusalOf } from '../webhooks.ts';

let stack: TestStack;
let owner: TestClient;

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.register('owner');
});

afterAll(() => stack?.stop());

const call = (path: string, body: unknown, headers?: Record<string, string>) =>
  callWebhook(stack.url, path, body, headers);

const history = 'query ($id: ID!) { room(id: $id) { messages(last: 1) { nodes { id } } } }';

describe('what a webhook is called with', () => {
  let path: string;
  let roomId: string;

  beforeAll(async () => {
    roomId = await owner.createRoom();
    ({ path } = await createWebhook(owner, roomId));
  });

  const file = { url: 'https://example.org/a', name: 'a', contentType: 'text/plain', sizeBytes: 1 };
  const broken: [string, string | object, number, string][] = [
    ['no JSON', 'text', 400, 'BAD_REQUEST'],
    ['nothing', '', 400, 'BAD_REQUEST'],
    ['half a JSON object', '{"text":', 400, 'BAD_REQUEST'],
    ['a list', [], 400, 'BAD_REQUEST'],
    ['null', 'null', 400, 'BAD_REQUEST'],
    ['a text alone', '"hello"', 400, 'BAD_REQUEST'],
    ['a number for a text', { text: 1 }, 400, 'BAD_REQUEST'],
    ['an object for a text', { text: { toString: 'x' } }, 400, 'BAD_REQUEST'],
    ['null for a text', { text: null }, 400, 'BAD_REQUEST'],
    ['a field that is not known', { text: 'hello', roomId: 'x' }, 400, 'BAD_REQUEST'],
    ['a prototype', '{"text":"hello","__proto__":{"isAdmin":true}}', 400, 'BAD_REQUEST'],
    ['a constructor', '{"text":"hello","constructor":{"prototype":{"a":1}}}', 400, 'BAD_REQUEST'],
    ['an attachment with a prototype', '{"text":"a","attachments":[{"__proto__":{}}]}', 400, 'BAD_REQUEST'],
    ['a list as a name', { text: 'hello', clientMessageId: ['a'] }, 400, 'BAD_REQUEST'],
    ['nothing to see', {}, 400, 'MESSAGE_EMPTY'],
    ['blanks', { text: ' \t\u200b\n' }, 400, 'MESSAGE_EMPTY'],
    ['broken UTF-16', '{"text":"a\\ud800b"}', 400, 'MESSAGE_INVALID'],
    ['a control character', { text: 'a\u0007b' }, 400, 'MESSAGE_INVALID'],
    ['a null character', { text: 'a\u0000b' }, 400, 'MESSAGE_INVALID'],
    ['10,000 combining marks', { text: `a${'\u0301'.repeat(10_000)}` }, 400, 'MESSAGE_INVALID'],
    ['8,001 characters', { text: 'a'.repeat(8_001) }, 400, 'MESSAGE_TOO_LONG'],
    ['a name with a blank', { text: 'a', clientMessageId: 'a b' }, 400, 'CLIENT_MESSAGE_ID_INVALID'],
    ['a name of 65 characters', { text: 'a', clientMessageId: 'a'.repeat(65) }, 400, 'CLIENT_MESSAGE_ID_INVALID'],
    ['11 attachments', { text: 'a', attachments: Array(11).fill(file) }, 400, 'ATTACHMENT_LIMIT_REACHED'],
    ['a script as a URL', { attachments: [{ ...file, url: 'javascript:alert(1)' }] }, 400, 'ATTACHMENT_INVALID'],
    ['a size that is too large', { attachments: [{ ...file, sizeBytes: 2 ** 31 }] }, 400, 'BAD_REQUEST'],
    ['a size that is half a byte', { attachments: [{ ...file, sizeBytes: 0.5 }] }, 400, 'BAD_REQUEST'],
    ['70,000 bytes', { text: 'a'.repeat(70_000) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['JSON that is 20,000 lists deep', `{"text":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 400, 'BAD_REQUEST'],
  ];

  it.each(broken)('is refused when it is %s', async (_what, body, status, code) => {
    expect(refusalOf(await call(path, body))).toEqual([status, code]);
    const { messages } = await owner.run(history, { id: roomId });
    expect(messages.nodes).toEqual([]);
  });

  it('is JSON, and not compressed', async () => {
    const { path } = await createWebhook(owner, roomId);
    expect(refusalOf(await call(path, 'text=hello', { 'content-type': 'application/x-www-form-urlencoded' }))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(refusalOf(await call(path, 'hello', { 'content-type': 'text/plain' }))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(refusalOf(await call(path, '{}', { 'content-encoding': 'gzip' }))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    const typed = { 'content-type': 'application/json; charset=utf-8' };
    expect((await call(path, { text: 'hello' }, typed)).status).toBe(201);
  });

  it('counts without who sends it: no cookie, no token, not even a bad one', async () => {
    const { path } = await createWebhook(owner, roomId);
    const headers = {
      authorization: 'Bearer nonsense',
      cookie: '__Host-chorus_access=nonsense',
      origin: 'https://evil.example',
    };
    expect((await call(path, { text: 'hello' }, headers)).status).toBe(201);
    expect((await fetch(new URL(path, stack.url))).status).toBe(404);
  });
});
