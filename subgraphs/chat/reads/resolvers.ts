import { mapAsyncIterator } from '../../../platform/async-iterators.ts';
import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';
import { countUnread } from './service.ts';

export const readResolvers: Resolvers = {
  Mutation: {
    markRoomRead: (_parent, { input }, { reads }) => toPayload(reads.markRoomRead(input)),
    markRoomUnread: (_parent, { input }, { reads }) => toPayload(reads.markRoomUnread(input)),
  },
  Subscription: {
    readStateChanged: {
      subscribe: async (_parent, _args, { signals }) =>
        mapAsyncIterator(await signals.followReadStates(), (readStateChanged) => ({ readStateChanged })),
    },
  },
  Room: {
    unreadCount: countUnread,
    unreadMentionCount: (room, _args, { reads }) => reads.countMentions(room),
    viewerReadSeq: ({ readSeq }) => readSeq,
    readReceipts: (room, args, { reads }) => reads.pageReceipts(room, args),
  },
  ReadReceipt: {
    user: ({ userId }) => ({ id: userId }),
  },
  ReadState: {
    room: ({ roomId }, _args, { rooms }) => rooms.room(roomId),
    readSeq: async ({ roomId }, _args, { rooms }) => (await rooms.room(roomId))?.readSeq ?? 0,
    unreadCount: async ({ roomId }, _args, { rooms }) => {
      const room = await rooms.room(roomId);
      return room === null ? 0 : countUnread(room);
    },
    unreadMentionCount: async ({ roomId }, _args, { rooms, reads }) => {
      const room = await rooms.room(roomId);
      return room === null ? 0 : reads.countMentions(room);
    },
  },
  User: {
    unread: ({ id }, _args, { reads }) => reads.totals(id),
  },
};
