import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../test/eventually.ts';
import { createKeySet } from './key-set.ts';

const hourMilliseconds = 3_600_000;

describe('the keys of access tokens', () => {
  let server: Server;
  let url: URL;
  let published: string[];
  let isAway: boolean;
  let reads: number;
  let now: number;

  beforeEach(async () => {
    published = ['a'];
    isAway = false;
    reads = 0;
    now = 1_000_000;
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    server = createServer((_request, response) => {
      reads += 1;
      if (isAway) response.destroy();
      else response.end(JSON.stringify({ keys: published.map((kid) => ({ ...jwk, kid })) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('are read again for one that is not known yet, but not for each that a stranger makes up', async () => {
    const { findKey } = createKeySet(
      () => url,
      () => now,
    );
    expect(await findKey('a')).not.toBeNull();
    for (const made of ['x', 'y', 'z']) expect(await findKey(made)).toBeNull();
    expect(reads).toBe(1);
    published = ['a', 'b'];
    now += 10_000;
    expect(await findKey('b')).not.toBeNull();
    expect(reads).toBe(2);
  });

  it('stay known for as long as auth is away, and one that is not known is an outage, not a bad token', async () => {
    const { findKey } = createKeySet(
      () => url,
      () => now,
    );
    await findKey('a');
    isAway = true;
    now += hourMilliseconds;
    expect(await findKey('a')).not.toBeNull();
    await expect(findKey('b')).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
  });

  it('are read again although the clock was set back', async () => {
    const { findKey } = createKeySet(
      () => url,
      () => now,
    );
    await findKey('a');
    published = ['a', 'b'];
    now -= hourMilliseconds;
    expect(await findKey('b')).not.toBeNull();
  });

  it('are read again at once when it is known that they have changed', async () => {
    const { findKey, readAgain } = createKeySet(
      () => url,
      () => now,
    );
    await findKey('a');
    published = ['b'];
    readAgain();
    await eventually(async () => expect(await findKey('a')).toBeNull());
    expect(await findKey('b')).not.toBeNull();
    expect(reads).toBe(2);
  });

  it('are forgotten when auth no longer publishes them', async () => {
    const { findKey } = createKeySet(
      () => url,
      () => now,
    );
    await findKey('a');
    published = ['b'];
    now += hourMilliseconds;
    // The first answer after that long is still the old one; behind it the set is read again.
    await eventually(async () => expect(await findKey('a')).toBeNull());
  });
});
