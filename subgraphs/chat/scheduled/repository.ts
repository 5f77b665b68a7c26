import type { KeyPage } from '../../../platform/connection.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { MessageName } from '../messages/record.ts';
import type { UserErrorCode } from '../schema.types.ts';
import type { ScheduledMessageRecord } from './record.ts';

/** The columns of a record, of a table or subquery that is called scheduled. */
const columns = Prisma.sql`
  scheduled.id, scheduled.room_id AS "roomId", scheduled.author_id AS "authorId",
  scheduled.client_message_id AS "clientMessageId", scheduled.state::text AS state, scheduled.send_at AS "sendAt",
  scheduled.attempt_at AS "attemptAt", scheduled.sealed_text AS "sealedText",
  scheduled.sealed_attachments AS "sealedAttachments", scheduled.reply_to_message_id AS "replyToMessageId",
  scheduled.failure_code AS "failureCode", scheduled.message_id AS "messageId"`;

/** What is left of it when there is nothing more to send. */
const withoutText = Prisma.sql`attempt_at = NULL, sealed_text = NULL, sealed_attachments = NULL`;

export async function findScheduledByName(
  transaction: Prisma.TransactionClient,
  { roomId, authorId, clientMessageId }: MessageName,
): Promise<ScheduledMessageRecord | null> {
  const [row] = await transaction.$queryRaw<ScheduledMessageRecord[]>`
    SELECT ${columns} FROM scheduled_message AS scheduled
    WHERE room_id = ${roomId}::uuid AND author_id = ${authorId}::uuid AND client_message_id = ${clientMessageId}`;
  return row ?? null;
}

export async function findScheduled(
  transaction: Prisma.TransactionClient,
  id: string,
  authorId: string,
): Promise<ScheduledMessageRecord | null> {
  const [row] = await transaction.$queryRaw<ScheduledMessageRecord[]>`
    SELECT ${columns} FROM scheduled_message AS scheduled WHERE id = ${id}::uuid AND author_id = ${authorId}::uuid`;
  return row ?? null;
}

/** How many somebody has in a room of which the text is still there. */
export async function countKept(
  transaction: Prisma.TransactionClient,
  roomId: string,
  authorId: string,
): Promise<number> {
  return transaction.scheduledMessage.count({ where: { roomId, authorId, sealedText: { not: null } } });
}

export type NewScheduledMessage = Pick<
  ScheduledMessageRecord,
  'id' | 'roomId' | 'authorId' | 'clientMessageId' | 'sendAt' | 'replyToMessageId'
> & {
  sealedText: Uint8Array<ArrayBuffer>;
  sealedAttachments: Uint8Array<ArrayBuffer> | null;
  createdAt: Date;
};

export async function insertScheduled(
  transaction: Prisma.TransactionClient,
  scheduled: NewScheduledMessage,
): Promise<ScheduledMessageRecord> {
  const row = await transaction.scheduledMessage.create({ data: { ...scheduled, attemptAt: scheduled.sendAt } });
  return row as ScheduledMessageRecord;
}

/** Changes what waits. Resolves to null when it does not. */
export async function updateWaiting(
  transaction: Prisma.TransactionClient,
  id: string,
  { sealedText, sendAt }: { sealedText: Uint8Array | null; sendAt: Date | null },
): Promise<ScheduledMessageRecord | null> {
  const [row] = await transaction.$queryRaw<ScheduledMessageRecord[]>`
    UPDATE scheduled_message AS scheduled SET sealed_text = coalesce(${sealedText}::bytea, sealed_text),
      send_at = coalesce(${sendAt}::timestamptz, send_at), attempt_at = coalesce(${sendAt}::timestamptz, attempt_at)
    WHERE id = ${id}::uuid AND state = 'WAITING' RETURNING ${columns}`;
  return row ?? null;
}

/** Cancels what waits and discards what failed. Resolves to null when it is neither, nor was before. */
export async function cancelScheduled(
  transaction: Prisma.TransactionClient,
  id: string,
  authorId: string,
): Promise<ScheduledMessageRecord | null> {
  const [row] = await transaction.$queryRaw<ScheduledMessageRecord[]>`
    UPDATE scheduled_message AS scheduled SET state = 'CANCELLED', ${withoutText}
    WHERE id = ${id}::uuid AND author_id = ${authorId}::uuid AND state IN ('WAITING', 'FAILED', 'CANCELLED')
    RETURNING ${columns}`;
  return row ?? null;
}

