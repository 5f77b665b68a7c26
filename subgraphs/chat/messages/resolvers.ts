import { toPayload } from '../../../platform/user-errors.ts';
import { eventFields } from '../log/cursor.ts';
import type { Resolvers } from '../schema.types.ts';
import type { MessageRecord } from './record.ts';

export const messageResolvers: Resolvers = {
  Mutation: {
    sendMessage: (_parent, { input }, { messages }) => toPayload(messages.sendMessage(input)),
  },
  Room: {
    messages: (room, args, { messages }) => messages.pageMessages(room, args),
  },
  Message: {
    __resolveReference: ({ id }, { messages }) => messages.message(id),
    text: (message, _args, { messages }) => messages.readText(message),
    author: ({ authorId }) => ({ id: authorId }),
    room: ({ roomId }, _args, { rooms }) => rooms.room(roomId),
  },
  MessageSent: {
    ...eventFields,
    // The row is written with the event.
    message: ({ message }) => message as MessageRecord,
  },
};
