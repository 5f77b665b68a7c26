import { eventFields } from '../log/cursor.ts';
import { messageSeqOf, type RoomEventRecord } from '../log/record.ts';

/** The fields that all events about a message sent before have, besides those that stand in the record. */
export const messageEventFields = {
  ...eventFields,
  messageSeq: (event: RoomEventRecord) => messageSeqOf(event) ?? 0,
  actor: ({ actorId }: RoomEventRecord) => ({ id: actorId }),
};