/**
 * Takes messages whose time has come, so that nobody else sends, changes or cancels them before a time. Of one author in one
 * room it is the first alone: the others wait for it. One that a process took and did not finish in time is taken again.
 */
export async function claimDue(
  transaction: Prisma.TransactionClient,
  { at, until, limit }: { at: Date; until: Date; limit: number },
): Promise<ScheduledMessageRecord[]> {
  return transaction.$queryRaw<ScheduledMessageRecord[]>`
    WITH due AS MATERIALIZED (
      SELECT id FROM scheduled_message AS candidate
      WHERE attempt_at <= ${at}::timestamptz AND NOT EXISTS (
        SELECT FROM scheduled_message AS earlier
        WHERE earlier.room_id = candidate.room_id AND earlier.author_id = candidate.author_id
          AND earlier.sealed_text IS NOT NULL AND earlier.attempt_at IS NOT NULL
          AND (earlier.send_at, earlier.id) < (candidate.send_at, candidate.id))
      ORDER BY attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE scheduled_message AS scheduled SET state = 'SENDING', attempt_at = ${until}::timestamptz
    FROM due WHERE scheduled.id = due.id RETURNING ${columns}`;
}

/** When the next one comes, or the next one after a time; null when none waits. */
export async function findNextAttempt(transaction: Prisma.TransactionClient, after?: Date): Promise<Date | null> {
  // Not the least of all: Prisma would have the database read every one of them.
  const next = await transaction.scheduledMessage.findFirst({
    where: { attemptAt: after === undefined ? { not: null } : { gt: after } },
    orderBy: { attemptAt: 'asc' },
    select: { attemptAt: true },
  });
  return next?.attemptAt ?? null;
}

/** It is a message now, whoever has sent it: that is the truth also for a process that comes late. */
export async function markSent(transaction: Prisma.TransactionClient, id: string, messageId: string): Promise<void> {
  await transaction.$executeRaw`
    UPDATE scheduled_message SET state = 'SENT', message_id = ${messageId}::uuid, ${withoutText}
    WHERE id = ${id}::uuid AND state = 'SENDING'`;
}

/**
 * For whoever still has it: one that another process has taken since is that one's. What somebody wrote who is no longer a member
 * goes, as it does when they leave.
 */
export async function markFailed(
  transaction: Prisma.TransactionClient,
  { id, roomId, authorId, attemptAt }: ScheduledMessageRecord,
  failureCode: UserErrorCode | null,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE scheduled_message SET state = 'FAILED', failure_code = ${failureCode}, attempt_at = NULL,
      sealed_text = CASE WHEN is_member THEN sealed_text END,
      sealed_attachments = CASE WHEN is_member THEN sealed_attachments END
    FROM (
      SELECT EXISTS (
        SELECT FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${authorId}::uuid) AS is_member
    ) AS author
    WHERE id = ${id}::uuid AND state = 'SENDING' AND attempt_at = ${attemptAt}::timestamptz`;
}

/** The same for one that has to wait. */
export async function postpone(
  transaction: Prisma.TransactionClient,
  { id, attemptAt }: ScheduledMessageRecord,
  until: Date,
): Promise<void> {
  await transaction.scheduledMessage.updateMany({
    where: { id, state: 'SENDING', attemptAt },
    data: { state: 'WAITING', attemptAt: until },
  });
}

/**
 * The same page of what somebody has scheduled in many rooms, as far as the text is still there, in the order of the times.
 * The page begins after the place that its cursor's message has now.
 */
export async function pageScheduled(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  authorId: string,
  page: KeyPage<string>,
): Promise<ScheduledMessageRecord[]> {
  const behind =
    page.after === null
      ? Prisma.empty
      : Prisma.sql`AND (send_at, id) > (
          SELECT last.send_at, last.id FROM scheduled_message AS last
          WHERE last.id = ${page.after}::uuid AND last.author_id = ${authorId}::uuid)`;
  return transaction.$queryRaw<ScheduledMessageRecord[]>`
    SELECT ${columns}
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM scheduled_message
      WHERE room_id = wanted.id AND author_id = ${authorId}::uuid AND sealed_text IS NOT NULL ${behind}
      ORDER BY send_at, id LIMIT ${page.limit + 1}) AS scheduled
    ORDER BY scheduled.room_id, scheduled.send_at, scheduled.id`;
}
