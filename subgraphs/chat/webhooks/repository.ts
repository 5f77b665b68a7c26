import type { KeyPage } from '../../../platform/connection.ts';
import { highestId } from '../../../platform/identifiers.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { RoomEventRecord } from '../log/record.ts';
import type { MemberRecord } from '../members/record.ts';
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

/**
 * Ends the webhooks of a room whose makers have none of these roles there, under its lock.
 * @returns their ids, oldest first.
 */
export async function revokeUnsupported(
  transaction: Prisma.TransactionClient,
  roomId: string,
  makers: readonly MemberRecord['role'][],
  revokedAt: Date,
): Promise<string[]> {
  const revoked = await transaction.$queryRaw<{ id: string }[]>`
    WITH revoked AS (
      UPDATE webhook SET revoked_at = ${revokedAt}::timestamptz, sealed_secret = NULL
      WHERE room_id = ${roomId}::uuid AND revoked_at IS NULL AND NOT EXISTS (
        SELECT FROM room_member
        WHERE room_member.room_id = webhook.room_id AND user_id = created_by_id AND role::text = ANY(${makers}))
      RETURNING id
    )
    SELECT id FROM revoked ORDER BY id`;
  return revoked.map(({ id }) => id);
}

/**
 * Ends the webhooks that somebody has made in rooms which they are leaving for good, under the locks of the rooms, each with an
 * event of its own.
 */
export async function revokeWebhooksOf(
  transaction: Prisma.TransactionClient,
  createdById: string,
  roomIds: readonly string[],
  revokedAt: Date,
): Promise<RoomEventRecord[]> {
  const told = await transaction.$queryRaw<Pick<RoomEventRecord<'WEBHOOK_REVOKED'>, 'roomId' | 'seq' | 'data'>[]>`
    WITH revoked AS (
      UPDATE webhook SET revoked_at = ${revokedAt}::timestamptz, sealed_secret = NULL
      WHERE room_id = ANY(${roomIds}::uuid[]) AND created_by_id = ${createdById}::uuid AND revoked_at IS NULL
      RETURNING room_id, id
    ), placed AS (
      SELECT room_id, id, row_number() OVER (PARTITION BY room_id ORDER BY id)::int AS place FROM revoked
    ), advanced AS (
      UPDATE room SET head_seq = head_seq + count, standing_version = standing_version + count
      FROM (SELECT room_id, count(*)::int AS count FROM revoked GROUP BY room_id) AS counted
      WHERE room.id = room_id RETURNING room.id, head_seq - count AS before
    )
    INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at, data)
    SELECT room_id, before + place, 'WEBHOOK_REVOKED', ${createdById}::uuid, ${revokedAt}::timestamptz,
      jsonb_build_object('webhookId', placed.id)
    FROM placed JOIN advanced ON advanced.id = room_id
    ORDER BY room_id, place
    RETURNING room_id AS "roomId", seq, data`;
  const occurredAt = revokedAt.toISOString();
  return told.map((event) => ({ ...event, kind: 'WEBHOOK_REVOKED', actorId: createdById, occurredAt, message: null }));
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
