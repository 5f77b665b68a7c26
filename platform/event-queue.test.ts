import { describe, expect, it, vi } from 'vitest';
import { EventQueue } from './event-queue.ts';

async function takeAll(queue: EventQueue<number>): Promise<number[]> {
  queue.end();
  const taken: number[] = [];
  for await (const value of queue) taken.push(value);
  return taken;
}

describe('an event queue', () => {
  it('hands out what came in, in order, also to somebody who waits', async () => {
    const queue = new EventQueue<number>();
    for (const value of [1, 1, 2]) queue.push(value);
    expect([await queue.next(), await queue.next(), await queue.next()].map(({ value }) => value)).toEqual([1, 1, 2]);
    const waiting = queue.next();
    queue.push(3);
    expect(await waiting).toEqual({ done: false, value: 3 });
  });

  it('ends after the values that wait, with the error once', async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    queue.end(new Error('gone'));
    expect(await queue.next()).toMatchObject({ value: 1 });
    await expect(queue.next()).rejects.toThrow('gone');
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('takes no more than its limit of values: it leaves its source, and ends after what waits', async () => {
    const onLeave = vi.fn();
    const queue = new EventQueue<number>({ limit: 2, onLeave });
    for (const value of [1, 2, 3, 4]) queue.push(value);
    expect(onLeave).toHaveBeenCalledOnce();
    expect(await takeAll(queue)).toEqual([1, 2]);
  });

  it('keeps the newest value of each subject, after what was before it', async () => {
    const queue = new EventQueue<number>();
    for (const [value, subject] of [
      [1, 'ada'],
      [2, 'bob'],
      [3, 'ada'],
    ] as const)
      queue.push(value, 1, subject);
    expect(await takeAll(queue)).toEqual([2, 3]);
  });

  it('tells the size of what waits, whatever becomes of it', async () => {
    let size = 0;
    const queue = new EventQueue<number>({
      onResized(change) {
        size += change;
      },
    });
    queue.push(1, 100);
    queue.push(2, 20, 'ada');
    queue.push(3, 30, 'ada');
    expect(size).toBe(130);
    queue.dropOldest();
    expect(size).toBe(30);
    queue.push(4, 4);
    await queue.next();
    expect(size).toBe(34);
    queue.countOff();
    expect(size).toBe(4);
    await queue.next();
    queue.push(5, 5);
    expect(size).toBe(9);
    await queue.return();
    expect(size).toBe(0);
  });

  it('is idle when nothing waits and the next is asked for, and tells so', async () => {
    const onIdle = vi.fn();
    const queue = new EventQueue<number>({ onIdle });
    expect(queue.isIdle).toBe(true);
    for (const value of [1, 2]) queue.push(value);
    for (const _value of [1, 2]) await queue.next();
    expect([queue.isIdle, onIdle.mock.calls.length]).toEqual([false, 0]);
    void queue.next();
    expect([queue.isIdle, onIdle.mock.calls.length]).toEqual([true, 1]);
    queue.push(3);
    expect(queue.isIdle).toBe(false);
  });

  it('can be left while somebody waits', async () => {
    const onLeave = vi.fn();
    const queue = new EventQueue<number>({ onLeave });
    const waiting = queue.next();
    await queue.return();
    expect(await waiting).toMatchObject({ done: true });
    expect(onLeave).toHaveBeenCalledOnce();
  });
});
