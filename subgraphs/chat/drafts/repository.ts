import type { KeyPage } from '../../../platform/connection.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { DraftPlace, DraftRecord } from './record.ts';

type NewDraft = DraftRecord & { sealedText: Uint8Array<ArrayBuffer> };

/** Keeps a draft in place of the one before, and of the oldest ones beyond the limit, while the membership is held. */
export async function saveDraft(
  transaction: Prisma.TransactionClient,
  { roomId, userId, deviceId, ...written }: NewDraft,
  limit: number,
): Promise<void> {
  await transaction.draft.upsert({
    where: { roomId_userId_deviceId: { roomId, userId, deviceId } },
    create: { roomId, userId, deviceId, ...written },
    update: written,
  });
  await transaction.$executeRaw`
    DELETE FROM draft WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid AND device_id IN (
      SELECT device_id FROM draft WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid
      ORDER BY device_id <> ${deviceId}, updated_at DESC, device_id OFFSET ${limit})`;
}

export async function deleteDraft(
  transaction: Prisma.TransactionClient,
  { roomId, deviceId }: DraftPlace,
  userId: string,
): Promise<void> {
  await transaction.draft.deleteMany({ where: { roomId, userId, deviceId } });
}

/** All drafts of a person in many rooms, the last saved first. */
export async function findDrafts(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  userId: string,
): Promise<DraftRecord[]> {
  return transaction.draft.findMany({
    where: { userId, roomId: { in: [...roomIds] } },
    orderBy: [{ updatedAt: 'desc' }, { deviceId: 'asc' }],
  });
}

/** The drafts of a person, newest room first; one more than the page wants. */
export async function pageDrafts(
  transaction: Prisma.TransactionClient,
  userId: string,
  { after, limit }: KeyPage<DraftPlace>,
): Promise<DraftRecord[]> {
  const behind =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (room_id, device_id) < (${after.roomId}::uuid, ${after.deviceId}::text)`;
  return transaction.$queryRaw<DraftRecord[]>`
    SELECT room_id AS "roomId", user_id AS "userId", device_id AS "deviceId", sealed_text AS "sealedText",
           reply_to_message_id AS "replyToMessageId", updated_at AS "updatedAt"
    FROM draft
    WHERE user_id = ${userId}::uuid ${behind}
    ORDER BY room_id DESC, device_id DESC LIMIT ${limit + 1}`;
}
