import type { UserErrorCode } from '../schema.types.ts';

export type ScheduledMessageState = 'WAITING' | 'SENDING' | 'SENT' | 'FAILED' | 'CANCELLED';

/** A message to be sent later, and what has become of it. */
export interface ScheduledMessageRecord {
  id: string;
  roomId: string;
  authorId: string;
  clientMessageId: string;
  state: ScheduledMessageState;
  sendAt: Date;
  /** When a process may try to send it; null when nobody shall. */
  attemptAt: Date | null;
  /** Opened with the field `scheduled_message.text`. Null once it is sent, cancelled or discarded. */
  sealedText: Uint8Array | null;
  /** Opened with the field `scheduled_message.attachments`; null when there are none. */
  sealedAttachments: Uint8Array | null;
  replyToMessageId: string | null;
  failureCode: UserErrorCode | null;
  messageId: string | null;
}
