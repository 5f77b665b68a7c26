import { buildConnection, type Connection, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { requireViewer } from '../access.ts';
import { checkReason, placeOfReason } from '../audit/reason.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { changeRoomAs, type RoomChange } from '../log/change-room.ts';
import { can, canModerateAllRooms, canReadOwn, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { QueryReportsArgs, ResolveReportInput, RoomReportsArgs, UserReportsArgs } from '../schema.types.ts';
import { openContent, placeOfComment, type ReportRecord } from './record.ts';
import { createReporting } from './reporting.ts';
import { decideReports, findReport, pageReports, pageReportsBy, type ReportPage } from './repository.ts';

/** The use cases of reports, for one request. Nobody reviews what was reported of their own messages. */
export function createReportService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption } = dependencies;
  const { viewer, loaders } = request;

  /** Decides all open reports of a message. Who comes second gets what was decided first. */
  async function resolveReport(input: ResolveReportInput): Promise<{ report: ReportRecord | null }> {
    const { userId } = requireViewer(request, (each) => canWriteToRooms(each) || canModerateAllRooms(each));
    const note = checkReason(input.note, 'note');
    const known = isId(input.reportId) ? await findReport(database, input.reportId) : null;
    if (known === null) throw reportNotFound();
    const decide = async (change: RoomChange): Promise<boolean> => {
      const { transaction, room, occurredAt: resolvedAt } = change;
      const report = await findReport(transaction, known.id);
      if (report === null || !mayDecide(report, room)) throw reportNotFound();
      if (report.state === 'OPEN') {
        const decisionId = await recordDecision(change, report, input.resolution, note);
        const decision = { state: input.resolution, resolvedById: userId, resolvedAt, decisionId };
        await decideReports(transaction, report, decision);
      }
      return mayReview(room);
    };
    const isVisible = await changeRoomAs(dependencies, userId, known.roomId, decide).catch((error: unknown) => {
      throw error instanceof Failure && error.code === 'ROOM_NOT_FOUND' ? reportNotFound() : error;
    });
    // The entry that has the note is written when the work is done.
    return { report: isVisible ? await findReport(database, known.id) : null };
  }

  async function recordDecision(
    { room, record }: RoomChange,
    { id: reportId, roomId, authorId, webhookId, messageId }: ReportRecord,
    resolution: ResolveReportInput['resolution'],
    note: string | null,
  ): Promise<string> {
    const id = newId();
    const place = placeOfReason({ id, roomId });
    const sealedReason = note === null ? null : await encryption.seal(place, room.keyVersion, note);
    const targetId = webhookId === null ? authorId : null;
    const entry = { id, targetId, messageId, eventSeq: null, reportId, data: {}, sealedReason };
    record({ ...entry, action: `REPORT_${resolution}` });
    return id;
  }

  function mayReview(room: RoomRecord): boolean {
    return canModerateAllRooms(viewer) || can(viewer, 'report:review', room);
  }

  function mayDecide({ authorId }: ReportRecord, room: RoomRecord): boolean {
    if (authorId === viewer?.userId) return false;
    return canModerateAllRooms(viewer) || can(viewer, 'report:resolve', room);
  }

  /** Null for whoever may not review them. */
  async function pageReportsIn(room: RoomRecord, args: RoomReportsArgs): Promise<Connection<ReportRecord> | null> {
    const page = parseReportPage(room.id, args);
    if (!can(viewer, 'report:review', room)) return null;
    return connectionOf(room.id, page, await loaders.reportPage.load({ roomId: room.id, page }));
  }

  async function pageAllReports(args: QueryReportsArgs): Promise<Connection<ReportRecord>> {
    const { userId } = requireViewer(request, canModerateAllRooms);
    const page = parseReportPage('all', args);
    return connectionOf('all', page, await pageReports(database, userId, page));
  }

  async function pageReportsOf(userId: string, args: UserReportsArgs): Promise<Connection<ReportRecord>> {
    const page = parseReportPage(userId, args);
    return connectionOf(userId, page, canReadOwn(viewer, userId) ? await pageReportsBy(database, userId, page) : []);
  }

  function readComment(report: ReportRecord): Promise<string> | null {
    return report.sealedComment && encryption.open(placeOfComment(report), report.sealedComment);
  }

  function readNote({ roomId, decisionId, sealedNote }: ReportRecord): Promise<string> | null {
    if (decisionId === null || sealedNote === null) return null;
    return encryption.open(placeOfReason({ id: decisionId, roomId }), sealedNote);
  }

  return {
    ...createReporting(dependencies, request),
    resolveReport,
    pageReportsIn,
    pageAllReports,
    pageReportsOf,
    readContent: (report: ReportRecord) => openContent(encryption, report),
    readComment,
    readNote,
  };
}

function parseReportPage(list: string, { state = null, first, after }: RoomReportsArgs): ReportPage {
  const page = parsePage({ first, after }, (cursor) => decodeIdCursor('reports', `${list}/${state ?? ''}`, cursor));
  return { ...page, state };
}

function connectionOf(list: string, page: ReportPage, rows: readonly ReportRecord[]): Connection<ReportRecord> {
  return buildConnection(
    page,
    rows,
    ({ id }) => encodeCursor('reports', `${list}/${page.state ?? ''}`, id),
    (row) => row,
  );
}

/** What is not there and what the viewer may not decide look the same. */
function reportNotFound(): Failure {
  return new Failure('REPORT_NOT_FOUND', 'There is no such report.', ['reportId']);
}
