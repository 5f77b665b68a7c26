import { type MessageRecord, toMessageRecord } from '../messages/record.ts';

/**
 * What each kind of event keeps besides its actor and time: ids and numbers, never anything that a person wrote. An event
 * about a message names it by `messageSeq`, unless it stands at the message's own `seq`.
 */
export interface RoomEventData {
  ROOM_CREATED: Record<string, never>;
  MEMBER_JOINED: Record<string, never>;
  MEMBER_LEFT: Record<string, never>;
  MESSAGE_SENT: Record<string, never>;
}

export type RoomEventKind = keyof RoomEventData;

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

/** The columns of an event, and of the message that it is about, as they come out of the database. */
export interface RoomEventRow extends Omit<RoomEventRecord, 'occurredAt' | 'message'> {
  occurredAt: Date;
  messageId: string | null;
  messageSeq: number;
  messageAuthorId: string;
  messageSealedText: Uint8Array | null;
  messageCreatedAt: Date;
}

export function toRoomEventRecord(row: RoomEventRow): RoomEventRecord {
  const { roomId, seq, kind, actorId, occurredAt, data } = row;
  return { roomId, seq, kind, actorId, occurredAt: occurredAt.toISOString(), data, message: messageOf(row) };
}

function messageOf(row: RoomEventRow): MessageRecord | null {
  if (row.messageId === null) return null;
  return toMessageRecord({
    id: row.messageId,
    roomId: row.roomId,
    seq: row.messageSeq,
    authorId: row.messageAuthorId,
    sealedText: row.messageSealedText,
    createdAt: row.messageCreatedAt,
  });
}

/** The `seq` of the message that an event is about; null when it is about none. */
export function messageSeqOf({ kind, seq, data }: Pick<RoomEventRecord, 'kind' | 'seq' | 'data'>): number | null {
  const named = (data as { messageSeq?: number }).messageSeq;
  return named ?? (kind === 'MESSAGE_SENT' ? seq : null);
}
