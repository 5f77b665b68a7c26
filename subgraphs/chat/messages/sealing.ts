import type { RoomEncryption } from '../encryption/room-encryption.ts';
import type { SealedPlace } from '../encryption/sealed-text.ts';
import type { Attachment } from '../schema.types.ts';
import type { MessageEditRecord, MessageRecord } from './record.ts';

type SealedMessage = Pick<MessageRecord, 'id' | 'roomId'>;

export function placeOfText({ id, roomId }: SealedMessage): SealedPlace {
  return { roomId, field: 'message.text', rowId: id };
}

export function placeOfAttachments({ id, roomId }: SealedMessage): SealedPlace {
  return { roomId, field: 'message.attachments', rowId: id };
}

/** A replaced text is bound to the number of its edit, too. */
export function placeOfEdit({ id, roomId }: SealedMessage, version: number): SealedPlace {
  return { roomId, field: 'message_edit.text', rowId: `${id}/${version}` };
}

export async function openMessageText(encryption: RoomEncryption, message: MessageRecord): Promise<string | null> {
  return message.sealedText === null ? null : encryption.open(placeOfText(message), message.sealedText);
}

export async function openAttachments(encryption: RoomEncryption, message: MessageRecord): Promise<Attachment[]> {
  if (message.sealedAttachments === null) return [];
  return JSON.parse(await encryption.open(placeOfAttachments(message), message.sealedAttachments)) as Attachment[];
}

export async function openEdit(encryption: RoomEncryption, edit: MessageEditRecord): Promise<string> {
  return encryption.open(placeOfEdit({ id: edit.messageId, roomId: edit.roomId }, edit.version), edit.sealedText);
}
