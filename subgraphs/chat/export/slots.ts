import type { Logger } from 'pino';
import type { Engine } from '../../../platform/engine/engine.ts';
import { createMemoryEngine } from '../../../platform/engine/memory.ts';
import { newId } from '../../../platform/identifiers.ts';

/** Exports of one person at once. */
export const exportLimit = 2;

/** A slot whose process has died is free after this. */
const leaseMilliseconds = 30_000;
const renewalMilliseconds = 10_000;

type Store = Pick<Engine, 'setKey' | 'getKey' | 'deleteKey'>;

/** Takes one of a person's slots. Resolves to what gives it back, or to null when all are taken. */
export type ExportSlots = (userId: string) => Promise<(() => Promise<void>) | null>;

/** Slots are leases in the engine, where all processes share them; while the broker is away each process has its own. */
export function createExportSlots(engine: Store, logger: Logger): ExportSlots {
  const local: Store = createMemoryEngine({ logger });

  async function lease(store: Store, userId: string): Promise<(() => Promise<void>) | null> {
    const holder = newId();
    for (let slot = 0; slot < exportLimit; slot += 1) {
      const key = `export:${userId}:${slot}`;
      if (await store.setKey(key, holder, leaseMilliseconds, { onlyIfAbsent: true })) return keep(store, key, holder);
    }
    return null;
  }

  /** A broker that forgets, or is away, costs no export: the worst is one too many. */
  function keep(store: Store, key: string, holder: string): () => Promise<void> {
    const ignore = (error: unknown) => logger.debug({ error }, 'the slot of an export could not be kept');
    const renewal = setInterval(() => {
      store.setKey(key, holder, leaseMilliseconds).catch(ignore);
    }, renewalMilliseconds);
    renewal.unref();
    return async () => {
      clearInterval(renewal);
      await store
        .getKey(key)
        .then((current) => (current === holder ? store.deleteKey(key) : undefined))
        .catch(ignore);
    };
  }

  return async (userId) => {
    try {
      return await lease(engine, userId);
    } catch (error) {
      logger.debug({ error }, 'exports are counted in this process while the broker is away');
      return lease(local, userId);
    }
  };
}
