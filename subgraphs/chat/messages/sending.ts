import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import { checkClientKey } from '../client-key.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { messageNotFound } from '../failure.ts';
import { canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms, lockRoom } from '../rooms/repository.ts';
import type { ForwardMessageInput, SendMessageInput } from '../schema.types.ts';
import { checkAttachments } from './attachments.ts';
import { composeMessage, type MessageContent, sentEvent, type WrittenContent } from './composing.ts';
import { findMentioned, type Mentioned, nobodyMentioned } from './mentioned.ts';
import { findRootSeq, type MessageRecord } from './record.ts';
import { requireReplyTarget } from './reply.ts';
import { findMessageByClientId, insertMessage, type NewMessage } from './repository.ts';
import { openAttachments, openMessageText } from './sealing.ts';
import { canSendNow, slowModeFailure } from './slow-mode.ts';
import { checkText } from './text.ts';

/** The use cases that add a message to a room, for one request. */
export function createSending(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption, feed, relay, signals, now } = dependencies;
  const { viewer, trace, loaders } = request;

  /** @param isAuthorThere false for a message that goes by itself: what its author has not read stays unread. */
  async function sendMessage(
    input: SendMessageInput,
    { isAuthorThere = true }: { isAuthorThere?: boolean } = {},
  ): Promise<{ message: MessageRecord }> {
    return store({ ...(await checkWritten(input)), mentions: true, isAuthorThere });
  }

  /** All that can be wrong with a message itself. Whether its author may send it is another question. */
  async function checkWritten(input: SendMessageInput): Promise<WrittenContent> {
    requireViewer(request, canWriteToRooms);
    const { roomId, clientMessageId, replyToMessageId } = input;
    checkClientKey(clientMessageId, 'CLIENT_MESSAGE_ID_INVALID', 'clientMessageId');
    const attachments = checkAttachments(input.attachments ?? []);
    const text = checkText(input.text, { mayBeEmpty: attachments.length > 0 });
    const reply = replyToMessageId == null ? null : await findPlaceOfReply(roomId, replyToMessageId);
    return { roomId, clientMessageId, text, attachments, reply };
  }

  /** Replies to replies belong to the thread of the first. */
  async function findPlaceOfReply(roomId: string, messageId: string): Promise<NonNullable<MessageContent['reply']>> {
    const message = await requireReplyTarget(request, roomId, messageId);
    return { toSeq: message.seq, rootSeq: findRootSeq(message, await requireRoom(request, roomId)) };
  }

  async function forwardMessage(input: ForwardMessageInput): Promise<{ message: MessageRecord }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const { messageId, roomId, clientMessageId } = input;
    checkClientKey(clientMessageId, 'CLIENT_MESSAGE_ID_INVALID', 'clientMessageId');
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
    const content = { roomId, clientMessageId, text, attachments, forwardedFromId: source.id };
    return store({ ...content, mentions: false, isAuthorThere: true });
  }

  async function store(content: MessageContent): Promise<{ message: MessageRecord }> {
    const { userId: authorId } = requireViewer(request, canWriteToRooms);
    const { roomId, clientMessageId, text, mentions } = content;
    const room = await requireRoom(request, roomId);
    if (!canSendNow(viewer, room, now())) return repeatOrRefuse(content, room, authorId);
    const message = await composeMessage(dependencies, content, room, { authorId, viewer, trace });
    let sent = await insertMessage(database, message);
    if (sent === null) {
      const earlier = await findMessageByClientId(database, { roomId, authorId, clientMessageId });
      if (earlier) return { message: earlier };
      sent = await insertLocked(message, mentions ? text : null);
    }
    if (sent === null) return repeatOrRefuse(content, await requireRoom(request, roomId), authorId);
    feed.publish(roomId, sentEvent(sent));
    signals.publishReadState(authorId, roomId);
    relay.wake();
    return { message: sent };
  }

  /**
   * Somebody's rights have changed meanwhile, or the members: what was decided is decided anew, under the room's lock, and so is
   * whom the text mentions, unless there is none that does.
   */
  async function insertLocked(message: NewMessage, text: string | null): Promise<MessageRecord | null> {
    const { roomId, authorId, sentAt } = message;
    loaders.knownRoom.clear(roomId);
    return database.$transaction(async (transaction) => {
      const isThere = await lockRoom(transaction, roomId);
      const [room] = isThere ? await findRooms(transaction, [roomId], authorId, sentAt) : [];
      if (room === undefined || !canSendNow(viewer, room, sentAt)) return null;
      const mentioned = text === null ? nobodyMentioned : await findMentioned(transaction, viewer, room, text);
      return insertMessage(transaction, {
        ...withMentioned(message, mentioned),
        standingVersion: room.standingVersion,
      });
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

  return { sendMessage, forwardMessage, checkWritten };
}

function withMentioned(message: NewMessage, mentioned: Mentioned): NewMessage {
  const { event } = message;
  const { mentionsRoom } = mentioned;
  return { ...message, mentionsRoom, event: { ...event, payload: { ...event.payload, ...mentioned } } };
}
