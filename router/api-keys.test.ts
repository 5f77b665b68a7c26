import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unknownClient } from '../platform/client-info.ts';
import { eventually } from '../test/eventually.ts';
import { type ApiKeys, createApiKeys, exchangesLimit, waitingExchangesLimit } from './api-keys.ts';
import { refusedKeysLimit } from './refused-keys.ts';

const minute = 60_000;

describe('API keys', () => {
  let server: Server;
  let apiKeys: ApiKeys;
  /** What auth answers: a status, or nothing at all. */
  let status: number | 'away';
  let asked: { secret: string; client: unknown }[];
  /** What auth waits for before it answers. */
  let gate: Promise<void>;
  let now: number;

  beforeEach(async () => {
    status = 200;
    asked = [];
    gate = Promise.resolve();
    now = Date.UTC(2026, 0, 1);
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { secret } = JSON.parse(Buffer.concat(chunks).toString());
      asked.push({ secret, client: request.headers['x-chorus-client'] });
      await gate;
      if (status === 'away') return void response.destroy();
      const expiresAt = new Date(now + 15 * minute).toISOString();
      response.statusCode = status;
      response.end(JSON.stringify({ accessToken: `token ${asked.length} of ${secret}`, expiresAt }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api-keys/token`);
    apiKeys = createApiKeys({ url: () => url, signClient: ({ address }) => `signed ${address}`, now: () => now });
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

  it('are exchanged so many at a time, so many wait, and more are refused at once', async () => {
    const release = Promise.withResolvers<void>();
    gate = release.promise;
    const room = exchangesLimit + waitingExchangesLimit;
    const exchanges = Array.from({ length: room }, (_, index) => find(`key ${index}`));
    await expect(find('one more')).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
    // Those who bring a key that is being exchanged need no room.
    const shared = find('key 0');
    await eventually(() => expect(asked).toHaveLength(exchangesLimit));
    release.resolve();
    expect(new Set(await Promise.all(exchanges)).size).toBe(room);
    expect(await shared).toBe(await exchanges[0]);
    expect(await find('one more')).toMatch(/of one more$/);
  });

  it('that nobody knows are not asked for any more after many from one address, for a while', async () => {
    const good = await find('in use');
    status = 401;
    for (let index = 0; index < refusedKeysLimit; index += 1) {
      await expect(find(`guess ${index}`)).rejects.toMatchObject({ reason: 'invalid' });
    }
    const before = asked.length;
    for (let index = 0; index < 10; index += 1) {
      await expect(find(`next guess ${index}`)).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
    }
    expect(asked).toHaveLength(before);
    status = 200;
    expect(await find('in use')).toBe(good);
    expect(await apiKeys.findToken('elsewhere', { ...client, address: '203.0.113.6' })).toMatch(/of elsewhere$/);
    apiKeys.forgetToken('in use');
    expect(await find('in use')).not.toBe(good);
    now += minute;
    expect(await find('next guess 0')).toMatch(/of next guess 0$/);
  });

  it('are counted by network: who has one of IPv6 has many addresses', async () => {
    status = 401;
    const findFrom = (host: number) =>
      apiKeys.findToken(`guess ${host}`, { ...client, address: `2001:db8:1:2::${host.toString(16)}` });
    for (let host = 0; host < refusedKeysLimit; host += 1) {
      await expect(findFrom(host)).rejects.toMatchObject({ reason: 'invalid' });
    }
    await expect(findFrom(refusedKeysLimit)).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
  });

  it('are exchanged anew when their token is no longer good', async () => {
    await find();
    apiKeys.forgetToken('a');
    expect(await find()).toBe('token 2 of a');
  });
});
