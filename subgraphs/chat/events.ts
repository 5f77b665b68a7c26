import type { Logger } from 'pino';
import { consumeEvents } from '../../platform/durable-events/consumer.ts';
import type { EventHandlers } from '../../platform/durable-events/inbox.ts';
import { envelope } from '../../platform/durable-events/outbox.ts';
import type { Engine, Subscription } from '../../platform/engine/engine.ts';
import type { EventEnvelope, EventPayloads } from '../../platform/events.ts';
import type { TraceParent } from '../../platform/trace.ts';
import { endAccount } from './accounts/ending.ts';
import { saveHandle, savePause } from './accounts/repository.ts';
import { saveBlock } from './blocks/repository.ts';
import type { ChatDependencies } from './dependencies.ts';
import type { RoomEventRecord } from './log/record.ts';
import type { Transaction } from './repository.ts';
import { revokeDirectDecisions } from './rooms/repository.ts';

/** What chat publishes. */
export function messageSent(
  payload: EventPayloads['chat.message.sent'],
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'chat.message.sent'> {
  return envelope('chat.message.sent', payload, trace, occurredAt);
}

export function messageEdited(
  payload: EventPayloads['chat.message.edited'],
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<'chat.message.edited'> {
  return envelope('chat.message.edited', payload, trace, occurredAt);
}

/** What chat consumes: the handles of accounts, to find whom a message mentions, their pauses and their end, and who has blocked whom. */
export function createEventHandlers(publish: (event: RoomEventRecord) => void): EventHandlers<Transaction> {
  const keepHandle = (
    transaction: Transaction,
    { payload, occurredAt }: EventEnvelope<'auth.user.registered' | 'auth.user.renamed'>,
  ) => saveHandle(transaction, payload.userId, payload.username.toLowerCase(), new Date(occurredAt));
  const keepBlock = async (
    transaction: Transaction,
    { payload, occurredAt }: EventEnvelope<'user.user.blocked' | 'user.user.unblocked'>,
    isBlocked: boolean,
  ) => {
    await saveBlock(transaction, payload, isBlocked, new Date(occurredAt));
    await revokeDirectDecisions(transaction, payload.blockerId, payload.blockedId);
  };
  return {
    'auth.user.registered': keepHandle,
    'auth.user.renamed': keepHandle,
    'auth.user.paused': (transaction, { payload: { userId, until }, occurredAt }) => {
      const pause = { isPaused: true, until: until === null ? null : new Date(until) };
      return savePause(transaction, userId, pause, new Date(occurredAt));
    },
    'auth.user.resumed': (transaction, { payload, occurredAt }) =>
      savePause(transaction, payload.userId, { isPaused: false, until: null }, new Date(occurredAt)),
    'auth.user.deleted': async (transaction, { payload, occurredAt }) => {
      const events = await endAccount(transaction, payload.userId, new Date(occurredAt));
      return () => {
        for (const event of events) publish(event);
      };
    },
    'user.user.blocked': (transaction, event) => keepBlock(transaction, event, true),
    'user.user.unblocked': (transaction, event) => keepBlock(transaction, event, false),
  };
}

export function startConsumer(
  { database, feed, purging }: Pick<ChatDependencies, 'database' | 'feed' | 'purging'>,
  engine: Engine,
  logger: Logger,
): Promise<Subscription> {
  const handlers = createEventHandlers((event) => {
    feed.publish(event.roomId, event);
    if (event.kind === 'ROOM_DELETED') purging.begin(event.roomId);
  });
  return consumeEvents({ engine, database, logger, logs: ['auth', 'user'], group: 'chat', handlers });
}
