import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../../platform/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import type { TestBroker } from './brokers.ts';
import { createRecorder } from './channels.ts';
import { consumeOptions } from './consumers.ts';
import { tailInto } from './logs.ts';
import { append, hourMilliseconds } from './producer.ts';

/** Long enough for a cluster to find itself again after all of it has crashed. */
const outageTimeoutMilliseconds = 30_000;

export function outagesContract(broker: () => TestBroker): void {
  describe('outages', () => {
    test('after a loss of memory the position is null and consumers get what is appended again', async () => {
      const engine = broker().connect();
      const seen: Delivery[] = [];
      await engine.consume('chat', 'group', consumeOptions({ onEntry: async (delivery) => void seen.push(delivery) }));
      await append(engine, 'chat', ['first', 'second'], 2);
      await eventually(() => expect(seen.map(({ value }) => value)).toEqual(['first', 'second']));
      await broker().flush();
      expect(await engine.position('chat')).toBeNull();
      await append(engine, 'chat', ['first', 'second', 'third'], 3);
      const republished = ['first', 'second', 'first', 'second', 'third'];
      await eventually(() => expect(seen.map(({ value }) => value)).toEqual(republished));
      expect(seen.every(({ attempt }) => attempt === 1)).toBe(true);
    });

    test('an append that was decided on before a loss of memory appends nothing', async () => {
      const engine = broker().connect();
      await append(engine, 'chat', ['lost'], 1);
      const after = await engine.position('chat');
      await broker().flush();
      const retentionMilliseconds = hourMilliseconds;
      expect(await engine.append('chat', ['late'], { position: 2, after, retentionMilliseconds })).toBe(false);
      expect(await engine.position('chat')).toBeNull();
      await append(engine, 'chat', ['lost', 'late'], 2);
      const entries = await tailInto(engine, 'chat');
      await eventually(() => expect(entries.map(({ value }) => value)).toEqual(['lost', 'late']));
    });

    test('an entry that is being handled during a loss of memory does not trouble the consumer', async () => {
      const engine = broker().connect();
      const started = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const seen: string[] = [];
      const onEntry = async ({ value }: Delivery): Promise<void> => {
        seen.push(value);
        if (value === 'before') {
          started.resolve();
          await release.promise;
          throw new Error('fails after the loss');
        }
      };
      await engine.consume('chat', 'group', consumeOptions({ onEntry }));
      await append(engine, 'chat', ['before'], 1);
      await started.promise;
      await broker().flush();
      await append(engine, 'chat', ['after'], 1);
      release.resolve();
      await eventually(() => expect(seen).toEqual(['before', 'after']));
    });

    test('after a restart of the broker listeners are told of a gap, and all of them, consumers and tails go on', async () => {
      const engine = broker().connect();
      const recorders = [createRecorder(), createRecorder(), createRecorder()] as const;
      await engine.subscribe('room', recorders[0]);
      await engine.subscribe('room', recorders[1]);
      await engine.subscribe('another room', recorders[2]);
      const consumed: string[] = [];
      await engine.consume(
        'chat',
        'group',
        consumeOptions({ onEntry: async ({ value }) => void consumed.push(value) }),
      );
      const entries = await tailInto(engine, 'chat');
      await append(engine, 'chat', ['before'], 1);
      await eventually(() => expect(consumed).toEqual(['before']));
      await eventually(() => expect(entries.map(({ value }) => value)).toEqual(['before']));

      await broker().crash();
      await broker().comeBack();

      for (const recorder of recorders)
        await eventually(() => expect(recorder.gaps).toBe(1), outageTimeoutMilliseconds);
      await eventually(() => engine.publish('room', 'after'), outageTimeoutMilliseconds);
      await eventually(() => engine.publish('another room', 'after'), outageTimeoutMilliseconds);
      for (const recorder of recorders) await eventually(() => expect(recorder.messages).toEqual(['after']));
      expect(await engine.position('chat')).toBeNull();
      await append(engine, 'chat', ['after'], 1);
      await eventually(() => expect(consumed).toEqual(['before', 'after']), outageTimeoutMilliseconds);
      await eventually(() => expect(entries.map(({ value }) => value)).toEqual(['before', 'after']));
      expect(recorders.map(({ gaps }) => gaps)).toEqual([1, 1, 1]);
    });
  });
}

/** What only a broker in another process can do: be away. */
export function absenceContract(broker: () => TestBroker): void {
  describe('absence', () => {
    test('without the broker commands fail soon, while subscriptions, consumers and tails wait for it', async () => {
      const before = broker().connect();
      await before.ping();
      await broker().crash();
      const engine = broker().connect();
      const recorder = createRecorder();
      const subscribed = engine.subscribe('room', recorder);
      const consumed: string[] = [];
      await engine.consume(
        'chat',
        'group',
        consumeOptions({ onEntry: async ({ value }) => void consumed.push(value) }),
      );
      const entries = await tailInto(engine, 'chat');
      let hasCaughtUp = false;
      const tail = await engine.tail('chat', new Date(0), () => undefined);
      tail.caughtUp.then(() => {
        hasCaughtUp = true;
      });
      for (const away of [before, engine]) await expectAllCommandsToFailSoon(away);

      expect(hasCaughtUp).toBe(false);

      await broker().comeBack();

      await tail.caughtUp;
      await subscribed;
      await eventually(() => engine.publish('room', 'hello'), outageTimeoutMilliseconds);
      await eventually(() => expect(recorder.messages).toEqual(['hello']));
      expect(recorder.gaps).toBe(0);
      // An append that was rejected may have happened all the same, so there may be repeats.
      await eventually(() => append(engine, 'chat', ['entry'], 1), outageTimeoutMilliseconds);
      await eventually(() => expect(new Set(consumed)).toEqual(new Set(['entry'])), outageTimeoutMilliseconds);
      await eventually(() => expect(entries.map(({ value }) => value)).toContain('entry'));
    });

    test('an engine stops while the broker is away, and who waits to subscribe is told', async () => {
      const engine = broker().connect();
      const started = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const onEntry = async (): Promise<void> => {
        started.resolve();
        await release.promise;
      };
      await engine.subscribe('room', createRecorder());
      await engine.consume('chat', 'group', consumeOptions({ onEntry, concurrency: 2 }));
      await tailInto(engine, 'chat');
      await append(engine, 'chat', ['entry'], 1);
      await started.promise;
      await broker().crash();
      await eventually(() => expect(engine.ping()).rejects.toThrow());
      // The outcome of this entry can't be told to the broker, and the next read waits for it too.
      release.resolve();
      const late = broker().connect();
      const refused = expect(late.subscribe('another room', createRecorder())).rejects.toThrow('stopped');
      await Promise.all([engine.stop(), late.stop()]);
      await refused;
      await broker().comeBack();
    });
  });
}

async function expectAllCommandsToFailSoon(engine: ReturnType<TestBroker['connect']>): Promise<void> {
  const started = performance.now();
  const outcomes = await Promise.allSettled([
    engine.publish('room', 'hello'),
    engine.append('chat', ['entry'], { position: 1, after: null, retentionMilliseconds: hourMilliseconds }),
    engine.position('chat'),
    engine.increment('counter', 1_000),
    engine.setKey('key', 'value', 1_000),
    engine.getKey('key'),
    engine.deleteKey('key'),
    engine.ping(),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'rejected'));
  // The command timeout is two seconds; without it they would wait for as long as the broker is away.
  expect(performance.now() - started).toBeLessThan(20_000);
}
