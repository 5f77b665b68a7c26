import type { KeyPage } from '../../../platform/connection.ts';
import { highestSeq } from '../../../platform/cursor.ts';
import type { Prisma } from '../../../prisma/chat/client/client.ts';
import type { ModerationEntryRecord, NewModerationEntry } from './record.ts';

/** Adds to a room's record, under the room's lock, which keeps the numbers in order. The database lets nobody change an entry. */
export async function insertEntries(
  transaction: Prisma.TransactionClient,
  { roomId, actorId, occurredAt }: Pick<ModerationEntryRecord, 'roomId' | 'actorId' | 'occurredAt'>,
  entries: readonly NewModerationEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const { _max: last } = await transaction.moderationEntry.aggregate({ where: { roomId }, _max: { number: true } });
  await transaction.moderationEntry.createMany({
    data: entries.map(({ data, sealedReason, ...entry }, index) => ({
      ...entry,
      roomId,
      number: (last.number ?? 0) + index + 1,
      actorId,
      data: data as Prisma.InputJsonObject,
      sealedReason: sealedReason && new Uint8Array(sealedReason),
      occurredAt,
    })),
  });
}

/** The same page of the records of many rooms, newest first; one more for each than the page wants. */
export async function pageEntries(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<number>,
): Promise<ModerationEntryRecord[]> {
  return transaction.$queryRaw<ModerationEntryRecord[]>`
    SELECT entry.room_id AS "roomId", number, entry.id, action, actor_id AS "actorId", target_id AS "targetId",
           message_id AS "messageId", event_seq AS "eventSeq", report_id AS "reportId", data,
           sealed_reason AS "sealedReason", occurred_at AS "occurredAt"
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM moderation_entry WHERE room_id = wanted.id AND number < ${page.after ?? highestSeq}
      ORDER BY number DESC LIMIT ${page.limit + 1}) AS entry
    ORDER BY entry.room_id, number DESC`;
}
