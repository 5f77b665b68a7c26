import type { ExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { chorusExtension, type StreamNote, type StreamPlace } from '../../../platform/streams.ts';
import { CatchUpPace, type PaceOptions } from './catch-up-pace.ts';
import { EventRing } from './event-ring.ts';
import { type Follower, Followers } from './followers.ts';
import { assertDeliverable, FailedEvent, readingEndOf, refusalOf } from './reading-end.ts';

export interface SharedStreamOptions<Member extends Follower> {
  /** Reads the log from after a place, with the rights of a follower. */
  read(cursor: string, as: Member): AsyncIterableIterator<ExecutionResult>;
  /** Makes of an event what every follower gets, with the rights of one of them. Rejects when nothing of it can be delivered. */
  complete(event: ExecutionResult, as: Member): Promise<string>;
  /** The last follower has gone. */
  onEmpty(): void;
  /** The stream stands at another place; `isEvent` when something was delivered there. */
  onMoved(isEvent: boolean): void;
  /** Events have been handed to followers, so many times. */
  onDelivered(deliveries: number): void;
  /** An event that happened since the stream is read has been handed to all followers, so long after it happened. */
  onLatency(milliseconds: number): void;
  /** Waits before another attempt to read, longer with each. */
  backOff(attempt: number): Promise<void>;
  /** What is read is history, at the pace of those who follow it. Null for a live stream, which waits for nobody. */
  pace: PaceOptions<Member> | null;
  logger: Logger;
  now(): number;
}

/**
 * Events of one stream that are made ready at the same time, so that what they need of other subgraphs is fetched together. They are
 * delivered in their order all the same.
 */
export const eventsAtOnce = 32;
/** How often a stream is read again from where it stands when reading it, or an event, has failed; with growing pauses. */
export const attemptLimit = 15;

/**
 * One reading of a log for all who follow it with the same operation: each event is fetched, completed and written as JSON once. It
 * reads with the rights of its oldest follower; when those end, with those of the next, from where it was. Whoever follows is
 * served from their own place on, exactly: from the ring of newest events first, then live.
 */
export class SharedStream<Member extends Follower> {
  readonly #options: SharedStreamOptions<Member>;
  readonly #followers: Followers<Member>;
  readonly #ring: EventRing;
  readonly #pace: CatchUpPace<Member> | null;
  /** The oldest `seq` that is retained, as far as leases have told. */
  #first = 1;
  #events: AsyncIterableIterator<ExecutionResult> | null = null;
  /** When the reading began: what happened before is history, which is not late. */
  #readingSince = 0;
  #phase: 'idle' | 'running' | 'ended' = 'idle';

  constructor(start: StreamPlace, options: SharedStreamOptions<Member>) {
    this.#options = options;
    this.#followers = new Followers(start);
    this.#ring = new EventRing(start.seq);
    this.#pace = options.pace && new CatchUpPace(this.#followers, options.pace);
  }

  get followers(): Iterable<Member> {
    return this.#followers;
  }

  /** Where it stands. */
  get place(): Readonly<StreamPlace> {
    return this.#followers.place;
  }

  get size(): number {
    return this.#followers.size;
  }

  get hasEnded(): boolean {
    return this.#phase === 'ended';
  }

  /** The stream has everything that somebody at this place lacks. */
  reaches({ seq }: StreamPlace): boolean {
    return this.#phase !== 'ended' && this.#ring.reaches(seq);
  }

  /** The same, and nobody has to wait for it until it comes to some other place. */
  servesAtOnce(follower: Follower): boolean {
    return this.reaches(follower.place) && this.#fallsInAt(follower) <= this.place.seq;
  }

  /** Where the stream has to stand for a follower to be in step with it. */
  #fallsInAt({ place, leasedSeq }: Follower): number {
    // Something in the ring may have been deleted since, by an event that the lease knows and the stream does not yet.
    const isRingOld = this.place.seq < leasedSeq && this.#ring.after(place.seq).length > 0;
    return isRingOld ? leasedSeq : place.seq;
  }

  /** Serves a follower from its place on. Only for one that the stream reaches. */
  join(follower: Member): void {
    const fallsInAt = this.#fallsInAt(follower);
    if (fallsInAt > this.place.seq) this.#followers.setApart(follower, fallsInAt);
    else this.#serveFromRing(follower);
    this.#pace?.onChanged();
    if (this.#phase === 'idle') {
      this.#phase = 'running';
      void this.#run();
    }
  }

  #serveFromRing(follower: Member): void {
    const events = this.#ring.after(follower.place.seq);
    // Before it gets anything: a client for which too much waits by then is closed at once, and its follower goes.
    this.#followers.bringInStep(follower);
    for (const { payload } of events) follower.sink.deliver(payload);
    this.#options.onDelivered(events.length);
  }

  /** Forgets what it has kept when something may be in it that is no longer retained. */
  retainFrom(first: number): void {
    if (first <= this.#first) return;
    this.#first = first;
    this.#ring.forget(this.place.seq);
  }

  leave(follower: Member): void {
    if (this.#followers.remove(follower)) this.#onGone();
    this.#pace?.onChanged();
  }

  /** The stream ends with its last follower. History with which nobody is in step is left out, up to where the next begin. */
  #onGone(): void {
    if (this.#followers.size === 0) this.end();
    const next = this.#pace && this.#followers.nextPlace;
    if (next === null || this.#phase !== 'running') return;
    this.#ring.forget(next.seq);
    for (const follower of this.#followers.moveTo(next)) this.#letFallIn(follower);
    void this.#events?.return?.();
    this.#options.onMoved(false);
  }

  end(): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    void this.#events?.return?.();
    this.#pace?.end();
    this.#options.onEmpty();
  }

  async #run(): Promise<void> {
    let attempt = 0;
    let failures = 0;
    while (this.#phase === 'running') {
      const [reader] = this.#followers;
      if (reader === undefined) return this.end();
      const before = this.place.seq;
      const error = await this.#readAs(reader).then(
        () => null,
        (reason: unknown) => reason,
      );
      const hasMoved = this.place.seq > before;
      attempt = hasMoved ? 0 : attempt + 1;
      if (hasMoved) failures = 0;
      if (error !== null && readingEndOf(error) === 'failed') failures += 1;
      // A log has no end: where nothing has failed, the subgraph has stopped.
      if (error !== null && this.#isRunning()) this.#handle(error, reader, failures);
      if (this.#isRunning()) await this.#options.backOff(attempt);
    }
  }

  /** The type checker can't know that the phase changes while something is waited for. */
  #isRunning(): boolean {
    return (this.#phase as string) === 'running';
  }

  #handle(error: unknown, reader: Member, failures: number): void {
    switch (readingEndOf(error)) {
      case 'refused':
        if (!this.#followers.has(reader)) return;
        this.leave(reader);
        reader.leaseAgain();
        return;
      case 'expired':
        // Its followers need not be behind what is retained: each asks for itself.
        for (const follower of this.#dismiss()) follower.leaseAgain();
        return;
      case 'interrupted':
        // What had come has been delivered by now, at the pace of the followers.
        return;
      case 'failed': {
        if (failures <= attemptLimit) return;
        const reason = error instanceof FailedEvent ? error.cause : error;
        this.#options.logger.warn({ error: reason }, 'a shared stream can not be read any further');
        for (const follower of this.#dismiss()) follower.fail(reason);
      }
    }
  }

  /** Ends the stream, and leaves its followers to themselves. */
  #dismiss(): Member[] {
    const followers = [...this.#followers];
    for (const follower of followers) this.#followers.remove(follower);
    this.end();
    return followers;
  }

  async #readAs(reader: Member): Promise<void> {
    this.#readingSince = this.#options.now();
    const events = this.#options.read(this.place.cursor, reader);
    this.#events = events;
    const waiting: Promise<void>[] = [];
    let last: Promise<void> = Promise.resolve();
    try {
      for await (const event of events) {
        const note = event.extensions?.[chorusExtension] as StreamNote | undefined;
        if (note === undefined) throw refusalOf(event);
        const isShown = event.data !== null || event.errors !== undefined;
        const [first] = this.#followers;
        const payload = isShown ? this.#complete(event, first ?? reader) : null;
        // It is waited for below, in its turn; until then nobody else hears of its failure.
        payload?.catch(() => undefined);
        last = last.then(() => this.#deliverInTurn(note, payload));
        // Nothing is delivered after an event that is not.
        last.catch(() => void events.return?.());
        waiting.push(last);
        if (waiting.length >= eventsAtOnce) await waiting.shift();
        if (this.#phase === 'ended') return;
      }
    } finally {
      // What has come before the end is delivered before anything is made of the end.
      await last;
    }
  }

  async #complete(event: ExecutionResult, as: Member): Promise<string> {
    try {
      assertDeliverable(event);
      return await this.#options.complete(event, as);
    } catch (error) {
      throw new FailedEvent(error);
    }
  }

  async #deliverInTurn(note: StreamNote, payload: Promise<string> | null): Promise<void> {
    const ready = await payload;
    // Looked at again right before: another stream may have filled the same socket in between.
    if (ready !== null) while (this.#pace?.isHeldBack(note)) await this.#pace.wait(note);
    this.#deliver(note, ready);
  }

  #deliver({ ends, amends, at, ...place }: StreamNote, payload: string | null): void {
    const { seq } = this.place;
    if (place.seq <= seq) return;
    if (amends) this.#ring.forget(seq);
    if (payload !== null) this.#options.onDelivered(this.#followers.handOn(payload));
    if (payload !== null) this.#ring.push({ ...place, payload });
    for (const follower of this.#followers.moveTo(place)) this.#letFallIn(follower);
    if (at !== undefined && at >= this.#readingSince && payload !== null) {
      this.#options.onLatency(Math.max(0, this.#options.now() - at));
    }
    if (ends !== undefined) this.#suspend(ends, place);
    this.#options.onMoved(payload !== null);
  }

  #letFallIn(follower: Member): void {
    // What others of its client were handed may have been too much for that.
    if (!this.#followers.has(follower)) return;
    if (this.#ring.reaches(follower.place.seq)) {
      this.#serveFromRing(follower);
      return;
    }
    this.leave(follower);
    follower.leaseAgain();
  }

  /** Whoever has a lease that is newer than the event was not meant. */
  #suspend(ends: NonNullable<StreamNote['ends']>, { seq }: StreamPlace): void {
    for (const follower of this.#followers) {
      if (follower.leasedSeq >= seq || (ends !== 'everybody' && !ends.includes(follower.userId))) continue;
      this.leave(follower);
      follower.suspend();
    }
  }
}
