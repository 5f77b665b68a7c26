import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';
import type { Context } from '../service.ts';
import type { ReportRecord } from './record.ts';

/** What whoever has reported sees as well as whoever decides. */
const commonFields = {
  message: ({ roomId, messageSeq }: ReportRecord, _args: object, { messages }: Context) =>
    messages.messageAt(roomId, messageSeq),
  comment: (report: ReportRecord, _args: object, { reports }: Context) => reports.readComment(report),
};

export const reportResolvers: Resolvers = {
  Query: {
    reports: (_parent, args, { reports }) => reports.pageAllReports(args),
  },
  Mutation: {
    reportMessage: (_parent, { input }, { reports }) => toPayload(reports.reportMessage(input)),
    resolveReport: (_parent, { input }, { reports }) => toPayload(reports.resolveReport(input)),
  },
  Room: {
    reports: (room, args, { reports }) => reports.pageReportsIn(room, args),
  },
  User: {
    reports: ({ id }, args, { reports }) => reports.pageReportsOf(id, args),
  },
  OwnReport: commonFields,
  Report: {
    ...commonFields,
    room: ({ roomId }, _args, { rooms }) => rooms.room(roomId),
    author: ({ authorId, webhookId }) => (webhookId === null ? { id: authorId } : null),
    webhook: ({ webhookId }, _args, { webhooks }) => (webhookId === null ? null : webhooks.webhook(webhookId)),
    reporter: ({ reporterId }) => (reporterId === null ? null : { id: reporterId }),
    content: (report, _args, { reports }) => reports.readContent(report),
    resolvedBy: ({ resolvedById }) => (resolvedById === null ? null : { id: resolvedById }),
    note: (report, _args, { reports }) => reports.readNote(report),
  },
};
