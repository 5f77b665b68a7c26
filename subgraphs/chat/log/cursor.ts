import { encodeCursor } from '../../../platform/cursor.ts';
import type { RoomEventRecord } from './record.ts';

/** A place in a room's log: good for paging its messages and for following it. */
export function roomCursor(roomId: string, seq: number): string {
  return encodeCursor('room', roomId, seq);
}

/** The fields that all events of a room's log have, besides those that stand in the record. */
export const eventFields = {
  cursor: ({ roomId, seq }: RoomEventRecord) => roomCursor(roomId, seq),
};
