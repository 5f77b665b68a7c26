import { toPayload } from '../../../platform/user-errors.ts';
import { eventFields } from '../log/cursor.ts';
import type { Resolvers } from '../schema.types.ts';
import { messageEventFields } from './event-fields.ts';
import type { MessageRecord } from './record.ts';

export const messageResolvers: Resolvers = {
  Mutation: {
    sendMessage: (_parent, { input }, { messages }) => toPayload(messages.sendMessage(input)),
    forwardMessage: (_parent, { input }, { messages }) => toPayload(messages.forwardMessage(input)),
    editMessage: (_parent, { input }, { messages }) => toPayload(messages.editMessage(input)),
    deleteMessage: (_parent, { input }, { messages }) => toPayload(messages.deleteMessage(input)),
  },
  Room: {
    messages: (room, args, { messages }) => messages.pageMessages(room, args),
    messagesAround: (room, args, { messages }) => messages.messagesAround(room, args),
  },
  Message: {
    __resolveReference: ({ id }, { messages }) => messages.message(id),
    text: (message, _args, { messages }) => messages.readText(message),
    attachments: (message, _args, { messages }) => messages.readAttachments(message),
    author: ({ authorId, webhookId }) => (webhookId ? null : { id: authorId }),
    room: ({ roomId }, _args, { rooms }) => rooms.room(roomId),
    mentions: (message, _args, { messages }) => messages.mentionsOf(message),
    mentionsRoom: (message, _args, { messages }) => messages.mentionsRoom(message),
    edits: (message, args, { messages }) => messages.pageEdits(message, args),
    replyTo: ({ roomId, replyToSeq }, _args, { messages }) => messages.messageAt(roomId, replyToSeq),
    thread: (message, _args, { messages }) => messages.thread(message),
    replies: (message, args, { messages }) => messages.pageReplies(message, args),
    isForwarded: ({ forwardedFromId }) => forwardedFromId !== null,
    forwardedFrom: (message, _args, { messages }) => messages.forwardedFrom(message),
  },
  Mention: {
    user: ({ userId }) => ({ id: userId }),
  },
  MessageEdit: {
    text: (edit, _args, { messages }) => messages.readEdit(edit),
  },
  Thread: {
    root: ({ roomId, rootSeq }, _args, { messages }) => messages.messageAt(roomId, rootSeq),
  },
  MessageSent: {
    ...eventFields,
    // The row is written with the event.
    message: ({ message }) => message as MessageRecord,
  },
  MessageEdited: {
    ...messageEventFields,
    version: ({ data }) => data.version,
  },
  MessageDeleted: messageEventFields,
};
