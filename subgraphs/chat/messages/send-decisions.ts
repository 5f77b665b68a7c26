import { LRUCache } from 'lru-cache';
import { isSlowedDown } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';

/** Decisions that one process remembers, and for how long. */
export const decisionLimit = 20_000;
const decisionMilliseconds = 60_000;

/**
 * Rooms as they were when somebody was found to be allowed to send there. A message is stored only at the room's
 * `standingVersion` of the decision, which grows with all that may take a right from somebody: so what is remembered can be
 * outdated, and never wrong. It spares a member who writes much the question before each message.
 */
export interface SendDecisions {
  /** The room of a decision; null when none is remembered. */
  recall(userId: string, roomId: string): RoomRecord | null;
  remember(userId: string, room: RoomRecord): void;
  forget(userId: string, roomId: string): void;
}

export function createSendDecisions(): SendDecisions {
  const rooms = new LRUCache<string, RoomRecord>({ max: decisionLimit, ttl: decisionMilliseconds });
  return {
    recall: (userId, roomId) => rooms.get(`${userId} ${roomId}`) ?? null,
    remember(userId, room) {
      // In slow mode every message is a decision of its own.
      if (room.slowModeSeconds > 0 && isSlowedDown(room.role)) return;
      rooms.set(`${userId} ${room.id}`, room);
    },
    forget: (userId, roomId) => void rooms.delete(`${userId} ${roomId}`),
  };
}
