import { requireRoom, requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone, roomNotFound } from '../failure.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { JoinRoomInput } from '../schema.types.ts';
import { insertMember } from './repository.ts';

/** The use cases of membership, for one request. */
export function createMemberService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, feed, now } = dependencies;
  const { viewer, loaders } = request;

  async function joinRoom({ roomId }: JoinRoomInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const room = await requireRoom(request, roomId);
    if (!can(viewer, 'room:join', room)) throw roomNotFound();
    await requireKnownAccount(dependencies, userId);
    const event = await insertMember(database, roomId, userId, now());
    if (event) feed.publish(roomId, event);
    const joined = await loaders.knownRoom.clear(roomId).load(roomId);
    if (joined === null || joined.role === null) throw accountGone();
    return { room: await loaders.loadRoom(roomId) };
  }

  return { joinRoom };
}
