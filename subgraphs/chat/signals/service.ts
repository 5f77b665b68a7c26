import { codedError } from '../../../platform/errors.ts';
import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { mayRemove } from '../log/removals.ts';
import { can, canReadRooms, canWriteToRooms } from '../policy.ts';
import type { SignalTypingInput } from '../schema.types.ts';
import { LatestQueue } from './latest-queue.ts';
import type { ReadStateRecord, RoomSignalRecord } from './record.ts';

/** Signals that wait for one subscriber, each the newest of its kind of one person. */
export const waitingSignalsLimit = 256;
/** Rooms whose read state waits for one subscriber. */
export const waitingReadStatesLimit = 1_000;

/** The use cases of signals, for one request. */
export function createSignalService({ feed, signals }: ChatDependencies, request: ChatRequest) {
  const { viewer, loaders } = request;

  async function signalTyping({ roomId, isTyping }: SignalTypingInput): Promise<{ expiresAt: Date | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const room = await requireRoom(request, roomId);
    requireAllowed(viewer, 'message:send', room);
    return { expiresAt: signals.publishTyping(roomId, { userId, isTyping, afterSeq: room.headSeq }) };
  }

  /**
   * Follows the signals of a room. The room's log is read beside them, from where access was looked at: a signal is handed on
   * only when the log has been read as far as its sender knew it. So whoever loses access gets nothing that was sent after.
   */
  async function followRoom(roomId: string): Promise<AsyncIterableIterator<RoomSignalRecord>> {
    const { userId } = requireViewer(request, canReadRooms);
    const room = await loaders.loadRoom(roomId);
    if (room === null || !can(viewer, 'signals:follow', room)) throw noRoom();
    const events = await feed.read(roomId, room.headSeq);
    let leave = () => {};
    const queue = new LatestQueue<RoomSignalRecord>(waitingSignalsLimit, () => {
      leave();
      void events.return();
    });
    queue.advance(room.headSeq);
    leave = await signals.followRoom(roomId, (signal, afterSeq) => {
      if (signal.userId !== userId) queue.push(`${signal.kind} ${signal.userId}`, signal, afterSeq);
    });
    void endWithMembership();
    return queue;

    async function endWithMembership(): Promise<void> {
      try {
        for await (const event of events) {
          if (mayRemove(event, userId) && !(await mayStillFollow(roomId))) return queue.fail(noRoom());
          queue.advance(event.seq);
        }
        await queue.return();
      } catch (error) {
        queue.fail((await mayStillFollow(roomId).catch(() => true)) ? error : noRoom());
      }
    }
  }

  async function mayStillFollow(roomId: string): Promise<boolean> {
    loaders.knownRoom.clear(roomId);
    const room = await loaders.loadRoom(roomId);
    return room !== null && can(viewer, 'signals:follow', room);
  }

  async function followReadStates(): Promise<AsyncIterableIterator<ReadStateRecord>> {
    const { userId } = requireViewer(request, canReadRooms);
    let leave = () => {};
    const queue = new LatestQueue<ReadStateRecord>(waitingReadStatesLimit, () => leave());
    leave = await signals.followReadStates(userId, (roomId) => queue.push(roomId, { roomId }));
    return queue;
  }

  return { signalTyping, followRoom, followReadStates };
}

/** Signals are for members; to everybody else there is no such room here. */
function noRoom(): Error {
  return codedError('NOT_FOUND', 'There is no such room, or you are not a member of it.', { argument: 'roomId' });
}
