import { eventFields } from '../log/cursor.ts';
import { messageSeqOf, type RoomEventRecord } from '../log/record.ts';
import type { MessageRecord } from './record.ts';

/** The fields that all events about a message sent before have, besides those that stand in the record. */
export const messageEventFields = {
  ...eventFields,
  messageSeq: (event: RoomEventRecord) => messageSeqOf(event) ?? 0,
  // The row of a message stays, whatever happens to it.
  message: ({ message }: RoomEventRecord) => message as MessageRecord,
  actor: ({ actorId }: RoomEventRecord) => ({ id: actorId }),
};
