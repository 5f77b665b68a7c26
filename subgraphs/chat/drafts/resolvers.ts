import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const draftResolvers: Resolvers = {
  Mutation: {
    saveDraft: (_parent, { input }, { drafts }) => toPayload(drafts.saveDraft(input)),
    deleteDraft: (_parent, { input }, { drafts }) => toPayload(drafts.deleteDraft(input)),
  },
  Room: {
    drafts: (room, _args, { drafts }) => drafts.draftsIn(room),
  },
  User: {
    drafts: ({ id }, args, { drafts }) => drafts.pageDraftsOf(id, args),
  },
  Draft: {
    room: ({ roomId }, _args, { rooms }) => rooms.room(roomId),
    text: (draft, _args, { drafts }) => drafts.readText(draft),
    replyTo: ({ replyToMessageId }, _args, { messages }) =>
      replyToMessageId === null ? null : messages.message(replyToMessageId),
  },
};
