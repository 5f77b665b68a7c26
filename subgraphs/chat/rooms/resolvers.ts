import { toPayload } from '../../../platform/user-errors.ts';
import { eventFields, roomCursor } from '../log/cursor.ts';
import type { RoomEventData, RoomEventRecord } from '../log/record.ts';
import type { Resolvers } from '../schema.types.ts';
import type { Context } from '../service.ts';

const actorId = (event: RoomEventRecord) => event.actorId;
const actor = (event: RoomEventRecord) => ({ id: event.actorId });

/** The fields of an event after which the room is another. */
const roomChangeFields = {
  ...eventFields,
  actorId,
  actor,
  room: ({ roomId }: RoomEventRecord, _args: object, { rooms }: Context) => rooms.room(roomId),
};

export const roomResolvers: Resolvers = {
  Query: {
    room: (_parent, { id }, { rooms }) => rooms.room(id),
    publicRooms: (_parent, { search, ...args }, { discovery }) => discovery.pageRooms(search ?? null, args),
  },
  Mutation: {
    createRoom: (_parent, { input }, { rooms }) => toPayload(rooms.createRoom(input)),
    openDirectRoom: (_parent, { input }, { rooms }) => toPayload(rooms.openDirectRoom(input)),
    openGroupRoom: (_parent, { input }, { rooms }) => toPayload(rooms.openGroupRoom(input)),
    updateRoom: (_parent, { input }, { roomChanges }) => toPayload(roomChanges.updateRoom(input)),
    archiveRoom: (_parent, { input }, { roomChanges }) => toPayload(roomChanges.archiveRoom(input)),
    restoreRoom: (_parent, { input }, { roomChanges }) => toPayload(roomChanges.restoreRoom(input)),
    deleteRoom: (_parent, { input }, { roomChanges }) => toPayload(roomChanges.deleteRoom(input)),
  },
  Room: {
    __resolveReference: ({ id }, { rooms }) => rooms.room(id),
    name: (room, _args, { rooms }) => rooms.readText(room, 'name'),
    topic: (room, _args, { rooms }) => rooms.readText(room, 'topic'),
    avatarUrl: (room, _args, { rooms }) => rooms.readText(room, 'avatarUrl'),
    settings: (room) => room,
    directPeer: ({ directPeerId }) => (directPeerId === null ? null : { id: directPeerId }),
    headCursor: ({ id, headSeq }) => roomCursor(id, headSeq),
  },
  RoomUpdated: {
    ...roomChangeFields,
    fields: ({ data }) => (data as RoomEventData['ROOM_UPDATED']).fields,
  },
  RoomArchived: roomChangeFields,
  RoomRestored: roomChangeFields,
  RoomDeleted: { ...eventFields, actorId, actor },
  User: {
    rooms: ({ id }, args, { rooms }) => rooms.pageRoomsOf(id, args),
  },
};
