import type { Prisma } from '../../../../prisma/chat/client/client.ts';

/** Makes these the entries of a room in the index, under the room's lock. */
export async function replaceWords(
  transaction: Prisma.TransactionClient,
  roomId: string,
  words: readonly bigint[],
): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM room_word WHERE room_id = ${roomId}::uuid AND NOT word = ANY(${words}::bigint[])`;
  await transaction.$executeRaw`
    INSERT INTO room_word (word, room_id) SELECT word, ${roomId}::uuid FROM unnest(${words}::bigint[]) AS word
    ON CONFLICT DO NOTHING`;
}

/** A batch of public rooms without an entry that all have, after an id. */
export async function findRoomsWithout(
  transaction: Prisma.TransactionClient,
  word: bigint,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id FROM room
    WHERE kind = 'PUBLIC' AND deleted_at IS NULL AND id > ${after}::uuid
      AND NOT EXISTS (SELECT FROM room_word WHERE word = ${word} AND room_id = room.id)
    ORDER BY id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
