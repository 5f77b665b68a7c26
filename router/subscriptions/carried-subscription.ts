import type { ExecutionResult } from 'graphql';
import { codedError } from '../../platform/errors.ts';
import type { Lease, ServingMode, StreamPlace } from '../../platform/streams.ts';
import { OwnEvents } from './own-events.ts';
import type { PlannedSubscription } from './prepare-operation.ts';
import type { ClientSink } from './result-sink.ts';
import type { Follower } from './sharing/followers.ts';
import { type AnsweredEvent, isPast, maySucceedLater, placeBefore, readAnswer } from './upstream/answer.ts';
import { modeOf } from './upstream/serving-mode.ts';
import { UpstreamReading } from './upstream/upstream-reading.ts';
import { UpstreamReadings } from './upstream/upstream-readings.ts';

export interface CarriedSubscriptionOptions {
  userId: string;
  /** Asks the subgraph for events, or for a lease, from a place on; null for where the client wants to begin. */
  open(planned: PlannedSubscription, mode: ServingMode, cursor: string | null): AsyncIterableIterator<ExecutionResult>;
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
/** How often a subgraph that is away or fails is asked again, with growing pauses of up to a second. */
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
  /** Of asking since the place was last moved on, or a lease given. */
  #attempt = 1;
  /** What the lease has ended with, while the stream has not come to its last place. */
  #end: unknown = null;
  #patience: NodeJS.Timeout | undefined;

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
      onEnd: (failure, reading) => void this.#goOn(failure, reading),
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
    if (this.#end !== null) {
      this.fail(this.#end);
      return;
    }
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
    const lease = this.#readings.current?.lease ?? null;
    if (this.#phase !== 'leased' || lease === null || !this.#own.isIdle) return;
    this.#phase = 'following';
    if (this.#end !== null) this.#limitPatience();
    this.#options.join(lease, this);
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
    return this.place.cursor !== '' || Boolean(this.#clientCursor);
  }

  /** Where the client wants to begin. */
  get #clientCursor(): string | null {
    const { plan, variables } = this.planned;
    return plan.resumption?.cursorOf(variables) ?? null;
  }

  #cancelChange(): void {
    this.#readings.leaveSuccessor();
    this.#isAwaitingPlace = false;
  }

  #leave(): void {
    if (!this.#hasNotLeft()) return;
    this.#phase = 'left';
    clearTimeout(this.#patience);
    this.#options.leave(this);
    this.#readings.leaveSuccessor();
    this.#readings.leave();
    this.#own.letGoOfRoom();
    this.#options.onLeft();
  }

  #begin(): void {
    this.#phase = 'asking';
    this.#isAwaitingPlace = false;
    this.#readings.begin();
  }

  #open(): UpstreamReading {
    const cursor = this.place.cursor === '' ? null : this.place.cursor;
    const mode = modeOf(this.planned);
    const begunAt = this.#options.now();
    return new UpstreamReading(this.planned, { mode, events: this.#options.open(this.planned, mode, cursor), begunAt });
  }

  #accept(result: ExecutionResult, reading: UpstreamReading): void {
    reading.hasSpoken = true;
    const answer = readAnswer(result);
    if (answer.kind === 'lease') {
      this.#takeLease(answer.lease, reading);
      return;
    }
    if (answer.kind === 'ending') {
      reading.endingSeq = answer.seq;
      return;
    }
    const { place } = answer;
    if (isPast(place, this.place)) return;
    if (answer.kind === 'nothing') this.#own.letGoOfRoom();
    else if (!this.#takeEvent(answer, reading)) return;
    if (place !== null) {
      this.place = place;
      this.#attempt = 1;
    }
    if (this.#isAwaitingPlace) this.#changeReading();
  }

  /** @returns false when the event is left at the subgraph, or with its connection: the place is before it */
  #takeEvent(answer: AnsweredEvent, reading: UpstreamReading): boolean {
    const { event, place, at, error } = answer;
    const before = reading.mode === 'events' ? null : placeBefore(answer, this.place, this.#clientCursor);
    // It may come to something when it is asked for again. Where nobody knows how, the client hears of it as of any event.
    if (error !== null && before !== null) {
      this.place = before;
      void this.#goOn(error, reading);
      return false;
    }
    const isHistory = at !== undefined && at < reading.begunAt;
    if (this.#own.offer(event, reading, isHistory)) return true;
    const { backlog } = this.sink;
    // History waits for its client. What is new does not, and where the client has taken all, it is the router that is slow.
    if (!isHistory && backlog.isUntaken) backlog.exceed();
    if (!this.#hasNotLeft()) return false;
    if (place !== null && !this.#hasPlace) {
      this.#own.push(event, reading);
      return true;
    }
    if (place !== null) void this.#readOnAfter(this.#own.waitForRoom());
    else this.fail(codedError('SLOW_CONSUMER'));
    return false;
  }

  /**
   * A lease that is given again says that access was still there at its place. What has been delivered is not repeated. It is good
   * for the operation that asked for it alone: what another one selects may not be for everybody.
   */
  #takeLease(lease: Lease, reading: UpstreamReading): void {
    if (reading.mode !== 'lease') throw new Error('A subgraph has granted a lease that nobody has asked for.');
    if (this.place.cursor === '') this.place = { seq: lease.seq, cursor: lease.cursor };
    this.#attempt = 1;
    if (reading.planned !== this.planned) {
      if (this.#isAwaitingPlace) this.#changeReading();
      return;
    }
    reading.lease = lease;
    this.leasedSeq = lease.head.seq;
    this.#own.letGoOfRoom();
    this.#beginToFollow();
  }

  /**
   * Whoever has a place goes on from there when the subgraph has been away or has failed, and does not notice; also when it has
   * completed what it was asked for: a log has no end. One that does nothing else, over and over, is away.
   */
  async #goOn(failure: unknown, reading: UpstreamReading): Promise<void> {
    const hasPlace = reading.mode !== 'events' && this.place.cursor !== '';
    const isFinal = failure !== null && !maySucceedLater(failure);
    if (!hasPlace || isFinal) return this.#endWith(failure, reading);
    if (this.#attempt > attemptLimit) {
      const subgraph = this.planned.plan.primary.serviceName;
      return this.#endWith(failure ?? codedError('SUBGRAPH_UNAVAILABLE', undefined, { subgraph }), reading);
    }
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
  #endWith(error: unknown, { endingSeq }: UpstreamReading): void {
    if (endingSeq === null || this.place.seq >= endingSeq) {
      this.fail(error);
      return;
    }
    this.#end = error;
    // What it has to take first is no fault of the stream's.
    if (this.#phase !== 'leased') this.#limitPatience();
  }

  #limitPatience(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.fail(this.#end), endingPatienceMilliseconds).unref();
  }

  /** The type checker can't know that the phase changes while something is waited for. */
  #hasNotLeft(): boolean {
    return (this.#phase as string) !== 'left';
  }
}
