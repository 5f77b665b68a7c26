import type { KeyPage } from '../../../platform/connection.ts';
import { highestSeq } from '../../../platform/cursor.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import { firstSeqOf } from '../retention/first-seq.ts';

/** A message that is pinned. */
export interface PinRecord {
  roomId: string;
  messageSeq: number;
  /** The number of the event by which it was pinned. */
  seq: number;
  pinnedById: string;
  pinnedAt: Date;
}

/** How many messages of a room are pinned, and whether this one is. */
export async function countPins(
  transaction: Prisma.TransactionClient,
  roomId: string,
  messageSeq: number,
): Promise<{ count: number; isPinned: boolean }> {
  const [row] = await transaction.$queryRaw<{ count: number; isPinned: boolean }[]>`
    SELECT count(*)::int AS count, coalesce(bool_or(message_seq = ${messageSeq}), false) AS "isPinned"
    FROM pin WHERE room_id = ${roomId}::uuid AND message_seq >= ${firstSeqOf(Prisma.sql`${roomId}::uuid`)}`;
  return row ?? { count: 0, isPinned: false };
}

export async function insertPin(transaction: Prisma.TransactionClient, pin: PinRecord): Promise<void> {
  await transaction.pin.create({ data: pin });
}

/** Resolves to whether the message was pinned. */
export async function deletePin(
  transaction: Prisma.TransactionClient,
  roomId: string,
  messageSeq: number,
): Promise<boolean> {
  return (await transaction.pin.deleteMany({ where: { roomId, messageSeq } })).count > 0;
}

/** Those of the messages that are pinned. */
export async function findPins(
  transaction: Prisma.TransactionClient,
  places: readonly { roomId: string; seq: number }[],
): Promise<PinRecord[]> {
  return transaction.$queryRaw<PinRecord[]>`
    SELECT room_id AS "roomId", message_seq AS "messageSeq", seq, pinned_by_id AS "pinnedById", pinned_at AS "pinnedAt"
    FROM pin JOIN unnest(${places.map(({ roomId }) => roomId)}::uuid[], ${places.map(({ seq }) => seq)}::int[])
      AS wanted(id, number) ON room_id = wanted.id AND message_seq = wanted.number
    WHERE message_seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}`;
}

/** The same page of the pins of many rooms, newest first; one more for each than the page wants. */
export async function pagePins(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<number>,
): Promise<PinRecord[]> {
  return transaction.$queryRaw<PinRecord[]>`
    SELECT pin.room_id AS "roomId", message_seq AS "messageSeq", seq, pinned_by_id AS "pinnedById",
           pinned_at AS "pinnedAt"
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM pin WHERE room_id = wanted.id AND seq < ${page.after ?? highestSeq}
        AND message_seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}
      ORDER BY seq DESC LIMIT ${page.limit + 1}) AS pin
    ORDER BY pin.room_id, seq DESC`;
}
