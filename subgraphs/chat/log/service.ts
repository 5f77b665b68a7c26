import { mapAsyncIterator } from '../../../platform/async-iterators.ts';
import { badCursor, decodeSeqCursor } from '../../../platform/cursor.ts';
import { codedError } from '../../../platform/errors.ts';
import { serveEvents, serveLease } from '../../../platform/log-feed/serve-log.ts';
import { requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { canReadRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { endWithAccess } from './access-end.ts';
import { roomCursor } from './cursor.ts';
import type { RoomEventData, RoomEventRecord } from './record.ts';
import { endsOf, mayRemove } from './removals.ts';

/** The use cases of the room log, for one request. */
export function createLogService({ feed, accessWatch }: ChatDependencies, request: ChatRequest) {
  const { loaders, serving } = request;

  /**
   * Follows a room's log, as the router wants it served. `rootValueOf` is null for events that the subscription does not
   * show. Resolves once listening has begun: what happens from then on is not missed.
   */
  async function followRoom(
    roomId: string,
    after: string | null,
    rootValueOf: (event: RoomEventRecord) => object | null,
  ): Promise<AsyncIterableIterator<object>> {
    const { userId } = requireViewer(request, canReadRooms);
    if (serving === 'lease') return leaseRoom(roomId, after, userId);
    const room = await loaders.loadRoom(roomId);
    if (room === null) throw roomGone();
    const position = positionIn(room, after);
    const events = await readEvents(roomId, position, userId);
    const placeOf = (seq: number) => placeIn(roomId, seq);
    const timeOf = ({ occurredAt }: RoomEventRecord) => occurredAt;
    return serveEvents<RoomEventRecord>(serving, events, { rootValueOf, placeOf, timeOf, endsOf, amends });
  }

  /**
   * What is around an event is the viewer's to see or not, as it is now. What is shown to many in the name of one is what all of them see
   * who were let in for its place, also when that one is gone by now: their access is for their leases to end.
   */
  function showEvent(event: RoomEventRecord): RoomEventRecord {
    if (serving === 'shared') loaders.letInto(event.roomId);
    return event;
  }

  /**
   * Every loss of access is an event of the log itself, so whoever reads the log in order can't get past it: the event that
   * removes the viewer is the last one, and live publication has no part in that.
   */
  async function readEvents(roomId: string, position: number | null, userId: string) {
    const events = await feed.read(roomId, position);
    // Whoever begins at the head has not seen what came between the look at the room and the beginning.
    if (position === null && (await readAgain(roomId)) === null) {
      await events.return?.();
      throw roomGone();
    }
    // An event may have waited in memory while retention has removed the older message that it is about.
    const retained = mapAsyncIterator(events, (event) => {
      const isGone = event.message !== null && event.message.seq < events.first;
      return isGone ? { ...event, message: null } : event;
    });
    return endWithAccess(retained, {
      mayEnd: (event) => mayRemove(event, userId),
      hasAccess: async () => (await readAgain(roomId)) !== null,
      end: roomGone,
    });
  }

  /**
   * The permission to be shown the log by somebody who reads it for many. It ends as the events would. Access counts as it is once it is
   * watched; what nobody watches yet is looked at before, so that whoever may not read a room makes nobody listen to it.
   */
  async function leaseRoom(roomId: string, after: string | null, userId: string) {
    if (!accessWatch.isWatched(roomId) && (await loaders.loadRoom(roomId)) === null) throw roomGone();
    const removals = await accessWatch.watch(roomId, userId);
    const looks = mapAsyncIterator(removals, async ({ seq }) => ({
      seq,
      hasAccess: (await readAgain(roomId)) !== null,
    }));
    try {
      const room = await readAgain(roomId);
      if (room === null) throw roomGone();
      const position = positionIn(room, after);
      const head = placeIn(roomId, room.headSeq);
      const place = position === null ? head : placeIn(roomId, position);
      const placeOf = (seq: number) => placeIn(roomId, seq);
      const lease = { channel: `room:${roomId}`, ...place, head, first: room.firstSeq };
      return serveLease(lease, looks, { placeOf, end: roomGone });
    } catch (error) {
      await looks.return?.();
      throw error;
    }
  }

  async function readAgain(roomId: string): Promise<RoomRecord | null> {
    loaders.knownRoom.clear(roomId);
    return loaders.loadRoom(roomId);
  }

  return { followRoom, showEvent };
}

/**
 * The `seq` after which somebody wants to read a room; null for its head.
 * @throws BAD_USER_INPUT for a cursor of another list or of no event; CURSOR_EXPIRED when what comes after it is no longer retained
 */
function positionIn({ id, firstSeq, headSeq }: RoomRecord, after: string | null): number | null {
  if (after === null) return null;
  const position = decodeSeqCursor('room', id, after);
  if (position > headSeq) throw badCursor();
  if (position + 1 < firstSeq) throw codedError('CURSOR_EXPIRED');
  return position;
}

function placeIn(roomId: string, seq: number) {
  return { seq, cursor: roomCursor(roomId, seq) };
}

/** What an edit or a deletion has replaced is shown to nobody any more, nor is the name of somebody whose account has ended. */
function amends({ kind, data }: RoomEventRecord): boolean {
  if (kind === 'MEMBER_LEFT') return (data as RoomEventData['MEMBER_LEFT']).accountEnded === true;
  return kind === 'MESSAGE_EDITED' || kind === 'MESSAGE_DELETED';
}

function roomGone(): Error {
  return codedError('NOT_FOUND', 'There is no such room.', { argument: 'roomId' });
}
