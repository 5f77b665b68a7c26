import type { Logger } from 'pino';
import type { Engine, Subscription } from '../../../platform/engine/engine.ts';
import type { ReadMarkRecord, SentSignal } from './record.ts';
import { RoomChannel, type SignalListener } from './room-channel.ts';
import { SignalPace } from './signal-pace.ts';

/** Who types is shown for so long after the last signal. */
export const typingLifetimeMilliseconds = 6_000;
/** A broker that is away must not keep anybody waiting: signals come when it is back. */
const listeningPatienceMilliseconds = 500;

export interface SignalHubOptions {
  engine: Pick<Engine, 'publish' | 'subscribe'>;
  logger: Logger;
  now: () => Date;
  /** Default: `typingLifetimeMilliseconds`. */
  lifetimeMilliseconds?: number;
}

interface OpenChannel {
  channel: RoomChannel;
  subscription: Promise<Subscription>;
}

/** What passes between people and is kept nowhere: typing, read marks. One for the process. Whatever the broker loses is lost. */
export class SignalHub {
  readonly #options: SignalHubOptions;
  readonly #lifetimeMilliseconds: number;
  readonly #pace: SignalPace;
  readonly #rooms = new Map<string, OpenChannel>();

  constructor(options: SignalHubOptions) {
    this.#options = options;
    this.#lifetimeMilliseconds = options.lifetimeMilliseconds ?? typingLifetimeMilliseconds;
    this.#pace = new SignalPace(options.now);
  }

  /** Tells that somebody types, unless that was just said. @returns until when it is shown; null for who does not type. */
  publishTyping(roomId: string, signal: { userId: string; isTyping: boolean; afterSeq: number }): Date | null {
    const { userId, isTyping } = signal;
    if (this.#pace.take(roomId, userId, isTyping)) this.#send(roomId, { kind: 'TYPING', ...signal });
    return isTyping ? new Date(this.#options.now().getTime() + this.#lifetimeMilliseconds) : null;
  }

  publishReadMark({ roomId, ...signal }: Omit<ReadMarkRecord, 'kind'> & { afterSeq: number }): void {
    this.#send(roomId, { kind: 'READ', ...signal });
  }

  /** Tells a person's devices that the read mark of a room was moved. */
  publishReadState(userId: string, roomId: string): void {
    this.#publish(`reads:${userId}`, roomId);
  }

  /** Hands over the signals of a room, beginning with who is typing. @returns what ends it. */
  async followRoom(roomId: string, listener: SignalListener): Promise<() => void> {
    const open = this.#open(roomId);
    open.channel.add(listener);
    await waitPatiently(open.subscription);
    return () => {
      open.channel.remove(listener);
      if (open.channel.listenerCount === 0 && this.#rooms.get(roomId) === open) this.#close(roomId, open);
    };
  }

  /** Hands over the ids of rooms whose read mark a person has moved. @returns what ends it. */
  async followReadStates(userId: string, onRoom: (roomId: string) => void): Promise<() => void> {
    const subscription = this.#options.engine.subscribe(`reads:${userId}`, {
      onMessage: onRoom,
      onGap: () => undefined,
    });
    await waitPatiently(subscription);
    return () => void stop(subscription);
  }

  stop(): void {
    for (const [roomId, open] of this.#rooms) this.#close(roomId, open);
  }

  #open(roomId: string): OpenChannel {
    const known = this.#rooms.get(roomId);
    if (known !== undefined) return known;
    const { engine, now } = this.#options;
    const channel = new RoomChannel({ roomId, lifetimeMilliseconds: this.#lifetimeMilliseconds, now });
    const subscription = engine.subscribe(`signals:${roomId}`, {
      onMessage: (message) => channel.accept(JSON.parse(message) as SentSignal),
      onGap: () => undefined,
    });
    const open = { channel, subscription };
    this.#rooms.set(roomId, open);
    return open;
  }

  #close(roomId: string, { channel, subscription }: OpenChannel): void {
    this.#rooms.delete(roomId);
    channel.stop();
    void stop(subscription);
  }

  #send(roomId: string, signal: SentSignal): void {
    this.#publish(`signals:${roomId}`, JSON.stringify(signal));
  }

  #publish(channel: string, message: string): void {
    const { engine, logger } = this.#options;
    engine.publish(channel, message).catch((error: unknown) => {
      logger.debug({ error }, 'a signal could not be published, and nobody misses it');
    });
  }
}

/** While the broker is away listening may not have begun; then it ends as soon as it does. */
async function stop(subscription: Promise<Subscription>): Promise<void> {
  await subscription.then(
    (begun) => begun.stop(),
    () => undefined,
  );
}

async function waitPatiently(subscription: Promise<Subscription>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, listeningPatienceMilliseconds);
  });
  await Promise.race([subscription.catch(() => undefined), patience]);
  clearTimeout(timer);
}
