import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../../platform/cursor.ts';
import { codedError } from '../../../../platform/errors.ts';
import type { ChatDependencies, ChatRequest } from '../../dependencies.ts';
import { canReadRooms } from '../../policy.ts';
import type { RoomRecord } from '../record.ts';
import { pagePublicRooms } from '../repository.ts';
import { entriesToFind } from './entries.ts';

/** In UTF-16 units: a search is short, and each of its words costs a look into the index. */
export const roomSearchLimit = 100;

/** The use cases of finding rooms, for one request. */
export function createDiscoveryService({ database, indexKey }: ChatDependencies, request: ChatRequest) {
  const { viewer, loaders } = request;

  async function pageRooms(search: string | null, args: PageArguments): Promise<Connection<RoomRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('rooms', 'public', cursor));
    if (search !== null && search.length > roomSearchLimit) {
      const message = `A search has at most ${roomSearchLimit} characters.`;
      throw codedError('BAD_USER_INPUT', message, { argument: 'search' });
    }
    const entries = entriesToFind(search ?? '');
    const isPossible = viewer !== null && canReadRooms(viewer) && entries !== null;
    const rows = isPossible ? await pagePublicRooms(database, await indexKey.hash(entries), viewer.userId, page) : [];
    for (const room of rows) loaders.knownRoom.prime(room.id, room);
    return buildConnection(
      page,
      rows,
      (room) => encodeCursor('rooms', 'public', room.id),
      (room) => room,
    );
  }

  return { pageRooms };
}
