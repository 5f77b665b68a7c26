import type { ExecutionResult } from 'graphql';
import { codedError, hasCode } from '../../platform/errors.ts';
import { EventQueue } from '../../platform/event-queue.ts';
import { chorusExtension, type Lease, type LeaseEnd, type StreamPlace } from '../../platform/streams.ts';
import type { ResultSink } from './carry.ts';
import type { Follower } from './shared-stream.ts';

export interface LeasedSubscriptionOptions {
  userId: string;
  /** Where the client wants to begin; null for the head. */
  cursor: string | null;
  /** Asks the subgraph for a lease from a place on. A subgraph that gives none answers with events. */
  askForLease(cursor: string | null): AsyncIterableIterator<ExecutionResult>;
  /** Completes an event of a subgraph that gives no lease. */
  complete(event: ExecutionResult): Promise<ExecutionResult>;
  /** Where events of the stream go. */
  sink: ResultSink;
  join(lease: Lease, follower: LeasedSubscription): void;
  leave(follower: LeasedSubscription): void;
  backOff(attempt: number): Promise<void>;
}

/** Results that wait for a client whose subgraph gives no leases; past it the subscription ends, to be resumed. */
const waitingResultsLimit = 1_000;
/** A stream that does not come to the last event of somebody within this time does not keep the end from being told. */
const endingPatienceMilliseconds = 5_000;
/** How often a lease is asked for again, with growing pauses of up to some seconds, while the subgraph is away. */
const attemptLimit = 15;

/**
 * One client's subscription to a stream that many share. The lease is the subgraph's word that this viewer may have what the
 * stream delivers; it stays silent and ends with the viewer's access, and the subscription with it. While the subgraph is
 * away the subscription waits, and goes on from its place. Iterating gives what does not come through the stream: the
 * results of a subgraph that gives no leases, and the end.
 */
export class LeasedSubscription implements Follower {
  readonly userId: string;
  place: StreamPlace = { seq: 0, cursor: '' };
  leasedSeq = 0;
  readonly sink: ResultSink;
  readonly results: EventQueue<ExecutionResult>;
  readonly #options: LeasedSubscriptionOptions;
  #lease: AsyncIterableIterator<ExecutionResult> | null = null;
  #phase: 'asking' | 'leased' | 'left' = 'asking';
  /** The last place of the lease, once it has one. */
  #endingSeq: number | null = null;
  /** What the lease has ended with, while the stream has not come to its last place. */
  #end: unknown = null;

  constructor(options: LeasedSubscriptionOptions) {
    this.userId = options.userId;
    this.sink = options.sink;
    this.#options = options;
    this.results = new EventQueue<ExecutionResult>(
      waitingResultsLimit,
      () => codedError('SLOW_CONSUMER'),
      () => this.#leave(),
    );
    void this.#run();
  }

  /** The lease says what comes next: that it goes on from here, or that it has ended, which it may have said already. */
  suspend(): void {
    if (this.#end !== null) this.fail(this.#end);
  }

  leaseAgain(): void {
    void this.#lease?.return?.();
  }

  fail(error: unknown): void {
    this.results.end(error);
    this.#leave();
  }

  #leave(): void {
    this.#phase = 'left';
    this.#options.leave(this);
    void this.#lease?.return?.();
  }

  /** Whoever has once had a lease gets another when the subgraph has been away, and does not notice. */
  async #run(): Promise<void> {
    for (let attempt = 1; this.#hasNotLeft(); attempt += 1) {
      try {
        await this.#holdLease();
        if (this.#phase === 'asking') return this.results.end();
      } catch (error) {
        const maySucceedLater = hasCode(error, 'SUBGRAPH_UNAVAILABLE') && this.place.cursor !== '';
        if (!maySucceedLater || attempt > attemptLimit) return this.#endWith(error);
      }
      if (this.#phase === 'leased') attempt = 1;
      this.#options.leave(this);
      if (this.#hasNotLeft()) await this.#options.backOff(attempt);
    }
  }

  /** The event by which access has ended is still the viewer's: it comes by the stream, which may be behind the lease. */
  #endWith(error: unknown): void {
    if (this.#endingSeq === null || this.place.seq >= this.#endingSeq || !this.#hasNotLeft()) {
      this.fail(error);
      return;
    }
    this.#end = error;
    setTimeout(() => this.fail(error), endingPatienceMilliseconds).unref();
  }

  async #holdLease(): Promise<void> {
    this.#phase = 'asking';
    this.#lease = this.#options.askForLease(this.place.cursor === '' ? this.#options.cursor : this.place.cursor);
    for await (const answer of this.#lease) {
      if (!this.#hasNotLeft()) return;
      const note = (answer.extensions?.[chorusExtension] ?? {}) as { lease?: Lease } & Partial<LeaseEnd>;
      if (note.lease) this.#take(note.lease);
      else if (note.ending) this.#endingSeq = note.ending.seq;
      else this.results.push(await this.#options.complete(answer));
    }
  }

  /** A lease that is given again says that access was still there at its place. What has been delivered is not repeated. */
  #take(lease: Lease): void {
    if (this.place.cursor === '') this.place = { seq: lease.seq, cursor: lease.cursor };
    this.#phase = 'leased';
    this.leasedSeq = lease.head.seq;
    this.#options.leave(this);
    this.#options.join(lease, this);
  }

  /** The type checker can't know that the phase changes while something is waited for. */
  #hasNotLeft(): boolean {
    return (this.#phase as string) !== 'left';
  }
}
