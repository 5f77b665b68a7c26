import { type MessageRecord, type MessageRow, toMessageRecord } from '../messages/record.ts';
import type { MemberRole } from '../policy.ts';

/**
 * What each kind of event keeps besides its actor and time: ids and numbers, never anything that a person wrote. An event
 * about a message names it by `messageSeq`, unless it stands at the message's own `seq`.
 */
export interface RoomEventData {
  ROOM_CREATED: Record<string, never>;
  /**
   * Without `userId` it is the actor; who approved a request is the actor otherwise. Then what is there for an invitation, and for
   * somebody whom something restrains since an earlier membership: `mutedUntil` is null for ever.
   */
  MEMBER_JOINED: Partial<OfMember> & {
    invitationId?: string;
    invitedById?: string;
    role?: 'READ_ONLY';
    mutedUntil?: string | null;
  };
  /** Whether they are gone with their account. */
  MEMBER_LEFT: OfMember & { accountEnded?: true };
  MEMBER_KICKED: OfMember;
  /** Until when, in RFC 3339 form; null for ever. */
  MEMBER_BANNED: OfMember & { until: string | null };
  MEMBER_UNBANNED: OfMember;
  MEMBER_MUTED: OfMember & { until: string | null };
  MEMBER_UNMUTED: OfMember;
  ROLE_CHANGED: OfMember & { from: MemberRole; to: MemberRole };
  /** From the actor to `userId`. */
  OWNERSHIP_TRANSFERRED: OfMember;
  /** Names of fields and settings. */
  ROOM_UPDATED: { fields: string[] };
  ROOM_ARCHIVED: Record<string, never>;
  ROOM_RESTORED: Record<string, never>;
  /** The end of the log, and all that is left of it. */
  ROOM_DELETED: Record<string, never>;
  MESSAGE_SENT: Record<string, never>;
  /** `version` is the number of the edit: 1 for a message's first. */
  MESSAGE_EDITED: AboutMessage & { version: number };
  MESSAGE_DELETED: AboutMessage;
  REACTION_ADDED: AboutMessage & { emoji: string; userId: string };
  REACTION_REMOVED: AboutMessage & { emoji: string; userId: string };
  MESSAGE_PINNED: AboutMessage;
  MESSAGE_UNPINNED: AboutMessage;
  WEBHOOK_CREATED: { webhookId: string };
  WEBHOOK_REVOKED: { webhookId: string };
}

/** Whom an event happens to, who need not be its actor. */
interface OfMember {
  userId: string;
}

/** The message, sent before, that an event is about. Its id is known also when retention has removed it. */
export interface AboutMessage {
  messageSeq: number;
  messageId: string;
}

export type RoomEventKind = keyof RoomEventData;

/**
 * Kinds of events that may take a right from somebody, or after which a text mentions other people: with each of them the room's
 * `standingVersion` grows.
 */
export const standingKinds: readonly RoomEventKind[] = [
  'MEMBER_JOINED',
  'MEMBER_LEFT',
  'MEMBER_KICKED',
  'MEMBER_BANNED',
  'MEMBER_MUTED',
  'ROLE_CHANGED',
  'OWNERSHIP_TRANSFERRED',
  'ROOM_UPDATED',
  'ROOM_ARCHIVED',
  'ROOM_DELETED',
  'WEBHOOK_REVOKED',
];

/** After these somebody may have another role than before, or none: what rests on it is looked at anew. */
const kindsThatUnseat: ReadonlySet<RoomEventKind> = new Set<RoomEventKind>([
  'MEMBER_LEFT',
  'MEMBER_KICKED',
  'MEMBER_BANNED',
  'ROLE_CHANGED',
  'OWNERSHIP_TRANSFERRED',
]);

export function mayUnseat({ kind }: Pick<RoomEventRecord, 'kind'>): boolean {
  return kindsThatUnseat.has(kind);
}

/** An event of a room's log, in the form in which it also travels between processes. */
export interface RoomEventRecord<Kind extends RoomEventKind = RoomEventKind> {
  roomId: string;
  seq: number;
  kind: Kind;
  actorId: string;
  occurredAt: string;
  data: RoomEventData[Kind];
  /** The message that the event is about, as it is now; null when it is about none. */
  message: MessageRecord | null;
}

export type MessageEditedRecord = RoomEventRecord<'MESSAGE_EDITED'>;
export type WebhookEventRecord = RoomEventRecord<'WEBHOOK_CREATED' | 'WEBHOOK_REVOKED'>;
export type ReactionEventRecord = RoomEventRecord<'REACTION_ADDED' | 'REACTION_REMOVED'>;

/** The columns of an event as they come out of the database, and those of the message that it is about, which go by their own names. */
export interface RoomEventRow extends Omit<RoomEventRecord, 'seq' | 'occurredAt' | 'message'>, Omit<MessageRow, 'id'> {
  eventSeq: number;
  occurredAt: Date;
  /** Null when the event is about no message; then the message's other columns are null as well. */
  id: string | null;
}

export function toRoomEventRecord(row: RoomEventRow): RoomEventRecord {
  const { roomId, eventSeq: seq, kind, actorId, occurredAt, data, id } = row;
  const message = id === null ? null : toMessageRecord({ ...row, id });
  return { roomId, seq, kind, actorId, occurredAt: occurredAt.toISOString(), data, message };
}

/** The `seq` of the message that an event is about; null when it is about none. */
export function messageSeqOf({ kind, seq, data }: Pick<RoomEventRecord, 'kind' | 'seq' | 'data'>): number | null {
  const named = (data as Partial<AboutMessage>).messageSeq;
  return named ?? (kind === 'MESSAGE_SENT' ? seq : null);
}

/** Whom an event about a member happens to: the actor, unless it names somebody else. */
export function memberOf({ actorId, data }: Pick<RoomEventRecord, 'actorId' | 'data'>): string {
  return (data as Partial<OfMember>).userId ?? actorId;
}

/**
 * After an event about an older message, those before it show that message as it is now, and not what has been edited or
 * deleted since. An event that was read late from the database may know more than the one after it: what is newest stays.
 */
export function amendEarlier(event: RoomEventRecord): ((earlier: RoomEventRecord) => RoomEventRecord) | null {
  const { message } = event;
  if (message === null || message.seq === event.seq) return null;
  return (earlier) => {
    if (earlier.message?.seq !== message.seq || isNewer(earlier.message, message)) return earlier;
    return { ...earlier, message };
  };
}

function isNewer(one: MessageRecord, other: MessageRecord): boolean {
  if ((one.deletedAt === null) !== (other.deletedAt === null)) return one.deletedAt !== null;
  return one.editCount > other.editCount;
}
