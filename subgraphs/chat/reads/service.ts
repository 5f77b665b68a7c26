import { requireRoom, requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure, notAMember } from '../failure.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { MarkRoomReadInput } from '../schema.types.ts';
import { markRead } from './repository.ts';

/** The use cases of read state, for one request. */
export function createReadService({ database }: ChatDependencies, request: ChatRequest) {
  const { viewer, loaders } = request;

  async function markRoomRead({ roomId, seq }: MarkRoomReadInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const room = await requireRoom(request, roomId);
    if (!can(viewer, 'read-mark:move', room)) throw notAMember();
    if (seq < 0 || seq > room.headSeq) {
      throw new Failure('SEQ_INVALID', `The newest event of the room is number ${room.headSeq}.`, ['seq']);
    }
    await markRead(database, roomId, userId, seq);
    loaders.knownRoom.clear(roomId);
    return { room: await loaders.loadRoom(roomId) };
  }

  return { markRoomRead };
}

/** Sending the own message marks the room read, so only the messages after the read mark count, and those that are still there. */
export function countUnread({ role, messageCount, readMessageNumber, expiredMessageNumber }: RoomRecord): number {
  return role === null ? 0 : messageCount - Math.max(readMessageNumber ?? 0, expiredMessageNumber);
}
