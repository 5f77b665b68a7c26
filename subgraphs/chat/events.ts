import type { Logger } from 'pino';
import { consumeEvents } from '../../platform/durable-events/consumer.ts';
import type { EventHandlers } from '../../platform/durable-events/inbox.ts';
import { envelope } from '../../platform/durable-events/outbox.ts';
import type { Engine, Subscription } from '../../platform/engine/engine.ts';
import type { EventEnvelope, EventPayloads } from '../../platform/events.ts';
import type { TraceParent } from '../../platform/trace.ts';
import { type Repository, saveHandle, type Transaction } from './repository.ts';

/** What chat publishes. */
export function messageSent(
  payload: EventPayloads['chat.message.sent'],
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'chat.message.sent'> {
  return envelope('chat.message.sent', payload, trace, occurredAt);
}

/** What chat consumes: the handles of new accounts, to find whom a message mentions. */
export const eventHandlers: EventHandlers<Transaction> = {
  'auth.user.registered': (transaction, { payload }) =>
    saveHandle(transaction, payload.userId, payload.username.toLowerCase()),
};

export function startConsumer(repository: Repository, engine: Engine, logger: Logger): Promise<Subscription> {
  const { database } = repository;
  return consumeEvents({ engine, database, logger, logs: ['auth'], group: 'chat', handlers: eventHandlers });
}
