import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unknownClient } from '../platform/client-info.ts';
import { eventually } from '../test/eventually.ts';
import { type ApiKeys, createApiKeys } from './api-keys.ts';

const minute = 60_000;

describe('API keys', () => {
  let server: Server;
  let apiKeys: ApiKeys;
  /** What auth answers: a status, or nothing at all. */
  let status: number | 'away';
  let asked: { secret: string; client: unknown }[];
  let now: number;

  beforeEach(async () => {
    status = 200;
    asked = [];
    now = Date.UTC(2026, 0, 1);
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { secret } = JSON.parse(Buffer.concat(chunks).toString());
      asked.push({ secret, client: request.headers['x-chorus-client'] });
      if (status === 'away') return void response.destroy();
      const expiresAt = new Date(now + 15 * minute).toISOString();
      response.statusCode = status;
      response.end(JSON.stringify({ accessToken: `token ${asked.length} of ${secret}`, expiresAt }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api-keys/token`);
    apiKeys = createApiKeys({ url, signClient: ({ address }) => `signed ${address}`, now: () => now });
  });

  afterEach(async () => {
    await apiKeys.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const client = { ...unknownClient, address: '203.0.113.5' };
  const find = (key = 'a') => apiKeys.findToken(key, client);

  it('are exchanged for a token, once, with what is known of the client', async () => {
    expect(await find()).toBe('token 1 of a');
    expect(await find()).toBe('token 1 of a');
    expect(asked).toEqual([{ secret: 'a', client: 'signed 203.0.113.5' }]);
  });

  it('share one exchange when they come at the same time', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => find()));
    expect(new Set(tokens)).toEqual(new Set(['token 1 of a']));
    expect(asked).toHaveLength(1);
  });

  it('are exchanged anew behind an answer at half of the life of their token', async () => {
    await find();
    now += 7 * minute;
    expect(await find()).toBe('token 1 of a');
    expect(asked).toHaveLength(1);
    now += 1 * minute;
    expect(await find()).toBe('token 1 of a');
    await eventually(async () => expect(await find()).toBe('token 2 of a'));
    expect(asked).toHaveLength(2);
  });

  it('go on with the token that is known while auth is away, until it ends', async () => {
    await find();
    status = 'away';
    now += 14 * minute;
    expect(await find()).toBe('token 1 of a');
    now += 1 * minute;
    await expect(find()).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
    await expect(find('b')).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
    status = 200;
    expect(await find()).toMatch(/of a$/);
  });

  it('that are refused are remembered for some seconds only', async () => {
    status = 401;
    for (let count = 0; count < 3; count += 1) await expect(find()).rejects.toMatchObject({ reason: 'invalid' });
    expect(asked).toHaveLength(1);
    status = 200;
    now += 5_000;
    expect(await find()).toBe('token 2 of a');
  });

  it('that are refused at their renewal are refused from then on', async () => {
    await find();
    status = 401;
    now += 10 * minute;
    await find();
    await eventually(() => expect(find()).rejects.toMatchObject({ reason: 'invalid' }));
  });

  it('are not called bad when auth answers with something else', async () => {
    status = 500;
    await expect(find()).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
    status = 429;
    await expect(find()).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
    status = 200;
    expect(await find()).toMatch(/of a$/);
  });

  it('are exchanged anew when their token is no longer good', async () => {
    await find();
    apiKeys.forgetToken('a');
    expect(await find()).toBe('token 2 of a');
  });
});
