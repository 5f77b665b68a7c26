import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { ExpiringMap } from './expiring-map.ts';
import { createMemoryEngine } from './memory.ts';

const minute = 60_000;

/** An engine whose clock stands still until the test moves it. */
function createWithClock() {
  const clock = { now: Date.parse('2030-01-01T00:00:00Z') };
  const logger = pino({ level: 'silent' });
  const engine = createMemoryEngine({ logger, now: () => clock.now });
  return { clock, engine };
}

describe('time in the memory engine', () => {
  test('a counter ends exactly at the end of its window', async () => {
    const { clock, engine } = createWithClock();
    await engine.increment('attempts', minute);
    clock.now += minute - 1;
    expect(await engine.increment('attempts', minute)).toEqual({ count: 2, resetsInMilliseconds: 1 });
    clock.now += 1;
    expect(await engine.increment('attempts', minute)).toEqual({ count: 1, resetsInMilliseconds: minute });
  });

  test('a key ends exactly at the end of its lifetime', async () => {
    const { clock, engine } = createWithClock();
    await engine.setKey('session', 'value', minute);
    clock.now += minute - 1;
    expect(await engine.setKey('session', 'other', minute, { onlyIfAbsent: true })).toBe(false);
    expect(await engine.getKey('session')).toBe('value');
    clock.now += 1;
    expect(await engine.getKey('session')).toBeNull();
  });

  test('entries that nobody asks for again do not pile up', () => {
    let now = 0;
    const map = new ExpiringMap<number>(() => now);
    let largest = 0;
    for (now = 0; now < 20_000; now += 1) {
      map.set(String(now), now, 10);
      largest = Math.max(largest, map.size);
    }
    expect(largest).toBeLessThanOrEqual(1_024);
  });

  test('a log drops what is older than its retention, for new groups, tails and retries alike', async () => {
    const { clock, engine } = createWithClock();
    await engine.append('chat', ['old'], { position: 1, after: null, retentionMilliseconds: minute });
    clock.now += minute;
    await engine.append('chat', ['at the edge'], { position: 2, after: 1, retentionMilliseconds: minute });
    clock.now += 1;
    await engine.append('chat', ['new'], { position: 3, after: 2, retentionMilliseconds: minute });
    const seen: string[] = [];
    const done = Promise.withResolvers<void>();
    await engine.tail('chat', new Date(0), (entry) => {
      seen.push(entry.value);
      if (entry.value === 'new') done.resolve();
    });
    await done.promise;
    expect(seen).toEqual(['at the edge', 'new']);
    expect(await engine.position('chat')).toBe(3);
    await engine.stop();
  });

  test('ids grow while the clock stands still and when it goes back', async () => {
    const { clock, engine } = createWithClock();
    const ids: string[] = [];
    const done = Promise.withResolvers<void>();
    await engine.tail('chat', new Date(0), (entry) => {
      ids.push(entry.id);
      if (ids.length === 3) done.resolve();
    });
    await engine.append('chat', ['first', 'second'], { position: 2, after: null, retentionMilliseconds: minute });
    clock.now -= minute;
    await engine.append('chat', ['third'], { position: 3, after: 2, retentionMilliseconds: minute });
    await done.promise;
    const start = Date.parse('2030-01-01T00:00:00Z');
    expect(ids).toEqual([`${start}-0`, `${start}-1`, `${start}-2`]);
    await engine.stop();
  });
});
