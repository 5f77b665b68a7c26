import { describe, expect, it } from 'vitest';
import { EventWindow, windowLimit } from './event-window.ts';

const seqs = (events: { seq: number }[] | null) => events?.map(({ seq }) => seq) ?? null;
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

function windowAt(head: number): EventWindow<{ seq: number }> {
  const window = new EventWindow<{ seq: number }>();
  window.raiseHead(head);
  return window;
}

/** The events after a position; null when the database must be asked. */
function eventsAfter(window: EventWindow<{ seq: number }>, position: number): { seq: number }[] | null {
  if (position < window.head && window.next(position) === null) return null;
  const events: { seq: number }[] = [];
  for (let event = window.next(position); event !== null; event = window.next(event.seq)) events.push(event);
  return events;
}

describe('the window of a log', () => {
  it('puts events into order that arrive out of it', () => {
    const window = windowAt(0);
    for (const seq of [3, 1, 4, 2, 5]) window.accept({ seq });
    expect(window.head).toBe(5);
    expect(seqs(eventsAfter(window, 0))).toEqual([1, 2, 3, 4, 5]);
    expect(window.hasGap).toBe(false);
  });

  it('does not show an event before the one that is missing', () => {
    const window = windowAt(10);
    window.accept({ seq: 12 });
    expect([window.head, window.hasGap, seqs(eventsAfter(window, 10))]).toEqual([10, true, []]);
    window.accept({ seq: 11 });
    expect([window.head, window.hasGap, seqs(eventsAfter(window, 10))]).toEqual([12, false, [11, 12]]);
  });

  it('ignores what it knows already', () => {
    const window = windowAt(0);
    for (const seq of [1, 1, 2, 1, 2, 2]) window.accept({ seq });
    expect(seqs(eventsAfter(window, 0))).toEqual([1, 2]);
  });

  it('forgets the oldest, and says so to whoever needs them', () => {
    const window = windowAt(0);
    for (const seq of range(1, windowLimit + 10)) window.accept({ seq });
    expect(eventsAfter(window, 9)).toBeNull();
    expect(seqs(eventsAfter(window, 10))).toEqual(range(11, windowLimit + 10));
  });

  it('is passed by a head from the database, and goes on from there', () => {
    const window = windowAt(0);
    for (const seq of [1, 2, 5, 7, 8]) window.accept({ seq });
    window.raiseHead(6);
    expect([window.head, window.hasGap]).toEqual([8, false]);
    expect(eventsAfter(window, 2)).toBeNull();
    expect(seqs(eventsAfter(window, 6))).toEqual([7, 8]);
    window.raiseHead(3);
    expect(window.head).toBe(8);
  });

  it('forgets what is no longer retained, and goes on', () => {
    const window = windowAt(0);
    for (const seq of range(1, 5)) window.accept({ seq });
    window.raiseFirst(4);
    window.raiseFirst(2);
    expect([window.first, window.head]).toEqual([4, 5]);
    expect(eventsAfter(window, 2)).toBeNull();
    expect(seqs(eventsAfter(window, 3))).toEqual([4, 5]);
    window.raiseFirst(6);
    window.accept({ seq: 6 });
    expect([seqs(eventsAfter(window, 4)), seqs(eventsAfter(window, 5))]).toEqual([null, [6]]);
  });

  it('does not grow while a gap can not be closed', () => {
    const window = windowAt(0);
    for (const seq of range(2, 10 * windowLimit)) window.accept({ seq });
    window.raiseHead(10 * windowLimit - 1);
    expect(eventsAfter(window, windowLimit)).toBeNull();
    expect(window.hasGap).toBe(false);
  });

  it('shows earlier events as newer ones say, in whatever order they arrive', () => {
    interface Note {
      seq: number;
      text: string;
      replaces?: number;
    }
    const window = new EventWindow<Note>(({ replaces, text }) =>
      replaces === undefined ? null : (earlier) => (earlier.seq === replaces ? { ...earlier, text } : earlier),
    );
    window.accept({ seq: 1, text: 'one' });
    window.accept({ seq: 3, text: 'new two', replaces: 2 });
    window.accept({ seq: 2, text: 'two' });
    expect([0, 1, 2].map((position) => window.next(position)?.text)).toEqual(['one', 'new two', 'new two']);
    window.accept({ seq: 4, text: 'new one', replaces: 1 });
    expect(window.next(0)?.text).toBe('new one');
  });
});
