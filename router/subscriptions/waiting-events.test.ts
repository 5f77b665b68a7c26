import { describe, expect, it } from 'vitest';
import { UntakenStream } from '../../test/untaken-stream.ts';
import { ClientBacklog } from './client-backlog.ts';
import { WaitingEvents } from './waiting-events.ts';

/** A connection, and what waits in some of its operations. */
function open(operations: number, limitBytes = 100_000) {
  const stream = new UntakenStream();
  const backlog = new ClientBacklog({ stream, limitBytes, onExceeded: () => undefined });
  const queues = Array.from(
    { length: operations },
    () => new WaitingEvents<number>(backlog, { onLeave: () => undefined }),
  );
  return { stream, backlog, queues: queues as [WaitingEvents<number>, WaitingEvents<number>] };
}

async function takeAll(waiting: WaitingEvents<number>): Promise<number[]> {
  waiting.end();
  const taken: number[] = [];
  for await (const value of waiting) taken.push(value);
  return taken;
}

describe('what waits for a slow client', () => {
  it('is every durable event, until all operations and the stream together would have more than they may', async () => {
    const { stream, backlog, queues } = open(2);
    stream.writableLength = 30_000;
    for (const queue of queues) expect(queue.offerDurable(1, 30_000, false)).toBe(true);
    expect(queues[1].offerDurable(2, 30_000, false)).toBe(false);
    expect(await takeAll(queues[1])).toEqual([1]);
    expect(backlog.isFull).toBe(false);
  });

  it('is what can be had later, until half is full, so that what is new has room beside it', () => {
    const { queues } = open(2);
    for (const queue of queues) expect(queue.offerDurable(1, 24_000, true)).toBe(true);
    for (const queue of queues) expect(queue.offerDurable(2, 24_000, true)).toBe(false);
    for (const queue of queues) expect(queue.offerDurable(3, 24_000, false)).toBe(true);
  });

  it('is a single event of any size when little waits', () => {
    const { queues } = open(1);
    expect(queues[0].offerDurable(1, 1_000_000, true)).toBe(true);
    expect(queues[0].offerDurable(2, 1, false)).toBe(false);
  });

  it('is an event that is being completed, too', async () => {
    const { backlog, queues } = open(1);
    queues[0].offerDurable(1, 30_000, false);
    await queues[0].next();
    expect(backlog.bytes).toBeGreaterThan(30_000);
    queues[0].countOff();
    expect(backlog.bytes).toBe(0);
  });

  it('is of events that say nearly nothing what they take themselves', () => {
    const { queues } = open(1);
    let count = 0;
    while (queues[0].offerDurable(1, 1, false)) count += 1;
    expect(count).toBeLessThan(500);
  });

  it('is the newest event of 256 subjects at most', async () => {
    const { queues } = open(1, 1_000_000);
    for (let value = 0; value < 10_000; value += 1) queues[0].pushEphemeral(value, 1, String(value % 300));
    expect(await takeAll(queues[0])).toEqual(Array.from({ length: 256 }, (_, index) => 10_000 - 256 + index));
  });

  it('is one ephemeral event of each operation at least, and others where there is room: the oldest go', async () => {
    const { backlog, queues } = open(2);
    for (const value of [1, 2, 3]) queues[0].pushEphemeral(value, 20_000, String(value));
    expect(queues[0].length).toBe(2);
    queues[1].pushDurable(1, 50_000);
    queues[0].pushEphemeral(4, 20_000, '4');
    expect(await takeAll(queues[0])).toEqual([4]);
    expect(backlog.isFull).toBe(false);
  });
});

describe('the backlog of a client', () => {
  it('is the client’s fault when the stream holds something, and the router’s when that is empty', () => {
    const { stream, backlog, queues } = open(1);
    queues[0].pushDurable(1, 50_000);
    expect([backlog.isUntaken, backlog.isBehind]).toEqual([false, false]);
    stream.writableLength = 1;
    expect([backlog.isUntaken, backlog.isBehind]).toEqual([true, true]);
  });

  it('has room again when little waits in operations and in the stream', async () => {
    const { stream, backlog, queues } = open(2);
    const granted: string[] = [];
    for (const value of [1, 2]) queues[0].pushDurable(value, 20_000);
    queues[1].pushDurable(3, 20_000);
    stream.writableLength = 60_000;
    backlog.askForRoom(100, () => granted.push('room'));
    await queues[0].return();
    stream.take(30_000);
    expect(granted).toEqual([]);
    await queues[1].return();
    expect(granted).toEqual([]);
    stream.take();
    expect(granted).toEqual(['room']);
    expect(stream.watchers).toBe(0);
  });

  it('keeps it for one after the other, as long as little waits', () => {
    const { stream, backlog } = open(1);
    stream.writableLength = 90_000;
    const granted: number[] = [];
    const letGo = [1, 2, 3].map((each) => backlog.askForRoom(20_000, () => granted.push(each)));
    stream.take();
    expect(granted).toEqual([1, 2]);
    expect(backlog.bytes).toBe(40_000);
    for (const _twice of [1, 2]) letGo[0]?.();
    expect(granted).toEqual([1, 2, 3]);
    for (const each of letGo) each();
    expect(backlog.bytes).toBe(0);
  });

  it('forgets who does not wait for it any more, and does not ask a stream that has gone', () => {
    const { stream, backlog } = open(1);
    stream.writableLength = 90_000;
    const granted: number[] = [];
    const giveUp = backlog.askForRoom(100, () => granted.push(1));
    giveUp();
    stream.take();
    expect([granted, stream.watchers, backlog.bytes]).toEqual([[], 0, 0]);
    stream.writableLength = 90_000;
    stream.destroyed = true;
    backlog.askForRoom(100, () => granted.push(2));
    expect([granted, stream.watchers]).toEqual([[], 0]);
  });
});
