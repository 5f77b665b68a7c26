import { LRUCache } from 'lru-cache';
import { networkOf } from '../platform/network.ts';

/** Unknown keys that one address may try in one window. */
export const refusedKeysLimit = 50;
/** Counted from the first refusal; after it the count starts again. */
const windowMilliseconds = 60_000;
const networksRemembered = 10_000;

/** Counts the API keys of each client address that auth refused. */
export interface RefusedKeys {
  /** Whether so many were refused that the next unknown one is not asked for. */
  isExhausted(address: string | null): boolean;
  count(address: string | null): void;
}

export function createRefusedKeys(now: () => number): RefusedKeys {
  const networks = new LRUCache<string, { count: number; endsAt: number }>({ max: networksRemembered });

  function refusalsOf(network: string): { count: number; endsAt: number } {
    const known = networks.get(network);
    return known && known.endsAt > now() ? known : { count: 0, endsAt: now() + windowMilliseconds };
  }

  return {
    isExhausted: (address) => refusalsOf(networkOf(address)).count >= refusedKeysLimit,
    count(address) {
      const network = networkOf(address);
      const { count, endsAt } = refusalsOf(network);
      networks.set(network, { count: count + 1, endsAt });
    },
  };
}
