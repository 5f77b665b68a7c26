import type { Prisma } from '../../../prisma/chat/client/client.ts';

/** Moves a member's read mark forward to the last message at or before a `seq`; it never goes back. */
export async function markRead(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userId: string,
  seq: number,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE room_member SET read_message_number = greatest(read_message_number, coalesce((
      SELECT number FROM message WHERE room_id = ${roomId}::uuid AND seq <= ${seq} ORDER BY seq DESC LIMIT 1), 0))
    WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid`;
}
