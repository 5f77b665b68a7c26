import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import { codedError } from '../platform/errors.ts';
import { identitySubgraph } from './identity-subgraph.ts';

const keySet = z.object({
  keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('EC'), crv: z.literal('P-256') })),
});

/** An unknown key id makes the set be read again, but not more often than this: ids are a stranger's to choose. */
const rereadMilliseconds = 2_000;
const timeoutMilliseconds = 5_000;
/** Keys are read again after this long, so that one which auth has withdrawn is not trusted for ever. */
const longestMemoryMilliseconds = 600_000;

/** Finds a public key by its id; null when auth does not publish it. @throws SUBGRAPH_UNAVAILABLE when that can't be known. */
export type FindKey = (keyId: string) => Promise<KeyObject | null>;

export interface KeySet {
  findKey: FindKey;
  /** Reads the set anew, because it is known to have changed. Should that fail, the next unknown id tries again. */
  readAgain(): void;
}

/** Auth's public keys (RFC 7517), remembered, and read again when a token names one that is not known yet. `url` is where they are now. */
export function createKeySet(url: () => URL, now: () => number): KeySet {
  let keys = new Map<string, KeyObject>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    try {
      const response = await request(url(), { headersTimeout: timeoutMilliseconds, bodyTimeout: timeoutMilliseconds });
      const { keys: published } = keySet.parse(await response.body.json());
      keys = new Map(published.map((key) => [key.kid, createPublicKey({ key: key as JsonWebKey, format: 'jwk' })]));
      readAt = now();
    } catch {
      throw codedError('SUBGRAPH_UNAVAILABLE', 'Access tokens can not be verified at the moment.', {
        subgraph: identitySubgraph,
      });
    } finally {
      reading = null;
    }
  }

  function readOnce(): Promise<void> {
    reading ??= read();
    return reading;
  }

  return {
    async findKey(keyId) {
      const known = keys.get(keyId);
      // A clock that was set back must not make the set look fresh until it has caught up.
      const age = Math.abs(now() - readAt);
      if (known) {
        // Behind the answer, not before it: while auth is away, those who are signed in stay so.
        if (age >= longestMemoryMilliseconds) readOnce().catch(() => undefined);
        return known;
      }
      if (age < rereadMilliseconds) return null;
      await readOnce();
      return keys.get(keyId) ?? null;
    },
    readAgain() {
      // An answer that is under way may be from before the change.
      const begun = reading ?? Promise.resolve();
      begun
        .catch(() => undefined)
        .then(() => {
          readAt = Number.NEGATIVE_INFINITY;
          return readOnce();
        })
        .catch(() => undefined);
    },
  };
}
