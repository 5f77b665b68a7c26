import type { StreamPlace } from '../../../platform/streams.ts';
import type { Follower, Followers } from './followers.ts';

/** Waits for as long as one client may hold up others, unless that is not of interest any more: then it rejects. */
export type Patience = (signal: AbortSignal) => Promise<void>;

/** How a reading of history waits for its followers. */
export interface PaceOptions<Member> {
  patience: Patience;
  /** A follower holds up others. It is to leave the stream at its place. */
  onHoldUp(follower: Member): void;
}

/** How long a client that takes nothing holds up those who read the same history with it. */
export const patienceMilliseconds = 1_000;

/** Holds a reading of history back until the clients of those who follow it have taken what they got. */
export class CatchUpPace<Member extends Follower> {
  readonly #followers: Followers<Member>;
  readonly #options: PaceOptions<Member>;
  #lookAgain: () => void = () => undefined;
  #hasEnded = false;

  constructor(followers: Followers<Member>, options: PaceOptions<Member>) {
    this.#followers = followers;
    this.#options = options;
  }

  /** Tells that somebody has come or gone: nobody is waited for who is not there. */
  onChanged(): void {
    this.#lookAgain();
  }

  /** Nobody is waited for any more. */
  end(): void {
    this.#hasEnded = true;
    this.#lookAgain();
  }

  /** Somebody who is to get this event is behind. */
  isHeldBack(event: StreamPlace): boolean {
    return this.#listBehind(event).length > 0;
  }

  /**
   * Resolves when none of those who are to get this event is behind, or those who are have held up others for too long. Others
   * are all who follow the reading, those too who are to get later events only: where there are none, those who are behind are
   * waited for however long it takes.
   */
  async wait(event: StreamPlace): Promise<void> {
    for (const follower of await this.#untilTaken(event)) {
      if (this.#followers.has(follower)) this.#options.onHoldUp(follower);
    }
  }

  /** @returns those who have held up others for too long */
  async #untilTaken(event: StreamPlace): Promise<readonly Member[]> {
    const asked = new Set<Member>();
    const waiting = new AbortController();
    let isOver = false;
    const onOver = () => {
      isOver = true;
      this.#lookAgain();
    };
    this.#options.patience(waiting.signal).then(onOver, () => undefined);
    try {
      for (;;) {
        const behind = this.#listBehind(event);
        if (behind.length === 0) return [];
        if (isOver && behind.length < this.#followers.size) return behind;
        await new Promise<void>((resolve) => {
          this.#lookAgain = resolve;
          for (const member of behind) this.#ask(member, asked);
        });
      }
    } finally {
      waiting.abort();
    }
  }

  #listBehind({ seq }: StreamPlace): Member[] {
    const behind: Member[] = [];
    if (this.#hasEnded) return behind;
    for (const follower of this.#followers) {
      if (follower.place.seq < seq && follower.sink.isBehind) behind.push(follower);
    }
    return behind;
  }

  /** Asks to be told, unless that has been asked already. */
  #ask(member: Member, asked: Set<Member>): void {
    if (asked.has(member)) return;
    asked.add(member);
    member.sink.whenTaken(() => {
      asked.delete(member);
      this.#lookAgain();
    });
  }
}
