import { EventQueue } from '../../../platform/event-queue.ts';
import type { LogFeed } from '../../../platform/log-feed/log-feed.ts';
import type { RoomEventRecord } from './record.ts';
import { endsOf } from './removals.ts';

/** Tells leases of events after which their holder may have no access any more. */
export interface AccessWatch {
  /** Whether somebody has a lease on the room, so that another costs its log nothing. */
  isWatched(roomId: string): boolean;
  /** Those events of a room that may end somebody's access. Resolves once watching has begun: none from then on is missed. */
  watch(roomId: string, userId: string): Promise<AsyncIterableIterator<RoomEventRecord>>;
}

/** More of them waiting than this, and watching ends after those: it is no fault, and whoever holds the lease asks for another. */
const waitingLimit = 100;

/** One room while somebody has a lease on it. */
interface WatchedRoom {
  reader: Promise<AsyncIterableIterator<RoomEventRecord>>;
  queues: Map<string, Set<EventQueue<RoomEventRecord>>>;
}

/** Reads the log of each room with leases once, however many leases there are: an event that is about nobody's access costs them nothing. */
export function createAccessWatch(feed: Pick<LogFeed<RoomEventRecord>, 'read'>): AccessWatch {
  const rooms = new Map<string, WatchedRoom>();

  function open(roomId: string): WatchedRoom {
    const room: WatchedRoom = { reader: feed.read(roomId, null), queues: new Map() };
    rooms.set(roomId, room);
    void pump(roomId, room);
    return room;
  }

  async function pump(roomId: string, room: WatchedRoom): Promise<void> {
    let end: unknown = null;
    try {
      for await (const event of await room.reader) {
        const ends = endsOf(event);
        for (const userId of ends === 'everybody' ? room.queues.keys() : ends) {
          for (const queue of room.queues.get(userId) ?? []) queue.push(event);
        }
      }
    } catch (error) {
      end = error;
    }
    if (rooms.get(roomId) === room) rooms.delete(roomId);
    for (const queue of [...room.queues.values()].flatMap((set) => [...set])) queue.end(end);
  }

  function leave(roomId: string, room: WatchedRoom, userId: string, queue: EventQueue<RoomEventRecord>): void {
    const queues = room.queues.get(userId);
    queues?.delete(queue);
    if (queues?.size === 0) room.queues.delete(userId);
    if (room.queues.size > 0) return;
    if (rooms.get(roomId) === room) rooms.delete(roomId);
    room.reader.then(
      (reader) => reader.return?.(),
      () => undefined,
    );
  }

  return {
    isWatched: (roomId) => rooms.has(roomId),
    async watch(roomId, userId) {
      const room = rooms.get(roomId) ?? open(roomId);
      const queue = new EventQueue<RoomEventRecord>({
        limit: waitingLimit,
        onLeave: () => leave(roomId, room, userId, queue),
      });
      const queues = room.queues.get(userId) ?? new Set();
      room.queues.set(userId, queues.add(queue));
      try {
        await room.reader;
      } catch (error) {
        await queue.return();
        throw error;
      }
      return queue;
    },
  };
}
