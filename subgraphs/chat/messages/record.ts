import { createHash } from 'node:crypto';

/** Plain data, so that it travels between processes as it is: times are RFC 3339 strings, what is sealed is Base64. */
export interface MessageRecord {
  id: string;
  roomId: string;
  seq: number;
  /** A person's id, or that of the webhook. */
  authorId: string;
  /** The webhook that posted it; null for a person's message. */
  webhookId: string | null;
  /** Opened by `encryption.open` with the field `message.text`. Null once the text has been removed. */
  sealedText: string | null;
  /** Opened with the field `message.attachments`; null when there are none. */
  sealedAttachments: string | null;
  /** The message that this one answers. */
  replyToSeq: number | null;
  /** The message that began the thread in which this one answers. */
  rootSeq: number | null;
  forwardedFromId: string | null;
  /** How often the text was changed: the number of the last edit. */
  editCount: number;
  editedAt: string | null;
  deletedAt: string | null;
  createdAt: string;
}

/** The columns of a message as they come out of the database. */
export interface MessageRow
  extends Omit<MessageRecord, 'sealedText' | 'sealedAttachments' | 'editedAt' | 'deletedAt' | 'createdAt'> {
  sealedText: Uint8Array | null;
  sealedAttachments: Uint8Array | null;
  editedAt: Date | null;
  deletedAt: Date | null;
  createdAt: Date;
}

export function toMessageRecord(row: MessageRow): MessageRecord {
  return {
    id: row.id,
    roomId: row.roomId,
    seq: row.seq,
    authorId: row.authorId,
    webhookId: row.webhookId,
    sealedText: toBase64(row.sealedText),
    sealedAttachments: toBase64(row.sealedAttachments),
    replyToSeq: row.replyToSeq,
    rootSeq: row.rootSeq,
    forwardedFromId: row.forwardedFromId,
    editCount: row.editCount,
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

function toBase64(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString('base64');
}

/** A message with answers. */
export interface ThreadRecord {
  roomId: string;
  rootSeq: number;
  replyCount: number;
  participantCount: number;
  lastReplyAt: Date;
}

/** The `seq` of the message that began a message's thread: its own when it answers none, or when that one is no longer there. */
export function findRootSeq({ seq, rootSeq }: MessageRecord, { firstSeq }: { firstSeq: number }): number {
  return rootSeq === null || rootSeq < firstSeq ? seq : rootSeq;
}

/** A text that an edit has replaced. */
export interface MessageEditRecord {
  roomId: string;
  seq: number;
  version: number;
  /** Opened with the field `message_edit.text`. */
  sealedText: Uint8Array;
  editedAt: Date;
  messageId: string;
}

/** Where a message stands. */
export interface MessagePlace {
  roomId: string;
  seq: number;
}

/** The same place is the same key. */
export function placeKey({ roomId, seq }: MessagePlace): string {
  return `${roomId} ${seq}`;
}

/** Somebody whom a message mentions. */
export interface MentionRecord extends MessagePlace {
  userId: string;
}

/** The name that a client has given a message: the same name is the same message, for ever. */
export interface MessageName {
  roomId: string;
  authorId: string;
  clientMessageId: string;
}

/** What is kept of a message's name once retention has removed the message. */
export function hashMessageName({ roomId, authorId, clientMessageId }: MessageName): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(`${roomId}|${authorId}|${clientMessageId}`).digest());
}

/** What a retry gets for a message that retention has removed: its place, without content. */
export function toExpiredMessageRecord(
  { id, roomId, seq, createdAt }: { id: string; roomId: string; seq: number; createdAt: Date },
  authorId: string,
): MessageRecord {
  return {
    id,
    roomId,
    seq,
    authorId,
    webhookId: null,
    sealedText: null,
    sealedAttachments: null,
    replyToSeq: null,
    rootSeq: null,
    forwardedFromId: null,
    editCount: 0,
    editedAt: null,
    deletedAt: createdAt.toISOString(),
    createdAt: createdAt.toISOString(),
  };
}
