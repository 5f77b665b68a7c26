import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeSeqCursor } from '../../../platform/cursor.ts';
import { newId } from '../../../platform/identifiers.ts';
import { parseText } from '../../../platform/text.ts';
import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { messageSent } from '../events.ts';
import { Failure } from '../failure.ts';
import { roomCursor } from '../log/cursor.ts';
import type { RoomEventRecord } from '../log/record.ts';
import { findMembersByHandle } from '../members/repository.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms, lockRoom } from '../rooms/repository.ts';
import type { SendMessageInput } from '../schema.types.ts';
import { findMentions } from './mentions.ts';
import type { MessageRecord } from './record.ts';
import { findMessageByClientId, insertMessage, type NewMessage } from './repository.ts';
import { canSendNow, slowModeFailure } from './slow-mode.ts';

export const messageLimit = 8_000;

/** The use cases of messages, for one request. */
export function createMessageService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption, feed, relay, now } = dependencies;
  const { viewer, trace, loaders } = request;

  async function sendMessage(input: SendMessageInput): Promise<{ message: MessageRecord }> {
    const { userId: authorId } = requireViewer(request, canWriteToRooms);
    const { roomId, clientMessageId } = input;
    const text = checkMessage(input);
    const room = await requireRoom(request, roomId);
    if (!canSendNow(viewer, room, now())) return repeatOrRefuse(input, room, authorId);
    const mentionedUserIds = await findMentioned(roomId, text, authorId);
    const id = newId();
    const sealedText = await encryption.seal(textOf(roomId, id), room.keyVersion, text);
    const sentAt = now();
    const event = messageSent({ messageId: id, roomId, seq: 0, authorId, mentionedUserIds }, trace, sentAt);
    const { standingVersion } = room;
    const message = { id, roomId, authorId, clientMessageId, sealedText, sentAt, standingVersion, event };
    let sent = await insertMessage(database, message);
    if (sent === null) {
      const earlier = await findMessageByClientId(database, roomId, authorId, clientMessageId);
      if (earlier) return { message: earlier };
      sent = await insertLocked(message);
    }
    if (sent === null) return repeatOrRefuse(input, await requireRoom(request, roomId), authorId);
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
    { roomId, clientMessageId }: SendMessageInput,
    room: RoomRecord,
    authorId: string,
  ): Promise<{ message: MessageRecord }> {
    const earlier = room.role && (await findMessageByClientId(database, roomId, authorId, clientMessageId));
    if (earlier) return { message: earlier };
    requireAllowed(viewer, 'message:send', room);
    throw slowModeFailure(room, now());
  }

  async function findMentioned(roomId: string, text: string, authorId: string): Promise<string[]> {
    const handles = findMentions(text);
    const mentioned = handles.length > 0 ? await findMembersByHandle(database, roomId, handles) : [];
    return mentioned.filter((memberId) => memberId !== authorId);
  }

  async function pageMessages(room: RoomRecord, args: PageArguments): Promise<Connection<MessageRecord>> {
    const page = parsePage(args, (cursor) => decodeSeqCursor('room', room.id, cursor));
    // Whoever may only write still gets the room that they have just opened, and no look into it.
    const rows = can(viewer, 'room:read', room) ? await loaders.messagePage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, seq }) => roomCursor(roomId, seq),
      (row) => row,
    );
  }

  return {
    message: (id: string) => loaders.message.load(id),
    readText: ({ id, roomId, sealedText }: MessageRecord) =>
      sealedText === null ? null : encryption.open(textOf(roomId, id), sealedText),
    sendMessage,
    pageMessages,
  };
}

function textOf(roomId: string, messageId: string) {
  return { roomId, field: 'message.text', rowId: messageId } as const;
}

/** The event that `insertMessage` has written with the message. */
function sentEvent(message: MessageRecord): RoomEventRecord {
  const { roomId, seq, authorId, createdAt } = message;
  return { roomId, seq, kind: 'MESSAGE_SENT', actorId: authorId, occurredAt: createdAt, data: {}, message };
}

/** The text as it is sealed. */
function checkMessage({ text: input, clientMessageId }: SendMessageInput): string {
  if (!/^[\x21-\x7e]{1,64}$/.test(clientMessageId)) {
    const message = 'A clientMessageId has 1 to 64 visible ASCII characters.';
    throw new Failure('CLIENT_MESSAGE_ID_INVALID', message, ['clientMessageId']);
  }
  const parsed = parseText(input, messageLimit);
  if ('text' in parsed) return parsed.text;
  switch (parsed.problem) {
    case 'empty':
      throw new Failure('MESSAGE_EMPTY', 'A message needs at least one visible character.', ['text']);
    case 'too long':
      throw new Failure('MESSAGE_TOO_LONG', `A message has at most ${messageLimit} characters.`, ['text']);
    case 'invalid':
      throw new Failure('MESSAGE_INVALID', 'A message is Unicode text without control characters.', ['text']);
  }
}
