import { newId } from '../../../platform/identifiers.ts';
import type { TraceParent } from '../../../platform/trace.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { messageSent } from '../events.ts';
import type { RoomEventRecord } from '../log/record.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { Attachment } from '../schema.types.ts';
import { wordsOfMessage } from '../search/message-words.ts';
import type { NewMessage, ReplyPlace } from './insertion/repository.ts';
import { findMentioned, type Mentioned, nobodyMentioned } from './mentioned.ts';
import type { MessageRecord } from './record.ts';
import { placeOfAttachments, placeOfText } from './sealing.ts';

/** What somebody wrote, checked. */
export interface WrittenContent {
  roomId: string;
  clientMessageId: string;
  text: string;
  attachments: Attachment[];
  reply?: ReplyPlace | null;
}

/** What a message is made of, checked. */
export interface MessageContent extends WrittenContent {
  forwardedFromId?: string | null;
  /** Whether those whom the text mentions are told. */
  mentions: boolean;
  /** See `NewMessage`. */
  isAuthorThere: boolean;
}

/** Whose doing a message is. */
export interface MessageOrigin {
  /** A member's id, or that of the webhook. */
  authorId: string;
  /** The member; null for a webhook. */
  viewer: Viewer | null;
  trace: TraceParent;
}

/** Makes of a checked message what `InsertMessages` stores: finds whom it mentions, and seals what was written. */
export async function composeMessage(
  { database, encryption, now }: ChatDependencies,
  content: MessageContent,
  room: RoomRecord,
  { authorId, viewer, trace }: MessageOrigin,
): Promise<NewMessage> {
  const { text, attachments, mentions, reply = null, forwardedFromId = null, ...named } = content;
  const { id: roomId, keyVersion, standingVersion } = room;
  const mentioned = mentions ? await findMentioned(database, viewer, room, text) : nobodyMentioned;
  const id = newId();
  const [sealedText, sealedAttachments, words] = await Promise.all([
    encryption.seal(placeOfText({ id, roomId }), keyVersion, text),
    attachments.length > 0
      ? encryption.seal(placeOfAttachments({ id, roomId }), keyVersion, JSON.stringify(attachments))
      : null,
    encryption.hashWords(roomId, keyVersion, wordsOfMessage(authorId, text, attachments)),
  ]);
  const sentAt = now();
  const payload = { messageId: id, roomId, seq: 0, authorId, ...mentioned };
  return {
    ...named,
    id,
    authorId,
    webhookId: viewer === null ? authorId : null,
    sealedText,
    sealedAttachments,
    reply,
    forwardedFromId,
    sentAt,
    standingVersion,
    words,
    mentionsRoom: mentioned.mentionsRoom,
    event: messageSent(viewer === null ? { ...payload, isFromWebhook: true } : payload, trace, sentAt),
  };
}

/** The same message, if it mentions somebody else by now. */
export function withMentioned(message: NewMessage, mentioned: Mentioned): NewMessage {
  const { event } = message;
  const { mentionsRoom } = mentioned;
  return { ...message, mentionsRoom, event: { ...event, payload: { ...event.payload, ...mentioned } } };
}

/** The event that `InsertMessages` has written with the message. */
export function sentEvent(message: MessageRecord): RoomEventRecord {
  const { roomId, seq, authorId, createdAt } = message;
  return { roomId, seq, kind: 'MESSAGE_SENT', actorId: authorId, occurredAt: createdAt, data: {}, message };
}
