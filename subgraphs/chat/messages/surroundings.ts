import { type Connection, pageSizeLimit } from '../../../platform/connection.ts';
import { badArgument, nearestTime } from '../arguments.ts';
import type { ChatRequest } from '../dependencies.ts';
import { roomCursor } from '../log/cursor.ts';
import { can } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { RoomMessagesAroundArgs } from '../schema.types.ts';
import type { MessageRecord } from './record.ts';
import type { MessagesAround, PlaceToReadAround } from './repository.ts';

/** History around a place, for one request. */
export function createSurroundings({ viewer, loaders }: Pick<ChatRequest, 'viewer' | 'loaders'>) {
  async function messagesAround(room: RoomRecord, args: RoomMessagesAroundArgs): Promise<Connection<MessageRecord>> {
    const { count } = args;
    if (count < 1 || count > pageSizeLimit) {
      throw badArgument('count', `\`count\` must be between 1 and ${pageSizeLimit}.`);
    }
    if ((args.messageId == null) === (args.at == null)) {
      throw badArgument('messageId', 'Give exactly one of `messageId` and `at`.');
    }
    // Whoever may only write still gets the room that they have just opened, and no look into it.
    const mayRead = can(viewer, 'room:read', room);
    const before = Math.floor(count / 2);
    const after = count - before;
    const place = mayRead ? await findPlace(room, args) : null;
    const found = place === null ? null : await loaders.messagesAround.load({ roomId: room.id, place, before, after });
    return buildSurroundings(found ?? { before: [], after: [] }, before, after);
  }

  async function findPlace(
    room: RoomRecord,
    { messageId, at }: RoomMessagesAroundArgs,
  ): Promise<PlaceToReadAround['place'] | null> {
    if (messageId == null) return at == null ? null : { at: nearestTime(at) };
    const message = await loaders.knownMessage.load(messageId);
    // What is not there, may not be read, and stands elsewhere looks the same.
    if (message?.roomId !== room.id) throw badArgument('messageId', 'There is no such message in this room.');
    return { seq: message.seq };
  }

  return { messagesAround };
}

/** The connection, from one message more on each side than it shows: those only tell whether there are more. */
function buildSurroundings(found: MessagesAround, before: number, after: number): Connection<MessageRecord> {
  const nodes = [...found.before.slice(Math.max(found.before.length - before, 0)), ...found.after.slice(0, after)];
  const edges = nodes.map((node) => ({ cursor: roomCursor(node.roomId, node.seq), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: found.after.length > after,
      hasPreviousPage: found.before.length > before,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
