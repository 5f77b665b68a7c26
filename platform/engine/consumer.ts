import type { Logger } from 'pino';
import type { ConsumeOptions, Delivery, LogEntry, Subscription } from './engine.ts';

export interface TakenDelivery extends Delivery {
  /** Whether it was taken from a member that died holding it, and not read fresh or after a failure. */
  abandoned: boolean;
}

/** Where the deliveries of one member of a consumer group come from: what differs from broker to broker. */
export interface DeliverySource {
  /**
   * Waits a while for deliveries and resolves to at most `limit` of them, possibly none. Never rejects: a source
   * deals with the troubles of its broker itself.
   */
  take(limit: number): Promise<TakenDelivery[]>;
  /** The entry is done for the group. Never rejects. */
  complete(id: string): Promise<void>;
  /** The entry is to be delivered again after the retry delay. Never rejects. */
  retryLater(id: string): Promise<void>;
  /** Makes a `take` that waits resolve soon. */
  interrupt(): void;
  /** Called last, when nothing is in progress. */
  close(): Promise<void>;
}

/** Runs one member of a consumer group: takes deliveries, a bounded number at a time, and settles each. */
export function startConsumer(source: DeliverySource, options: ConsumeOptions, logger: Logger): Subscription {
  const concurrency = options.concurrency ?? 1;
  const inProgress = new Map<string, Promise<void>>();
  let phase: 'consuming' | 'stopping' = 'consuming';

  async function settle(delivery: TakenDelivery): Promise<void> {
    const outcome = await handle(delivery, options, logger);
    await (outcome === 'done' ? source.complete(delivery.id) : source.retryLater(delivery.id));
    inProgress.delete(delivery.id);
  }

  async function run(): Promise<void> {
    while (phase === 'consuming') {
      const deliveries = await source.take(concurrency - inProgress.size);
      for (const delivery of deliveries) {
        // After losing touch with the broker for long, a member may be handed what it is still working on.
        if (!inProgress.has(delivery.id)) inProgress.set(delivery.id, settle(delivery));
      }
      if (inProgress.size >= concurrency) await Promise.race(inProgress.values());
    }
    await Promise.all(inProgress.values());
    await source.close();
  }

  const running = run();
  return {
    async stop() {
      phase = 'stopping';
      source.interrupt();
      await running;
    },
  };
}

/** Runs a delivery through its handlers and says what is to become of the entry. */
async function handle(delivery: TakenDelivery, options: ConsumeOptions, logger: Logger): Promise<'done' | 'retry'> {
  const { abandoned: _abandoned, ...plain } = delivery;
  try {
    // An entry that kills its consumers never comes to fail; without this it would go on killing them for ever.
    if (delivery.abandoned && delivery.attempt > options.maximumAttempts) {
      throw new Error(`The consumer died while it handled this entry, at attempt ${delivery.attempt - 1}.`);
    }
    await options.onEntry(plain);
    return 'done';
  } catch (error) {
    if (delivery.attempt < options.maximumAttempts) {
      logger.warn({ error, entry: delivery.id, attempt: delivery.attempt }, 'a log entry failed and will be retried');
      return 'retry';
    }
    return handlePoison(plain, error, options, logger);
  }
}

async function handlePoison(
  delivery: Delivery,
  error: unknown,
  options: ConsumeOptions,
  logger: Logger,
): Promise<'done' | 'retry'> {
  try {
    await options.onPoison(delivery, error);
    return 'done';
  } catch (poisonError) {
    logger.error({ error: poisonError, entry: delivery.id }, 'a poison log entry could not be put aside; it stays');
    return 'retry';
  }
}

/** Hands an entry to the reader of a tail. What that throws is logged: the next entry must come all the same. */
export function handEntry(entry: LogEntry, onEntry: (entry: LogEntry) => void, logger: Logger): void {
  try {
    onEntry(entry);
  } catch (error) {
    logger.error({ error, entry: entry.id }, 'the reader of a log failed on an entry');
  }
}
