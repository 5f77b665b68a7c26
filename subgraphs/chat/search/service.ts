import { buildConnection, type Connection, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { DataKeyMissing } from '../encryption/room-encryption.ts';
import type { MessageRecord } from '../messages/record.ts';
import { canReadRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { QuerySearchMessagesArgs } from '../schema.types.ts';
import { parseSearch, type SearchQuery } from './query.ts';
import { type FoundPlace, findPlaces, findRoomsToSearch, type SearchedRoom } from './repository.ts';

/** The use cases of search, for one request. */
export function createSearchService({ database, encryption }: ChatDependencies, request: ChatRequest) {
  const { viewer, loaders } = request;

  async function searchMessages(args: QuerySearchMessagesArgs): Promise<Connection<MessageRecord>> {
    const { first, after, ...asked } = args;
    const query = parseSearch(asked);
    const page = parsePage({ first, after }, (cursor) => decodeIdCursor('search', query.fingerprint, cursor));
    const rooms = await findSearchedRooms(query);
    const { since, until, withoutAttachment } = query;
    const filters = { since, until, withoutAttachment, before: page.after, limit: page.limit + 1 };
    const places = rooms.length > 0 ? await findPlaces(database, rooms, filters) : [];
    const cursorOf = ({ messageId }: FoundPlace) => encodeCursor('search', query.fingerprint, messageId);
    const found = buildConnection(page, places, cursorOf, (place) => place);
    const messages = await Promise.all(found.nodes.map(loadFound));
    // What has gone while the search went on is left out, and what comes after it is still found.
    const edges = found.edges.flatMap(({ cursor }, index) => {
      const node = messages[index];
      return node ? [{ cursor, node }] : [];
    });
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: found.pageInfo };
  }

  /** As everywhere, the policy has the last word, on what the room and the viewer's standing in it are now. */
  async function loadFound(place: FoundPlace): Promise<MessageRecord | null> {
    if ((await loaders.loadRoom(place.roomId)) === null) return null;
    const message = await loaders.messageAt.load(place);
    return message?.deletedAt === null ? message : null;
  }

  /** Each room once for every version of its data key: all words of a message are hashed under the same one. */
  async function findSearchedRooms({ roomId, words }: SearchQuery): Promise<SearchedRoom[]> {
    const rooms = await findRooms(roomId);
    const searched = rooms.flatMap(({ id, keyVersion }) =>
      Array.from({ length: keyVersion }, (_, index) => hashWords(id, index + 1, words)),
    );
    return (await Promise.all(searched)).filter((room) => room !== null);
  }

  async function findRooms(roomId: string | null): Promise<Pick<RoomRecord, 'id' | 'keyVersion'>[]> {
    if (viewer === null || !canReadRooms(viewer)) return [];
    if (roomId === null) return findRoomsToSearch(database, viewer.userId);
    const room = await loaders.loadRoom(roomId);
    return room === null ? [] : [room];
  }

  async function hashWords(roomId: string, keyVersion: number, words: string[]): Promise<SearchedRoom | null> {
    try {
      return { roomId, words: await encryption.hashWords(roomId, keyVersion, words) };
    } catch (error) {
      // The room has been deleted in this moment.
      if (error instanceof DataKeyMissing) return null;
      throw error;
    }
  }

  return { searchMessages };
}
