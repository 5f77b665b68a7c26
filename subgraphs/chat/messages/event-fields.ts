import { idTimestampMilliseconds, lowestId } from '../../../platform/identifiers.ts';
import { eventFields } from '../log/cursor.ts';
import { type AboutMessage, messageSeqOf, type RoomEventRecord } from '../log/record.ts';
import { type MessageRecord, toExpiredMessageRecord } from './record.ts';

/** The fields that all events about a message sent before have, besides those that stand in the record. */
export const messageEventFields = {
  ...eventFields,
  messageSeq: (event: RoomEventRecord) => messageSeqOf(event) ?? 0,
  message: (event: RoomEventRecord): MessageRecord => event.message ?? toExpired(event),
  actor: ({ actorId }: RoomEventRecord) => ({ id: actorId }),
};

/** What is left of a message that retention has removed: a client that replays the log finds it deleted. */
function toExpired({ roomId, data }: RoomEventRecord): MessageRecord {
  const { messageId: id, messageSeq: seq } = data as AboutMessage;
  return toExpiredMessageRecord({ id, roomId, seq, createdAt: new Date(idTimestampMilliseconds(id)) }, lowestId);
}
