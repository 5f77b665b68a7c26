import type { ExecutionResult } from 'graphql';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import { codedError, hasCode } from '../../platform/errors.ts';
import {
  chorusExtension,
  type Lease,
  type LeaseEnd,
  type StreamNote,
  type StreamPlace,
} from '../../platform/streams.ts';
import { sizeOf } from './event-size.ts';
import type { PlannedSubscription } from './prepare-operation.ts';
import type { ClientSink } from './result-sink.ts';
import type { Follower } from './sharing/followers.ts';
import { UpstreamReading } from './upstream/upstream-reading.ts';
import { WaitingEvents } from './waiting-events.ts';

export interface CarriedSubscriptionOptions {
  userId: string;
  /** Asks the subgraph for events, or for a lease, from a place on; null for where the client wants to begin. */
  open(planned: PlannedSubscription, cursor: string | null): AsyncIterableIterator<ExecutionResult>;
  /** Makes of an event of the subgraph what the client gets. */
  complete(event: ExecutionResult, planned: PlannedSubscription): Promise<ExecutionResult>;
  /** Where events of a shared stream go. */
  sink: ClientSink;
  join(lease: Lease, follower: CarriedSubscription): void;
  leave(follower: CarriedSubscription): void;
  /** Called once, when it has ended by whatever side. */
  onLeft(): void;
  backOff(attempt: number): Promise<void>;
  now(): number;
}

/** An event that waits for the client, with the plan by which it was read. */
interface WaitingEvent {
  event: ExecutionResult;
  planned: PlannedSubscription;
}

/** A stream that does not come to the last event of somebody within this time does not keep the end from being told. */
const endingPatienceMilliseconds = 5_000;
/** How often a subgraph that is away is asked again, with growing pauses of up to some seconds. */
const attemptLimit = 15;

/**
 * One client's subscription. It reads events of its own, or holds a lease: the subgraph's word that this viewer may have what a
 * stream delivers that many share; the lease stays silent and ends with the viewer's access, and the subscription with it. While
 * the subgraph is away a subscription whose place is known waits, and goes on from there; with another supergraph it goes on by
 * another plan. Iterating gives what does not come through a shared stream: events of its own, and the end.
 */
export class CarriedSubscription implements Follower {
  readonly userId: string;
  place: Readonly<StreamPlace> = { seq: 0, cursor: '' };
  leasedSeq = 0;
  readonly sink: ClientSink;
  readonly results: AsyncIterableIterator<ExecutionResult>;
  planned: PlannedSubscription;
  readonly #options: CarriedSubscriptionOptions;
  readonly #waiting: WaitingEvents<WaitingEvent>;
  /** Null while the subgraph is away, or there is no room for more. */
  #reading: UpstreamReading | null = null;
  /** Takes the place of the reading with the first that it says. */
  #successor: UpstreamReading | null = null;
  /** The reading goes on by the plan before until it has told its place, and another one begins there. */
  #isAwaitingPlace = false;
  #phase: 'asking' | 'leased' | 'suspended' | 'left' = 'asking';
  #lease: Lease | null = null;
  #attempt = 1;
  /** The last place of the lease, once it has one. */
  #endingSeq: number | null = null;
  /** What the lease has ended with, while the stream has not come to its last place. */
  #end: unknown = null;
  /** Lets go of graphs with which events that wait were read. */
  #letGo: (() => void)[] = [];

