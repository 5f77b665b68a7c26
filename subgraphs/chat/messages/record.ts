/** Plain data, so that it travels between processes as it is: times are RFC 3339 strings, what is sealed is Base64. */
export interface MessageRecord {
  id: string;
  roomId: string;
  seq: number;
  authorId: string;
  /** Opened by `encryption.open` with the field `message.text`. Null once the text has been removed. */
  sealedText: string | null;
  createdAt: string;
}

/** The columns of a message as they come out of the database. */
export interface MessageRow extends Omit<MessageRecord, 'sealedText' | 'createdAt'> {
  sealedText: Uint8Array | null;
  createdAt: Date;
}

export function toMessageRecord({ id, roomId, seq, authorId, sealedText, createdAt }: MessageRow): MessageRecord {
  return { id, roomId, seq, authorId, sealedText: toBase64(sealedText), createdAt: createdAt.toISOString() };
}

function toBase64(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString('base64');
}
