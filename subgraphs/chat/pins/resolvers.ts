import { toPayload } from '../../../platform/user-errors.ts';
import { messageEventFields } from '../messages/event-fields.ts';
import type { Resolvers } from '../schema.types.ts';

export const pinResolvers: Resolvers = {
  Mutation: {
    pinMessage: (_parent, { input }, { pins }) => toPayload(pins.pinMessage(input)),
    unpinMessage: (_parent, { input }, { pins }) => toPayload(pins.unpinMessage(input)),
  },
  Room: {
    pins: (room, args, { pins }) => pins.pagePins(room, args),
  },
  Message: {
    pinnedAt: async (message, _args, { pins }) => (await pins.pinOf(message))?.pinnedAt ?? null,
  },
  Pin: {
    message: ({ roomId, messageSeq }, _args, { messages }) => messages.messageAt(roomId, messageSeq),
    pinnedBy: ({ pinnedById }) => ({ id: pinnedById }),
  },
  MessagePinned: messageEventFields,
  MessageUnpinned: messageEventFields,
};
