import { filterAsyncIterator } from '../../../platform/async-iterators.ts';
import { badCursor, decodeSeqCursor } from '../../../platform/cursor.ts';
import { codedError } from '../../../platform/errors.ts';
import { requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { canReadRooms } from '../policy.ts';
import type { RoomEventRecord } from './record.ts';

/** The use cases of the room log, for one request. */
export function createLogService({ feed }: ChatDependencies, request: ChatRequest) {
  const { loaders } = request;

  /** Follows a room's log. Resolves once listening has begun: what happens from then on is not missed. */
  async function followRoom(roomId: string, after: string | null): Promise<AsyncIterableIterator<RoomEventRecord>> {
    requireViewer(request, canReadRooms);
    const room = await loaders.loadRoom(roomId);
    if (room === null) throw codedError('NOT_FOUND', 'There is no such room.', { argument: 'roomId' });
    const position = after === null ? null : decodeSeqCursor('room', roomId, after);
    if (position !== null && position > room.headSeq) throw badCursor();
    return feed.read(roomId, position);
  }

  async function followMessages(roomId: string, after: string | null): Promise<AsyncIterableIterator<RoomEventRecord>> {
    return filterAsyncIterator(await followRoom(roomId, after), ({ kind }) => kind === 'MESSAGE_SENT');
  }

  return { followRoom, followMessages };
}
