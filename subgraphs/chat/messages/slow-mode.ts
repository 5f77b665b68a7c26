import type { Viewer } from '../../../platform/viewer.ts';
import { Failure } from '../failure.ts';
import { can, isSlowedDown } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';

/** Whether the viewer may send a message at a time: by the policy, and by slow mode. */
export function canSendNow(viewer: Viewer | null, room: RoomRecord, at: Date): boolean {
  return can(viewer, 'message:send', room) && secondsToWait(room, at) === 0;
}

export function slowModeFailure(room: RoomRecord, at: Date): Failure {
  // What has let go of the message in between is answered as if it still held it: the client tries again at once.
  const seconds = Math.max(1, secondsToWait(room, at));
  return new Failure('SLOW_MODE', `The room is in slow mode: wait ${seconds} seconds.`, ['roomId']);
}

/** Until a member may send the next message; 0 without slow mode and for those who look after the room. */
export function secondsToWait({ role, slowModeSeconds, lastSentAt }: RoomRecord, at: Date): number {
  if (!isSlowedDown(role) || slowModeSeconds === 0 || lastSentAt === null) return 0;
  const waited = at.getTime() - lastSentAt.getTime();
  return Math.max(0, Math.ceil((slowModeSeconds * 1_000 - waited) / 1_000));
}
