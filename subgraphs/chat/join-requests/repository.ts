import type { KeyPage } from '../../../platform/connection.ts';
import { lowestId } from '../../../platform/identifiers.ts';
import type { Prisma } from '../../../prisma/chat/client/client.ts';

/** Somebody who has asked to become a member. */
export interface JoinRequestRecord {
  roomId: string;
  userId: string;
  id: string;
  /** Null for a request without a text, and once it has ended. */
  sealedText: Uint8Array | null;
  requestedAt: Date;
  endedAt: Date | null;
}

export interface NewJoinRequest extends Omit<JoinRequestRecord, 'endedAt'> {
  sealedText: Uint8Array<ArrayBuffer> | null;
  clientRequestId: string;
}

/** Adds a request, under the room's lock. */
export async function insertJoinRequest(
  transaction: Prisma.TransactionClient,
  joinRequest: NewJoinRequest,
): Promise<void> {
  await transaction.joinRequest.create({ data: joinRequest });
}

/** What somebody has asked for under a name of their own, whatever has become of it. */
export async function findJoinRequestByClientId(
  transaction: Prisma.TransactionClient,
  name: Pick<NewJoinRequest, 'roomId' | 'userId' | 'clientRequestId'>,
): Promise<JoinRequestRecord | null> {
  return transaction.joinRequest.findUnique({ where: { roomId_userId_clientRequestId: name } });
}

/** Whether somebody has an open request. */
export async function hasOpenJoinRequest(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userId: string,
): Promise<boolean> {
  return (await transaction.joinRequest.count({ where: { roomId, userId, endedAt: null } })) > 0;
}

/** The open requests of one person, for those of the rooms where there is one. */
export async function findJoinRequestsOf(
  transaction: Prisma.TransactionClient,
  userId: string,
  roomIds: readonly string[],
): Promise<JoinRequestRecord[]> {
  return transaction.joinRequest.findMany({ where: { userId, roomId: { in: [...roomIds] }, endedAt: null } });
}

/** Ends the open requests of people; nobody needs their texts any more. @returns how many there were. */
export async function endJoinRequests(
  transaction: Prisma.TransactionClient,
  roomId: string,
  userIds: readonly string[],
  endedAt: Date,
): Promise<number> {
  const { count } = await transaction.joinRequest.updateMany({
    where: { roomId, userId: { in: [...userIds] }, endedAt: null },
    data: { endedAt, sealedText: null },
  });
  return count;
}

/** The same page of the open requests of many rooms, oldest first; one more for each than the page wants. */
export async function pageJoinRequests(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<string>,
): Promise<JoinRequestRecord[]> {
  return transaction.$queryRaw<JoinRequestRecord[]>`
    SELECT room_id AS "roomId", user_id AS "userId", join_request.id, sealed_text AS "sealedText",
           requested_at AS "requestedAt", ended_at AS "endedAt"
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM join_request
      WHERE room_id = wanted.id AND ended_at IS NULL AND id > ${page.after ?? lowestId}::uuid
      ORDER BY id LIMIT ${page.limit + 1}) AS join_request
    ORDER BY room_id, join_request.id`;
}
