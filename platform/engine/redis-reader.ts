import type { Logger } from 'pino';
import { backoffMilliseconds } from '../backoff.ts';
import { closeClient, type RedisClient } from './redis-connections.ts';

/** A connection for one blocking read at a time, with waits that can be cut short. */
export class RedisReader {
  readonly #client: RedisClient;
  readonly #logger: Logger;
  #phase: 'reading' | 'interrupted' = 'reading';
  #failures = 0;
  readonly #waits = new Set<() => void>();

  constructor(client: RedisClient, logger: Logger) {
    this.#client = client;
    this.#logger = logger;
  }

  get interrupted(): boolean {
    return this.#phase === 'interrupted';
  }

  /** Resolves to the reply, or to null when it is interrupted; rejects with what Redis or the connection says. */
  async read<Reply>(send: (client: RedisClient) => Promise<Reply>): Promise<Reply | null> {
    if (this.interrupted) return null;
    // A promise for each read: one for the whole life would gather a reaction at every race and never let go of it.
    const interruption = Promise.withResolvers<null>();
    const cutShort = (): void => interruption.resolve(null);
    this.#waits.add(cutShort);
    try {
      const reply = await Promise.race([send(this.#client), interruption.promise]);
      this.#failures = 0;
      return reply;
    } finally {
      this.#waits.delete(cutShort);
    }
  }

  /** Waits a growing while after a failure, less when it is interrupted. */
  async recover(error: unknown): Promise<void> {
    if (this.interrupted) return;
    this.#failures += 1;
    if (this.#failures === 1) this.#logger.warn({ error }, 'reading a log failed; trying again');
    await this.pause(backoffMilliseconds(this.#failures));
  }

  /** Waits, less when it is interrupted. Any number of pauses may go on beside a read. */
  async pause(milliseconds: number): Promise<void> {
    if (this.interrupted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waits.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#waits.add(end);
    });
  }

  /** Ends every wait that is under way, and each later one before it begins. */
  interrupt(): void {
    this.#phase = 'interrupted';
    for (const cutShort of [...this.#waits]) cutShort();
  }

  /** Resolves when Redis has seen the end of the connection: after that it hands nothing more to this reader. */
  async close(): Promise<void> {
    this.interrupt();
    await closeClient(this.#client);
  }
}
