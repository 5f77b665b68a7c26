import { describe, expect, test } from 'vitest';
import { eventually } from '../../eventually.ts';
import type { TestBroker } from './brokers.ts';

const minute = 60_000;

export function countersAndKeysContract(broker: () => TestBroker): void {
  describe('counters and keys', () => {
    test('a counter counts up, says when it ends, and does not push its end away', async () => {
      const engine = broker().connect();
      const first = await engine.increment('attempts', minute);
      expect(first.count).toBe(1);
      expect(first.resetsInMilliseconds).toBeLessThanOrEqual(minute);
      const second = await engine.increment('attempts', 10 * minute);
      expect(second.count).toBe(2);
      expect(second.resetsInMilliseconds).toBeLessThanOrEqual(minute);
      expect(second.resetsInMilliseconds).toBeGreaterThan(0);
      expect((await engine.increment('others', minute)).count).toBe(1);
    });

    test('increments of several engines at once all count', async () => {
      const engines = [broker().connect(), broker().connect()];
      const states = await Promise.all(
        Array.from({ length: 100 }, (_, index) => engines[index % 2]?.increment('attempts', minute)),
      );
      const counts = states.map((state) => state?.count ?? 0).toSorted((a, b) => a - b);
      expect(counts).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    });

    test('a counter that is reset starts again, with a window of its own', async () => {
      const engine = broker().connect();
      await engine.increment('failures', 60_000);
      await engine.increment('failures', 60_000);
      await engine.resetCounter('failures');
      await engine.resetCounter('never counted');
      expect((await engine.increment('failures', 60_000)).count).toBe(1);
    });

    test('a counter vanishes after its window', async () => {
      const engine = broker().connect();
      expect((await engine.increment('attempts', 30)).count).toBe(1);
      // Each of these may be the first of a new window; one that finds 1 again shows that the old one ended.
      await engine.increment('attempts', 30);
      await eventually(async () => expect((await engine.increment('attempts', 30)).count).toBe(1));
    });

    test('a key holds its value until it is deleted', async () => {
      const engine = broker().connect();
      expect(await engine.getKey('session')).toBeNull();
      expect(await engine.setKey('session', 'one', minute)).toBe(true);
      expect(await engine.setKey('session', 'two', minute)).toBe(true);
      expect(await broker().connect().getKey('session')).toBe('two');
      await engine.deleteKey('session');
      expect(await engine.getKey('session')).toBeNull();
      await engine.deleteKey('session');
    });

    test('onlyIfAbsent lets exactly one of many set a key', async () => {
      const engines = [broker().connect(), broker().connect()];
      const claims = Array.from({ length: 20 }, (_, index) =>
        engines[index % 2]?.setKey('lock', String(index), minute, { onlyIfAbsent: true }),
      );
      const results = await Promise.all(claims);
      expect(results.filter((taken) => taken)).toEqual([true]);
      expect(await engines[0]?.getKey('lock')).toBe(String(results.indexOf(true)));
    });

    test('a key vanishes after its lifetime and can then be set again', async () => {
      const engine = broker().connect();
      await engine.setKey('short', 'lived', 30);
      await eventually(async () => expect(await engine.getKey('short')).toBeNull());
      await engine.setKey('short', 'lived', 30, { onlyIfAbsent: true });
      await eventually(async () => {
        expect(await engine.setKey('short', 'again', minute, { onlyIfAbsent: true })).toBe(true);
      });
      expect(await engine.getKey('short')).toBe('again');
    });

    test('engines with different prefixes have different keys and counters', async () => {
      const [one, other] = [broker().connect('one'), broker().connect('other')];
      await one.setKey('prefixed', 'of one', minute);
      expect(await other.getKey('prefixed')).toBeNull();
      await one.increment('prefixed', minute);
      expect((await other.increment('prefixed', minute)).count).toBe(1);
    });

    test('ping answers', async () => {
      await broker().connect().ping();
    });
  });
}
