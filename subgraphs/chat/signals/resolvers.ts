import { mapAsyncIterator } from '../../../platform/async-iterators.ts';
import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';
import type { RoomSignalRecord } from './record.ts';

const user = ({ userId }: RoomSignalRecord) => ({ id: userId });

export const signalResolvers: Resolvers = {
  Mutation: {
    signalTyping: (_parent, { input }, { signals }) => toPayload(signals.signalTyping(input)),
  },
  Subscription: {
    roomSignals: {
      subscribe: async (_parent, { roomId }, { signals }) =>
        mapAsyncIterator(await signals.followRoom(roomId), (roomSignals) => ({ roomSignals })),
    },
  },
  RoomSignal: {
    __resolveType: (signal) => {
      if (signal.kind === 'READ') return 'ReadMarkMoved';
      return signal.expiresAt === null ? 'TypingStopped' : 'TypingStarted';
    },
  },
  TypingStarted: {
    user,
    // What has ended is another type.
    expiresAt: ({ expiresAt }) => expiresAt as Date,
  },
  TypingStopped: { user },
  ReadMarkMoved: { user },
};
