import { describe, expect, it } from 'vitest';
import { ClientBacklog } from './client-backlog.ts';
import { WaitingEvents } from './waiting-events.ts';

/** A connection, and what waits in some of its operations. */
function open(operations: number, limitBytes = 100_000) {
  const stream = { writableLength: 0 };
  const backlog = new ClientBacklog({ stream, limitBytes, onExceeded: () => undefined });
  const queues = Array.from({ length: operations }, () => new WaitingEvents<number>(backlog, () => undefined));
  return { stream, backlog, queues: queues as [WaitingEvents<number>, WaitingEvents<number>] };
}

async function takeAll(waiting: WaitingEvents<number>): Promise<number[]> {
  waiting.end();
  const taken: number[] = [];
  for await (const value of waiting) taken.push(value);
  return taken;
}

describe('what waits for a slow client', () => {
  it('is every durable event, until all operations and the stream together have more than they may', async () => {
    const { stream, backlog, queues } = open(2);
    stream.writableLength = 30_000;
    for (const queue of queues) expect(queue.pushDurable(1, 30_000)).toBe(true);
    expect(queues[1].pushDurable(2, 30_000)).toBe(false);
    expect(await takeAll(queues[1])).toEqual([1, 2]);
    expect(backlog.isFull).toBe(false);
  });

  it('is of events that say nearly nothing what they take themselves', () => {
    const { queues } = open(1);
    let count = 0;
    while (queues[0].pushDurable(1, 1)) count += 1;
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

  it('has room again when few events are left waiting, or their operations have ended', async () => {
    const { backlog, queues } = open(2);
    let hasRoom = false;
    for (const value of [1, 2]) queues[0].pushDurable(value, 20_000);
    queues[1].pushDurable(3, 20_000);
    backlog.room().then(() => {
      hasRoom = true;
    });
    await queues[0].next();
    expect(hasRoom).toBe(false);
    await queues[1].return();
    expect(hasRoom).toBe(true);
  });
});
