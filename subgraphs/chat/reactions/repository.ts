import { Prisma } from '../../../prisma/chat/client/client.ts';
import { firstSeqOf } from '../retention/first-seq.ts';

/** A message, by its place in a room. */
interface Place {
  roomId: string;
  seq: number;
}

/** One emoji on a message. */
export interface ReactionRecord {
  emoji: string;
  count: number;
  viewerReacted: boolean;
}

export interface ReactionName extends Place {
  emoji: string;
  userId: string;
}

/** How many different emoji a message has, this one left out, and whether this user has reacted with it. */
export async function findReaction(
  transaction: Prisma.TransactionClient,
  { roomId, seq, emoji, userId }: ReactionName,
): Promise<{ otherEmoji: number; hasReacted: boolean }> {
  const [row] = await transaction.$queryRaw<{ otherEmoji: number; hasReacted: boolean }[]>`
    SELECT (SELECT count(*)::int FROM reaction_count
            WHERE room_id = ${roomId}::uuid AND message_seq = ${seq} AND emoji <> ${emoji}) AS "otherEmoji",
           EXISTS (SELECT FROM reaction WHERE room_id = ${roomId}::uuid AND message_seq = ${seq} AND emoji = ${emoji}
                     AND user_id = ${userId}::uuid) AS "hasReacted"`;
  return row ?? { otherEmoji: 0, hasReacted: false };
}

/** Adds a reaction that there is not yet, under the room's lock. `firstSeq` counts when it is the first with its emoji. */
export async function insertReaction(
  transaction: Prisma.TransactionClient,
  { roomId, seq, emoji, userId }: ReactionName,
  firstSeq: number,
  reactedAt: Date,
): Promise<void> {
  await transaction.$executeRaw`
    WITH added AS (
      INSERT INTO reaction (room_id, message_seq, emoji, user_id, reacted_at)
      VALUES (${roomId}::uuid, ${seq}, ${emoji}, ${userId}::uuid, ${reactedAt})
    )
    INSERT INTO reaction_count (room_id, message_seq, emoji, count, first_seq)
    VALUES (${roomId}::uuid, ${seq}, ${emoji}, 1, ${firstSeq})
    ON CONFLICT (room_id, message_seq, emoji) DO UPDATE SET count = reaction_count.count + 1`;
}

/** Removes a reaction, under the room's lock. Resolves to whether there was one. */
export async function deleteReaction(
  transaction: Prisma.TransactionClient,
  { roomId, seq, emoji, userId }: ReactionName,
): Promise<boolean> {
  const place = { roomId, messageSeq: seq, emoji };
  const { count } = await transaction.reaction.deleteMany({ where: { ...place, userId } });
  if (count === 0) return false;
  // A row can't be changed and removed by the same statement.
  const { count: removed } = await transaction.reactionCount.deleteMany({ where: { ...place, count: 1 } });
  if (removed === 0) await transaction.reactionCount.updateMany({ where: place, data: { count: { decrement: 1 } } });
  return true;
}

/** The reactions to messages, by one statement, those to the same message in the order in which their emoji came to it. */
export async function findReactions(
  transaction: Prisma.TransactionClient,
  places: readonly Place[],
  viewerId: string | null,
): Promise<(ReactionRecord & Place)[]> {
  return transaction.$queryRaw<(ReactionRecord & Place)[]>`
    SELECT counted.room_id AS "roomId", counted.message_seq AS seq, counted.emoji, counted.count,
           reaction.user_id IS NOT NULL AS "viewerReacted"
    FROM unnest(${places.map(({ roomId }) => roomId)}::uuid[], ${places.map(({ seq }) => seq)}::int[])
      AS wanted(id, number)
      JOIN reaction_count AS counted ON counted.room_id = wanted.id AND counted.message_seq = wanted.number
      LEFT JOIN reaction ON reaction.room_id = counted.room_id AND reaction.message_seq = counted.message_seq
        AND reaction.emoji = counted.emoji AND reaction.user_id = ${viewerId}::uuid
    WHERE counted.message_seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}
    ORDER BY counted.first_seq`;
}
