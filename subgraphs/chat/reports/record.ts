import type { RoomEncryption } from '../encryption/room-encryption.ts';
import type { SealedPlace } from '../encryption/sealed-text.ts';
import type { Attachment, ReportReason, ReportState } from '../schema.types.ts';

/** What somebody has reported. */
export interface ReportRecord {
  id: string;
  roomId: string;
  messageSeq: number;
  messageId: string;
  /** Who wrote the message: a person, or the webhook. */
  authorId: string;
  /** The webhook that posted it; null for a person's message. */
  webhookId: string | null;
  /** Null once the account is gone. */
  reporterId: string | null;
  reason: ReportReason;
  /** The message as it was when it was reported, opened with the field `report.content`; null once the report is decided. */
  sealedContent: Uint8Array | null;
  /** Opened with the field `report.comment`. */
  sealedComment: Uint8Array | null;
  state: ReportState;
  createdAt: Date;
  resolvedById: string | null;
  resolvedAt: Date | null;
  /** The entry of the room's record by which it was decided; its reason is the note. */
  decisionId: string | null;
  sealedNote: Uint8Array | null;
}

export interface ReportedContent {
  text: string | null;
  attachments: Attachment[];
}

type SealedReport = Pick<ReportRecord, 'id' | 'roomId'>;

export function placeOfContent({ id, roomId }: SealedReport): SealedPlace {
  return { roomId, field: 'report.content', rowId: id };
}

export function placeOfComment({ id, roomId }: SealedReport): SealedPlace {
  return { roomId, field: 'report.comment', rowId: id };
}

export async function openContent(encryption: RoomEncryption, report: ReportRecord): Promise<ReportedContent | null> {
  if (report.sealedContent === null) return null;
  return JSON.parse(await encryption.open(placeOfContent(report), report.sealedContent)) as ReportedContent;
}
