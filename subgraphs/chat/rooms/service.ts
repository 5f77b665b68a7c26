import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { newId } from '../../../platform/identifiers.ts';
import { requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone } from '../failure.ts';
import { canListRoomsOf, canWriteToRooms } from '../policy.ts';
import type { CreateRoomInput } from '../schema.types.ts';
import type { RoomRecord } from './record.ts';
import { insertRoom, pageRoomsOf } from './repository.ts';
import { checkName } from './settings.ts';
import { placeOf, type SealedRoomField, sealedFields } from './texts.ts';

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
    const sealedName = await encryption.seal(placeOf(id, 'name'), key.version, checkedName);
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

  function readText(room: RoomRecord, field: SealedRoomField): Promise<string> | null {
    const sealed = room[sealedFields[field]];
    return sealed === null ? null : encryption.open(placeOf(room.id, field), sealed);
  }

  return {
    room: loaders.loadRoom,
    readText,
    createRoom,
    pageRoomsOf: pageRooms,
  };
}
