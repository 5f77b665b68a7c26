import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeSeqCursor, encodeCursor } from '../../../platform/cursor.ts';
import { requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { changeMessage, type MessageChange } from '../messages/change-message.ts';
import type { MessageRecord } from '../messages/record.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { PinMessageInput, UnpinMessageInput } from '../schema.types.ts';
import { countPins, deletePin, insertPin, type PinRecord } from './repository.ts';

/** Pinned messages of one room. */
export const pinLimit = 50;

/** The use cases of pins, for one request. */
export function createPinService(dependencies: ChatDependencies, request: ChatRequest) {
  const { viewer, loaders } = request;

  async function pinMessage({ messageId }: PinMessageInput): Promise<{ message: MessageRecord | null }> {
    const { userId: pinnedById } = requireViewer(request, canWriteToRooms);
    return changeMessage(dependencies, request, messageId, async (change) => {
      const { transaction, message, occurredAt: pinnedAt, append } = change;
      change.require('message:pin');
      const { roomId, seq: messageSeq } = message;
      const { count, isPinned } = await countPins(transaction, roomId, messageSeq);
      if (isPinned) return message;
      if (count >= pinLimit) {
        throw new Failure('PIN_LIMIT_REACHED', `A room has at most ${pinLimit} pinned messages.`, ['messageId']);
      }
      const seq = append('MESSAGE_PINNED', { messageSeq, messageId });
      await insertPin(transaction, { roomId, messageSeq, seq, pinnedById, pinnedAt });
      return message;
    });
  }

  async function unpinMessage({ messageId }: UnpinMessageInput): Promise<{ message: MessageRecord | null }> {
    requireViewer(request, canWriteToRooms);
    const unpin = async ({ transaction, message, append, require }: MessageChange) => {
      require('message:pin');
      const isUnpinned = await deletePin(transaction, message.roomId, message.seq);
      if (isUnpinned) append('MESSAGE_UNPINNED', { messageSeq: message.seq, messageId });
      return message;
    };
    // The pin went with the message: unpinning it changes nothing.
    return changeMessage(dependencies, request, messageId, unpin, { takesDeleted: true });
  }

  async function pinOf({ roomId, seq }: MessageRecord): Promise<PinRecord | null> {
    return (await loaders.loadRoom(roomId)) === null ? null : loaders.pin.load({ roomId, seq });
  }

  async function pagePins(room: RoomRecord, args: PageArguments): Promise<Connection<PinRecord>> {
    const page = parsePage(args, (cursor) => decodeSeqCursor('pins', room.id, cursor));
    const rows = can(viewer, 'room:read', room) ? await loaders.pinPage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, seq }) => encodeCursor('pins', roomId, seq),
      (row) => row,
    );
  }

  return { pinMessage, unpinMessage, pinOf, pagePins };
}
