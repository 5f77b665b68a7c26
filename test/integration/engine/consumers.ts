import { describe, expect, test } from 'vitest';
import type { ConsumeOptions, Delivery } from '../../../platform/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import type { TestBroker } from './brokers.ts';
import { append, hourMilliseconds } from './producer.ts';

/** Options under which nothing is abandoned, unless told otherwise, and a failure is repeated soon. */
export function consumeOptions(overrides: Partial<ConsumeOptions>): ConsumeOptions {
  return {
    abandonedAfterMilliseconds: 30_000,
    retryDelayMilliseconds: 50,
    maximumAttempts: 3,
    onEntry: async () => {},
    onPoison: async () => {},
    ...overrides,
  };
}

export function consumersContract(broker: () => TestBroker): void {
  describe('consumers', () => {
    test('a new group starts with the oldest entry, and each group gets every entry', async () => {
      const engine = broker().connect();
      await append(engine, 'chat', ['first', 'second'], 2);
      const seen: Record<string, Delivery[]> = { user: [], notification: [] };
      for (const [group, deliveries] of Object.entries(seen)) {
        await engine.consume(
          'chat',
          group,
          consumeOptions({ onEntry: async (delivery) => void deliveries.push(delivery) }),
        );
      }
      await append(engine, 'chat', ['third'], 3);
      for (const deliveries of Object.values(seen)) {
        await eventually(() => expect(deliveries.map(({ value }) => value)).toEqual(['first', 'second', 'third']));
        expect(deliveries.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
      }
    });

    test('two members of a group share its entries and handle each once', async () => {
      const handled: string[] = [];
      const members = [0, 0];
      for (const index of members.keys()) {
        const onEntry = async ({ value }: Delivery): Promise<void> => {
          handled.push(value);
          members[index] = (members[index] ?? 0) + 1;
          // Until the other one has had its share too: neither may starve.
          if (handled.length <= 2) await eventually(() => expect(Math.min(...members)).toBeGreaterThan(0));
        };
        await broker().connect().consume('chat', 'group', consumeOptions({ onEntry }));
      }
      const values = Array.from({ length: 200 }, (_, index) => String(index));
      await append(broker().connect(), 'chat', values, 200);
      await eventually(() => expect(handled.length).toBe(200));
      expect(handled.toSorted()).toEqual(values.toSorted());
    });

    test('a failed entry is tried again with the next attempt number and holds up none behind it', async () => {
      const engine = broker().connect();
      const log: string[] = [];
      const failuresAt: number[] = [];
      const onEntry = async ({ value, attempt }: Delivery): Promise<void> => {
        log.push(`${value} ${attempt}`);
        if (value === 'fails twice') failuresAt.push(performance.now());
        if (value === 'fails twice' && attempt < 3) throw new Error('not yet');
      };
      await engine.consume('chat', 'group', consumeOptions({ onEntry, retryDelayMilliseconds: 200 }));
      await append(engine, 'chat', ['fails twice', 'behind it'], 2);
      await eventually(() => expect(log).toContain('fails twice 3'));
      expect(log).toEqual(['fails twice 1', 'behind it 1', 'fails twice 2', 'fails twice 3']);
      // Redis counts in whole milliseconds, hence the one.
      for (const index of [1, 2]) expect((failuresAt[index] ?? 0) - (failuresAt[index - 1] ?? 0)).toBeGreaterThan(198);
    });

    test('an entry that keeps failing goes to onPoison once, with its error, and not to those behind it', async () => {
      const engine = broker().connect();
      const poisoned: [Delivery, unknown][] = [];
      const attempts: number[] = [];
      const handled: string[] = [];
      const failure = new Error('never');
      const options = consumeOptions({
        onEntry: async ({ value, attempt }) => {
          if (value === 'poison') attempts.push(attempt);
          if (value === 'poison') throw failure;
          handled.push(value);
        },
        onPoison: async (delivery, error) => void poisoned.push([delivery, error]),
      });
      await engine.consume('chat', 'group', options);
      await append(engine, 'chat', ['before', 'poison', 'after'], 3);
      await eventually(() => expect(poisoned.length).toBe(1));
      expect(poisoned).toEqual([[{ id: expect.any(String), value: 'poison', attempt: 3 }, failure]]);
      await append(engine, 'chat', ['later'], 4);
      await eventually(() => expect(handled).toEqual(['before', 'after', 'later']));
      expect(attempts).toEqual([1, 2, 3]);
      expect(poisoned.length).toBe(1);
    });

    test('an entry that could not be put aside stays and is tried again', async () => {
      const engine = broker().connect();
      const events: string[] = [];
      const options = consumeOptions({
        maximumAttempts: 1,
        onEntry: async ({ attempt }) => {
          events.push(`attempt ${attempt}`);
          if (attempt < 4) throw new Error('not yet');
        },
        onPoison: async ({ attempt }) => {
          events.push(`poison ${attempt}`);
          throw new Error('the database is down');
        },
      });
      await engine.consume('chat', 'group', options);
      await append(engine, 'chat', ['entry'], 1);
      await eventually(() => expect(events).toContain('attempt 4'));
      expect(events).toEqual(['attempt 1', 'poison 1', 'attempt 2', 'poison 2', 'attempt 3', 'poison 3', 'attempt 4']);
    });

    test('a member handles as many entries at a time as it was told', async () => {
      const engine = broker().connect();
      let running = 0;
      let most = 0;
      let handled = 0;
      const onEntry = async (): Promise<void> => {
        running += 1;
        most = Math.max(most, running);
        // The first ones wait for each other: they must be there together.
        if (handled === 0) await eventually(() => expect(most).toBe(3));
        running -= 1;
        handled += 1;
      };
      await engine.consume('chat', 'group', consumeOptions({ onEntry, concurrency: 3 }));
      await append(engine, 'chat', Array(30).fill('entry'), 30);
      await eventually(() => expect(handled).toBe(30));
      expect(most).toBe(3);
    });

    test('stop waits for the entry being handled, which then is done for the group', async () => {
      const engine = broker().connect();
      const started = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      let phase = 'running';
      const onEntry = async (): Promise<void> => {
        started.resolve();
        await release.promise;
      };
      const subscription = await engine.consume('chat', 'group', consumeOptions({ onEntry }));
      await append(engine, 'chat', ['slow', 'next'], 2);
      await started.promise;
      const stopped = subscription.stop().then(() => {
        phase = 'stopped';
      });
      await engine.ping();
      expect(phase).toBe('running');
      release.resolve();
      await stopped;
      const seen: Delivery[] = [];
      const successor = consumeOptions({ onEntry: async (delivery) => void seen.push(delivery) });
      await broker().connect().consume('chat', 'group', successor);
      await eventually(() => expect(seen).toEqual([{ id: expect.any(String), value: 'next', attempt: 1 }]));
    });

    test('a member that stops leaves its failed entries to another', async () => {
      const engine = broker().connect();
      const failed = Promise.withResolvers<void>();
      const onEntry = async (): Promise<void> => {
        failed.resolve();
        throw new Error('cannot');
      };
      const first = await engine.consume('chat', 'group', consumeOptions({ onEntry }));
      await append(engine, 'chat', ['entry'], 1);
      await failed.promise;
      await first.stop();
      const seen: Delivery[] = [];
      const successor = consumeOptions({ onEntry: async (delivery) => void seen.push(delivery) });
      await broker().connect().consume('chat', 'group', successor);
      await eventually(() => expect(seen.map(({ value }) => value)).toEqual(['entry']));
      expect(seen[0]?.attempt).toBeGreaterThan(1);
    });

    test('what arrives just as a member stops is handled by another without waiting for abandonment', async () => {
      const handled = new Set<string>();
      const attempts = new Set<number>();
      const onEntry = async ({ value, attempt }: Delivery): Promise<void> => {
        handled.add(value);
        attempts.add(attempt);
      };
      const writer = broker().connect();
      const values = Array.from({ length: 60 }, (_, round) => String(round));
      for (const [round, value] of values.entries()) {
        const member = await broker().connect().consume('chat', 'group', consumeOptions({ onEntry }));
        await append(writer, 'chat', [`warm-up ${round}`], round);
        await eventually(() => expect(handled).toContain(`warm-up ${round}`));
        await Promise.all([
          writer.append('chat', [value], { position: round, after: round, retentionMilliseconds: hourMilliseconds }),
          member.stop(),
        ]);
      }
      await broker().connect().consume('chat', 'group', consumeOptions({ onEntry }));
      await eventually(() => expect(values.filter((value) => !handled.has(value))).toEqual([]));
      expect(attempts).toEqual(new Set([1]));
    });

    test('a member that is merely slow keeps its entry past the time of abandonment', async () => {
      const abandonedAfterMilliseconds = 2_000;
      const slow: Delivery[] = [];
      const quick: Delivery[] = [];
      const release = Promise.withResolvers<void>();
      const started = Promise.withResolvers<void>();
      const slowOptions = consumeOptions({
        abandonedAfterMilliseconds,
        onEntry: async (delivery) => {
          slow.push(delivery);
          started.resolve();
          await release.promise;
        },
      });
      await broker().connect().consume('chat', 'group', slowOptions);
      await append(broker().connect(), 'chat', ['slow'], 1);
      await started.promise;
      const heldSince = performance.now();
      // The other member fails again and again, which makes it look for what it could take over all the time.
      const quickOptions = consumeOptions({
        abandonedAfterMilliseconds,
        maximumAttempts: 1_000,
        onEntry: async (delivery) => {
          quick.push(delivery);
          if (performance.now() - heldSince < 2 * abandonedAfterMilliseconds) throw new Error('again');
          release.resolve();
        },
      });
      await broker().connect().consume('chat', 'group', quickOptions);
      await append(broker().connect(), 'chat', ['quick'], 2);
      await release.promise;
      expect(slow).toEqual([{ id: expect.any(String), value: 'slow', attempt: 1 }]);
      expect(new Set(quick.map(({ value }) => value))).toEqual(new Set(['quick']));
    });
  });
}
