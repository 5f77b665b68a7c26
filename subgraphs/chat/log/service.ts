import { filterAsyncIterator, mapAsyncIterator } from '../../../platform/async-iterators.ts';
import { badCursor, decodeSeqCursor } from '../../../platform/cursor.ts';
import { codedError } from '../../../platform/errors.ts';
import { requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { canReadRooms } from '../policy.ts';
import { endWithAccess } from './access-end.ts';
import type { RoomEventRecord } from './record.ts';
import { mayRemove } from './removals.ts';

/** The use cases of the room log, for one request. */
export function createLogService({ feed }: ChatDependencies, request: ChatRequest) {
  const { loaders } = request;

  /**
   * Follows a room's log. Resolves once listening has begun: what happens from then on is not missed. Every loss of access
   * is an event of the log itself, so whoever reads the log in order can't get past it: the event that removes the viewer
   * is the last one, and live publication has no part in that.
   */
  async function followRoom(roomId: string, after: string | null): Promise<AsyncIterableIterator<RoomEventRecord>> {
    const { userId } = requireViewer(request, canReadRooms);
    const room = await loaders.loadRoom(roomId);
    if (room === null) throw roomGone();
    const position = after === null ? null : decodeSeqCursor('room', roomId, after);
    if (position !== null && position > room.headSeq) throw badCursor();
    const events = await feed.read(roomId, position);
    // Whoever begins at the head has not seen what came between the look at the room and the beginning.
    if (position === null && !(await mayStillRead(roomId))) {
      await events.return();
      throw roomGone();
    }
    // An event may have waited in memory while retention has removed the older message that it is about.
    const retained = mapAsyncIterator(events, (event) => {
      const isGone = event.message !== null && event.message.seq < events.first;
      return isGone ? { ...event, message: null } : event;
    });
    return endWithAccess(retained, {
      mayEnd: (event) => mayRemove(event, userId),
      hasAccess: () => mayStillRead(roomId),
      end: roomGone,
    });
  }

  async function mayStillRead(roomId: string): Promise<boolean> {
    loaders.knownRoom.clear(roomId);
    return (await loaders.loadRoom(roomId)) !== null;
  }

  async function followMessages(roomId: string, after: string | null): Promise<AsyncIterableIterator<RoomEventRecord>> {
    return filterAsyncIterator(await followRoom(roomId, after), ({ kind }) => kind === 'MESSAGE_SENT');
  }

  return { followRoom, followMessages };
}

function roomGone(): Error {
  return codedError('NOT_FOUND', 'There is no such room.', { argument: 'roomId' });
}
