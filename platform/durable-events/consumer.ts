import type { Logger } from 'pino';
import type { SqlClient, TransactionalClient } from '../database.ts';
import type { Engine, Subscription } from '../engine/engine.ts';
import type { EventEnvelope, EventName } from '../events.ts';
import { recordDeadLetter } from './dead-letters.ts';

/** What follows an effect outside the database, once it is committed: a live publication, say. Must not throw. */
export type AfterCommit = () => void;

/**
 * What a subgraph does with the events it cares for. The effect must be written through the given transaction; what is
 * to follow its commit is handed back.
 */
export type EventHandlers<Transaction> = {
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler with nothing to follow returns nothing.
  [Name in EventName]?: (transaction: Transaction, event: EventEnvelope<Name>) => Promise<AfterCommit | void>;
};

export interface ConsumerOptions<Transaction extends SqlClient> {
  engine: Engine;
  database: TransactionalClient<Transaction>;
  /** The logs to read, each the name of a subgraph. */
  logs: readonly string[];
  /** The consuming subgraph. */
  group: string;
  handlers: EventHandlers<Transaction>;
  logger: Logger;
}

/** How deliveries are repeated; `docs/OPERATIONS.md` explains the values. */
export const deliveryPolicy = {
  abandonedAfterMilliseconds: 30_000,
  retryDelayMilliseconds: 1_000,
  maximumAttempts: 5,
} as const;

/** Inbox rows are kept longer than any outbox keeps what it may publish again. */
const inboxRetentionDays = 45;
const inboxCleaningMilliseconds = 3_600_000;

/** Consumes events with an effect exactly once each: a repeat finds its id in the inbox and does nothing. */
export async function consumeEvents<Transaction extends SqlClient>(
  options: ConsumerOptions<Transaction>,
): Promise<Subscription> {
  const consumers = await Promise.all(options.logs.map((log) => consumeLog(log, options)));
  const cleaning = setInterval(() => void cleanInbox(options), inboxCleaningMilliseconds);
  return {
    async stop() {
      clearInterval(cleaning);
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    },
  };
}

function consumeLog<Transaction extends SqlClient>(
  log: string,
  { engine, group, database, handlers, logger }: ConsumerOptions<Transaction>,
): Promise<Subscription> {
  return engine.consume(log, group, {
    ...deliveryPolicy,
    async onEntry(delivery) {
      await applyEvent(database, handlers, JSON.parse(delivery.value) as EventEnvelope);
    },
    async onPoison(delivery, error) {
      await recordDeadLetter(database, delivery, error);
      logger.error({ error, log, attempts: delivery.attempt }, 'an event became a dead letter');
    },
  });
}

async function cleanInbox({ database, logger }: { database: SqlClient; logger: Logger }): Promise<void> {
  try {
    await database.$executeRaw`
      DELETE FROM inbox WHERE received_at < now() - ${inboxRetentionDays} * interval '1 day'`;
  } catch (error) {
    logger.warn({ error }, 'the inbox could not be cleaned; it will be tried again');
  }
}

/** Applies one event in one transaction with its inbox row; a repeat, or an event that nobody here handles, has no effect. */
export async function applyEvent<Transaction extends SqlClient>(
  database: TransactionalClient<Transaction>,
  handlers: EventHandlers<Transaction>,
  event: EventEnvelope,
): Promise<void> {
  // The map's type ties each name to its payload; looked up by a name known only at run time, that tie is lost.
  const handler = handlers[event.name] as
    | ((
        transaction: Transaction,
        event: EventEnvelope,
      ) => ReturnType<NonNullable<EventHandlers<Transaction>[EventName]>>)
    | undefined;
  if (handler === undefined) return;
  const afterCommit = await database.$transaction(async (transaction) => {
    const recorded = await transaction.$executeRaw`
      INSERT INTO inbox (event_id, received_at) VALUES (${event.id}::uuid, now()) ON CONFLICT DO NOTHING`;
    return recorded === 0 ? undefined : handler(transaction, event);
  });
  afterCommit?.();
}
