import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { newId } from '../../../platform/identifiers.ts';
import { parseLine } from '../../../platform/text.ts';
import { requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone, Failure } from '../failure.ts';
import { canListRoomsOf, canWriteToRooms } from '../policy.ts';
import type { CreateRoomInput } from '../schema.types.ts';
import type { RoomRecord } from './record.ts';
import { insertRoom, pageRoomsOf } from './repository.ts';

export const roomNameLimit = 80;

/** The use cases of rooms, for one request. */
export function createRoomService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption, now } = dependencies;
  const { viewer, loaders } = request;

  async function createRoom({ kind, name }: CreateRoomInput): Promise<{ room: RoomRecord }> {
    const { userId: ownerId } = requireViewer(request, canWriteToRooms);
    const checkedName = checkName(name);
    await requireKnownAccount(dependencies, ownerId);
    const id = newId();
    const key = await encryption.createKey({ roomId: id, version: 1 });
    encryption.remember(key);
    const sealedName = await encryption.seal(nameOf(id), key.version, checkedName);
    const room = await insertRoom(database, { id, kind, sealedName, key, ownerId, createdAt: now() });
    if (room === null) throw accountGone();
    loaders.knownRoom.prime(room.id, room);
    return { room };
  }

  async function pageRooms(userId: string, args: PageArguments): Promise<Connection<RoomRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('rooms', userId, cursor));
    const rows = canListRoomsOf(viewer, userId) ? await pageRoomsOf(database, userId, page) : [];
    for (const room of rows) loaders.knownRoom.prime(room.id, room);
    return buildConnection(
      page,
      rows,
      (room) => encodeCursor('rooms', userId, room.id),
      (room) => room,
    );
  }

  return {
    room: loaders.loadRoom,
    readName: ({ id, sealedName }: RoomRecord) =>
      sealedName === null ? null : encryption.open(nameOf(id), sealedName),
    createRoom,
    pageRoomsOf: pageRooms,
  };
}

function nameOf(roomId: string) {
  return { roomId, field: 'room.name', rowId: roomId } as const;
}

/** The name as it is sealed. */
function checkName(input: string): string {
  const name = parseLine(input, roomNameLimit);
  if ('text' in name) return name.text;
  throw new Failure('ROOM_NAME_INVALID', `A room's name has 1 to ${roomNameLimit} characters on one line.`, ['name']);
}
