import { describe, expect, test } from 'vitest';
import type { Engine, LogEntry } from '../../../platform/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import type { TestBroker } from './brokers.ts';
import { append, hourMilliseconds } from './producer.ts';

const beginning = new Date(0);

/** Collects the entries of a log from a time on. */
export async function tailInto(engine: Engine, log: string, since: Date = beginning): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  await engine.tail(log, since, (entry) => entries.push(entry));
  return entries;
}

export function logsContract(broker: () => TestBroker): void {
  describe('logs', () => {
    test('a position is null before the first append and then the last one appended', async () => {
      const engine = broker().connect();
      expect(await engine.position('chat')).toBeNull();
      await append(engine, 'chat', ['first'], 7);
      expect(await engine.position('chat')).toBe(7);
      await append(engine, 'chat', ['second', 'third'], 9);
      expect(await engine.position('chat')).toBe(9);
      await append(engine, 'chat', [], Number.MAX_SAFE_INTEGER);
      expect(await engine.position('chat')).toBe(Number.MAX_SAFE_INTEGER);
      expect(await engine.position('another log')).toBeNull();
    });

    test('an append after another position than the last one, or than none, appends nothing', async () => {
      const [engine, other] = [broker().connect(), broker().connect()];
      const appendAfter = (after: number | null, position: number): Promise<boolean> =>
        engine.append('chat', [`after ${after}`], { position, after, retentionMilliseconds: hourMilliseconds });
      expect(await appendAfter(0, 1)).toBe(false);
      expect(await engine.position('chat')).toBeNull();
      expect(await appendAfter(null, 0)).toBe(true);
      expect(await appendAfter(null, 1)).toBe(false);
      expect(await engine.position('chat')).toBe(0);
      await append(other, 'chat', ['of another'], Number.MAX_SAFE_INTEGER - 1);
      expect(await appendAfter(0, 1)).toBe(false);
      expect(await appendAfter(Number.MAX_SAFE_INTEGER, 1)).toBe(false);
      expect(await appendAfter(Number.MAX_SAFE_INTEGER - 1, 1)).toBe(true);
      expect(await engine.position('chat')).toBe(1);
      const entries = await tailInto(engine, 'chat');
      const appended = ['after null', 'of another', `after ${Number.MAX_SAFE_INTEGER - 1}`];
      await eventually(() => expect(entries.map(({ value }) => value)).toEqual(appended));
    });

    test('of many producers that append after the same position one succeeds', async () => {
      const engines = [broker().connect(), broker().connect()];
      await append(engines[0] as Engine, 'chat', ['before'], 1);
      const producers = Array.from({ length: 20 }, (_, index) => engines[index % 2] as Engine);
      const options = { position: 2, after: 1, retentionMilliseconds: hourMilliseconds };
      const outcomes = await Promise.all(producers.map((engine) => engine.append('chat', ['after'], options)));
      expect(outcomes.filter((appended) => appended)).toHaveLength(1);
      const entries = await tailInto(broker().connect(), 'chat');
      await eventually(() => expect(entries.map(({ value }) => value)).toEqual(['before', 'after']));
    });

    test('nobody ever sees an entry without the position that came with it', async () => {
      const [writer, reader] = [broker().connect(), broker().connect()];
      const checks: Promise<void>[] = [];
      await reader.tail('chat', beginning, (entry) => {
        const check = async (): Promise<void> => {
          expect(await reader.position('chat')).toBeGreaterThanOrEqual(Number(entry.value));
        };
        checks.push(check());
      });
      for (let position = 1; position <= 100; position += 1) await append(writer, 'chat', [String(position)], position);
      await eventually(() => expect(checks.length).toBe(100));
      await Promise.all(checks);
    });

    test('the entries of one append stand together, in order, with growing ids', async () => {
      const writers = [broker().connect(), broker().connect()];
      const batches = Array.from({ length: 60 }, (_, batch) => [`${batch} a`, `${batch} b`, `${batch} c`]);
      await Promise.all(batches.map((batch, index) => append(writers[index % 2] as Engine, 'chat', batch, index)));
      const entries = await tailInto(broker().connect(), 'chat');
      await eventually(() => expect(entries.length).toBe(180));
      const seen = [];
      for (let start = 0; start < 180; start += 3) seen.push(entries.slice(start, start + 3).map(({ value }) => value));
      expect(seen.toSorted()).toEqual(batches.toSorted());
      expect(entries.map(({ id }) => idOrder(id))).toEqual(entries.map(({ id }) => idOrder(id)).toSorted());
      expect(new Set(entries.map(({ id }) => id)).size).toBe(180);
    });

    test('a tail reads from a time on and then each new entry', async () => {
      const engine = broker().connect();
      const all = await tailInto(engine, 'chat');
      await append(engine, 'chat', ['old'], 1);
      await eventually(() => expect(all.length).toBe(1));
      // Until the broker's clock has moved on by a millisecond: entries of the same one are of the same time.
      await eventually(async () => {
        await append(engine, 'chat', ['later'], 2);
        await eventually(() => expect(all.at(-1)?.value).toBe('later'));
        expect(timeOf(all.at(-1))).toBeGreaterThan(timeOf(all[0]));
      });
      const since = timeOf(all.at(-1));
      const recent = await tailInto(engine, 'chat', new Date(since));
      await append(engine, 'chat', ['new'], 3);
      await eventually(() => expect([recent, all].map((entries) => entries.at(-1)?.value)).toEqual(['new', 'new']));
      expect(recent).toEqual(all.filter((entry) => timeOf(entry) >= since));
      expect(recent.map(({ value }) => value)).not.toContain('old');
    });

    test('a tail hands over 1,000 entries in order and goes on after its reader throws', async () => {
      const engine = broker().connect();
      const values = Array.from({ length: 1_000 }, (_, index) => String(index));
      await append(engine, 'chat', values, 1_000);
      const seen: string[] = [];
      await engine.tail('chat', beginning, (entry) => {
        seen.push(entry.value);
        if (seen.length % 100 === 1) throw new Error('thrown');
      });
      await eventually(() => expect(seen.length).toBe(1_000));
      expect(seen).toEqual(values);
    });

    test('a tail has caught up when it has handed over all that was in the log when it was called', async () => {
      const engine = broker().connect();
      // Multiples of what a tail reads at once, and none at all, are where a count goes wrong.
      for (const [log, count] of [
        ['empty', 0],
        ['few', 1],
        ['many', 100],
        ['more', 250],
      ] as const) {
        const values = Array.from({ length: count }, (_, index) => `${log} ${index}`);
        if (count > 0) await append(engine, log, values, count);
        const seen: string[] = [];
        const tail = await broker()
          .connect()
          .tail(log, beginning, ({ value }) => seen.push(value));
        await tail.caughtUp;
        expect(seen).toEqual(values);
        await append(engine, log, ['new'], count + 1);
        await eventually(() => expect(seen).toEqual([...values, 'new']));
      }
    });

    test('a tail that was stopped hears nothing more', async () => {
      const engine = broker().connect();
      const stopped: string[] = [];
      const subscription = await engine.tail('chat', beginning, (entry) => stopped.push(entry.value));
      const witness = await tailInto(engine, 'chat');
      await append(engine, 'chat', ['before'], 1);
      await eventually(() => expect(stopped).toEqual(['before']));
      await subscription.stop();
      await append(engine, 'chat', ['after'], 2);
      await eventually(() => expect(witness.at(-1)?.value).toBe('after'));
      expect(stopped).toEqual(['before']);
    });

    test('an append drops the entries that are past the retention it names, and the position stays', async () => {
      const engine = broker().connect();
      // Redis drops whole nodes of its tree, of a hundred entries each.
      await append(engine, 'chat', Array(300).fill('old'), 300);
      await eventually(async () => {
        await append(engine, 'chat', ['new'], 301, 20);
        const entries = await tailInto(engine, 'chat');
        await eventually(() => expect(entries.at(-1)?.value).toBe('new'));
        expect(entries.filter(({ value }) => value === 'old').length).toBeLessThan(100);
      });
      expect(await engine.position('chat')).toBe(301);
    });

    test('engines with different prefixes have different logs', async () => {
      const [one, other] = [broker().connect('one'), broker().connect('other')];
      await append(one, 'prefixed', ['from one'], 1);
      await append(other, 'prefixed', ['from other'], 2);
      const entries = await tailInto(one, 'prefixed');
      await eventually(() => expect(entries.map(({ value }) => value)).toEqual(['from one']));
      expect(await one.position('prefixed')).toBe(1);
    });
  });
}

function timeOf(entry: LogEntry | undefined): number {
  return Number(entry?.id.split('-')[0]);
}

/** An id as text whose alphabetical order is the order of ids. */
function idOrder(id: string): string {
  return id
    .split('-')
    .map((part) => part.padStart(20, '0'))
    .join('-');
}
