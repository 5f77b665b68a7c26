import type { KeyPage } from '../../../platform/connection.ts';
import { highestId } from '../../../platform/identifiers.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { ReportReason, ReportState } from '../schema.types.ts';
import type { ReportRecord } from './record.ts';

/** A page of reports, of one state or of all. */
export interface ReportPage extends KeyPage<string> {
  state: ReportState | null;
}

/** The columns of a `ReportRecord`, of a table or subquery that is called report, with the entry by which it was decided. */
const reportColumns = Prisma.sql`
  report.id, report.room_id AS "roomId", message_seq AS "messageSeq", report.message_id AS "messageId",
  author_id AS "authorId", webhook_id AS "webhookId", reporter_id AS "reporterId", report.reason, sealed_content AS "sealedContent",
  sealed_comment AS "sealedComment", state, report.created_at AS "createdAt", resolved_by_id AS "resolvedById",
  resolved_at AS "resolvedAt", decision_id AS "decisionId", entry.sealed_reason AS "sealedNote"`;

/** Only of rooms that have not been deleted: with the keys of the others nothing can be opened any more. */
const withDecision = Prisma.sql`
  JOIN room ON room.id = report.room_id AND deleted_at IS NULL
  LEFT JOIN moderation_entry AS entry ON entry.id = decision_id`;

/**
 * A condition for each state, with the state in its text. Plans are made for all values at once: one for any state would not know that
 * few reports are open of all that were ever made, and read through the decided ones.
 */
const inState: Record<ReportState, Prisma.Sql> = {
  OPEN: Prisma.sql`state = 'OPEN' AND`,
  RESOLVED: Prisma.sql`state = 'RESOLVED' AND`,
  DISMISSED: Prisma.sql`state = 'DISMISSED' AND`,
};

/** What comes after the cursor in a page of one state or of all, newest first. */
const within = ({ state, after, limit }: ReportPage) => Prisma.sql`
  ${state === null ? Prisma.empty : inState[state]} report.id < ${after ?? highestId}::uuid
  ORDER BY report.id DESC LIMIT ${limit + 1}`;

export interface NewReport {
  id: string;
  roomId: string;
  messageSeq: number;
  messageId: string;
  authorId: string;
  webhookId: string | null;
  reporterId: string;
  clientReportId: string;
  reason: ReportReason;
  sealedContent: Uint8Array<ArrayBuffer>;
  sealedComment: Uint8Array<ArrayBuffer> | null;
  createdAt: Date;
}

/** Lets the reports of one person come one after the other until the transaction ends. To be called under the room's lock. */
export async function lockReporter(transaction: Prisma.TransactionClient, reporterId: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`report ${reporterId}`}, 0))`;
}

export async function insertReport(transaction: Prisma.TransactionClient, report: NewReport): Promise<void> {
  await transaction.report.create({ data: report });
}

export async function countOpenReports(transaction: Prisma.TransactionClient, reporterId: string): Promise<number> {
  return transaction.report.count({ where: { reporterId, state: 'OPEN' } });
}

export async function findReport(transaction: Prisma.TransactionClient, id: string): Promise<ReportRecord | null> {
  const [report] = await transaction.$queryRaw<ReportRecord[]>`
    SELECT ${reportColumns} FROM report ${withDecision} WHERE report.id = ${id}::uuid`;
  return report ?? null;
}

/**
 * The report that a person has made under a name. It is found as long as it has the name, also when the room is deleted and the row
 * on its way out: what was written can't be opened any more then, and is not there.
 */
export async function findReportByClientId(
  transaction: Prisma.TransactionClient,
  reporterId: string,
  clientReportId: string,
): Promise<ReportRecord | null> {
  const [report] = await transaction.$queryRaw<(ReportRecord & { isRoomDeleted: boolean })[]>`
    SELECT ${reportColumns}, deleted_at IS NOT NULL AS "isRoomDeleted"
    FROM report JOIN room ON room.id = report.room_id LEFT JOIN moderation_entry AS entry ON entry.id = decision_id
    WHERE reporter_id = ${reporterId}::uuid AND client_report_id = ${clientReportId}`;
  if (report === undefined) return null;
  return report.isRoomDeleted ? { ...report, sealedContent: null, sealedComment: null, sealedNote: null } : report;
}

/** The report that a person has made of a message. */
export async function findReportOfMessage(
  transaction: Prisma.TransactionClient,
  { roomId, messageSeq, reporterId }: { roomId: string; messageSeq: number; reporterId: string },
): Promise<ReportRecord | null> {
  const [report] = await transaction.$queryRaw<ReportRecord[]>`
    SELECT ${reportColumns} FROM report ${withDecision}
    WHERE report.room_id = ${roomId}::uuid AND message_seq = ${messageSeq} AND reporter_id = ${reporterId}::uuid`;
  return report ?? null;
}

/** Decides every open report of a message, under the room's lock. What was kept of the message goes. */
export async function decideReports(
  transaction: Prisma.TransactionClient,
  { roomId, messageSeq }: Pick<ReportRecord, 'roomId' | 'messageSeq'>,
  decision: { state: ReportState; resolvedById: string; resolvedAt: Date; decisionId: string },
): Promise<void> {
  await transaction.report.updateMany({
    where: { roomId, messageSeq, state: 'OPEN' },
    data: { ...decision, sealedContent: null },
  });
}

/** The same page of the reports in many rooms, newest first, those of the viewer's own messages left out. */
export async function pageReportsIn(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
  viewerId: string,
  page: ReportPage,
): Promise<ReportRecord[]> {
  return transaction.$queryRaw<ReportRecord[]>`
    SELECT ${reportColumns}
    FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
      SELECT * FROM report WHERE room_id = wanted.id AND author_id <> ${viewerId}::uuid AND ${within(page)}
    ) AS report ${withDecision}
    ORDER BY report.room_id, report.id DESC`;
}

/** The same of all rooms. */
export async function pageReports(
  transaction: Prisma.TransactionClient,
  viewerId: string,
  page: ReportPage,
): Promise<ReportRecord[]> {
  return transaction.$queryRaw<ReportRecord[]>`
    SELECT ${reportColumns}
    FROM report ${withDecision}
    WHERE author_id <> ${viewerId}::uuid AND ${within(page)}`;
}

/** What a person has reported, newest first. */
export async function pageReportsBy(
  transaction: Prisma.TransactionClient,
  reporterId: string,
  page: ReportPage,
): Promise<ReportRecord[]> {
  return transaction.$queryRaw<ReportRecord[]>`
    SELECT ${reportColumns}
    FROM report ${withDecision}
    WHERE reporter_id = ${reporterId}::uuid AND ${within(page)}`;
}
