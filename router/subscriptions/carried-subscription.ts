import type { ExecutionResult } from 'graphql';
import { codedError, hasCode } from '../../platform/errors.ts';
import {
  chorusExtension,
  type Lease,
  type LeaseEnd,
  type StreamNote,
  type StreamPlace,
} from '../../platform/streams.ts';
import { OwnEvents } from './own-events.ts';
import type { PlannedSubscription } from './prepare-operation.ts';
import type { ClientSink } from './result-sink.ts';
import type { Follower } from './sharing/followers.ts';
import { UpstreamReading } from './upstream/upstream-reading.ts';
import { UpstreamReadings } from './upstream/upstream-readings.ts';

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
  planned: PlannedSubscription;
  readonly #options: CarriedSubscriptionOptions;
  readonly #own: OwnEvents;
  /** There is none while the subgraph is away, or there is no room for more. */
  readonly #readings: UpstreamReadings;
  /** The reading goes on by the plan before until it has told its place, and another one begins there. */
  #isAwaitingPlace = false;
  /** Under a lease it follows a stream as soon as no event of its own is left: `leased` until then. */
  #phase: 'asking' | 'leased' | 'following' | 'suspended' | 'left' = 'asking';
  #lease: Lease | null = null;
  #attempt = 1;
  /** The last place of the lease, once it has one. */
  #endingSeq: number | null = null;
  /** What the lease has ended with, while the stream has not come to its last place. */
  #end: unknown = null;

  constructor(planned: PlannedSubscription, options: CarriedSubscriptionOptions) {
    this.userId = options.userId;
    this.sink = options.sink;
    this.planned = planned;
    this.#options = options;
    this.#own = new OwnEvents({
      backlog: options.sink.backlog,
      complete: options.complete,
      onLeave: () => this.#leave(),
      onIdle: () => this.#follow(),
    });
    this.#readings = new UpstreamReadings({
      open: () => this.#open(),
      onAnswer: (answer, reading) => this.#accept(answer, reading),
      onEnd: (failure) => void this.#goOn(failure),
      onLeft: (letGo) => this.#own.releaseLater(letGo),
    });
    this.#begin();
  }

  get results(): AsyncIterableIterator<ExecutionResult> {
    return this.#own.results;
  }

  /** The lease says what comes next: that it goes on from here, or that it has ended, which it may have said already. */
  suspend(): void {
    this.#phase = 'suspended';
    if (this.#end !== null) this.fail(this.#end);
  }

  leaseAgain(): void {
    this.#phase = 'asking';
    this.#readings.current?.end();
  }

  fail(error: unknown): void {
    this.#own.end(error);
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
    const { current } = this.#readings;
    const { plan: before } = current?.planned ?? this.planned;
    this.planned = next;
    const isSameReading = next.plan.readingKey === before.readingKey;
    if (current && isSameReading) {
      this.#cancelChange();
      this.#own.releaseLater(current.moveTo(next));
    }
    if (next.plan.key === before.key) return;
    if (current && !isSameReading) this.#changeReading();
    else if (this.#phase === 'following') this.#beginToFollow();
  }

  /** The stream of the plan, from the place on. */
  #beginToFollow(): void {
    this.#options.leave(this);
    this.#phase = 'leased';
    this.#follow();
  }

  /** What is its own comes before what a stream has, and is written when it has been completed: nobody follows before that. */
  #follow(): void {
    if (this.#phase !== 'leased' || this.#lease === null || !this.#own.isIdle) return;
    this.#phase = 'following';
    if (this.#end !== null) this.#limitPatience();
    this.#options.join(this.#lease, this);
  }

  #changeReading(): void {
    this.#cancelChange();
    const { plan } = this.planned;
    if (this.#hasPlace) {
      this.#options.leave(this);
      this.#begin();
    } else if (plan.resumption && !this.#readings.current?.hasSpoken) {
      this.#isAwaitingPlace = true;
    } else {
      this.#readings.beginSuccessor();
    }
  }

  /** It is known from where another reading would go on. */
  get #hasPlace(): boolean {
    const { plan, variables } = this.planned;
    return this.place.cursor !== '' || Boolean(plan.resumption?.cursorOf(variables));
  }

  #cancelChange(): void {
    this.#readings.leaveSuccessor();
    this.#isAwaitingPlace = false;
  }

  #leave(): void {
    if (!this.#hasNotLeft()) return;
    this.#phase = 'left';
    this.#options.leave(this);
    this.#readings.leaveSuccessor();
    this.#readings.leave();
    this.#own.letGoOfRoom();
    this.#options.onLeft();
  }

  #begin(): void {
    this.#phase = 'asking';
    this.#readings.begin();
  }

  #open(): UpstreamReading {
    const cursor = this.place.cursor === '' ? null : this.place.cursor;
    const begunAt = this.#options.now();
    return new UpstreamReading(this.planned, this.#options.open(this.planned, cursor), begunAt);
  }

  #accept(answer: ExecutionResult, reading: UpstreamReading): void {
    reading.hasSpoken = true;
    const { extensions, ...event } = answer;
    const note = (extensions?.[chorusExtension] ?? {}) as { lease?: Lease } & Partial<LeaseEnd & StreamNote>;
    if (note.lease) {
      this.#takeLease(note.lease);
      return;
    }
    if (note.ending) {
      this.#endingSeq = note.ending.seq;
      return;
    }
    this.#attempt = 1;
    if (this.#isKnown(note)) return;
    const isShown = answer.data !== null || answer.errors !== undefined;
    if (!isShown) this.#own.letGoOfRoom();
    else if (!this.#takeEvent(event, reading, note)) return;
    if (isPlace(note)) this.place = { seq: note.seq, cursor: note.cursor };
    if (this.#isAwaitingPlace) this.#changeReading();
  }

  /** Nothing that has been delivered is repeated. */
  #isKnown(note: Partial<StreamPlace>): boolean {
    return this.place.cursor !== '' && isPlace(note) && note.seq <= this.place.seq;
  }

  /** @returns false when the event is left at the subgraph, or with its connection: the place is before it */
  #takeEvent(event: ExecutionResult, reading: UpstreamReading, note: Partial<StreamNote>): boolean {
    const isHistory = note.at !== undefined && note.at < reading.begunAt;
    if (this.#own.offer(event, reading, isHistory)) return true;
    const { backlog } = this.sink;
    // History waits for its client. What is new does not, and where the client has taken all, it is the router that is slow.
    if (!isHistory && backlog.isUntaken) backlog.exceed();
    if (!this.#hasNotLeft()) return false;
    if (isPlace(note) && !this.#hasPlace) {
      this.#own.push(event, reading);
      return true;
    }
    if (isPlace(note)) void this.#readOnAfter(this.#own.waitForRoom());
    else this.fail(codedError('SLOW_CONSUMER'));
    return false;
  }

  /** A lease that is given again says that access was still there at its place. What has been delivered is not repeated. */
  #takeLease(lease: Lease): void {
    if (this.place.cursor === '') this.place = { seq: lease.seq, cursor: lease.cursor };
    this.#attempt = 1;
    this.#lease = lease;
    this.leasedSeq = lease.head.seq;
    this.#own.letGoOfRoom();
    this.#beginToFollow();
  }

  /** Whoever has a place goes on from there when the subgraph has been away, and does not notice. */
  async #goOn(failure: unknown): Promise<void> {
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
    this.#readings.leave();
    await pause;
    if (this.#readings.current === null && this.#hasNotLeft()) this.#begin();
  }

  /** The event by which access has ended is still the viewer's: it comes by the stream, which may be behind the lease. */
  #endWith(error: unknown): void {
    if (this.#endingSeq === null || this.place.seq >= this.#endingSeq) {
      this.fail(error);
      return;
    }
    this.#end = error;
    // What it has to take first is no fault of the stream's.
    if (this.#phase !== 'leased') this.#limitPatience();
  }

  #limitPatience(): void {
    setTimeout(() => this.fail(this.#end), endingPatienceMilliseconds).unref();
  }

  /** The type checker can't know that the phase changes while something is waited for. */
  #hasNotLeft(): boolean {
    return (this.#phase as string) !== 'left';
  }
}

function isPlace(note: Partial<StreamPlace>): note is StreamPlace {
  return note.seq !== undefined && note.cursor !== undefined;
}
