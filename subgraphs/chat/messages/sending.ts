import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { messageNotFound } from '../failure.ts';
import { canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms, lockRoom } from '../rooms/repository.ts';
import type { ForwardMessageInput, SendMessageInput } from '../schema.types.ts';
import { checkAttachments } from './attachments.ts';
import { composeMessage, type MessageContent, sentEvent } from './composing.ts';
import type { MessageRecord } from './record.ts';
import { findMessageByClientId, insertMessage, type NewMessage } from './repository.ts';
import { openAttachments, openMessageText } from './sealing.ts';
import { canSendNow, slowModeFailure } from './slow-mode.ts';
import { checkClientMessageId, checkText } from './text.ts';

/** The use cases that add a message to a room, for one request. */
export function createSending(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption, feed, relay, now } = dependencies;
  const { viewer, trace, loaders } = request;

  async function sendMessage(input: SendMessageInput): Promise<{ message: MessageRecord }> {
    requireViewer(request, canWriteToRooms);
    const { roomId, clientMessageId, replyToMessageId } = input;
    checkClientMessageId(clientMessageId);
    const attachments = checkAttachments(input.attachments ?? []);
    const text = checkText(input.text, { mayBeEmpty: attachments.length > 0 });
    const reply = replyToMessageId == null ? null : await findPlaceOfReply(roomId, replyToMessageId);
    return store({ roomId, clientMessageId, text, attachments, reply, mentions: true });
  }

  /** Replies to replies belong to the thread of the first. */
  async function findPlaceOfReply(roomId: string, messageId: string): Promise<NonNullable<MessageContent['reply']>> {
    await requireRoom(request, roomId);
    const message = await loaders.knownMessage.load(messageId);
    if (message === null || message.roomId !== roomId) throw messageNotFound('replyToMessageId');
    return { toSeq: message.seq, rootSeq: message.rootSeq ?? message.seq };
  }

  async function forwardMessage(input: ForwardMessageInput): Promise<{ message: MessageRecord }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const { messageId, roomId, clientMessageId } = input;
    checkClientMessageId(clientMessageId);
    const source = await loaders.loadMessage(messageId);
    if (source === null || source.deletedAt !== null) {
      // A retry gets the first result also when the source is gone by now.
      const room = await requireRoom(request, roomId);
      const earlier =
        room.role && (await findMessageByClientId(database, { roomId, authorId: userId, clientMessageId }));
      if (earlier === null) throw messageNotFound();
      return { message: earlier };
    }
    const text = (await openMessageText(encryption, source)) ?? '';
    const attachments = await openAttachments(encryption, source);
    // Who was mentioned there was told there.
    return store({ roomId, clientMessageId, text, attachments, forwardedFromId: source.id, mentions: false });
  }

  async function store(content: MessageContent): Promise<{ message: MessageRecord }> {
    const { userId: authorId } = requireViewer(request, canWriteToRooms);
    const { roomId, clientMessageId } = content;
    const room = await requireRoom(request, roomId);
    if (!canSendNow(viewer, room, now())) return repeatOrRefuse(content, room, authorId);
    const message = await composeMessage(dependencies, content, room, { authorId, trace });
    let sent = await insertMessage(database, message);
    if (sent === null) {
      const earlier = await findMessageByClientId(database, { roomId, authorId, clientMessageId });
      if (earlier) return { message: earlier };
      sent = await insertLocked(message);
    }
    if (sent === null) return repeatOrRefuse(content, await requireRoom(request, roomId), authorId);
    feed.publish(roomId, sentEvent(sent));
    relay.wake();
    return { message: sent };
  }

  /** Somebody's rights have changed meanwhile: what was decided is decided anew, under the room's lock. */
  async function insertLocked(message: NewMessage): Promise<MessageRecord | null> {
    const { roomId, authorId, sentAt } = message;
    loaders.knownRoom.clear(roomId);
    return database.$transaction(async (transaction) => {
      const isThere = await lockRoom(transaction, roomId);
      const [room] = isThere ? await findRooms(transaction, [roomId], authorId, sentAt) : [];
      if (room === undefined || !canSendNow(viewer, room, sentAt)) return null;
      return insertMessage(transaction, { ...message, standingVersion: room.standingVersion });
    });
  }

  /** A retry gets the first result, for ever, for as long as its author is a member; nothing else may be sent. */
  async function repeatOrRefuse(
    { roomId, clientMessageId }: Pick<MessageContent, 'roomId' | 'clientMessageId'>,
    room: RoomRecord,
    authorId: string,
  ): Promise<{ message: MessageRecord }> {
    const earlier = room.role && (await findMessageByClientId(database, { roomId, authorId, clientMessageId }));
    if (earlier) return { message: earlier };
    requireAllowed(viewer, 'message:send', room);
    throw slowModeFailure(room, now());
  }

  return { sendMessage, forwardMessage };
}
