import { toPayload } from '../../../platform/user-errors.ts';
import { roomCursor } from '../log/cursor.ts';
import type { Resolvers } from '../schema.types.ts';

export const roomResolvers: Resolvers = {
  Query: {
    room: (_parent, { id }, { rooms }) => rooms.room(id),
  },
  Mutation: {
    createRoom: (_parent, { input }, { rooms }) => toPayload(rooms.createRoom(input)),
  },
  Room: {
    __resolveReference: ({ id }, { rooms }) => rooms.room(id),
    name: (room, _args, { rooms }) => rooms.readName(room),
    headCursor: ({ id, headSeq }) => roomCursor(id, headSeq),
  },
  User: {
    rooms: ({ id }, args, { rooms }) => rooms.pageRoomsOf(id, args),
  },
};
