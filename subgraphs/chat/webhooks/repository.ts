import type { KeyPage } from '../../../platform/connection.ts';
import { highestId } from '../../../platform/identifiers.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { WebhookRecord } from './record.ts';

const webhookColumns = Prisma.sql`
  id, room_id AS "roomId", created_by_id AS "createdById", client_webhook_id AS "clientWebhookId",
  sealed_name AS "sealedName", sealed_avatar_url AS "sealedAvatarUrl", secret_hash AS "secretHash",
  sealed_secret AS "sealedSecret", created_at AS "createdAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`;

export async function findWebhooks(
  transaction: Prisma.TransactionClient,
  ids: readonly string[],
): Promise<WebhookRecord[]> {
  return transaction.$queryRaw<WebhookRecord[]>`
    SELECT ${webhookColumns} FROM webhook WHERE id = ANY(${ids}::uuid[])`;
}

/** The webhook that somebody has made in a room under a name. */
export async function findWebhookByClientId(
  transaction: Prisma.TransactionClient,
  { roomId, createdById, clientWebhookId }: Pick<WebhookRecord, 'roomId' | 'createdById' | 'clientWebhookId'>,
): Promise<WebhookRecord | null> {
  return transaction.webhook.findUnique({
    where: { roomId_createdById_clientWebhookId: { roomId, createdById, clientWebhookId } },
  });
}

/** How many webhooks of a room can be used. */
export async function countLiveWebhooks(transaction: Prisma.TransactionClient, roomId: string): Promise<number> {
  return transaction.webhook.count({ where: { roomId, revokedAt: null } });
}

/** Adds a webhook, under the room's lock. */
export async function insertWebhook(transaction: Prisma.TransactionClient, webhook: WebhookRecord): Promise<void> {
  await transaction.webhook.create({ data: webhook as Prisma.WebhookCreateInput });
}

/** Ends a webhook, under the room's lock, and forgets its secret. The name stays, for what it has posted. */
export async function revokeWebhook(
  transaction: Prisma.TransactionClient,
  id: string,
  revokedAt: Date,
): Promise<WebhookRecord> {
  return transaction.webhook.update({ where: { id }, data: { revokedAt, sealedSecret: null } });
}

export async function markWebhookUsed(transaction: Prisma.TransactionClient, id: string, usedAt: Date): Promise<void> {
  // The room may be gone by now, and its webhooks with it.
  await transaction.webhook.updateMany({ where: { id }, data: { lastUsedAt: usedAt } });
}

/** The same page of the webhooks of many rooms, newest first; one more for each than the page wants. */
export async function pageWebhooks(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  page: KeyPage<string>,
): Promise<WebhookRecord[]> {
  return transaction.$queryRaw<WebhookRecord[]>`
    SELECT ${webhookColumns}
    FROM unnest(${roomIds}::uuid[]) AS wanted(room) CROSS JOIN LATERAL (
      SELECT * FROM webhook
      WHERE room_id = wanted.room AND id < ${page.after ?? highestId}::uuid
      ORDER BY id DESC LIMIT ${page.limit + 1}) AS webhook
    ORDER BY room_id, id DESC`;
}
