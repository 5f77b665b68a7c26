import type { Logger } from 'pino';
import { consumeEvents } from '../../platform/durable-events/consumer.ts';
import type { EventHandlers } from '../../platform/durable-events/inbox.ts';
import type { Engine, Subscription } from '../../platform/engine/engine.ts';
import type { EventEnvelope } from '../../platform/events.ts';
import type { LogFeed } from '../../platform/log-feed/log-feed.ts';
import {
  deleteNotificationsOf,
  insertNotifications,
  type NotificationRecord,
  type Repository,
  saveBlock,
  type Transaction,
} from './repository.ts';

/**
 * What the notification subgraph consumes: a mention notifies, but for one by somebody whom the mentioned person has blocked,
 * and an account that ends takes its notifications along.
 * It publishes nothing durable.
 */
export function createEventHandlers(
  publish: (userId: string, notification: NotificationRecord) => void,
): EventHandlers<Transaction> {
  const notifyMentioned = async (
    transaction: Transaction,
    { payload, occurredAt }: EventEnvelope<'chat.message.sent' | 'chat.message.edited'>,
  ) => {
    const notifications = await insertNotifications(transaction, {
      userIds: payload.mentionedUserIds,
      kind: 'MENTION',
      actorId: 'isFromWebhook' in payload ? null : payload.authorId,
      roomId: payload.roomId,
      messageId: payload.messageId,
      createdAt: new Date(occurredAt),
    });
    return () => {
      for (const notification of notifications) publish(notification.userId, notification);
    };
  };
  return {
    'auth.user.deleted': (transaction, { payload, occurredAt }) =>
      deleteNotificationsOf(transaction, payload.userId, new Date(occurredAt)),
    'user.user.blocked': (transaction, { payload, occurredAt }) =>
      saveBlock(transaction, payload, true, new Date(occurredAt)),
    'user.user.unblocked': (transaction, { payload, occurredAt }) =>
      saveBlock(transaction, payload, false, new Date(occurredAt)),
    'chat.message.sent': notifyMentioned,
    'chat.message.edited': notifyMentioned,
  };
}

/** Most messages mention nobody. */
function ignores({ payload }: EventEnvelope): boolean {
  return 'mentionedUserIds' in payload && payload.mentionedUserIds.length === 0;
}

export function startConsumer(
  repository: Repository,
  feed: LogFeed<NotificationRecord>,
  engine: Engine,
  logger: Logger,
): Promise<Subscription> {
  const handlers = createEventHandlers((userId, notification) => feed.publish(userId, notification));
  const { database } = repository;
  return consumeEvents({
    engine,
    database,
    logger,
    logs: ['auth', 'user', 'chat'],
    group: 'notification',
    handlers,
    ignores,
  });
}
