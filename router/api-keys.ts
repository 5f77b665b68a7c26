import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Agent } from 'undici';
import { z } from 'zod';
import { type ClientInfo, clientHeader } from '../platform/client-info.ts';
import { codedError } from '../platform/errors.ts';
import { RefusedToken } from './access-token.ts';
import type { HeaderSigner } from './context.ts';
import { identitySubgraph } from './identity-subgraph.ts';
import { createRefusedKeys } from './refused-keys.ts';

/** Keys remembered, good ones and refused ones each: a stranger's guesses must not push out those in use. */
const cacheSize = 10_000;
/** A key that was refused is asked for again after this long. */
const refusalMemoryMilliseconds = 5_000;
/** Exchanges under way at once; more wait in line. */
export const exchangesLimit = 16;
/** Exchanges that may wait. More than that are guesses, or an auth that is too slow for all: the rest is refused at once. */
export const waitingExchangesLimit = 256;
const timeoutMilliseconds = 5_000;

const answer = z.object({ accessToken: z.string(), expiresAt: z.iso.datetime() });

interface Exchanged {
  token: string;
  renewAt: number;
  endsAt: number;
}

export interface ApiKeys {
  /**
   * The access token that stands for an API key: one in use is exchanged anew at half of its token's life, behind the answer.
   * @throws RefusedToken for a key that is not good; SUBGRAPH_UNAVAILABLE, RATE_LIMITED when that can't be known
   */
  findToken(key: string, client: ClientInfo): Promise<string>;
  /** The token of a key is no longer good, which does not say that the key isn't: exchanges it anew when it comes next. */
  forgetToken(key: string): void;
  stop(): Promise<void>;
}

export interface ApiKeyOptions {
  /** Where keys are exchanged at the moment. */
  url(): URL;
  signClient: HeaderSigner<ClientInfo>;
  now: () => number;
}

/** Exchanges API keys for access tokens, so that behind this both are one. Of the keys themselves only hashes are remembered. */
export function createApiKeys({ url, signClient, now }: ApiKeyOptions): ApiKeys {
  const timeouts = { headersTimeout: timeoutMilliseconds, bodyTimeout: timeoutMilliseconds };
  const agent = new Agent({ connections: exchangesLimit, connectTimeout: timeoutMilliseconds, ...timeouts });
  const exchanged = new LRUCache<string, Exchanged>({ max: cacheSize });
  /** Until when a key counts as refused. */
  const refused = new LRUCache<string, number>({ max: cacheSize });
  const refusedKeys = createRefusedKeys(now);
  const underWay = new Map<string, Promise<string>>();

  /** Those who bring one key at the same time share one exchange. @throws RATE_LIMITED when too many wait already */
  async function exchangeOnce(name: string, key: string, client: ClientInfo): Promise<string> {
    let exchange = underWay.get(name);
    if (!exchange) {
      if (underWay.size >= exchangesLimit + waitingExchangesLimit) throw codedError('RATE_LIMITED');
      exchange = exchangeKey(name, key, client).finally(() => underWay.delete(name));
      underWay.set(name, exchange);
    }
    return exchange;
  }

  async function exchangeKey(name: string, key: string, client: ClientInfo): Promise<string> {
    const found = await ask(key, client);
    if (found === null) {
      exchanged.delete(name);
      refused.set(name, now() + refusalMemoryMilliseconds);
      refusedKeys.count(client.address);
      throw new RefusedToken('invalid');
    }
    const endsAt = Date.parse(found.expiresAt);
    exchanged.set(name, { token: found.accessToken, renewAt: (now() + endsAt) / 2, endsAt });
    return found.accessToken;
  }

  /** Null for a key that is not good. */
  async function ask(key: string, client: ClientInfo): Promise<z.output<typeof answer> | null> {
    let statusCode: number;
    const { origin, pathname: path } = url();
    try {
      const response = await agent.request({
        origin,
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json', [clientHeader]: signClient(client) },
        body: JSON.stringify({ secret: key }),
      });
      if (response.statusCode === 200) return answer.parse(await response.body.json());
      statusCode = response.statusCode;
      await response.body.dump();
    } catch {
      throw unavailable();
    }
    if (statusCode === 401) return null;
    throw statusCode === 429 ? codedError('RATE_LIMITED') : unavailable();
  }

  return {
    async findToken(key, client) {
      const name = createHash('sha256').update(key).digest('base64url');
      const known = exchanged.get(name);
      if (known && known.endsAt > now()) {
        if (known.renewAt <= now()) exchangeOnce(name, key, client).catch(() => undefined);
        return known.token;
      }
      if ((refused.get(name) ?? 0) > now()) throw new RefusedToken('invalid');
      // This key may be a good one that is only new here, so it is not called bad.
      if (!known && refusedKeys.isExhausted(client.address)) throw codedError('RATE_LIMITED');
      return exchangeOnce(name, key, client);
    },
    forgetToken(key) {
      const known = exchanged.get(createHash('sha256').update(key).digest('base64url'));
      // The key itself stays known as one that was good.
      if (known) known.endsAt = 0;
    },
    stop: () => agent.close(),
  };
}

function unavailable() {
  return codedError('SUBGRAPH_UNAVAILABLE', 'API keys can not be verified at the moment.', {
    subgraph: identitySubgraph,
  });
}
