import type { Logger } from 'pino';
import { consumeEvents } from '../../platform/durable-events/consumer.ts';
import type { EventHandlers } from '../../platform/durable-events/inbox.ts';
import { envelope } from '../../platform/durable-events/outbox.ts';
import type { Engine, Subscription } from '../../platform/engine/engine.ts';
import type { EventEnvelope } from '../../platform/events.ts';
import type { TraceParent } from '../../platform/trace.ts';
import { deleteBlocks } from './blocks/repository.ts';
import { deleteProfile, insertProfile, type Repository, type Transaction } from './repository.ts';

/** What the user subgraph publishes: who wants no direct contact with whom. */
export function userBlocked(
  payload: { blockerId: string; blockedId: string },
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'user.user.blocked'> {
  return envelope('user.user.blocked', payload, trace, occurredAt);
}

export function userUnblocked(
  payload: { blockerId: string; blockedId: string },
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'user.user.unblocked'> {
  return envelope('user.user.unblocked', payload, trace, occurredAt);
}

/**
 * What the user subgraph consumes: every new account gets a profile, and takes it along when it ends. A new username
 * changes nothing here: the display name is the person's own choice.
 */
export const eventHandlers: EventHandlers<Transaction> = {
  'auth.user.registered': (transaction, { payload, occurredAt }) =>
    insertProfile(transaction, {
      userId: payload.userId,
      displayName: payload.username,
      createdAt: new Date(occurredAt),
    }),
  'auth.user.deleted': async (transaction, { payload, occurredAt }) => {
    // The profile first: whoever blocks or is blocked holds it, so that no block is written behind the removal.
    await deleteProfile(transaction, payload.userId, new Date(occurredAt));
    await deleteBlocks(transaction, payload.userId);
  },
};

export function startConsumer(repository: Repository, engine: Engine, logger: Logger): Promise<Subscription> {
  const { database } = repository;
  return consumeEvents({ engine, database, logger, logs: ['auth'], group: 'user', handlers: eventHandlers });
}
