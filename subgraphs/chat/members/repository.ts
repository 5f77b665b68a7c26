import { nothingOnConflict } from '../../../platform/database.ts';
import type { Prisma } from '../../../prisma/chat/client/client.ts';
import type { RoomEventRecord } from '../log/record.ts';

/**
 * Makes a user a member, as one statement. The account's row is held until the commit, so that the account can't go
 * in between and leave a membership behind; the room's is locked next, so that the messages counted as read are those
 * before the joining. Resolves to the event, or to null when the user was a member already or the account is gone.
 */
export async function insertMember(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userId: string,
  joinedAt: Date,
): Promise<RoomEventRecord | null> {
  const [row] = await nothingOnConflict(
    'room_member_pkey',
    transaction.$queryRaw<{ seq: number }[]>`
      WITH account AS MATERIALIZED (
        SELECT FROM account_handle WHERE user_id = ${userId}::uuid AND deleted_at IS NULL FOR SHARE
      ), advanced AS (
        UPDATE room SET head_seq = head_seq + 1
        WHERE id = ${roomId}::uuid AND EXISTS (SELECT FROM account)
          AND NOT EXISTS (SELECT FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid)
        RETURNING id, head_seq, message_count
      ), joined AS (
        INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number)
        SELECT id, ${userId}::uuid, 'MEMBER', ${joinedAt}, message_count FROM advanced
      )
      INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
      SELECT id, head_seq, 'MEMBER_JOINED', ${userId}::uuid, ${joinedAt} FROM advanced
      RETURNING seq`,
  );
  if (row === undefined) return null;
  const occurredAt = joinedAt.toISOString();
  return { roomId, seq: row.seq, kind: 'MEMBER_JOINED', actorId: userId, occurredAt, data: {}, message: null };
}

/** The members of a room among the owners of these handles. */
export async function findMembersByHandle(
  transaction: Prisma.TransactionClient,
  roomId: string,
  usernamesNormalized: readonly string[],
): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM account_handle JOIN room_member USING (user_id)
    WHERE room_id = ${roomId}::uuid AND username_normalized = ANY(${usernamesNormalized})`;
  return rows.map((row) => row.userId);
}
