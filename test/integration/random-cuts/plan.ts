import type { Random } from '../read-state/random.ts';

/** One cut of a subscriber, and what comes before and after it. */
export interface Cut {
  /** Events that come over the socket before; those that are torn apart before the first event get none. */
  afterEvents: number;
  how: 'terminate' | 'close' | 'handshake' | 'acknowledgement' | 'subscribe';
  /** How long the subscriber stays away: until so many more messages were sent, or until retention has removed some. */
  away: number | 'days';
}

const ways = { terminate: 12, close: 4, handshake: 1, acknowledgement: 1, subscribe: 2 } as const;
const absences = { none: 85, short: 10, long: 4, days: 1 } as const;

/** The life of one subscriber: each step by what has happened, none by the clock. */
export function planCuts(random: Random, count: number, eventsBetween: number): Cut[] {
  return Array.from({ length: count }, () => {
    const how = random.weighed(ways);
    const isTorn = how !== 'terminate' && how !== 'close';
    return { how, afterEvents: isTorn ? 0 : random.below(2 * eventsBetween), away: pickAbsence(random) };
  });
}

function pickAbsence(random: Random): Cut['away'] {
  switch (random.weighed(absences)) {
    case 'none':
      return 0;
    case 'short':
      return 1 + random.below(60);
    case 'long':
      return 260 + random.below(200);
    case 'days':
      return 'days';
  }
}
