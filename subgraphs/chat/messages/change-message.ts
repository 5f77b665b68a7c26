import { requireAllowed, requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure, messageNotFound } from '../failure.ts';
import { changeRoom, type RoomChange, type RoomChangeOptions } from '../log/change-room.ts';
import { type Action, can, canWriteToRooms } from '../policy.ts';
import type { MessageRecord } from './record.ts';
import { findMessagesBySeq } from './repository.ts';

/** A message in its room, under the room's lock. */
export interface MessageChange extends RoomChange {
  /** As it is under the lock. */
  message: MessageRecord;
  /** Lets nobody pass who may not do this in this room. */
  require(action: Action): void;
}

/** A message that the viewer may know of. */
export async function requireMessage({ loaders }: ChatRequest, messageId: string): Promise<MessageRecord> {
  const message = await loaders.knownMessage.load(messageId);
  if (message === null) throw messageNotFound();
  return message;
}

/**
 * Changes something about a message: `changeRoom` for its room, with the message read under the lock. A deleted one can't
 * be changed, unless by work that takes it. Resolves to the message that `work` returns, or to null when the viewer's token
 * lets them write and not read, and the message is not theirs.
 */
export async function changeMessage(
  dependencies: ChatDependencies,
  request: ChatRequest,
  messageId: string,
  work: (change: MessageChange) => Promise<MessageRecord>,
  { takesDeleted = false, accountIds = [] }: Pick<RoomChangeOptions, 'accountIds'> & { takesDeleted?: boolean } = {},
): Promise<{ message: MessageRecord | null }> {
  const { userId } = requireViewer(request, canWriteToRooms);
  const { roomId, seq } = await requireMessage(request, messageId);
  const changeLocked = async (change: RoomChange) => {
    const [message] = await findMessagesBySeq(change.transaction, roomId, [seq]);
    if (message === undefined) throw messageNotFound();
    const require = (action: Action) => requireAllowed(request.viewer, action, change.room);
    if (message.deletedAt !== null && !takesDeleted) {
      throw new Failure('MESSAGE_DELETED', 'This message has been deleted.', ['messageId']);
    }
    const changed = await work({ ...change, message, require });
    const isVisible = changed.authorId === userId || can(request.viewer, 'room:read', change.room);
    return isVisible ? changed : null;
  };
  try {
    return { message: await changeRoom(dependencies, request, roomId, changeLocked, { accountIds }) };
  } catch (error) {
    throw aboutMessage(error);
  } finally {
    request.loaders.knownMessage.clear(messageId);
  }
}

/** Whoever names a message has not named the room: what is wrong with that is wrong with the message. */
function aboutMessage(error: unknown): unknown {
  if (!(error instanceof Failure) || error.field?.[0] === 'emoji') return error;
  return error.code === 'ROOM_NOT_FOUND' ? messageNotFound() : new Failure(error.code, error.message, ['messageId']);
}