  constructor(planned: PlannedSubscription, options: CarriedSubscriptionOptions) {
    this.userId = options.userId;
    this.sink = options.sink;
    this.planned = planned;
    this.#options = options;
    this.#waiting = new WaitingEvents<WaitingEvent>(options.sink.backlog, () => {
      this.#leave();
      this.#letGoOfAll();
    });
    this.results = mapAsyncIterator(this.#waiting, (waiting) => {
      const completing = options.complete(waiting.event, waiting.planned);
      if (this.#waiting.length === 0) this.#letGoOfAll();
      return completing;
    });
    this.#begin();
  }

  /** The lease says what comes next: that it goes on from here, or that it has ended, which it may have said already. */
  suspend(): void {
    this.#phase = 'suspended';
    if (this.#end !== null) this.fail(this.#end);
  }

  leaseAgain(): void {
    this.#phase = 'asking';
    this.#reading?.end();
  }

  fail(error: unknown): void {
    this.#waiting.end(error);
    this.#leave();
  }

  /**
   * Goes on by another plan of the same operation, from the exact place where it is: what was read by the plan before is completed
   * by it, and nothing is read twice or left out. Where the place is not known for want of a cursor, the old reading is ended by the
   * first event of the new one.
   */
  moveTo(next: PlannedSubscription): void {
    // Who has nothing more to come but the last event of a stream is served by that stream.
    if (!this.#hasNotLeft() || this.#end !== null) return;
    const { plan: before } = this.#reading?.planned ?? this.planned;
    this.planned = next;
    const isSameReading = next.plan.readingKey === before.readingKey;
    if (this.#reading && isSameReading) {
      this.#cancelChange();
      this.#letGoLater(this.#reading.moveTo(next));
    }
    if (next.plan.key === before.key) return;
    if (this.#reading && !isSameReading) this.#changeReading();
    else if (this.#phase === 'leased') this.#rejoin();
  }

  /** The stream of the new plan, from the same place on. */
  #rejoin(): void {
    if (this.#lease === null) return;
    this.#options.leave(this);
    this.#options.join({ ...this.#lease, ...this.place }, this);
  }

  #changeReading(): void {
    this.#cancelChange();
    const { plan, variables } = this.planned;
    if (this.place.cursor !== '' || plan.resumption?.cursorOf(variables)) {
      this.#options.leave(this);
      this.#drop(this.#reading);
      this.#begin();
    } else if (plan.resumption && !this.#reading?.hasSpoken) {
      this.#isAwaitingPlace = true;
    } else {
      this.#successor = this.#read();
    }
  }

  #cancelChange(): void {
    this.#drop(this.#successor);
    this.#successor = null;
    this.#isAwaitingPlace = false;
  }

  #leave(): void {
    if (!this.#hasNotLeft()) return;
    this.#phase = 'left';
    this.#options.leave(this);
    this.#drop(this.#successor);
    this.#drop(this.#reading);
    this.#options.onLeft();
  }

  #begin(): void {
    this.#phase = 'asking';
    this.#reading = this.#read();
  }

  #read(): UpstreamReading {
    const cursor = this.place.cursor === '' ? null : this.place.cursor;
    const begunAt = this.#options.now();
    const reading = new UpstreamReading(this.planned, this.#options.open(this.planned, cursor), begunAt);
    void this.#follow(reading);
    return reading;
  }

  async #follow(reading: UpstreamReading): Promise<void> {
    let failure: unknown = null;
    try {
      for await (const answer of reading.events) {
        if (!this.#listensTo(reading)) return;
        this.#accept(answer, reading);
      }
    } catch (error) {
      failure = error;
    }
    if (this.#listensTo(reading)) await this.#goOn(failure);
  }

  /** A successor that says something has taken the place of the reading before it, which hears no more. */
  #listensTo(reading: UpstreamReading): boolean {
    if (reading === this.#successor) {
      this.#drop(this.#reading);
      this.#reading = reading;
      this.#successor = null;
    }
    return reading === this.#reading && this.#hasNotLeft();
  }

  #accept(answer: ExecutionResult, reading: UpstreamReading): void {
    reading.hasSpoken = true;
    const { extensions, ...event } = answer;
    const note = (extensions?.[chorusExtension] ?? {}) as { lease?: Lease } & Partial<LeaseEnd & StreamNote>;
    if (note.lease) {
      this.#take(note.lease);
      return;
    }
    if (note.ending) {
      this.#endingSeq = note.ending.seq;
      return;
    }
    this.#attempt = 1;
    if (this.#isKnown(note)) return;
    const isShown = answer.data !== null || answer.errors !== undefined;
    if (isShown) this.#putToWait(event, reading, note.at);
    if (this.#isAwaitingPlace && this.#hasNotLeft()) this.#changeReading();
  }

  #putToWait(event: ExecutionResult, { planned, begunAt }: UpstreamReading, happenedAt = begunAt): void {
    const { ephemeral } = planned.plan;
    const waiting = { event, planned };
    if (ephemeral) {
      this.#waiting.pushEphemeral(waiting, sizeOf(event), ephemeral.subjectOf(event));
      return;
    }
    if (this.#waiting.pushDurable(waiting, sizeOf(event))) return;
    const { backlog } = this.sink;
    // History waits for its client. What is new does not, and where the client has taken all, it is the router that is slow.
    if (backlog.isUntaken && happenedAt >= begunAt) backlog.exceed();
    else if (this.place.cursor !== '') void this.#readOnAfter(backlog.room());
    else this.fail(codedError('SLOW_CONSUMER'));
  }

  /** Moves the place on. Nothing that has been delivered is repeated. */
  #isKnown({ seq, cursor }: Partial<StreamPlace>): boolean {
    if (seq === undefined || cursor === undefined) return false;
    if (this.place.cursor !== '' && seq <= this.place.seq) return true;
    this.place = { seq, cursor };
    return false;
  }

  /** A lease that is given again says that access was still there at its place. What has been delivered is not repeated. */
  #take(lease: Lease): void {
    if (this.place.cursor === '') this.place = { seq: lease.seq, cursor: lease.cursor };
    this.#phase = 'leased';
    this.#attempt = 1;
    this.#lease = lease;
    this.leasedSeq = lease.head.seq;
    this.#options.leave(this);
    this.#options.join(lease, this);
  }

  /** Whoever has a place goes on from there when the subgraph has been away, and does not notice. */
  async #goOn(failure: unknown): Promise<void> {
    if (this.#successor) return this.#dropFor(this.#successor);
    // What is no lease has ended as any subscription may.
    if (failure === null && this.#lease === null) return this.fail(null);
    const maySucceedLater = hasCode(failure, 'SUBGRAPH_UNAVAILABLE') && this.place.cursor !== '';
    if (failure !== null && (!maySucceedLater || this.#attempt > attemptLimit)) return this.#endWith(failure);
    const pause = this.#options.backOff(this.#attempt);
    this.#attempt += 1;
    await this.#readOnAfter(pause);
  }

  /** Leaves the reading, to begin another one from the same place on. */
  async #readOnAfter(pause: Promise<void>): Promise<void> {
    this.#options.leave(this);
    this.#phase = 'asking';
    this.#drop(this.#reading);
    this.#reading = null;
    await pause;
    if (this.#reading === null && this.#hasNotLeft()) this.#begin();
  }

  /** The event by which access has ended is still the viewer's: it comes by the stream, which may be behind the lease. */
  #endWith(error: unknown): void {
    if (this.#endingSeq === null || this.place.seq >= this.#endingSeq) {
      this.fail(error);
      return;
    }
    this.#end = error;
    setTimeout(() => this.fail(error), endingPatienceMilliseconds).unref();
  }

  #dropFor(successor: UpstreamReading): void {
    this.#drop(this.#reading);
    this.#reading = successor;
    this.#successor = null;
  }

  /** What it has read, and waits, is completed by the plan by which it was read. */
  #drop(reading: UpstreamReading | null): void {
    if (!reading) return;
    reading.end();
    this.#letGoLater(reading.letGo);
  }

  #letGoLater(letGo: () => void): void {
    this.#letGo.push(letGo);
    if (this.#waiting.length === 0) this.#letGoOfAll();
  }

  #letGoOfAll(): void {
    for (const letGo of this.#letGo.splice(0)) letGo();
  }

  /** The type checker can't know that the phase changes while something is waited for. */
  #hasNotLeft(): boolean {
    return (this.#phase as string) !== 'left';
  }
}
