import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { canReadOwn } from '../policy.ts';
import { createOpening } from './opening.ts';
import type { RoomRecord } from './record.ts';
import { pageRoomsOf } from './repository.ts';
import { placeOf, type SealedRoomField, sealedFields } from './texts.ts';

/** The use cases of rooms, for one request. */
export function createRoomService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption } = dependencies;
  const { viewer, loaders } = request;

  async function pageRooms(userId: string, args: PageArguments): Promise<Connection<RoomRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('rooms', userId, cursor));
    const rows = canReadOwn(viewer, userId) ? await pageRoomsOf(database, userId, page) : [];
    for (const room of rows) loaders.knownRoom.prime(room.id, room);
    return buildConnection(
      page,
      rows,
      (room) => encodeCursor('rooms', userId, room.id),
      (room) => room,
    );
  }

  function readText(room: RoomRecord, field: SealedRoomField): Promise<string> | null {
    const sealed = room[sealedFields[field]];
    return sealed === null ? null : encryption.open(placeOf(room.id, field), sealed);
  }

  return {
    ...createOpening(dependencies, request),
    room: loaders.loadRoom,
    readText,
    pageRoomsOf: pageRooms,
  };
}
