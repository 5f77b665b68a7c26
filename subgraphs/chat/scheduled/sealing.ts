import type { RoomEncryption } from '../encryption/room-encryption.ts';
import type { SealedPlace } from '../encryption/sealed-text.ts';
import type { Attachment } from '../schema.types.ts';
import type { ScheduledMessageRecord } from './record.ts';

type SealedScheduled = Pick<ScheduledMessageRecord, 'id' | 'roomId'>;

export function placeOfScheduledText({ id, roomId }: SealedScheduled): SealedPlace {
  return { roomId, field: 'scheduled_message.text', rowId: id };
}

export function placeOfAttachments({ id, roomId }: SealedScheduled): SealedPlace {
  return { roomId, field: 'scheduled_message.attachments', rowId: id };
}

export async function openScheduledText(
  encryption: RoomEncryption,
  scheduled: ScheduledMessageRecord,
): Promise<string | null> {
  return scheduled.sealedText === null ? null : encryption.open(placeOfScheduledText(scheduled), scheduled.sealedText);
}

export async function openAttachments(
  encryption: RoomEncryption,
  scheduled: ScheduledMessageRecord,
): Promise<Attachment[]> {
  if (scheduled.sealedAttachments === null) return [];
  const opened = await encryption.open(placeOfAttachments(scheduled), scheduled.sealedAttachments);
  return JSON.parse(opened) as Attachment[];
}
