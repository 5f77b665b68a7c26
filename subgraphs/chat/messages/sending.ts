import { newId } from '../../../platform/identifiers.ts';
import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { messageSent } from '../events.ts';
import { messageNotFound } from '../failure.ts';
import type { RoomEventRecord } from '../log/record.ts';
import { canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms, lockRoom } from '../rooms/repository.ts';
import type { Attachment, ForwardMessageInput, SendMessageInput } from '../schema.types.ts';
import { wordsOfMessage } from '../search/message-words.ts';
import { checkAttachments } from './attachments.ts';
import { findMentioned, type Mentioned, nobodyMentioned } from './mentioned.ts';
import { findRootSeq, type MessageRecord } from './record.ts';
import { requireReplyTarget } from './reply.ts';
import { findMessageByClientId, insertMessage, type NewMessage } from './repository.ts';
import { openAttachments, openMessageText, placeOfAttachments, placeOfText } from './sealing.ts';
import { canSendNow, slowModeFailure } from './slow-mode.ts';
import { checkClientMessageId, checkText } from './text.ts';

/** What somebody wrote, checked. */
export interface WrittenContent {
  roomId: string;
  clientMessageId: string;
  text: string;
  attachments: Attachment[];
  reply?: { toSeq: number; rootSeq: number } | null;
}

/** What a message is made of, checked. */
interface MessageContent extends WrittenContent {
  forwardedFromId?: string | null;
  /** Whether those whom the text mentions are told. */
  mentions: boolean;
  /** See `NewMessage`. */
  isAuthorThere: boolean;
}

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
    checkClientMessageId(clientMessageId);
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
    const content = { roomId, clientMessageId, text, attachments, forwardedFromId: source.id };
    return store({ ...content, mentions: false, isAuthorThere: true });
  }

  async function store(content: MessageContent): Promise<{ message: MessageRecord }> {
    const { userId: authorId } = requireViewer(request, canWriteToRooms);
    const { roomId, clientMessageId, text, attachments, reply = null, forwardedFromId = null, mentions } = content;
    const { isAuthorThere } = content;
    const room = await requireRoom(request, roomId);
    if (!canSendNow(viewer, room, now())) return repeatOrRefuse(content, room, authorId);
    const mentioned = mentions ? await findMentioned(database, viewer, room, text) : nobodyMentioned;
    const id = newId();
    const [sealedText, sealedAttachments, words] = await Promise.all([
      encryption.seal(placeOfText({ id, roomId }), room.keyVersion, text),
      attachments.length > 0
        ? encryption.seal(placeOfAttachments({ id, roomId }), room.keyVersion, JSON.stringify(attachments))
        : null,
      encryption.hashWords(roomId, room.keyVersion, wordsOfMessage(authorId, text, attachments)),
    ]);
    const sentAt = now();
    const message: NewMessage = {
      id,
      roomId,
      authorId,
      clientMessageId,
      sealedText,
      sealedAttachments,
      reply,
      forwardedFromId,
      sentAt,
      isAuthorThere,
      standingVersion: room.standingVersion,
      words,
      mentionsRoom: mentioned.mentionsRoom,
      event: messageSent({ messageId: id, roomId, seq: 0, authorId, ...mentioned }, trace, sentAt),
    };
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

/** The event that `insertMessage` has written with the message. */
function sentEvent(message: MessageRecord): RoomEventRecord {
  const { roomId, seq, authorId, createdAt } = message;
  return { roomId, seq, kind: 'MESSAGE_SENT', actorId: authorId, occurredAt: createdAt, data: {}, message };
}
