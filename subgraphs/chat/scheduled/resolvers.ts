import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const scheduledResolvers: Resolvers = {
  Mutation: {
    scheduleMessage: (_parent, { input }, { scheduled }) => toPayload(scheduled.scheduleMessage(input)),
    updateScheduledMessage: (_parent, { input }, { scheduled }) => toPayload(scheduled.updateScheduledMessage(input)),
    cancelScheduledMessage: (_parent, { input }, { scheduled }) => toPayload(scheduled.cancelScheduledMessage(input)),
  },
  Room: {
    scheduledMessages: (room, args, { scheduled }) => scheduled.pageScheduled(room, args),
  },
  ScheduledMessage: {
    room: ({ roomId }, _args, { rooms }) => rooms.room(roomId),
    text: (record, _args, { scheduled }) => scheduled.readText(record),
    attachments: (record, _args, { scheduled }) => scheduled.readAttachments(record),
    message: ({ messageId }, _args, { messages }) => (messageId === null ? null : messages.message(messageId)),
  },
};
