import { type FollowedEnd, type FollowedLog, Follower } from '../../follower.ts';
import type { Random } from '../read-state/random.ts';
import type { Cut } from './plan.ts';
import { placeOf, Signal } from './rooms.ts';

/** What retention has taken from a subscriber, as it was told: what came after `afterSeq`, up to where it went on. */
export interface Notice {
  log: FollowedLog;
  afterSeq: number;
  goesOnAfterSeq: number;
}

export interface SubscriberOptions {
  accessToken: string;
  logs: FollowedLog[];
  cuts: readonly Cut[];
  random: Random;
  /** Resolves to the address of a router once that one is up. */
  findRouter(random: Random): Promise<string>;
  /** Loads the state of a room anew. */
  reload(log: FollowedLog): Promise<{ seq: number; cursor: string }>;
  stayAway(log: FollowedLog, away: Cut['away']): Promise<void>;
  /** Whether there is nothing that the subscriber lacks, nor will be. */
  hasAll(logs: readonly FollowedLog[]): boolean;
  onCut(): void;
  /** It has come further. */
  onMoved(): void;
}

/** A client as the guide for client authors wants it: whatever happens, it connects again and goes on from its last cursor. */
export class Subscriber {
  readonly notices: Notice[] = [];
  isAway = false;
  readonly #options: SubscriberOptions;
  readonly #follower: Follower;
  readonly #signal = new Signal();
  #reload: Promise<void> = Promise.resolve();
  #failure: Error | null = null;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.#follower = new Follower({
      accessToken: options.accessToken,
      logs: options.logs,
      onEvent: () => this.moved(),
      onEnd: (end) => this.#handleEnd(end),
      onClosed: () => this.#signal.wake(),
    });
  }

  get logs(): readonly FollowedLog[] {
    return this.#options.logs;
  }

  /** There may be something new to wait for. */
  moved(): void {
    this.#signal.wake();
    this.#options.onMoved();
  }

  /** Lives through all of its cuts, and stays until it has everything. */
  async live(): Promise<void> {
    for (const cut of this.#options.cuts) {
      await this.#comeAndGo(cut);
      this.#options.onCut();
      if (cut.away === 0) continue;
      this.isAway = true;
      this.#options.onMoved();
      await this.#options.stayAway(this.logs[0] as FollowedLog, cut.away);
      this.isAway = false;
    }
    await this.#stayUntil(() => this.#options.hasAll(this.logs));
    this.#follower.leave();
  }

  async #comeAndGo({ how, afterEvents }: Cut): Promise<void> {
    if (how === 'terminate' || how === 'close') {
      const enough = this.#follower.received + afterEvents;
      await this.#stayUntil(() => this.#follower.received >= enough || this.#options.hasAll(this.logs));
      if (how === 'terminate') this.#follower.cut();
      else this.#follower.leave();
      return;
    }
    await this.#connect(how);
    await this.#signal.until(() => !this.#follower.isConnected);
  }

  async #stayUntil(isEnough: () => boolean): Promise<void> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      if (!this.#follower.isConnected) await this.#connect(null);
      else if (isEnough()) return;
      else await this.#signal.until(() => isEnough() || !this.#follower.isConnected || this.#failure !== null);
    }
  }

  async #connect(tearAt: Parameters<Follower['connect']>[1]): Promise<void> {
    const url = await this.#options.findRouter(this.#options.random);
    await this.#reload;
    this.#follower.connect(url, tearAt);
  }

  #handleEnd({ log, code }: FollowedEnd): void {
    this.#follower.cut();
    const afterSeq = placeOf(log);
    if (code === 'CURSOR_EXPIRED') {
      this.#reload = this.#options.reload(log).then(({ seq, cursor }) => {
        this.notices.push({ log, afterSeq, goesOnAfterSeq: seq });
        log.after = cursor;
      });
      this.#reload.catch((error: unknown) => this.#fail(error as Error));
    } else if (code !== 'SUBGRAPH_UNAVAILABLE' && code !== 'SLOW_CONSUMER') {
      this.#fail(new Error(`The subscription to ${log.roomId} after ${afterSeq} ended with ${code}.`));
    }
    this.#signal.wake();
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#signal.wake();
  }
}
