import { newId } from '../../../platform/identifiers.ts';
import type { AboutMessage, RoomEventKind, RoomEventRecord } from '../log/record.ts';
import type { SealedReason } from './reason.ts';

/** The events of a room's log by which somebody makes use of a power over others. */
const auditedKinds = [
  'MEMBER_KICKED',
  'MEMBER_BANNED',
  'MEMBER_UNBANNED',
  'MEMBER_MUTED',
  'MEMBER_UNMUTED',
  'ROLE_CHANGED',
  'OWNERSHIP_TRANSFERRED',
  'MESSAGE_DELETED',
  'ROOM_UPDATED',
  'ROOM_ARCHIVED',
  'ROOM_RESTORED',
  'WEBHOOK_CREATED',
  'WEBHOOK_REVOKED',
] as const satisfies readonly RoomEventKind[];

/** Those, and what is no event of its own because its room must not learn of it. */
export type ModerationAction =
  | (typeof auditedKinds)[number]
  | 'INVITATION_REVOKED'
  | 'JOIN_REQUEST_APPROVED'
  | 'JOIN_REQUEST_DECLINED'
  | 'REPORT_RESOLVED'
  | 'REPORT_DISMISSED';

/** An entry of a room's record of what its moderators do. */
export interface ModerationEntryRecord {
  roomId: string;
  /** 1, 2, 3, ... in each room. */
  number: number;
  id: string;
  action: ModerationAction;
  actorId: string;
  /** To whom it was done. */
  targetId: string | null;
  messageId: string | null;
  /** The event of the log that tells of it. */
  eventSeq: number | null;
  reportId: string | null;
  /** What the event keeps: ids and numbers. */
  data: ModerationData;
  /** Opened with the field `moderation_entry.reason`. */
  sealedReason: Uint8Array | null;
  occurredAt: Date;
}

export interface ModerationData {
  until?: string | null;
  from?: string;
  to?: string;
  fields?: string[];
}

/** An entry as it is handed to the change that writes it. */
export type NewModerationEntry = Omit<ModerationEntryRecord, 'roomId' | 'number' | 'actorId' | 'occurredAt'>;

/** An entry about something that is no event of its own. */
export function newEntry(
  action: ModerationAction,
  about: Pick<NewModerationEntry, 'targetId'> & Partial<Pick<NewModerationEntry, 'eventSeq'>>,
): NewModerationEntry {
  const nothing = { messageId: null, eventSeq: null, reportId: null, data: {}, sealedReason: null };
  return { id: newId(), action, ...nothing, ...about };
}

/** What the audit keeps of an event; null for one that is nobody's use of a power. */
export function entryOf(event: RoomEventRecord, reason: SealedReason | null): NewModerationEntry | null {
  const { kind, actorId, message, data, seq } = event;
  const action = auditedKinds.find((audited) => audited === kind);
  if (action === undefined) return null;
  // What people do to their own messages is their own affair.
  if (action === 'MESSAGE_DELETED' && message?.authorId === actorId) return null;
  const {
    userId,
    messageSeq: _seq,
    messageId: _id,
    ...rest
  } = data as ModerationData & Partial<AboutMessage> & { userId?: string };
  return {
    id: reason?.entryId ?? newId(),
    action,
    targetId: userId ?? (message?.webhookId ? null : (message?.authorId ?? null)),
    messageId: message?.id ?? null,
    eventSeq: seq,
    reportId: null,
    data: rest,
    sealedReason: reason?.sealed ?? null,
  };
}
