import type { Logger } from 'pino';
import { backoffMilliseconds } from '../backoff.ts';
import type { ChannelListener, Subscription } from './engine.ts';
import { ListenerQueue } from './listener-queue.ts';
import type { RedisConnections } from './redis-connections.ts';
import { Subscriber } from './redis-subscriber.ts';

interface Member {
  queue: ListenerQueue;
  joined: PromiseWithResolvers<void>;
  phase: 'joining' | 'joined';
}

interface Channel {
  name: string;
  members: Set<Member>;
  /** The node that was asked for it, or null while nobody knows which to ask. */
  node: string | null;
  phase: 'wanted' | 'subscribed';
}

/**
 * Keeps the channels that somebody listens to subscribed at the node that serves them: one node without cluster, and
 * in a cluster, where publications stay on the shard of their channel, whichever owns the slot at the moment. ioredis
 * has sharded subscribers of its own, but swallows the failure of a resubscription and does not say when one has
 * happened; without that nobody could be told of a gap.
 */
export class RedisChannels {
  readonly #connections: RedisConnections;
  readonly #logger: Logger;
  readonly #channels = new Map<string, Channel>();
  readonly #subscribers = new Map<string, Subscriber>();
  #repair: NodeJS.Timeout | undefined;
  #failures = 0;
  #phase: 'open' | 'closed' = 'open';

  constructor(connections: RedisConnections, logger: Logger) {
    this.#connections = connections;
    this.#logger = logger;
    connections.onNodesRefreshed(() => this.#followNodes());
  }

  async subscribe(name: string, listener: ChannelListener): Promise<Subscription> {
    if (this.#phase === 'closed') throw new Error('The engine is stopped.');
    const member: Member = {
      queue: new ListenerQueue(listener, this.#logger),
      joined: Promise.withResolvers(),
      phase: 'joining',
    };
    const channel = this.#channels.get(name) ?? this.#open(name);
    channel.members.add(member);
    if (channel.phase === 'subscribed') join(member);
    await member.joined.promise;
    return { stop: () => this.#leave(channel, member) };
  }

  async close(): Promise<void> {
    this.#phase = 'closed';
    clearTimeout(this.#repair);
    const members = [...this.#channels.values()].flatMap((channel) => [...channel.members]);
    this.#channels.clear();
    for (const member of members) member.joined.reject(new Error('The engine is stopped.'));
    await Promise.all(members.map((member) => member.queue.stop()));
    await Promise.all([...this.#subscribers.values()].map((subscriber) => subscriber.close()));
  }

  #open(name: string): Channel {
    const channel: Channel = { name, members: new Set(), node: null, phase: 'wanted' };
    this.#channels.set(name, channel);
    this.#place(channel);
    return channel;
  }

  #leave(channel: Channel, member: Member): Promise<void> {
    channel.members.delete(member);
    if (channel.members.size === 0 && this.#channels.get(channel.name) === channel) {
      this.#channels.delete(channel.name);
      this.#subscriberOf(channel)?.unsubscribe(channel.name);
    }
    return member.queue.stop();
  }

  /** Asks the node that serves the channel for it. A subscriber without connection asks when it has one. */
  #place(channel: Channel): void {
    const node = this.#connections.nodeOf(channel.name);
    if (node === null) {
      this.#repairSoon();
      return;
    }
    if (channel.node !== node) this.#subscriberOf(channel)?.unsubscribe(channel.name);
    channel.node = node;
    channel.phase = 'wanted';
    const subscriber = this.#subscribers.get(node) ?? this.#connect(node);
    if (subscriber.ready) void this.#ask(subscriber, channel);
  }

  async #ask(subscriber: Subscriber, channel: Channel): Promise<void> {
    try {
      await subscriber.subscribe(channel.name);
    } catch {
      // The connection was lost, or the slot has moved and the map of the cluster is stale.
      this.#repairSoon();
      return;
    }
    // Meanwhile the last listener may have left, or the slot have moved: then this answer is about the past.
    if (this.#channels.get(channel.name) === channel && channel.node === subscriber.node) this.#confirm(channel);
  }

  #confirm(channel: Channel): void {
    if (channel.phase === 'subscribed') return;
    channel.phase = 'subscribed';
    this.#failures = 0;
    for (const member of channel.members) {
      if (member.phase === 'joined') member.queue.announceGap();
      else join(member);
    }
  }

  #connect(node: string): Subscriber {
    const subscriber = new Subscriber(node, this.#connections.createSubscriber(node), this.#connections.cluster, {
      onMessage: (name, message) => {
        for (const member of this.#channels.get(name)?.members ?? []) member.queue.push(message);
      },
      onReady: (ready) => this.#askAgain(ready),
      onLost: (lost) => {
        for (const channel of this.#channelsAt(lost)) channel.phase = 'wanted';
        // The node may be gone for good and its slots be taken over by another.
        this.#connections.refreshNodes();
      },
      // Which channels have moved is not said, so all are asked for again: the answer to those that have is an error.
      onMoved: (moved) => {
        this.#connections.refreshNodes();
        this.#askAgain(moved);
      },
    });
    this.#subscribers.set(node, subscriber);
    return subscriber;
  }

  #askAgain(subscriber: Subscriber): void {
    for (const channel of this.#channelsAt(subscriber)) {
      channel.phase = 'wanted';
      void this.#ask(subscriber, channel);
    }
  }

  /** After a new map of the cluster: moves channels whose slot has moved, and lets go of nodes that serve none. */
  #followNodes(): void {
    for (const channel of this.#channels.values()) {
      if (this.#connections.nodeOf(channel.name) !== channel.node) this.#place(channel);
    }
    for (const subscriber of this.#subscribers.values()) {
      if (this.#channelsAt(subscriber).length > 0) continue;
      this.#subscribers.delete(subscriber.node);
      void subscriber.close();
    }
  }

  #repairSoon(): void {
    if (this.#repair !== undefined || this.#phase === 'closed') return;
    this.#failures += 1;
    this.#repair = setTimeout(() => {
      this.#repair = undefined;
      this.#connections.refreshNodes();
      for (const channel of this.#channels.values()) {
        if (channel.phase === 'wanted') this.#place(channel);
      }
    }, backoffMilliseconds(this.#failures));
  }

  #subscriberOf(channel: Channel): Subscriber | undefined {
    return channel.node === null ? undefined : this.#subscribers.get(channel.node);
  }

  #channelsAt(subscriber: Subscriber): Channel[] {
    return [...this.#channels.values()].filter((channel) => channel.node === subscriber.node);
  }
}

function join(member: Member): void {
  member.phase = 'joined';
  member.joined.resolve();
}
