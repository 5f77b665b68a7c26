/** What somebody is writing in a room on one device. */
export interface DraftRecord {
  roomId: string;
  userId: string;
  deviceId: string;
  /** Opened with the field `draft.text`. */
  sealedText: Uint8Array;
  replyToMessageId: string | null;
  updatedAt: Date;
}

/** The place of a draft in the list of all of a person. */
export interface DraftPlace {
  roomId: string;
  deviceId: string;
}
