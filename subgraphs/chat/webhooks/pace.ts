import type { Logger } from 'pino';
import type { CounterState, Engine } from '../../../platform/engine/engine.ts';
import { createMemoryEngine } from '../../../platform/engine/memory.ts';

/** Calls of one webhook in one window, which begins with the first. */
export const webhookCallLimit = 60;
export const webhookWindowMilliseconds = 60_000;

/** Counts a call. Resolves to the seconds until the next one counts, or to 0 when this one is within the limit. */
export type WebhookPace = (webhookId: string) => Promise<number>;

/** Calls are counted in the engine, where all processes share them; while the broker is away each process counts for itself. */
export function createWebhookPace(engine: Pick<Engine, 'increment'>, logger: Logger): WebhookPace {
  const local = createMemoryEngine({ logger });

  async function increment(counter: string): Promise<CounterState> {
    try {
      return await engine.increment(counter, webhookWindowMilliseconds);
    } catch (error) {
      logger.debug({ error }, 'calls of webhooks are counted in this process while the broker is away');
      return local.increment(counter, webhookWindowMilliseconds);
    }
  }

  return async (webhookId) => {
    const { count, resetsInMilliseconds } = await increment(`webhook:${webhookId}`);
    return count <= webhookCallLimit ? 0 : Math.max(1, Math.ceil(resetsInMilliseconds / 1_000));
  };
}
