import type { Subscription } from './engine.ts';

/** The subscriptions of an engine that have not been stopped, so that the engine can stop them all. */
export class OpenSubscriptions {
  readonly #open = new Set<Subscription>();

  add<Kind extends Subscription>(subscription: Kind): Kind {
    const tracked = {
      ...subscription,
      stop: async () => {
        await subscription.stop();
        this.#open.delete(tracked);
      },
    };
    this.#open.add(tracked);
    return tracked;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#open].map((subscription) => subscription.stop()));
  }
}
