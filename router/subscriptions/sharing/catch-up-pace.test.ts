import { describe, expect, it } from 'vitest';
import { Log, openStreams, range, Watcher } from '../../../test/shared-log.ts';
import { eventsAtOnce } from './shared-stream.ts';

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
    expect(completed.length).toBeLessThanOrEqual(100 + eventsAtOnce);
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

  it('goes on for one whose place it has not come to, without one who holds it up', async () => {
    const { log, join, tick, endPatience, streams } = await openWithHistory();
    const far = slowAfter('far', (seq) => seq === 100);
    const near = new Watcher('near', 1_700, 2_000);
    for (const watcher of [far, near]) join(watcher);
    await untilAskedOf(far);
    expect(near.seen).toEqual([]);
    endPatience();
    await expect.poll(() => near.seen).toEqual(range(1_701, 2_000));
    // Nobody has asked for what is between the two.
    expect(log.reads.map(({ cursor }) => cursor)).toEqual(['2000', '0', '1700']);
    expect(far.seen).toEqual(range(1, 100));
    expect(streams.counts).toEqual({ streams: 1, followers: 3 });
    tick(1_000);
    far.sink.take();
    await expect.poll(() => far.seen).toEqual(range(1, 2_000));
    streams.stop();
  });

  it('goes on where the others begin when the only one has left, or been refused, for whom it was read', async () => {
    for (const end of ['leave', 'refuse'] as const) {
      const { log, join, streams } = await openWithHistory();
      const far = slowAfter('far', (seq) => seq === 100);
      const near = [1_700, 1_200, 1_700].map((seq, index) => new Watcher(`near ${index}`, seq, 2_000));
      if (end === 'refuse') log.refuseFrom('far', 'NOT_FOUND');
      for (const watcher of [far, ...near]) join(watcher);
      if (end === 'leave') await untilAskedOf(far);
      if (end === 'leave') streams.leave(far);
      await expect.poll(() => near.map(({ seen }) => seen.length)).toEqual([300, 800, 300]);
      expect(log.reads.map(({ cursor }) => cursor)).toEqual(['2000', '0', '1200']);
      expect(log.readers).toBe(1);
      streams.stop();
    }
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

  it('brings those who have joined it late to the live stream as well', async () => {
    const { log, join, streams } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq === 100);
    join(slow);
    await untilAskedOf(slow);
    const late = new Watcher('late', 90, 100);
    join(late);
    expect(late.seen).toEqual(range(91, 100));
    slow.sink.take();
    await expect.poll(() => late.seen).toEqual(range(91, 2_000));
    expect(streams.counts).toEqual({ streams: 1, followers: 3 });
    expect([log.reads.length, log.readers]).toEqual([2, 1]);
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
      expect(completed.length).toBeLessThanOrEqual(100 + eventsAtOnce);
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

  it('is not waited for by those whom it could serve only later', async () => {
    const { log, join, tick, streams } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq === 1_000);
    join(slow);
    await untilAskedOf(slow);
    tick(1_000);
    // What is kept for the first may have been deleted since; the second is ahead of the reading.
    const others = [950, 1_500].map((seq) => new Watcher(`from ${seq}`, seq, 2_000));
    for (const watcher of others) join(watcher);
    await expect.poll(() => others.map(({ seen }) => seen.length)).toEqual([1_050, 500]);
    expect(slow.seen).toEqual(range(1, 1_000));
    expect(log.reads.map(({ cursor }) => cursor)).toEqual(['2000', '0', '950']);
    streams.stop();
  });

  it('goes on live when nobody is left in the live stream that it was to meet', async () => {
    const { log, live, join, tick, streams, latencies } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq === 500);
    join(slow);
    await untilAskedOf(slow);
    streams.leave(live);
    slow.sink.take();
    await expect.poll(() => slow.seen).toEqual(range(1, 2_000));
    // What is new waits for no client.
    slow.sink.isBehind = true;
    tick(250);
    for (const _ of range(1, 5)) log.append(undefined, 1_000_250);
    await expect.poll(() => slow.seen).toEqual(range(1, 2_005));
    expect(latencies).toEqual([0, 0, 0, 0, 0]);
    expect(streams.counts).toEqual({ streams: 1, followers: 1 });
  });

  it('is counted, and ends with the router, also when the live stream has ended and been opened anew', async () => {
    const { log, live, join, streams } = await openWithHistory();
    const slow = slowAfter('slow', (seq) => seq === 500);
    join(slow);
    await untilAskedOf(slow);
    streams.leave(live);
    expect(streams.counts).toEqual({ streams: 1, followers: 1 });
    const next = new Watcher('next', 2_000);
    join(next);
    expect([streams.counts, log.readers]).toEqual([{ streams: 2, followers: 2 }, 2]);
    streams.stop();
    await expect.poll(() => log.readers).toBe(0);
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
