import { decrypt, encrypt } from './aes-gcm.ts';

/** Every column that holds what people wrote, as `table.column` without the `sealed_`. */
export type SealedField =
  | 'room.name'
  | 'room.topic'
  | 'room.avatarUrl'
  | 'invitation.code'
  | 'join_request.text'
  | 'message.text'
  | 'message.attachments'
  | 'message_edit.text'
  | 'scheduled_message.text'
  | 'scheduled_message.attachments'
  | 'draft.text'
  | 'report.content'
  | 'report.comment'
  | 'moderation_entry.reason'
  | 'webhook.name'
  | 'webhook.avatarUrl'
  | 'webhook.secret';

/** Where a sealed text stands. It is bound in: what is moved to another room, field or row can't be opened there. */
export interface SealedPlace {
  roomId: string;
  field: SealedField;
  /** The id of the message, or of whatever has the field; the room's own for a field of the room. */
  rowId: string;
}

/** A text that can't be opened: tampered with, cut off, or moved here from elsewhere. Shown to a client as INTERNAL. */
export class UnreadableText extends Error {
  constructor({ roomId, field, rowId }: SealedPlace, options?: ErrorOptions) {
    super(`The ${field} of ${rowId} in room ${roomId} can not be opened.`, options);
  }
}

const formatVersion = 1;
/** One byte of format, four of the key's version. */
const headerBytes = 5;

/** Format: 1 byte format version, 4 bytes key version, then as `encrypt` makes it. */
export function sealText(text: string, dataKey: Uint8Array, keyVersion: number, place: SealedPlace): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt8(formatVersion);
  header.writeUInt32BE(keyVersion, 1);
  return Buffer.concat([header, encrypt(Buffer.from(text), dataKey, contextOf(place))]);
}

/** The version of the data key that opens a sealed text. @throws UnreadableText when it is none. */
export function readKeyVersion(sealed: Buffer, place: SealedPlace): number {
  if (sealed.length <= headerBytes || sealed.readUInt8() !== formatVersion) throw new UnreadableText(place);
  return sealed.readUInt32BE(1);
}

/** @throws UnreadableText, and never gives another text than the one that was sealed for this place. */
export function openText(sealed: Buffer, dataKey: Uint8Array, place: SealedPlace): string {
  try {
    return decrypt(sealed.subarray(headerBytes), dataKey, contextOf(place)).toString();
  } catch (cause) {
    throw new UnreadableText(place, { cause });
  }
}

function contextOf({ roomId, field, rowId }: SealedPlace): string {
  return `${roomId}|${field}|${rowId}`;
}
