import type { KeyPage } from '../../../platform/connection.ts';
import { lowestId } from '../../../platform/identifiers.ts';
import type { Prisma } from '../../../prisma/chat/client/client.ts';

/** Somebody who has asked to become a member. */
export interface JoinRequestRecord {
  roomId: string;
  userId: string;
  id: string;
  /** Null for a request without a text. */
  sealedText: Uint8Array | null;
  requestedAt: Date;
}

/** Adds a request, under the room's lock. */
export async function insertJoinRequest(
  transaction: Prisma.TransactionClient,
  joinRequest: JoinRequestRecord & { sealedText: Uint8Array<ArrayBuffer> | null },
): Promise<void> {
  await transaction.joinRequest.create({ data: joinRequest });
}

export async function findJoinRequest(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userId: string,
): Promise<JoinRequestRecord | null> {
  return transaction.joinRequest.findUnique({ where: { roomId_userId: { roomId, userId } } });
}

/** The requests of one person, for those of the rooms where there is one. */
export async function findJoinRequestsOf(
  transaction: Prisma.TransactionClient,
  userId: string,
  roomIds: readonly string[],
): Promise<JoinRequestRecord[]> {
  return transaction.joinRequest.findMany({ where: { userId, roomId: { in: [...roomIds] } } });
}

/** @returns how many there were. */
export async function deleteJoinRequests(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userIds: readonly string[],
): Promise<number> {
  const { count } = await transaction.joinRequest.deleteMany({ where: { roomId, userId: { in: [...userIds] } } });
  return count;
}

/** The same page of the requests of many rooms, oldest first; one more for each than the page wants. */
export async function pageJoinRequests(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<string>,
): Promise<JoinRequestRecord[]> {
  return transaction.$queryRaw<JoinRequestRecord[]>`
    SELECT room_id AS "roomId", user_id AS "userId", join_request.id, sealed_text AS "sealedText",
           requested_at AS "requestedAt"
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM join_request
      WHERE room_id = wanted.id AND id > ${page.after ?? lowestId}::uuid
      ORDER BY id LIMIT ${page.limit + 1}) AS join_request
    ORDER BY room_id, join_request.id`;
}
