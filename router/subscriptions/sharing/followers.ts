import type { StreamPlace } from '../../../platform/streams.ts';
import type { ResultSink } from '../result-sink.ts';

/** Somebody who has a lease on a stream, and takes its events. */
export interface Follower {
  readonly userId: string;
  /**
   * Everything up to here has been delivered, or was not asked for. Moved on by the stream: all who are in step with it have one
   * object for a place, which is the stream's own.
   */
  place: Readonly<StreamPlace>;
  /** The lease was given, or given again, with everything up to here in view. */
  readonly leasedSeq: number;
  /** Where events go. */
  readonly sink: ResultSink;
  /** Access may have ended with the event at `place`: the follower is out until its lease says that it has not. */
  suspend(): void;
  /** Reading with the follower's rights was refused: the follower is out until it has another lease. */
  leaseAgain(): void;
  /** The stream can't be read any further, for nobody. */
  fail(error: unknown): void;
}

/** Where a stream stands, and who follows it from where. */
export class Followers<Member extends Follower> implements Iterable<Member> {
  readonly #place: { seq: number; cursor: string };
  readonly #members = new Set<Member>();
  /**
   * Where events go for those who stand where the stream stands. With thousands of them each object on the way there is a miss of
   * the processor's cache: they themselves are not looked at for an event, and the place of all is moved on at once.
   */
  readonly #inStep = new Map<Member, ResultSink>();
  /** The others, with where they fall in. */
  readonly #apart = new Map<Member, number>();

  constructor({ seq, cursor }: StreamPlace) {
    this.#place = { seq, cursor };
  }

  /** Where the stream stands. */
  get place(): Readonly<StreamPlace> {
    return this.#place;
  }

  get size(): number {
    return this.#members.size;
  }

  [Symbol.iterator](): Iterator<Member> {
    return this.#members[Symbol.iterator]();
  }

  /** Where the next of those who are apart begin, when nobody is in step with the stream. */
  get nextPlace(): Readonly<StreamPlace> | null {
    if (this.#inStep.size > 0) return null;
    const [first, ...others] = this.#apart.keys();
    if (first === undefined) return null;
    return others.reduce((oldest, { place }) => (place.seq < oldest.seq ? place : oldest), first.place);
  }

  has(follower: Member): boolean {
    return this.#members.has(follower);
  }

  /** Somebody who waits, or is ahead, until the stream has come to a place. */
  setApart(follower: Member, fallsInAt: number): void {
    this.#members.add(follower);
    this.#apart.set(follower, fallsInAt);
  }

  /** From now on the follower stands where the stream stands. What it lacks up to there is the caller's to deliver. */
  bringInStep(follower: Member): void {
    this.#members.add(follower);
    this.#apart.delete(follower);
    follower.place = this.#place;
    this.#inStep.set(follower, follower.sink);
  }

  /** Whoever goes stays where the stream is now, unless another stream has moved it on already. @returns whether it was there */
  remove(follower: Member): boolean {
    if (follower.place === this.#place) follower.place = { ...this.#place };
    this.#inStep.delete(follower);
    this.#apart.delete(follower);
    return this.#members.delete(follower);
  }

  /** Hands an event to all who are in step. @returns to how many */
  handOn(payload: string): number {
    for (const sink of this.#inStep.values()) sink.deliver(payload);
    return this.#inStep.size;
  }

  /** The stream has come to another place, and with it all who are in step. @returns those whose turn it is to fall in */
  moveTo({ seq, cursor }: StreamPlace): Member[] {
    this.#place.seq = seq;
    this.#place.cursor = cursor;
    if (this.#apart.size === 0) return [];
    return [...this.#apart].flatMap(([follower, fallsInAt]) => (fallsInAt <= seq ? [follower] : []));
  }
}
