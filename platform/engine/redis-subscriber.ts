import type { Redis } from 'ioredis';
import { closeClient } from './redis-connections.ts';

/** A subscribing connection is silent by nature; a question this often finds out whether it is still alive. */
const pingIntervalMilliseconds = 5_000;

export interface SubscriberEvents {
  onMessage(channel: string, message: string): void;
  /** The connection is there, and nothing is subscribed on it. */
  onReady(subscriber: Subscriber): void;
  /** The connection is lost, and with it everything that was subscribed. */
  onLost(subscriber: Subscriber): void;
  /** In a cluster: the node has ended some subscriptions, because their slots now belong to another node. */
  onMoved(subscriber: Subscriber): void;
}

/** A connection to one node that only subscribes, by SUBSCRIBE or, to a node of a cluster, by SSUBSCRIBE. */
export class Subscriber {
  readonly node: string;
  readonly #client: Redis;
  readonly #sharded: boolean;
  readonly #pings: NodeJS.Timeout;

  constructor(node: string, client: Redis, sharded: boolean, events: SubscriberEvents) {
    this.node = node;
    this.#client = client;
    this.#sharded = sharded;
    client.on(sharded ? 'smessage' : 'message', events.onMessage);
    client.on('ready', () => events.onReady(this));
    client.on('close', () => events.onLost(this));
    client.on('moved', () => events.onMoved(this));
    this.#pings = setInterval(() => this.#ping(), pingIntervalMilliseconds);
  }

  get ready(): boolean {
    return this.#client.status === 'ready';
  }

  /** Resolves when the node confirms; rejects when the connection is lost first or the node does not serve the channel. */
  async subscribe(channel: string): Promise<void> {
    await (this.#sharded ? this.#client.ssubscribe(channel) : this.#client.subscribe(channel));
  }

  /** Does nothing without a connection: then nothing is subscribed. */
  unsubscribe(channel: string): void {
    const done = this.#sharded ? this.#client.sunsubscribe(channel) : this.#client.unsubscribe(channel);
    done.catch(() => {});
  }

  async close(): Promise<void> {
    clearInterval(this.#pings);
    await closeClient(this.#client);
  }

  /** An answer that does not come within the silence timeout of the connection closes it. */
  #ping(): void {
    if (this.ready) this.#client.ping().catch(() => {});
  }
}
