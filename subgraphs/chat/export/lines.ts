import type { RoomEncryption } from '../encryption/room-encryption.ts';
import { UnreadableText } from '../encryption/sealed-text.ts';
import type { MessageRecord } from '../messages/record.ts';
import { openAttachments, openMessageText } from '../messages/sealing.ts';
import type { ReactionRecord } from '../reactions/repository.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { placeOf, type SealedRoomField, sealedFields } from '../rooms/texts.ts';
import type { WebhookRecord } from '../webhooks/record.ts';
import { openWebhookName } from '../webhooks/sealing.ts';

export function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

export async function describeRoom(encryption: RoomEncryption, room: RoomRecord) {
  const read = async (field: SealedRoomField) => {
    const sealed = room[sealedFields[field]];
    return sealed && (await readable(encryption.open(placeOf(room.id, field), sealed)));
  };
  return { id: room.id, name: await read('name'), topic: await read('topic'), kind: room.kind };
}

/** A message as it is now. One that was deleted keeps its place and its time, and nothing that its author wrote. */
export async function describeMessage(
  encryption: RoomEncryption,
  message: MessageRecord,
  reactions: readonly ReactionRecord[],
  webhook: WebhookRecord | null,
) {
  const [text, attachments, webhookName] = await Promise.all([
    readable(openMessageText(encryption, message)),
    readable(openAttachments(encryption, message)),
    webhook && readable(openWebhookName(encryption, webhook)),
  ]);
  const { id, seq, authorId, webhookId, createdAt, editCount, editedAt, deletedAt, replyToSeq, rootSeq } = message;
  return {
    type: 'message',
    id,
    seq,
    authorId: webhookId ? null : authorId,
    webhook: webhookId ? { id: webhookId, name: webhookName } : null,
    createdAt,
    text: text ?? null,
    attachments: attachments ?? [],
    edits: editCount,
    editedAt,
    deletedAt,
    replyToSeq,
    threadSeq: rootSeq,
    isForwarded: message.forwardedFromId !== null,
    reactions: reactions.map(({ emoji, count }) => ({ emoji, count })),
    ...((text === undefined || attachments === undefined) && { isUnreadable: true }),
  };
}

/** One text that can't be opened must not keep somebody from all others: then the result is undefined, and the line says so. */
async function readable<Value>(opening: Promise<Value>): Promise<Value | undefined> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof UnreadableText) return undefined;
    throw error;
  }
}
