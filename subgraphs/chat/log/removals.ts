import type { StreamNote } from '../../../platform/streams.ts';
import { memberOf, type RoomEventKind, type RoomEventRecord } from './record.ts';

/** After these somebody may have no access any more. */
const removals: ReadonlySet<RoomEventKind> = new Set<RoomEventKind>(['MEMBER_LEFT', 'MEMBER_KICKED', 'MEMBER_BANNED']);

/** Those who may have no access to the room any more after this event. */
export function endsOf(event: RoomEventRecord): NonNullable<StreamNote['ends']> {
  if (event.kind === 'ROOM_DELETED') return 'everybody';
  return removals.has(event.kind) ? [memberOf(event)] : [];
}

/** Whether somebody may have no access to the room any more after this event. */
export function mayRemove(event: RoomEventRecord, userId: string): boolean {
  const ends = endsOf(event);
  return ends === 'everybody' || ends.includes(userId);
}
