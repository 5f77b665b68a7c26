import type { Logger } from 'pino';
import { consumeEvents } from '../../platform/durable-events/consumer.ts';
import type { EventHandlers } from '../../platform/durable-events/inbox.ts';
import type { Engine, Subscription } from '../../platform/engine/engine.ts';
import { insertProfile, type Repository, type Transaction } from './repository.ts';

/** What the user subgraph consumes: every new account gets a profile. It publishes nothing yet. */
export const eventHandlers: EventHandlers<Transaction> = {
  'auth.user.registered': (transaction, { payload, occurredAt }) =>
    insertProfile(transaction, {
      userId: payload.userId,
      displayName: payload.username,
      createdAt: new Date(occurredAt),
    }),
};

export function startConsumer(repository: Repository, engine: Engine, logger: Logger): Promise<Subscription> {
  const { database } = repository;
  return consumeEvents({ engine, database, logger, logs: ['auth'], group: 'user', handlers: eventHandlers });
}
