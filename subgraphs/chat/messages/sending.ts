import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import { checkClientKey } from '../client-key.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { type Failure, messageNotFound } from '../failure.ts';
import { canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { ForwardMessageInput, SendMessageInput } from '../schema.types.ts';
import { checkAttachments } from './attachments.ts';
import { type MessageContent, sentEvent, type WrittenContent } from './composing.ts';
import { findRootSeq, type MessageRecord } from './record.ts';
import { findReplyTarget, replyTargetNotFound } from './reply.ts';
import { findMessageByClientId } from './repository.ts';
import { openAttachments, openMessageText } from './sealing.ts';
import { canSendNow, slowModeFailure } from './slow-mode.ts';
import { storeDecided, storeMessage } from './storing.ts';
import { checkText } from './text.ts';

type NamedMessage = Pick<MessageContent, 'roomId' | 'clientMessageId'>;

/** The use cases that add a message to a room, for one request. */
export function createSending(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption, feed, relay, sendDecisions, signals, now } = dependencies;
  const { viewer, trace, loaders } = request;

  /** @param isAuthorThere false for a message that goes by itself: what its author has not read stays unread. */
  async function sendMessage(
    input: SendMessageInput,
    { isAuthorThere = true }: { isAuthorThere?: boolean } = {},
  ): Promise<{ message: MessageRecord }> {
    const written = checkTexts(input);
    const reply = await findPlaceOfReply(input);
    if (reply === undefined) return repeatOrFail(input, replyTargetNotFound());
    return store({ ...written, reply, mentions: true, isAuthorThere });
  }

  /** All that can be wrong with a message itself. Whether its author may send it is another question. */
  async function checkWritten(input: SendMessageInput): Promise<WrittenContent> {
    const written = checkTexts(input);
    const reply = await findPlaceOfReply(input);
    if (reply === undefined) throw replyTargetNotFound();
    return { ...written, reply };
  }

  function checkTexts(input: SendMessageInput): Omit<WrittenContent, 'reply'> {
    requireViewer(request, canWriteToRooms);
    const { roomId, clientMessageId } = input;
    checkClientKey(clientMessageId, 'CLIENT_MESSAGE_ID_INVALID', 'clientMessageId');
    const attachments = checkAttachments(input.attachments ?? []);
    const text = checkText(input.text, { mayBeEmpty: attachments.length > 0 });
    return { roomId, clientMessageId, text, attachments };
  }

  /** Replies to replies belong to the thread of the first. Null for what answers nothing, undefined when the target is not there. */
  async function findPlaceOfReply({
    roomId,
    replyToMessageId,
  }: SendMessageInput): Promise<WrittenContent['reply'] | undefined> {
    if (replyToMessageId == null) return null;
    const message = await findReplyTarget(request, roomId, replyToMessageId);
    if (message === null) return undefined;
    const rootSeq = findRootSeq(message, await requireRoom(request, roomId));
    return { toSeq: message.seq, rootSeq, rootAuthorId: rootSeq === message.seq ? message.authorId : null };
  }

  async function forwardMessage(input: ForwardMessageInput): Promise<{ message: MessageRecord }> {
    requireViewer(request, canWriteToRooms);
    const { messageId, roomId, clientMessageId } = input;
    checkClientKey(clientMessageId, 'CLIENT_MESSAGE_ID_INVALID', 'clientMessageId');
    const source = await loaders.loadMessage(messageId);
    if (source === null || source.deletedAt !== null) return repeatOrFail(input, messageNotFound());
    const text = (await openMessageText(encryption, source)) ?? '';
    const attachments = await openAttachments(encryption, source);
    // Who was mentioned there was told there.
    const content = { roomId, clientMessageId, text, attachments, forwardedFromId: source.id };
    return store({ ...content, mentions: false, isAuthorThere: true });
  }

  async function store(content: MessageContent): Promise<{ message: MessageRecord }> {
    const { userId: authorId } = requireViewer(request, canWriteToRooms);
    const { roomId } = content;
    const origin = { authorId, viewer, trace };
    const remembered = sendDecisions.recall(authorId, roomId);
    const decided = remembered && (await storeDecided(dependencies, content, remembered, origin));
    if (decided !== null) return publish(decided);
    sendDecisions.forget(authorId, roomId);
    const room = await requireRoom(request, roomId);
    const maySend = (each: RoomRecord, at: Date) => canSendNow(viewer, each, at);
    const stored = maySend(room, now()) ? await storeMessage(dependencies, content, room, origin, maySend) : null;
    if (stored === null) return repeatOrRefuse(content);
    const { message, isNew } = stored;
    if (!isNew) return { message };
    sendDecisions.remember(authorId, room);
    return publish(message);
  }

  function publish(message: MessageRecord): { message: MessageRecord } {
    feed.publish(message.roomId, sentEvent(message));
    signals.publishReadState(message.authorId, message.roomId);
    relay.wake();
    return { message };
  }

  /** A retry gets the first result, for ever, for as long as its author is a member. */
  async function findEarlier({ roomId, clientMessageId }: NamedMessage): Promise<MessageRecord | null> {
    const { userId: authorId } = requireViewer(request, canWriteToRooms);
    const { role } = await requireRoom(request, roomId);
    return role && findMessageByClientId(database, { roomId, authorId, clientMessageId });
  }

  /** What the message is made of is gone by now: only a retry gets something. */
  async function repeatOrFail(name: NamedMessage, failure: Failure): Promise<{ message: MessageRecord }> {
    const earlier = await findEarlier(name);
    if (earlier === null) throw failure;
    return { message: earlier };
  }

  /** Its author may not send it, or not any more. */
  async function repeatOrRefuse(name: NamedMessage): Promise<{ message: MessageRecord }> {
    loaders.knownRoom.clear(name.roomId);
    const earlier = await findEarlier(name);
    if (earlier) return { message: earlier };
    const room = await requireRoom(request, name.roomId);
    requireAllowed(viewer, 'message:send', room);
    throw slowModeFailure(room, now());
  }

  return { sendMessage, forwardMessage, checkWritten };
}
