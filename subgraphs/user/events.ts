import type { Logger } from 'pino';
import { consumeEvents } from '../../platform/durable-events/consumer.ts';
import type { EventHandlers } from '../../platform/durable-events/inbox.ts';
import type { Engine, Subscription } from '../../platform/engine/engine.ts';
import { deleteProfile, insertProfile, type Repository, type Transaction } from './repository.ts';

/**
 * What the user subgraph consumes: every new account gets a profile, and takes it along when it ends. A new username
 * changes nothing here: the display name is the person's own choice. It publishes nothing yet.
 */
export const eventHandlers: EventHandlers<Transaction> = {
  'auth.user.registered': (transaction, { payload, occurredAt }) =>
    insertProfile(transaction, {
      userId: payload.userId,
      displayName: payload.username,
      createdAt: new Date(occurredAt),
    }),
  'auth.user.deleted': (transaction, { payload, occurredAt }) =>
    deleteProfile(transaction, payload.userId, new Date(occurredAt)),
};

export function startConsumer(repository: Repository, engine: Engine, logger: Logger): Promise<Subscription> {
  const { database } = repository;
  return consumeEvents({ engine, database, logger, logs: ['auth'], group: 'user', handlers: eventHandlers });
}
