import type { Logger } from 'pino';
import { type ChannelListener, listenerQueueLimit } from './engine.ts';

/**
 * Stands between a channel and one of its listeners: keeps the order, hands over one message at a time, holds up
 * nobody else, and bounds what may wait. Whatever the listener throws is logged and the next message goes on.
 */
export class ListenerQueue {
  readonly #listener: ChannelListener;
  readonly #logger: Logger;
  readonly #waiting: string[] = [];
  #draining: Promise<void> | null = null;
  #phase: 'listening' | 'stopped' = 'listening';

  constructor(listener: ChannelListener, logger: Logger) {
    this.#listener = listener;
    this.#logger = logger;
  }

  push(message: string): void {
    if (this.#phase === 'stopped') return;
    if (this.#draining === null) {
      const outcome = this.#deliver(message);
      // A listener that is done at once, the common case, costs neither a promise nor a turn of the event loop.
      if (outcome !== undefined) this.#draining = this.#drainAfter(outcome);
      return;
    }
    if (this.#waiting.length >= listenerQueueLimit) {
      this.#waiting.length = 0;
      this.announceGap();
      return;
    }
    this.#waiting.push(message);
  }

  /** Tells the listener that it may have missed messages. */
  announceGap(): void {
    if (this.#phase === 'stopped') return;
    try {
      this.#listener.onGap();
    } catch (error) {
      this.#logger.error({ error }, 'a channel listener failed on a gap notice');
    }
  }

  /** Drops what waits. Resolves when the listener is done with the message that it is handling, if any. */
  async stop(): Promise<void> {
    this.#phase = 'stopped';
    this.#waiting.length = 0;
    await this.#draining;
  }

  async #drainAfter(first: Promise<void>): Promise<void> {
    await first;
    for (let message = this.#waiting.shift(); message !== undefined; message = this.#waiting.shift()) {
      await this.#deliver(message);
    }
    this.#draining = null;
  }

  /** Returns nothing when the listener is done with the message, or else a promise, which never rejects. */
  #deliver(message: string): Promise<void> | undefined {
    try {
      return this.#listener.onMessage(message)?.catch((error: unknown) => this.#report(error));
    } catch (error) {
      this.#report(error);
      return undefined;
    }
  }

  #report(error: unknown): void {
    this.#logger.error({ error }, 'a channel listener failed on a message');
  }
}
