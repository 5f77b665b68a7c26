import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { readMessage } from './client-message.ts';
import { OperationSequence } from './operation-sequence.ts';

const messageOf = (content: object) => readMessage(JSON.stringify(content));

/** A library that is done with an operation when the test says so. */
function openSequence() {
  const handled: string[] = [];
  const ends = new Map<string, () => void>();
  const operations = new OperationSequence(async (text) => {
    const { type, id, payload } = JSON.parse(text);
    handled.push(`${type} ${id} ${payload ?? ''}`.trim());
    if (type === 'subscribe') await new Promise<void>((resolve) => ends.set(payload, resolve));
  });
  const send = (type: string, id: string, payload?: string) => {
    void operations.handle(messageOf({ type, id, payload }));
  };
  const end = async (payload: string) => {
    ends.get(payload)?.();
    // Everything that follows from it runs before the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { operations, handled, send, end };
}

it('begins an operation whose id is used again when the one before it is over', async () => {
  const { operations, handled, send, end } = openSequence();
  send('subscribe', 'a', 'first');
  send('complete', 'a');
  send('subscribe', 'a', 'second');
  send('subscribe', 'b', 'other');
  expect(handled).toEqual(['subscribe a first', 'complete a', 'subscribe b other']);
  expect(operations.size).toBe(2);
  await end('first');
  expect(handled.slice(3)).toEqual(['subscribe a second']);
  await end('second');
  await end('other');
  expect(operations.size).toBe(0);
});

it('does not begin one that was completed while it waited, but the next', async () => {
  const { handled, send, end } = openSequence();
  send('subscribe', 'a', 'first');
  send('complete', 'a');
  send('subscribe', 'a', 'second');
  send('complete', 'a');
  send('subscribe', 'a', 'third');
  await end('first');
  expect(handled.filter((message) => message.startsWith('subscribe'))).toEqual([
    'subscribe a first',
    'subscribe a third',
  ]);
});

it('leaves two at once with one id to the library, also while one waits', async () => {
  const { handled, send } = openSequence();
  send('subscribe', 'a', 'first');
  send('subscribe', 'a', 'second');
  send('subscribe', 'b', 'third');
  send('complete', 'b');
  send('subscribe', 'b', 'fourth');
  send('subscribe', 'b', 'fifth');
  expect(handled).toEqual([
    'subscribe a first',
    'subscribe a second',
    'subscribe b third',
    'complete b',
    'subscribe b fourth',
    'subscribe b fifth',
  ]);
});

it('begins nothing once the socket has closed', async () => {
  const { operations, handled, send, end } = openSequence();
  send('subscribe', 'a', 'first');
  send('complete', 'a');
  send('subscribe', 'a', 'second');
  operations.stop();
  await end('first');
  expect(handled).toEqual(['subscribe a first', 'complete a']);
});

it('keeps nothing of operations that are over, however often an id is used again', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const rounds = 200;
  const payload = 'x'.repeat(250_000);
  let end = () => {};
  const operations = new OperationSequence(async (text) => {
    if (text.includes('"subscribe"'))
      await new Promise<void>((resolve) => {
        end = resolve;
      });
  });
  collect();
  const before = process.memoryUsage().heapUsed;
  void operations.handle(messageOf({ type: 'subscribe', id: 'a' }));
  for (let round = 0; round < rounds; round += 1) {
    void operations.handle(messageOf({ type: 'complete', id: 'a' }));
    void operations.handle(messageOf({ type: 'subscribe', id: 'a', payload: payload + round }));
    end();
    await new Promise((resolve) => setImmediate(resolve));
  }
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan((rounds * payload.length) / 4);
  end();
});
