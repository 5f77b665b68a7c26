import { memberOf, type RoomEventKind, type RoomEventRecord } from './record.ts';

/** After these somebody may have no access any more. */
const removals: ReadonlySet<RoomEventKind> = new Set<RoomEventKind>(['MEMBER_LEFT', 'MEMBER_KICKED', 'MEMBER_BANNED']);

/** Whether somebody may have no access to the room any more after this event. */
export function mayRemove(event: RoomEventRecord, userId: string): boolean {
  return event.kind === 'ROOM_DELETED' || (removals.has(event.kind) && memberOf(event) === userId);
}
