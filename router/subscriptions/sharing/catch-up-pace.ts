import type { ResultSink } from '../result-sink.ts';

/** Someone whose client takes events at its own speed. */
interface Taker {
  readonly sink: ResultSink;
}

/** Waits for as long as one client may hold up others, unless that is not of interest any more: then it rejects. */
export type Patience = (signal: AbortSignal) => Promise<void>;

/** How long a client that takes nothing holds up those who read the same history with it. */
export const patienceMilliseconds = 1_000;

/** Holds a reading of history back until the clients of those who follow it have taken what they got. */
export class CatchUpPace<Member extends Taker> {
  readonly #patience: Patience;
  #lookAgain: () => void = () => undefined;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Tells that somebody has come or gone: nobody is waited for who is not there. */
  onChanged(): void {
    this.#lookAgain();
  }

  /**
   * Resolves when none of those who are to get the next event is behind, or when those who are have held up others for too long.
   * @param hasOthers whether others than so many follow the reading, be it that they get the next event or a later one
   * @returns the latter. Where there are no others, those who are behind are waited for however long it takes.
   */
  async wait(listTakers: () => readonly Member[], hasOthers: (behind: number) => boolean): Promise<readonly Member[]> {
    const asked = new Set<Member>();
    const waiting = new AbortController();
    let isOver = false;
    const onOver = () => {
      isOver = true;
      this.#lookAgain();
    };
    this.#patience(waiting.signal).then(onOver, () => undefined);
    try {
      for (;;) {
        const behind = listTakers().filter(({ sink }) => sink.isBehind);
        if (behind.length === 0) return [];
        if (isOver && hasOthers(behind.length)) return behind;
        await new Promise<void>((resolve) => {
          this.#lookAgain = resolve;
          for (const member of behind) this.#ask(member, asked);
        });
      }
    } finally {
      waiting.abort();
    }
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
