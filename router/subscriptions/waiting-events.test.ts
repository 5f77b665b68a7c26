import { describe, expect, it } from 'vitest';
import { WaitingEvents } from './waiting-events.ts';

function open() {
  let hasLeft = false;
  const waiting = new WaitingEvents<number>(
    () => new Error('too many'),
    () => {
      hasLeft = true;
    },
  );
  const takeAll = async () => {
    waiting.end();
    const taken: number[] = [];
    for await (const value of waiting) taken.push(value);
    return taken;
  };
  return { waiting, takeAll, hasLeft: () => hasLeft };
}

describe('what waits for a slow client', () => {
  it('is every event in its order', async () => {
    const { waiting, takeAll } = open();
    for (const value of [1, 1, 2]) waiting.push(value, 1);
    expect(await takeAll()).toEqual([1, 1, 2]);
  });

  it('is no more than a thousand: then all are dropped, and it is told', async () => {
    const { waiting, hasLeft } = open();
    for (let value = 0; value < 1_001; value += 1) waiting.push(value, 1);
    expect(waiting.size).toBe(0);
    expect(hasLeft()).toBe(true);
    await expect(waiting.next()).rejects.toThrow('too many');
  });

  it('is no more than a megabyte, unless that is one event: then all are dropped as well', async () => {
    const { waiting, takeAll, hasLeft } = open();
    waiting.push(1, 2_000_000);
    expect(await waiting.next()).toMatchObject({ value: 1 });
    for (const value of [2, 3]) waiting.push(value, 500_000);
    expect([waiting.size, hasLeft()]).toEqual([2, false]);
    expect(await waiting.next()).toMatchObject({ value: 2 });
    for (const value of [4, 5]) waiting.push(value, 500_000);
    expect([waiting.size, hasLeft()]).toEqual([0, true]);
    await expect(takeAll()).rejects.toThrow('too many');
  });

  it('is no more than a megabyte of subjects: the one that has waited longest goes', async () => {
    const { waiting, takeAll, hasLeft } = open();
    for (const value of [1, 2, 3]) waiting.push(value, 500_000, String(value));
    expect(hasLeft()).toBe(false);
    expect(await takeAll()).toEqual([2, 3]);
  });

  it('is the newest event of each subject, after what was before it', async () => {
    const { waiting, takeAll } = open();
    for (const [value, subject] of [
      [1, 'ada'],
      [2, 'bob'],
      [3, 'ada'],
    ] as const)
      waiting.push(value, 1, subject);
    expect(await takeAll()).toEqual([2, 3]);
  });

  it('is of no more than 256 subjects: the one that has waited longest goes, and the subscription goes on', async () => {
    const { waiting, takeAll, hasLeft } = open();
    for (let value = 0; value < 10_000; value += 1) waiting.push(value, 1, String(value));
    expect(waiting.size).toBe(256);
    expect(hasLeft()).toBe(false);
    expect((await takeAll())[0]).toBe(10_000 - 256);
  });

  it('comes to a reader who was there first, and ends for one when it is left', async () => {
    const { waiting } = open();
    const first = waiting.next();
    waiting.push(1, 1);
    expect(await first).toEqual({ done: false, value: 1 });
    const second = waiting.next();
    await waiting.return();
    expect(await second).toMatchObject({ done: true });
  });
});
