import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import type { Engine } from '../../platform/engine/engine.ts';
import { createMemoryEngine } from '../../platform/engine/memory.ts';
import { Failure } from './failure.ts';

/** How fast attempts may follow each other. */
export interface Pace {
  /** Names the kind of attempt: counters of different kinds are independent. */
  kind: string;
  /** So many are free; from then on each waits twice as long for its turn as the one before. */
  freeAttempts: number;
  firstDelayMilliseconds: number;
  longestDelayMilliseconds: number;
  /** Counted from the first attempt; after it the count starts again. */
  windowMilliseconds: number;
}

/**
 * Slows guessing down. The counters live in the engine, where all processes share them; should the broker be away, each process
 * goes on with counters of its own. Keys are hashed, so that neither names nor addresses lie in the broker.
 */
export interface Throttle {
  /**
   * Counts an attempt before it is made, so that attempts at the same time are all counted.
   * @returns whether it is the last one for a while: the next has to wait
   * @throws Failure TOO_MANY_ATTEMPTS while it is not its turn
   */
  attempt(pace: Pace, ...key: string[]): Promise<boolean>;
  /** Whether an attempt would have to wait. It counts nothing. @throws Failure TOO_MANY_ATTEMPTS */
  check(pace: Pace, ...key: string[]): Promise<void>;
  /** The attempt was a good one: the count starts again. */
  forgive(pace: Pace, ...key: string[]): Promise<void>;
}

type Store = Pick<Engine, 'increment' | 'resetCounter' | 'setKey' | 'getKey' | 'deleteKey'>;

export function createThrottle(engine: Store, secret: string, logger: Logger, now: () => Date): Throttle {
  const local: Store = createMemoryEngine({ logger, now: () => now().getTime() });

  /** A broker that is away must not open the door to guessing, nor shut everybody out. */
  async function store<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
    try {
      return await work(engine);
    } catch (error) {
      logger.debug({ error }, 'attempts are counted in this process while the broker is away');
      return work(local);
    }
  }

  const nameOf = ({ kind }: Pace, key: readonly string[]) =>
    `throttle:${kind}:${createHmac('sha256', secret).update(JSON.stringify(key)).digest('base64url')}`;

  async function refuseUntilItsTurn(name: string): Promise<void> {
    const until = await store((held) => held.getKey(name));
    if (until !== null) throw tooMany(Number(until) - now().getTime());
  }

  return {
    check: (pace, ...key) => refuseUntilItsTurn(nameOf(pace, key)),
    async attempt(pace, ...key) {
      const name = nameOf(pace, key);
      await refuseUntilItsTurn(name);
      const { count } = await store((held) => held.increment(name, pace.windowMilliseconds));
      if (count < pace.freeAttempts) return false;
      // This attempt may go; it shuts the gate behind itself. Of several at once only one does, and is the one to go.
      const delay = Math.min(
        pace.firstDelayMilliseconds * 2 ** Math.min(count - pace.freeAttempts, 30),
        pace.longestDelayMilliseconds,
      );
      const until = String(now().getTime() + delay);
      const isFirst = await store((held) => held.setKey(name, until, delay, { onlyIfAbsent: true }));
      if (!isFirst) throw tooMany(delay);
      return true;
    },
    async forgive(pace, ...key) {
      const name = nameOf(pace, key);
      await store(async (held) => {
        await held.resetCounter(name);
        await held.deleteKey(name);
      });
    },
  };
}

function tooMany(waitMilliseconds: number): Failure {
  const seconds = Math.max(1, Math.ceil(waitMilliseconds / 1000));
  return new Failure('TOO_MANY_ATTEMPTS', `Too many attempts. The next one counts in ${seconds} seconds.`);
}
