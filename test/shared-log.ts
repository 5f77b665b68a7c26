import type { ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { codedError } from '../platform/errors.ts';
import { EventQueue } from '../platform/event-queue.ts';
import type { Lease, StreamNote, StreamPlace } from '../platform/streams.ts';
import type { ResultSink } from '../router/subscriptions/result-sink.ts';
import type { Follower } from '../router/subscriptions/sharing/followers.ts';
import { createSharedStreams, type ResumeSource } from '../router/subscriptions/sharing/shared-streams.ts';

const placeOf = (seq: number): StreamPlace => ({ seq, cursor: String(seq) });
const logger = pino({ level: 'silent' });

type RefusalCode = 'NOT_FOUND' | 'CURSOR_EXPIRED' | 'INTERNAL';

/** A subgraph with one log, which remembers who read it from where. */
export class Log {
  head = 0;
  readonly reads: { cursor: string; as: string }[] = [];
  readonly #events: ExecutionResult[] = [];
  readonly #readers = new Map<EventQueue<ExecutionResult>, string>();
  readonly #refusals = new Map<string, { code: RefusalCode; before: number }>();
  /** Events whose execution fails. */
  readonly failing = new Set<number>();

  append(ends?: StreamNote['ends'], at?: number): void {
    this.head += 1;
    const event = { data: { seq: this.head }, extensions: { chorus: { ...placeOf(this.head), ends, at } } };
    this.#events.push(event);
    for (const reader of this.#readers.keys()) reader.push(this.#execute(event));
  }

  #execute(event: ExecutionResult): ExecutionResult {
    if (!this.failing.has(event.data?.['seq'] as number)) return event;
    return { ...event, data: null, errors: [codedError('NOT_FOUND')] };
  }

  read(cursor: string, as: Watcher): EventQueue<ExecutionResult> {
    this.reads.push({ cursor, as: as.userId });
    const refusal = this.#refusals.get(as.userId);
    if (refusal !== undefined && Number(cursor) < refusal.before) return refused(refusal.code);
    const reader: EventQueue<ExecutionResult> = new EventQueue({ onLeave: () => this.#readers.delete(reader) });
    for (const event of this.#events.slice(Number(cursor))) reader.push(this.#execute(event));
    this.#readers.set(reader, as.userId);
    return reader;
  }

  refuse(userId: string, code: 'NOT_FOUND' | 'SUBGRAPH_UNAVAILABLE' | 'INTERNAL'): void {
    for (const [reader, as] of this.#readers) {
      if (as !== userId) continue;
      this.#readers.delete(reader);
      reader.end(codedError(code));
    }
  }

  /** Refuses somebody who wants to read from before a place, as GraphQL servers do: with a result, and nothing after it. */
  refuseFrom(userId: string, code: RefusalCode, before = Number.POSITIVE_INFINITY): void {
    this.#refusals.set(userId, { code, before });
  }

  get readers(): number {
    return this.#readers.size;
  }
}

function refused(code: RefusalCode): EventQueue<ExecutionResult> {
  const answer = new EventQueue<ExecutionResult>();
  answer.push({ errors: [codedError(code)] });
  answer.end();
  return answer;
}

/** A connection that the test makes slow. */
class Client implements ResultSink {
  isBehind = false;
  onDelivered: (seq: number) => void = () => undefined;
  readonly #seen: number[];
  #callbacks: (() => void)[] = [];

  constructor(seen: number[]) {
    this.#seen = seen;
  }

  /** So many wait for it to be ready. */
  get waiting(): number {
    return this.#callbacks.length;
  }

  deliver(payload: string): void {
    const { seq } = JSON.parse(payload);
    this.#seen.push(seq);
    this.onDelivered(seq);
  }

  whenTaken(callback: () => void): void {
    this.#callbacks.push(callback);
  }

  take(): void {
    this.isBehind = false;
    for (const callback of this.#callbacks.splice(0)) callback();
  }
}

export class Watcher implements Follower {
  readonly userId: string;
  place: StreamPlace;
  leasedSeq: number;
  readonly seen: number[] = [];
  readonly sink = new Client(this.seen);
  state: 'following' | 'suspended' | 'asking' | 'failed' = 'following';
  /** What it has failed with. */
  failure: unknown = null;

  constructor(userId: string, seq: number, leasedSeq = seq) {
    this.userId = userId;
    this.place = placeOf(seq);
    this.leasedSeq = leasedSeq;
  }

  suspend(): void {
    this.state = 'suspended';
  }

  leaseAgain(): void {
    this.state = 'asking';
  }

  fail(error: unknown): void {
    this.state = 'failed';
    this.failure = error;
  }
}

/** @param onBackOff is told how often a stream has been read in vain, before each attempt to read it again. */
export function openStreams(log: Log, onBackOff: (attempt: number) => void = () => undefined) {
  let clock = 1_000_000;
  const completed: number[] = [];
  const latencies: number[] = [];
  const sources: ResumeSource[] = [];
  const failing = new Map<number, Error>();
  const patiences: { signal: AbortSignal; end: () => void }[] = [];
  const streams = createSharedStreams<Watcher>({
    onMoved: () => undefined,
    onDelivered: () => undefined,
    onLatency: (milliseconds) => latencies.push(milliseconds),
    onResumed: (source) => sources.push(source),
    backOff: async (attempt) => onBackOff(attempt),
    patience: (signal) => new Promise((resolve) => patiences.push({ signal, end: resolve })),
    logger,
    now: () => clock,
  });
  const reading = {
    read: (cursor: string, as: Watcher) => log.read(cursor, as),
    complete: async ({ data }: ExecutionResult) => {
      const seq = data?.['seq'] as number;
      const failure = failing.get(seq);
      if (failure) throw failure;
      completed.push(seq);
      return JSON.stringify(data);
    },
  };
  const leaseOf = ({ place }: Watcher, seq = place.seq): Lease => ({
    channel: 'room',
    ...placeOf(seq),
    head: placeOf(log.head),
    first: 1,
  });
  return {
    streams,
    completed,
    latencies,
    sources,
    /** Events that can't be completed, and why. */
    failing,
    /** Those who are waited for have been waited for long enough. */
    endPatience: () => {
      for (const { signal, end } of patiences.splice(0)) if (!signal.aborted) end();
    },
    join: (watcher: Watcher, leaseSeq?: number) => streams.join('key', leaseOf(watcher, leaseSeq), watcher, reading),
    tick: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
}

export const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
