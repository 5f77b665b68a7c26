import { scalarResolvers } from '../../platform/scalars.ts';
import type { Resolvers } from './schema.types.ts';
import { notificationCursor } from './service.ts';

export const resolvers: Resolvers = {
  ...scalarResolvers,
  Subscription: {
    notificationAdded: {
      subscribe: (_parent, { after }, { service }) =>
        service.followNotifications(after ?? null, (notificationAdded) => ({ notificationAdded })) as never,
    },
  },
  NotificationEvent: {
    cursor: notificationCursor,
    occurredAt: ({ createdAt }) => createdAt,
    notification: (record) => record,
  },
  Notification: {
    __resolveReference: ({ id }, { service }) => service.notification(id),
    actor: ({ actorId }) => (actorId === null ? null : { id: actorId }),
    room: ({ roomId }) => ({ id: roomId }),
    message: ({ messageId }) => ({ id: messageId }),
  },
  User: {
    notifications: ({ id }, args, { service }) => service.pageNotificationsOf(id, args),
  },
};
