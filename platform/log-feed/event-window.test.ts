import { describe, expect, it } from 'vitest';
import { EventWindow, windowLimit } from './event-window.ts';

const seqs = (events: { seq: number }[] | null) => events?.map(({ seq }) => seq) ?? null;
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

function windowAt(head: number): EventWindow<{ seq: number }> {
  const window = new EventWindow<{ seq: number }>();
  window.raiseHead(head);
  return window;
}

describe('the window of a log', () => {
  it('puts events into order that arrive out of it', () => {
    const window = windowAt(0);
    for (const seq of [3, 1, 4, 2, 5]) window.accept({ seq });
    expect(window.head).toBe(5);
    expect(seqs(window.after(0))).toEqual([1, 2, 3, 4, 5]);
    expect(window.hasGap).toBe(false);
  });

  it('does not show an event before the one that is missing', () => {
    const window = windowAt(10);
    window.accept({ seq: 12 });
    expect([window.head, window.hasGap, seqs(window.after(10))]).toEqual([10, true, []]);
    window.accept({ seq: 11 });
    expect([window.head, window.hasGap, seqs(window.after(10))]).toEqual([12, false, [11, 12]]);
  });

  it('ignores what it knows already', () => {
    const window = windowAt(0);
    for (const seq of [1, 1, 2, 1, 2, 2]) window.accept({ seq });
    expect(seqs(window.after(0))).toEqual([1, 2]);
  });

  it('forgets the oldest, and says so to whoever needs them', () => {
    const window = windowAt(0);
    for (const seq of range(1, windowLimit + 10)) window.accept({ seq });
    expect(window.after(9)).toBeNull();
    expect(seqs(window.after(10))).toEqual(range(11, windowLimit + 10));
  });

  it('is passed by a head from the database, and goes on from there', () => {
    const window = windowAt(0);
    for (const seq of [1, 2, 5, 7, 8]) window.accept({ seq });
    window.raiseHead(6);
    expect([window.head, window.hasGap]).toEqual([8, false]);
    expect(window.after(2)).toBeNull();
    expect(seqs(window.after(6))).toEqual([7, 8]);
    window.raiseHead(3);
    expect(window.head).toBe(8);
  });

  it('forgets what is no longer retained, and goes on', () => {
    const window = windowAt(0);
    for (const seq of range(1, 5)) window.accept({ seq });
    window.raiseFirst(4);
    window.raiseFirst(2);
    expect([window.first, window.head]).toEqual([4, 5]);
    expect(window.after(2)).toBeNull();
    expect(seqs(window.after(3))).toEqual([4, 5]);
    window.raiseFirst(6);
    window.accept({ seq: 6 });
    expect([seqs(window.after(4)), seqs(window.after(5))]).toEqual([null, [6]]);
  });

  it('does not grow while a gap can not be closed', () => {
    const window = windowAt(0);
    for (const seq of range(2, 10 * windowLimit)) window.accept({ seq });
    window.raiseHead(10 * windowLimit - 1);
    expect(window.after(windowLimit)).toBeNull();
    expect(window.hasGap).toBe(false);
  });
});
