import { newId } from '../../../platform/identifiers.ts';
import { parseText } from '../../../platform/text.ts';
import { requireRoom, requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import { checkClientKey } from '../client-key.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone, Failure, notAllowed } from '../failure.ts';
import { changeMessage, type MessageChange, requireMessage } from '../messages/change-message.ts';
import { openAttachments, openMessageText } from '../messages/sealing.ts';
import { canWriteToRooms } from '../policy.ts';
import type { ReportMessageInput } from '../schema.types.ts';
import { placeOfComment, placeOfContent, type ReportedContent, type ReportRecord } from './record.ts';
import {
  countOpenReports,
  findReport,
  findReportByClientId,
  findReportOfMessage,
  insertReport,
  lockReporter,
  type NewReport,
} from './repository.ts';

export const commentLimit = 1_000;
/** Reports of one person that nobody has decided yet. */
export const openReportLimit = 100;

type Draft = Pick<NewReport, 'id' | 'reporterId' | 'clientReportId' | 'reason' | 'sealedComment'> & {
  keyVersion: number;
};

/** Reporting a message, for one request. */
export function createReporting(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption } = dependencies;

  async function reportMessage(input: ReportMessageInput): Promise<{ report: ReportRecord }> {
    const { userId: reporterId } = requireViewer(request, canWriteToRooms);
    const { messageId, reason, clientReportId } = input;
    checkClientKey(clientReportId, 'CLIENT_REPORT_ID_INVALID', 'clientReportId');
    const comment = checkComment(input.comment);
    // A retry gets the first result also when the message, or the way to it, is gone by now.
    const earlier = await findReportByClientId(database, reporterId, clientReportId);
    if (earlier !== null) return { report: earlier };
    const known = await requireMessage(request, messageId);
    await requireKnownAccount(dependencies, reporterId);
    const { roomId } = known;
    const { keyVersion } = await requireRoom(request, roomId);
    const id = newId();
    const sealedComment =
      comment === null ? null : await encryption.seal(placeOfComment({ id, roomId }), keyVersion, comment);
    // So that the key of the message is at hand under the lock.
    await openMessageText(encryption, known);
    const draft: Draft = { id, reporterId, clientReportId, reason, sealedComment, keyVersion };
    const stored: ReportRecord[] = [];
    const work = async (change: MessageChange) => {
      stored.push(await store(change, draft));
      return change.message;
    };
    await changeMessage(dependencies, request, messageId, work, { takesDeleted: true, accountIds: [reporterId] });
    return { report: stored[0] as ReportRecord };
  }

  /** The lock of the room makes two reports of a message one after the other; that of the reporter, two of the same name. */
  async function store(change: MessageChange, draft: Draft): Promise<ReportRecord> {
    const { transaction, message, accounts, occurredAt } = change;
    const { keyVersion, ...report } = draft;
    const { roomId, seq: messageSeq, id: messageId, authorId, webhookId } = message;
    const { id, reporterId, clientReportId } = report;
    change.require('message:report');
    if (!accounts.has(reporterId)) throw accountGone();
    await lockReporter(transaction, reporterId);
    const earlier =
      (await findReportByClientId(transaction, reporterId, clientReportId)) ??
      (await findReportOfMessage(transaction, { roomId, messageSeq, reporterId }));
    if (earlier !== null) return earlier;
    if (message.deletedAt !== null) {
      throw new Failure('MESSAGE_DELETED', 'This message has been deleted.', ['messageId']);
    }
    if (authorId === reporterId) throw notAllowed('Nobody reports their own message.');
    if ((await countOpenReports(transaction, reporterId)) >= openReportLimit) {
      throw new Failure('REPORT_LIMIT_REACHED', `At most ${openReportLimit} of your reports can be open.`);
    }
    const content: ReportedContent = {
      text: await openMessageText(encryption, message),
      attachments: await openAttachments(encryption, message),
    };
    const sealedContent = await encryption.seal(placeOfContent({ id, roomId }), keyVersion, JSON.stringify(content));
    const place = { roomId, messageSeq, messageId, authorId, webhookId };
    await insertReport(transaction, { ...report, ...place, sealedContent, createdAt: occurredAt });
    return (await findReport(transaction, id)) as ReportRecord;
  }

  return { reportMessage };
}

/** An empty comment is none. */
function checkComment(input: string | null | undefined): string | null {
  const parsed = parseText(input ?? '', commentLimit);
  if ('text' in parsed) return parsed.text;
  if (parsed.problem === 'empty') return null;
  const message = `A comment has at most ${commentLimit} characters and no control characters.`;
  throw new Failure('COMMENT_INVALID', message, ['comment']);
}
