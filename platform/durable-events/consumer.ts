import type { Logger } from 'pino';
import type { SqlClient, TransactionalClient } from '../database.ts';
import type { Engine, Subscription } from '../engine/engine.ts';
import type { EventEnvelope } from '../events.ts';
import { recordDeadLetter } from './dead-letters.ts';
import { applyEvent, cleanInbox, type EventHandlers } from './inbox.ts';

export interface ConsumerOptions<Transaction extends SqlClient> {
  engine: Engine;
  database: TransactionalClient<Transaction>;
  /** The logs to read, each the name of a subgraph. */
  logs: readonly string[];
  /** The consuming subgraph. */
  group: string;
  handlers: EventHandlers<Transaction>;
  /** Events that would have no effect: nothing is written for them, not even that they came. Default: none. */
  ignores?(event: EventEnvelope): boolean;
  logger: Logger;
}

/** How deliveries are repeated; `docs/OPERATIONS.md` explains the values. */
export const deliveryPolicy = {
  abandonedAfterMilliseconds: 30_000,
  retryDelayMilliseconds: 1_000,
  maximumAttempts: 5,
} as const;

const inboxCleaningMilliseconds = 3_600_000;

/** Consumes events with an effect exactly once each: a repeat finds its id in the inbox and does nothing. */
export async function consumeEvents<Transaction extends SqlClient>(
  options: ConsumerOptions<Transaction>,
): Promise<Subscription> {
  const consumers = await Promise.all(options.logs.map((log) => consumeLog(log, options)));
  const cleaning = setInterval(() => {
    cleanInbox(options.database).catch((error: unknown) => {
      options.logger.warn({ error }, 'the inbox could not be cleaned; it will be tried again');
    });
  }, inboxCleaningMilliseconds);
  return {
    async stop() {
      clearInterval(cleaning);
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    },
  };
}

function consumeLog<Transaction extends SqlClient>(
  log: string,
  { engine, group, database, handlers, ignores, logger }: ConsumerOptions<Transaction>,
): Promise<Subscription> {
  return engine.consume(log, group, {
    ...deliveryPolicy,
    async onEntry(delivery) {
      const event = JSON.parse(delivery.value) as EventEnvelope;
      if (!ignores?.(event)) await applyEvent(database, handlers, event);
    },
    async onPoison(delivery, error) {
      await recordDeadLetter(database, delivery, error);
      logger.error({ error, log, attempts: delivery.attempt }, 'an event became a dead letter');
    },
  });
}
