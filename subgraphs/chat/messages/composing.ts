import { newId } from '../../../platform/identifiers.ts';
import type { TraceParent } from '../../../platform/trace.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { messageSent } from '../events.ts';
import type { RoomEventRecord } from '../log/record.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { Attachment } from '../schema.types.ts';
import { findMentioned } from './mentioned.ts';
import type { MessageRecord } from './record.ts';
import type { NewMessage } from './repository.ts';
import { placeOfAttachments, placeOfText } from './sealing.ts';

/** What a message is made of, checked. */
export interface MessageContent {
  roomId: string;
  clientMessageId: string;
  text: string;
  attachments: Attachment[];
  reply?: { toSeq: number; rootSeq: number } | null;
  forwardedFromId?: string | null;
  /** Whether those whom the text mentions are told. */
  mentions: boolean;
}

/** Whose doing a message is. */
export interface MessageOrigin {
  /** A member's id, or that of the webhook. */
  authorId: string;
  isFromWebhook?: boolean;
  trace: TraceParent;
}

/** Makes of a checked message what `insertMessage` stores: finds whom it mentions, and seals what was written. */
export async function composeMessage(
  { database, encryption, now }: ChatDependencies,
  content: MessageContent,
  room: RoomRecord,
  { authorId, isFromWebhook = false, trace }: MessageOrigin,
): Promise<NewMessage> {
  const { roomId, clientMessageId, text, attachments, reply = null, forwardedFromId = null, mentions } = content;
  const mentionedUserIds = mentions ? await findMentioned(database, roomId, text, authorId) : [];
  const id = newId();
  const [sealedText, sealedAttachments] = await Promise.all([
    encryption.seal(placeOfText({ id, roomId }), room.keyVersion, text),
    attachments.length > 0
      ? encryption.seal(placeOfAttachments({ id, roomId }), room.keyVersion, JSON.stringify(attachments))
      : null,
  ]);
  const sentAt = now();
  const payload = { messageId: id, roomId, seq: 0, authorId, mentionedUserIds };
  return {
    id,
    roomId,
    authorId,
    webhookId: isFromWebhook ? authorId : null,
    clientMessageId,
    sealedText,
    sealedAttachments,
    reply,
    forwardedFromId,
    sentAt,
    standingVersion: room.standingVersion,
    words: [],
    mentionsRoom: false,
    event: messageSent(isFromWebhook ? { ...payload, isFromWebhook } : payload, trace, sentAt),
  };
}

/** The event that `insertMessage` has written with the message. */
export function sentEvent(message: MessageRecord): RoomEventRecord {
  const { roomId, seq, authorId, createdAt } = message;
  return { roomId, seq, kind: 'MESSAGE_SENT', actorId: authorId, occurredAt: createdAt, data: {}, message };
}
