import { describe, expect, it, vi } from 'vitest';
import { EventQueue } from './event-queue.ts';

const overflow = () => new Error('overflow');

describe('an event queue', () => {
  it('hands out what came in, in order, also to somebody who waits', async () => {
    const queue = new EventQueue<number>(10, overflow, () => undefined);
    queue.push(1);
    queue.push(2);
    expect([await queue.next(), await queue.next()]).toMatchObject([{ value: 1 }, { value: 2 }]);
    const waiting = queue.next();
    queue.push(3);
    expect(await waiting).toEqual({ done: false, value: 3 });
  });

  it('ends after the values that wait, with the error once', async () => {
    const queue = new EventQueue<number>(10, overflow, () => undefined);
    queue.push(1);
    queue.end(new Error('gone'));
    expect(await queue.next()).toMatchObject({ value: 1 });
    await expect(queue.next()).rejects.toThrow('gone');
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('drops everything, fails and leaves its source when too much waits', async () => {
    const leave = vi.fn();
    const queue = new EventQueue<number>(2, overflow, leave);
    for (const value of [1, 2, 3, 4]) queue.push(value);
    expect(leave).toHaveBeenCalledOnce();
    await expect(queue.next()).rejects.toThrow('overflow');
    expect(await queue.next()).toMatchObject({ done: true });
  });

  it('can be left while somebody waits', async () => {
    const leave = vi.fn();
    const queue = new EventQueue<number>(2, overflow, leave);
    const waiting = queue.next();
    await queue.return();
    expect(await waiting).toMatchObject({ done: true });
    expect(leave).toHaveBeenCalledOnce();
  });
});
