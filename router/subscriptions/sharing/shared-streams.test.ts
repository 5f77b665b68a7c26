import { describe, expect, it } from 'vitest';
import { codedError } from '../../../platform/errors.ts';
import { Log, openStreams, range, Watcher } from '../../../test/shared-log.ts';
import { attemptLimit } from './shared-stream.ts';

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

  it('gives nothing more to one who is closed while what was kept is handed over', async () => {
    const log = new Log();
    const { join, streams } = openStreams(log);
    const live = new Watcher('live', 0);
    join(live);
    for (const _ of range(1, 5)) log.append();
    await expect.poll(() => live.seen).toHaveLength(5);
    const slow = new Watcher('slow', 0, 5);
    slow.sink.onDelivered = () => streams.leave(slow);
    join(slow);
    const handedOver = slow.seen.length;
    log.append();
    await expect.poll(() => live.seen).toHaveLength(6);
    expect(slow.seen).toHaveLength(handedOver);
    expect(streams.counts.followers).toBe(1);
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

  it.each(['executed', 'completed'])(
    'is read again from before an event that can not be %s, until it can',
    async (what) => {
      const log = new Log();
      const { join, failing } = openStreams(log, (attempt) => {
        if (attempt < 3) return;
        log.failing.clear();
        failing.clear();
      });
      if (what === 'executed') log.failing.add(3);
      else failing.set(3, new Error('An entity is missing.'));
      const watchers = range(1, 2).map((number) => new Watcher(`user ${number}`, 0));
      for (const watcher of watchers) join(watcher);
      // So few that what has failed is not noticed because too many wait behind it.
      for (const _ of range(1, 4)) log.append();
      for (const { seen } of watchers) await expect.poll(() => seen).toEqual([1, 2, 3, 4]);
      expect(log.reads.map(({ cursor, as }) => [cursor, as])).toEqual(
        ['0', '2', '2', '2', '2'].map((at) => [at, 'user 1']),
      );
    },
  );

  it('fails for all with what an event has failed with, when that does not pass', async () => {
    const log = new Log();
    const { join, failing, streams } = openStreams(log);
    failing.set(3, codedError('NOT_FOUND'));
    for (const _ of range(1, 4)) log.append();
    const watchers = range(1, 2).map((number) => new Watcher(`user ${number}`, 0));
    for (const watcher of watchers) join(watcher);
    for (const watcher of watchers) {
      await expect.poll(() => watcher.state).toBe('failed');
      expect(watcher).toMatchObject({ seen: [1, 2], place: { seq: 2 }, failure: codedError('NOT_FOUND') });
    }
    expect(log.reads).toHaveLength(1 + attemptLimit);
    expect([log.readers, streams.counts.streams]).toEqual([0, 0]);
  });

  it('is read again when the subgraph has failed to read, as often as that helps', async () => {
    const log = new Log();
    const { join } = openStreams(log);
    const watcher = new Watcher('watcher', 0);
    join(watcher);
    for (const round of range(1, attemptLimit + 2)) {
      log.append();
      await expect.poll(() => watcher.seen, { interval: 1 }).toEqual(range(1, round));
      log.refuse('watcher', 'INTERNAL');
    }
    expect(watcher.state).toBe('following');
    const reads = log.reads.length;
    log.refuseFrom('watcher', 'INTERNAL');
    log.refuse('watcher', 'INTERNAL');
    await expect.poll(() => watcher.state).toBe('failed');
    expect(log.reads.length - reads).toBeLessThanOrEqual(1 + attemptLimit);
    expect(watcher.failure).toMatchObject({ extensions: { code: 'INTERNAL' } });
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
