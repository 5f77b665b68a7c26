import { LRUCache } from 'lru-cache';

/** The same signal of one person in one room is passed on once in so long. */
export const repeatMilliseconds = 2_000;
/** Signals of one person in one room that are passed on in that time, whatever they say. */
export const changesLimit = 4;
/** People and rooms that one process remembers for it; of others nothing is held back. */
export const rememberedPacesLimit = 10_000;

interface Pace {
  isTyping: boolean;
  begunAt: number;
  count: number;
}

/** Holds back what is said too often. */
export class SignalPace {
  readonly #paces = new LRUCache<string, Pace>({ max: rememberedPacesLimit });
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Whether this is to be passed on, which then counts. */
  take(roomId: string, userId: string, isTyping: boolean): boolean {
    const key = `${roomId} ${userId}`;
    const at = this.#now().getTime();
    const pace = this.#paces.get(key);
    if (pace === undefined || Math.abs(at - pace.begunAt) >= repeatMilliseconds) {
      this.#paces.set(key, { isTyping, begunAt: at, count: 1 });
      return true;
    }
    if (pace.isTyping === isTyping || pace.count >= changesLimit) return false;
    pace.isTyping = isTyping;
    pace.count += 1;
    return true;
  }
}
