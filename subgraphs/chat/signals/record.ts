/** Somebody types in a room, or does not any more. */
export interface TypingRecord {
  kind: 'TYPING';
  roomId: string;
  userId: string;
  /** By this process's clock; null for somebody who does not type any more. */
  expiresAt: Date | null;
}

/** Somebody has read on. */
export interface ReadMarkRecord {
  kind: 'READ';
  roomId: string;
  userId: string;
  seq: number;
}

export type RoomSignalRecord = TypingRecord | ReadMarkRecord;

/** A room of which a viewer's read state has changed. */
export interface ReadStateRecord {
  roomId: string;
}

/** As it travels between processes, whose clocks need not agree: when it ends is counted from its arrival. */
export type SentSignal = ({ kind: 'TYPING'; isTyping: boolean } | { kind: 'READ'; seq: number }) & {
  userId: string;
  /** The newest event of the room's log that its sender knew: whoever has not read so far may have lost access by then. */
  afterSeq: number;
};
