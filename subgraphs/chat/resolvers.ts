import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import { scalarResolvers } from '../../platform/scalars.ts';
import { toPayload } from '../../platform/user-errors.ts';
import type { RoomEventRecord } from './repository.ts';
import type { Resolvers } from './schema.types.ts';
import { countUnread, roomCursor } from './service.ts';

const eventTypes = {
  ROOM_CREATED: 'RoomCreated',
  MEMBER_JOINED: 'MemberJoined',
  MEMBER_LEFT: 'MemberLeft',
  MESSAGE_SENT: 'MessageSent',
} as const;

/** The fields that all events of a room's log have. */
const eventFields = {
  cursor: ({ roomId, seq }: RoomEventRecord) => roomCursor(roomId, seq),
};

/** The fields of an event that is about a member: the one who acts. */
const memberFields = {
  userId: ({ actorId }: RoomEventRecord) => actorId,
  user: ({ actorId }: RoomEventRecord) => ({ id: actorId }),
};

export const resolvers: Resolvers = {
  ...scalarResolvers,
  Query: {
    room: (_parent, { id }, { service }) => service.room(id),
  },
  Mutation: {
    createRoom: (_parent, { input }, { service }) => toPayload(service.createRoom(input)),
    joinRoom: (_parent, { input }, { service }) => toPayload(service.joinRoom(input)),
    sendMessage: (_parent, { input }, { service }) => toPayload(service.sendMessage(input)),
    markRoomRead: (_parent, { input }, { service }) => toPayload(service.markRoomRead(input)),
  },
  Subscription: {
    roomEvents: {
      subscribe: async (_parent, { roomId, after }, { service }) =>
        mapAsyncIterator(await service.followRoom(roomId, after ?? null), (roomEvents) => ({ roomEvents })),
    },
    messageAdded: {
      subscribe: async (_parent, { roomId, after }, { service }) =>
        mapAsyncIterator(await service.followMessages(roomId, after ?? null), (messageAdded) => ({ messageAdded })),
    },
  },
  Room: {
    __resolveReference: ({ id }, { service }) => service.room(id),
    headCursor: ({ id, headSeq }) => roomCursor(id, headSeq),
    unreadCount: countUnread,
    messages: (room, args, { service }) => service.pageMessages(room, args),
  },
  Message: {
    __resolveReference: ({ id }, { service }) => service.message(id),
    author: ({ authorId }) => ({ id: authorId }),
    room: ({ roomId }, _args, { service }) => service.room(roomId),
  },
  RoomEvent: {
    __resolveType: ({ kind }) => eventTypes[kind],
  },
  RoomCreated: {
    ...eventFields,
    room: ({ roomId }, _args, { service }) => service.room(roomId),
    actor: ({ actorId }) => ({ id: actorId }),
  },
  MemberJoined: {
    ...eventFields,
    ...memberFields,
  },
  MemberLeft: {
    ...eventFields,
    ...memberFields,
  },
  MessageSent: {
    ...eventFields,
  },
  User: {
    rooms: ({ id }, args, { service }) => service.pageRoomsOf(id, args),
  },
};
