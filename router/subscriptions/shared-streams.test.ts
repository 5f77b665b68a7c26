import type { ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { codedError } from '../../platform/errors.ts';
import { EventQueue } from '../../platform/event-queue.ts';
import type { Lease, StreamNote, StreamPlace } from '../../platform/streams.ts';
import type { ResultSink } from './result-sink.ts';
import type { Follower } from './shared-stream.ts';
import { createSharedStreams, type ResumeSource } from './shared-streams.ts';

const placeOf = (seq: number): StreamPlace => ({ seq, cursor: String(seq) });
const logger = pino({ level: 'silent' });

/** A subgraph with one log, which remembers who read it from where. */
class Log {
  head = 0;
  readonly reads: { cursor: string; as: string }[] = [];
  readonly #events: ExecutionResult[] = [];
  readonly #readers = new Map<EventQueue<ExecutionResult>, string>();
  readonly #refusals = new Map<string, { code: 'NOT_FOUND' | 'CURSOR_EXPIRED'; before: number }>();

  append(ends?: StreamNote['ends'], at?: number): void {
    this.head += 1;
    const event = { data: { seq: this.head }, extensions: { chorus: { ...placeOf(this.head), ends, at } } };
    this.#events.push(event);
    for (const reader of this.#readers.keys()) reader.push(event);
  }

  read(cursor: string, as: Watcher): EventQueue<ExecutionResult> {
    this.reads.push({ cursor, as: as.userId });
    const refusal = this.#refusals.get(as.userId);
    if (refusal !== undefined && Number(cursor) < refusal.before) return refused(refusal.code);
    const reader: EventQueue<ExecutionResult> = new EventQueue(
      10_000,
      () => new Error('full'),
      () => this.#readers.delete(reader),
    );
    for (const event of this.#events.slice(Number(cursor))) reader.push(event);
    this.#readers.set(reader, as.userId);
    return reader;
  }

  refuse(userId: string, code: 'NOT_FOUND' | 'SUBGRAPH_UNAVAILABLE'): void {
    for (const [reader, as] of this.#readers) {
      if (as !== userId) continue;
      this.#readers.delete(reader);
      reader.end(codedError(code));
    }
  }

  /** Refuses somebody who wants to read from before a place, as GraphQL servers do: with a result, and nothing after it. */
  refuseFrom(userId: string, code: 'NOT_FOUND' | 'CURSOR_EXPIRED', before = Number.POSITIVE_INFINITY): void {
    this.#refusals.set(userId, { code, before });
  }

  get readers(): number {
    return this.#readers.size;
  }
}

function refused(code: 'NOT_FOUND' | 'CURSOR_EXPIRED'): EventQueue<ExecutionResult> {
  const answer: EventQueue<ExecutionResult> = new EventQueue(
    1,
    () => new Error('full'),
    () => undefined,
  );
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

class Watcher implements Follower {
  readonly userId: string;
  place: StreamPlace;
  leasedSeq: number;
  readonly seen: number[] = [];
  readonly sink = new Client(this.seen);
  state: 'following' | 'suspended' | 'asking' | 'failed' = 'following';

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

  fail(): void {
    this.state = 'failed';
  }
}

function openStreams(log: Log) {
  let clock = 1_000_000;
  const completed: number[] = [];
  const latencies: number[] = [];
  const sources: ResumeSource[] = [];
  const patiences: { signal: AbortSignal; end: () => void }[] = [];
  const streams = createSharedStreams<Watcher>({
    onMoved: () => undefined,
    onDelivered: () => undefined,
    onLatency: (milliseconds) => latencies.push(milliseconds),
    onResumed: (source) => sources.push(source),
    backOff: () => Promise.resolve(),
    patience: (signal) => new Promise((resolve) => patiences.push({ signal, end: resolve })),
    logger,
    now: () => clock,
  });
  const reading = {
    read: (cursor: string, as: Watcher) => log.read(cursor, as),
    complete: async ({ data }: ExecutionResult) => {
      completed.push(data?.['seq'] as number);
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

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('a shared stream', () => {
  it('is read by the next when its first reader is refused, and ends for nobody else', async () => {
    const log = new Log();
    log.refuseFrom('gone', 'NOT_FOUND');
    const { join } = openStreams(log);
    const [gone, there] = [new Watcher('gone', 0), new Watcher('there', 0)];
    for (const watcher of [gone, there]) join(watcher);
    log.append();
    await expect.poll(() => there.seen).toEqual([1]);
    expect([gone.state, there.state]).toEqual(['asking', 'following']);
    expect(log.reads.map(({ as }) => as)).toEqual(['gone', 'there']);
  });

  it('leaves its followers to ask for themselves when its place is no longer retained', async () => {
    const log = new Log();
    for (const _ of range(1, 5)) log.append();
    for (const userId of ['early', 'late']) log.refuseFrom(userId, 'CURSOR_EXPIRED', 2);
    const { join } = openStreams(log);
    const [early, late] = [new Watcher('early', 0), new Watcher('late', 3)];
    for (const watcher of [early, late]) join(watcher);
    await expect.poll(() => [early.state, late.state]).toEqual(['asking', 'asking']);
    expect([...early.seen, ...late.seen]).toEqual([]);
    join(late);
    await expect.poll(() => late.seen).toEqual([4, 5]);
  });

  it('is read and completed once, however many follow it', async () => {
    const log = new Log();
    const { join, completed } = openStreams(log);
    const watchers = range(1, 50).map((number) => new Watcher(`user ${number}`, 0));
    for (const watcher of watchers) join(watcher);
    for (const _ of range(1, 20)) log.append();
    for (const { seen } of watchers) await expect.poll(() => seen).toEqual(range(1, 20));
    expect(log.reads).toHaveLength(1);
    expect(completed).toEqual(range(1, 20));
  });

  it('serves each follower from the own place on, exactly', async () => {
    const log = new Log();
    const { join } = openStreams(log);
    const first = new Watcher('first', 0);
    join(first);
    for (const _ of range(1, 30)) log.append();
    await expect.poll(() => first.seen).toHaveLength(30);
    const late = [0, 7, 29, 30].map((seq) => new Watcher(`late ${seq}`, seq, 30));
    for (const watcher of late) join(watcher);
    log.append();
    for (const { place, seen, userId } of late) {
      await expect.poll(() => place.seq <= 31 && seen.at(-1)).toBe(31);
      expect(seen).toEqual(range(Number(userId.split(' ')[1]) + 1, 31));
    }
    expect(log.reads).toHaveLength(1);
  });

  it('gives nothing that comes after the event with which access ended, to that one alone', async () => {
    const log = new Log();
    const { join } = openStreams(log);
    const [kept, kicked, renewed] = [new Watcher('kept', 0), new Watcher('kicked', 0), new Watcher('renewed', 0, 2)];
    for (const watcher of [kicked, kept, renewed]) join(watcher);
    log.append();
    log.append(['kicked', 'renewed']);
    log.append();
    await expect.poll(() => kept.seen).toEqual([1, 2, 3]);
    expect([kicked.seen, kicked.state]).toEqual([[1, 2], 'suspended']);
    // Its lease was given with the event in view.
    expect([renewed.seen, renewed.state]).toEqual([[1, 2, 3], 'following']);
    kicked.leasedSeq = 2;
    join(kicked);
    await expect.poll(() => kicked.seen).toEqual([1, 2, 3]);
  });

  it('is read on with the rights of another when those of its reader end, from where it was', async () => {
    const log = new Log();
    const { join } = openStreams(log);
    const [reader, other] = [new Watcher('reader', 0), new Watcher('other', 0)];
    for (const watcher of [reader, other]) join(watcher);
    log.append();
    await expect.poll(() => other.seen).toEqual([1]);
    log.refuse('reader', 'NOT_FOUND');
    log.append();
    await expect.poll(() => other.seen).toEqual([1, 2]);
    expect(reader).toMatchObject({ seen: [1], state: 'asking' });
    expect(log.reads).toEqual([
      { cursor: '0', as: 'reader' },
      { cursor: '1', as: 'other' },
    ]);
  });

  it('goes on where it was when the subgraph has been away', async () => {
    const log = new Log();
    const { join } = openStreams(log);
    const watcher = new Watcher('watcher', 0);
    join(watcher);
    for (const round of range(1, 5)) {
      log.append();
      await expect.poll(() => watcher.seen).toEqual(range(1, round));
      log.refuse('watcher', 'SUBGRAPH_UNAVAILABLE');
    }
    expect(watcher.state).toBe('following');
    expect(log.reads.map(({ cursor }) => cursor)).toEqual(['0', '1', '2', '3', '4', '5'].slice(0, log.reads.length));
  });

  it('ends with its last follower', async () => {
    const log = new Log();
    const { join, streams } = openStreams(log);
    const watchers = [new Watcher('one', 0), new Watcher('two', 0)];
    for (const watcher of watchers) join(watcher);
    expect(streams.counts).toEqual({ streams: 1, followers: 2 });
    for (const watcher of watchers) streams.leave(watcher);
    expect(streams.counts).toEqual({ streams: 0, followers: 0 });
    expect(log.readers).toBe(0);
  });

  it('brings somebody to its end who comes back alone, however much they lack, and goes on with them', async () => {
    for (const missed of [1, 300, 2_000]) {
      const log = new Log();
      const { join } = openStreams(log);
      for (const _ of range(1, missed)) log.append();
      const alone = new Watcher('alone', 0, missed);
      join(alone);
      await expect.poll(() => alone.seen).toEqual(range(1, missed));
      log.append();
      await expect.poll(() => alone.seen).toEqual(range(1, missed + 1));
    }
  });

  it('begins where its first follower is, whose lease may be newer', async () => {
    const log = new Log();
    const { join } = openStreams(log);
    for (const _ of range(1, 4)) log.append();
    const watcher = new Watcher('watcher', 3, 4);
    join(watcher, 4);
    await expect.poll(() => watcher.seen).toEqual([4]);
    log.append();
    await expect.poll(() => watcher.seen).toEqual([4, 5]);
    expect(log.reads.map(({ cursor }) => cursor)).toEqual(['3']);
  });

  it('reads the past once for all who come back at the same time, and brings them to the live stream', async () => {
    const log = new Log();
    const { join, streams } = openStreams(log);
    for (const _ of range(1, 2_000)) log.append();
    const live = new Watcher('live', 2_000);
    join(live);
    const back = range(0, 99).map((number) => new Watcher(`back ${number}`, number * 10, 2_000));
    for (const watcher of back) join(watcher);
    for (const { userId, seen } of back) {
      const first = Number(userId.split(' ')[1]) * 10 + 1;
      await expect.poll(() => seen.length).toBe(2_000 - first + 1);
    }
    expect(log.reads).toHaveLength(2);
    log.append();
    for (const { userId, seen } of back) {
      await expect.poll(() => seen.at(-1)).toBe(2_001);
      expect(seen).toEqual(range(Number(userId.split(' ')[1]) * 10 + 1, 2_001));
    }
    await expect.poll(() => live.seen).toEqual([2_001]);
    expect(streams.counts).toEqual({ streams: 1, followers: 101 });
    expect(log.readers).toBe(1);
  });

  it('measures how late events are that happen while it is followed, and no history', async () => {
    const log = new Log();
    const { join, tick, latencies } = openStreams(log);
    log.append(undefined, 999_999);
    const watcher = new Watcher('watcher', 0, 1);
    join(watcher);
    await expect.poll(() => watcher.seen).toEqual([1]);
    tick(250);
    log.append(undefined, 1_000_200);
    // A clock that is ahead of ours.
    log.append(undefined, 1_000_300);
    await expect.poll(() => watcher.seen).toEqual([1, 2, 3]);
    expect(latencies).toEqual([50, 0]);
  });

  it('tells where those who join get what they lack', async () => {
    const log = new Log();
    const { join, sources } = openStreams(log);
    for (const _ of range(1, 300)) log.append();
    const first = new Watcher('first', 290, 300);
    join(first);
    await expect.poll(() => first.seen).toHaveLength(10);
    for (const seq of [300, 295, 290, 0]) join(new Watcher(`late ${seq}`, seq, 300));
    expect(sources).toEqual(['history', 'head', 'ring', 'ring', 'history']);
  });
});

describe('a reading of the past', () => {
  /** Somebody at the head, so that those who come back are served by readings of the past. */
  async function openWithHistory(length = 2_000) {
    const log = new Log();
    for (const _ of range(1, length)) log.append();
    const opened = openStreams(log);
    const live = new Watcher('live', length);
    opened.join(live);
    await expect.poll(() => log.readers).toBe(1);
    return { log, live, ...opened };
  }

  /** A follower whose client is behind after every event for which the test says so. */
  function slowAfter(userId: string, isSlow: (seq: number) => boolean, seq = 0, leasedSeq = 2_000): Watcher {
    const watcher = new Watcher(userId, seq, leasedSeq);
    watcher.sink.onDelivered = (delivered) => {
      if (isSlow(delivered)) watcher.sink.isBehind = true;
    };
    return watcher;
  }

  const untilAskedOf = (...watchers: Watcher[]) =>
    expect.poll(() => watchers.every(({ sink }) => sink.isBehind && sink.waiting > 0)).toBe(true);

  it('goes at the pace of the client, by one reading', async () => {
    const { log, join, streams } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq % 500 === 0);
    join(slow);
    for (const seq of [500, 1_000, 1_500, 2_000]) {
      await expect.poll(() => slow.seen.length).toBe(seq);
      if (seq < 2_000) await untilAskedOf(slow);
      slow.sink.take();
    }
    expect(slow.seen).toEqual(range(1, 2_000));
    expect(log.reads).toHaveLength(2);
    expect(streams.counts).toEqual({ streams: 1, followers: 2 });
  });

  it('takes no more from the subgraph than it makes ready at once while it waits', async () => {
    const { join, completed } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq === 100);
    join(slow);
    await untilAskedOf(slow);
    expect(completed.length).toBeLessThanOrEqual(100 + 8);
    slow.sink.take();
    await expect.poll(() => slow.seen).toEqual(range(1, 2_000));
  });

  it('waits for one whom nobody else waits for, however long that takes', async () => {
    const { log, join, endPatience } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq === 100);
    join(slow);
    await untilAskedOf(slow);
    endPatience();
    slow.sink.take();
    await expect.poll(() => slow.seen).toEqual(range(1, 2_000));
    expect(log.reads).toHaveLength(2);
  });

  it('goes on without one who holds up others, who is served by the next from the own place on', async () => {
    const { log, join, tick, endPatience } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq === 100);
    const fast = new Watcher('fast', 50, 2_000);
    for (const watcher of [slow, fast]) join(watcher);
    await untilAskedOf(slow);
    expect([slow.seen, fast.seen]).toEqual([range(1, 100), range(51, 100)]);
    endPatience();
    await expect.poll(() => fast.seen).toEqual(range(51, 2_000));
    expect(slow.seen).toEqual(range(1, 100));
    tick(1_000);
    slow.sink.take();
    await expect.poll(() => slow.seen).toEqual(range(1, 2_000));
    expect(log.reads.map(({ cursor }) => cursor)).toEqual(['2000', '0', '100']);
    log.append();
    for (const { seen } of [slow, fast]) await expect.poll(() => seen.at(-1)).toBe(2_001);
    expect(slow.seen).toEqual(range(1, 2_001));
  });

  it('is begun once in a second, for all who have held up others meanwhile', async () => {
    const { log, join, tick, endPatience, streams } = await openWithHistory();
    const slow = range(1, 5).map((number) => slowAfter(`slow ${number}`, (seq) => seq % 100 === 0));
    const holdUp = async (others: Watcher) => {
      join(others);
      await untilAskedOf(...slow);
      endPatience();
      await expect.poll(() => others.seen.at(-1)).toBe(2_000);
    };
    for (const watcher of slow) join(watcher);
    await holdUp(new Watcher('fast', 0, 2_000));
    tick(1_000);
    for (const { sink } of slow) sink.take();
    await holdUp(new Watcher('as fast', 100, 2_000));
    for (const { seen } of slow) expect(seen).toEqual(range(1, 200));
    expect(log.reads.map(({ cursor }) => cursor)).toEqual(['2000', '0', '100']);
    // The next may not begin before an hour is over.
    tick(-3_600_000);
    for (const { sink } of slow) {
      sink.take();
      await new Promise(setImmediate);
    }
    expect(log.reads).toHaveLength(3);
    streams.stop();
  });

  it('waits for nobody who has left', async () => {
    const { join, streams } = await openWithHistory();
    const gone = slowAfter('gone', (seq) => seq === 100);
    const there = new Watcher('there', 0, 2_000);
    for (const watcher of [gone, there]) join(watcher);
    await untilAskedOf(gone);
    streams.leave(gone);
    await expect.poll(() => there.seen).toEqual(range(1, 2_000));
    gone.sink.take();
    expect(gone.seen).toEqual(range(1, 100));
    expect(streams.counts).toEqual({ streams: 1, followers: 2 });
  });

  it('ends while it waits with the last who follows it, and with the router', async () => {
    for (const end of ['leave', 'stop'] as const) {
      const { log, join, streams, completed } = await openWithHistory();
      const slow = slowAfter('slow', (seq) => seq === 100);
      join(slow);
      await untilAskedOf(slow);
      expect(log.readers).toBe(2);
      if (end === 'leave') streams.leave(slow);
      else streams.stop();
      await expect.poll(() => log.readers).toBe(end === 'leave' ? 1 : 0);
      slow.sink.take();
      expect(completed.length).toBeLessThanOrEqual(100 + 8);
    }
  });

  it('goes on after the events that waited when the subgraph has ended it meanwhile', async () => {
    const { log, join } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq === 100);
    join(slow);
    await untilAskedOf(slow);
    log.refuse('slow', 'SUBGRAPH_UNAVAILABLE');
    expect(log.reads).toHaveLength(2);
    slow.sink.take();
    await expect.poll(() => slow.seen).toEqual(range(1, 2_000));
  });

  it('is not joined by one who is behind: what is kept waits as well', async () => {
    const { log, join, live, streams } = await openWithHistory(10);
    log.append();
    await expect.poll(() => live.seen).toEqual([11]);
    const behind = new Watcher('behind', 10, 11);
    behind.sink.isBehind = true;
    join(behind);
    log.append();
    await expect.poll(() => live.seen).toEqual([11, 12]);
    expect(behind.seen).toEqual([]);
    streams.leave(live);
    behind.sink.take();
    await expect.poll(() => behind.seen).toEqual([11, 12]);
  });

  it('hands nobody over to the live stream whose access has ended with the event that reaches it', async () => {
    const log = new Log();
    for (const _ of range(1, 999)) log.append();
    log.append(['kicked']);
    for (const _ of range(1_001, 1_100)) log.append();
    const { join } = openStreams(log);
    const live = new Watcher('live', 1_000, 1_100);
    join(live);
    await expect.poll(() => live.seen).toEqual(range(1_001, 1_100));
    const [kicked, kept] = [new Watcher('kicked', 0), new Watcher('kept', 0)];
    for (const watcher of [kicked, kept]) join(watcher);
    await expect.poll(() => kept.seen).toEqual(range(1, 1_100));
    expect(kicked).toMatchObject({ state: 'suspended', seen: range(1, 1_000) });
  });
});
