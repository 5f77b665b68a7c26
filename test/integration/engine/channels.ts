import { describe, expect, test } from 'vitest';
import { listenerQueueLimit } from '../../../platform/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import type { TestBroker } from './brokers.ts';

/** Collects what one listener gets. */
export function createRecorder() {
  const messages: string[] = [];
  const recorder = {
    messages,
    gaps: 0,
    onMessage: (message: string): void => {
      messages.push(message);
    },
    onGap: (): void => {
      recorder.gaps += 1;
    },
  };
  return recorder;
}

export function channelsContract(broker: () => TestBroker): void {
  describe('channels', () => {
    test('a message published right after subscribing arrives', async () => {
      const engine = broker().connect();
      const recorder = createRecorder();
      await engine.subscribe('room', recorder);
      await engine.publish('room', 'hello');
      await eventually(() => expect(recorder.messages).toEqual(['hello']));
      expect(recorder.gaps).toBe(0);
    });

    test('a message reaches the listeners of its channel in every engine and no others', async () => {
      const [one, other] = [broker().connect(), broker().connect()];
      const [first, second, elsewhere] = [createRecorder(), createRecorder(), createRecorder()];
      await one.subscribe('room', first);
      await other.subscribe('room', second);
      await other.subscribe('another room', elsewhere);
      await one.publish('room', 'to the room');
      await one.publish('another room', 'to the other');
      await eventually(() => expect(second.messages).toEqual(['to the room']));
      await eventually(() => expect(first.messages).toEqual(['to the room']));
      await eventually(() => expect(elsewhere.messages).toEqual(['to the other']));
    });

    test('publishing to a channel without listeners resolves', async () => {
      await broker().connect().publish('nobody', 'hello');
    });

    test('of two listeners on one channel one leaves and the other goes on', async () => {
      const engine = broker().connect();
      const [leaving, staying] = [createRecorder(), createRecorder()];
      const subscription = await engine.subscribe('room', leaving);
      await engine.subscribe('room', staying);
      await engine.publish('room', 'both');
      await eventually(() => expect(leaving.messages).toEqual(['both']));
      await subscription.stop();
      await subscription.stop();
      await engine.publish('room', 'one');
      await eventually(() => expect(staying.messages).toEqual(['both', 'one']));
      expect(leaving.messages).toEqual(['both']);
    });

    test('a channel works again after its last listener has left, however often', async () => {
      const engine = broker().connect();
      for (let round = 0; round < 20; round += 1) {
        const recorder = createRecorder();
        const subscription = await engine.subscribe('room', recorder);
        // Not waited for: the next subscription must not be undone by this one's end.
        void subscription.stop();
      }
      const recorder = createRecorder();
      await engine.subscribe('room', recorder);
      await engine.publish('room', 'hello');
      await eventually(() => expect(recorder.messages).toEqual(['hello']));
    });

    test('a listener that throws gets the next message, and so do the others', async () => {
      const engine = broker().connect();
      const recorders = [createRecorder(), createRecorder(), createRecorder()] as const;
      await engine.subscribe('room', {
        onMessage: (message) => {
          recorders[0].onMessage(message);
          throw new Error('thrown');
        },
        onGap: recorders[0].onGap,
      });
      await engine.subscribe('room', {
        onMessage: async (message) => {
          recorders[1].onMessage(message);
          throw new Error('rejected');
        },
        onGap: recorders[1].onGap,
      });
      await engine.subscribe('room', recorders[2]);
      await engine.publish('room', 'first');
      await engine.publish('room', 'second');
      for (const recorder of recorders) {
        await eventually(() => expect(recorder.messages).toEqual(['first', 'second']));
      }
    });

    test('10,000 messages arrive in the order of publishing, with a quick asynchronous listener too', async () => {
      const engine = broker().connect();
      const [plain, asynchronous] = [createRecorder(), createRecorder()];
      await engine.subscribe('room', plain);
      await engine.subscribe('room', { ...asynchronous, onMessage: async (text) => asynchronous.onMessage(text) });
      // As long as a real event is, so that the messages come in chunks of a real size.
      const expected = Array.from({ length: 10_000 }, (_, index) => `${index} ${'x'.repeat(200)}`);
      for (let start = 0; start < expected.length; start += 500) {
        await Promise.all(expected.slice(start, start + 500).map((message) => engine.publish('room', message)));
      }
      await eventually(() => expect(plain.messages.length).toBe(10_000));
      await eventually(() => expect(asynchronous.messages.length).toBe(10_000));
      expect(plain.messages).toEqual(expected);
      expect(asynchronous.messages).toEqual(expected);
    });

    test('a slow listener gets one message at a time, holds up nobody, and loses nothing up to the limit', async () => {
      const engine = broker().connect();
      const [slow, quick] = [createRecorder(), createRecorder()];
      const release = Promise.withResolvers<void>();
      await engine.subscribe('room', {
        onMessage: (message) => {
          slow.onMessage(message);
          return release.promise;
        },
        onGap: slow.onGap,
      });
      await engine.subscribe('room', quick);
      const count = listenerQueueLimit + 1;
      for (let index = 0; index < count; index += 1) await engine.publish('room', String(index));
      await eventually(() => expect(quick.messages.length).toBe(count));
      expect(slow.messages).toEqual(['0']);
      release.resolve();
      await eventually(() => expect(slow.messages).toEqual(quick.messages));
      expect(slow.gaps).toBe(0);
    });

    test('a listener past the limit is told of a gap and gets what is published after it', async () => {
      const engine = broker().connect();
      const [slow, quick] = [createRecorder(), createRecorder()];
      const release = Promise.withResolvers<void>();
      await engine.subscribe('room', {
        onMessage: (message) => {
          slow.onMessage(message);
          return release.promise;
        },
        onGap: slow.onGap,
      });
      await engine.subscribe('room', quick);
      const count = listenerQueueLimit + 2;
      for (let index = 0; index < count; index += 1) await engine.publish('room', String(index));
      await eventually(() => expect(quick.messages.length).toBe(count));
      await eventually(() => expect(slow.gaps).toBe(1));
      await engine.publish('room', 'after the gap');
      release.resolve();
      await eventually(() => expect(slow.messages).toEqual(['0', 'after the gap']));
      expect(quick.gaps).toBe(0);
    });

    test('stop waits for the message being handled and nothing comes after it', async () => {
      const engine = broker().connect();
      const [stopping, witness] = [createRecorder(), createRecorder()];
      const release = Promise.withResolvers<void>();
      const subscription = await engine.subscribe('room', {
        onMessage: (message) => {
          stopping.onMessage(message);
          return release.promise;
        },
        onGap: stopping.onGap,
      });
      await engine.subscribe('room', witness);
      await engine.publish('room', 'handled');
      await engine.publish('room', 'waiting');
      await eventually(() => expect(witness.messages).toEqual(['handled', 'waiting']));
      await eventually(() => expect(stopping.messages).toEqual(['handled']));
      let phase = 'running';
      const stopped = subscription.stop().then(() => {
        phase = 'stopped';
      });
      await engine.publish('room', 'too late');
      await eventually(() => expect(witness.messages.at(-1)).toBe('too late'));
      expect(phase).toBe('running');
      release.resolve();
      await stopped;
      expect(stopping.messages).toEqual(['handled']);
    });

    test('engines with different prefixes do not hear each other', async () => {
      const [one, other] = [broker().connect('one'), broker().connect('other')];
      const [ofOne, ofOther] = [createRecorder(), createRecorder()];
      await one.subscribe('room', ofOne);
      await other.subscribe('room', ofOther);
      await one.publish('room', 'from one');
      await other.publish('room', 'from other');
      await eventually(() => expect(ofOne.messages).toEqual(['from one']));
      await eventually(() => expect(ofOther.messages).toEqual(['from other']));
    });

    test('a stopped engine takes no listeners', async () => {
      const engine = broker().connect();
      await engine.stop();
      await expect(engine.subscribe('room', createRecorder())).rejects.toThrow('stopped');
      await expect(engine.publish('room', 'hello')).rejects.toThrow('stopped');
    });
  });
}
