import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryEngine } from '../../../platform/engine/memory.ts';
import { LatestQueue } from './latest-queue.ts';
import type { RoomSignalRecord } from './record.ts';
import { RoomChannel, typingLimit } from './room-channel.ts';
import { SignalHub, typingLifetimeMilliseconds } from './signal-hub.ts';
import { changesLimit, repeatMilliseconds, SignalPace } from './signal-pace.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const now = () => new Date();

describe('what waits for a subscriber', () => {
  const open = (limit = 3) => {
    const onEnd = vi.fn();
    return { queue: new LatestQueue<string>(limit, onEnd), onEnd };
  };

  it('is the newest of each key, in the order of the keys', async () => {
    const { queue } = open();
    for (const [key, value] of [
      ['a', 'a1'],
      ['b', 'b1'],
      ['a', 'a2'],
    ])
      queue.push(key as string, value as string);
    expect([await queue.next(), await queue.next()]).toMatchObject([{ value: 'a2' }, { value: 'b1' }]);
  });

  it('never grows past its limit: the oldest goes', async () => {
    const { queue } = open();
    for (let number = 0; number < 1_000; number += 1) queue.push(`${number}`, `${number}`);
    expect(queue.size).toBe(3);
    expect(await queue.next()).toEqual({ done: false, value: '997' });
  });

  it('comes to a reader who was there first', async () => {
    const { queue } = open();
    const reading = queue.next();
    queue.push('a', 'a');
    expect(await reading).toEqual({ done: false, value: 'a' });
  });

  it('waits for its moment in the log, and holds up no other', async () => {
    const { queue } = open();
    queue.push('late', 'late', 5);
    queue.push('soon', 'soon', 4);
    queue.advance(4);
    expect(await queue.next()).toMatchObject({ value: 'soon' });
    const reading = queue.next();
    queue.advance(5);
    expect(await reading).toMatchObject({ value: 'late' });
  });

  it('is not handed out after it failed, which is told once', async () => {
    const { queue, onEnd } = open();
    queue.push('a', 'a');
    queue.fail(new Error('gone'));
    queue.push('b', 'b');
    await expect(queue.next()).rejects.toThrow('gone');
    expect(await queue.next()).toMatchObject({ done: true });
    await queue.return();
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('ends for a reader who waits when somebody leaves', async () => {
    const { queue, onEnd } = open();
    const reading = queue.next();
    await queue.return();
    expect(await reading).toMatchObject({ done: true });
    expect(onEnd).toHaveBeenCalledOnce();
  });
});

describe('who is typing in a room', () => {
  const open = () => {
    const channel = new RoomChannel({ roomId: 'room', lifetimeMilliseconds: typingLifetimeMilliseconds, now });
    const told: string[] = [];
    const listen = (into = told) => {
      const listener = (signal: RoomSignalRecord) =>
        into.push(`${signal.userId} ${signal.kind === 'TYPING' && signal.expiresAt !== null ? 'starts' : 'stops'}`);
      channel.add(listener);
      return listener;
    };
    const type = (userId: string, isTyping = true) => channel.accept({ kind: 'TYPING', userId, isTyping, afterSeq: 1 });
    return { channel, told, listen, type };
  };

  it('ends by itself, for each in their own time', () => {
    const { told, listen, type } = open();
    listen();
    type('ada');
    vi.advanceTimersByTime(4_000);
    type('bob');
    vi.advanceTimersByTime(1_999);
    expect(told).toEqual(['ada starts', 'bob starts']);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['ada starts', 'bob starts', 'ada stops']);
    vi.advanceTimersByTime(4_000);
    expect(told).toEqual(['ada starts', 'bob starts', 'ada stops', 'bob stops']);
  });

  it('goes on as long as it is said again', () => {
    const { told, listen, type } = open();
    listen();
    for (let round = 0; round < 5; round += 1) {
      type('ada');
      vi.advanceTimersByTime(5_000);
    }
    expect(told).not.toContain('ada stops');
    vi.advanceTimersByTime(1_000);
    expect(told.at(-1)).toBe('ada stops');
  });

  it('ends when they say so, once', () => {
    const { told, listen, type } = open();
    listen();
    type('ada');
    type('ada', false);
    type('ada', false);
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual(['ada starts', 'ada stops']);
  });

  it('is told to whoever comes later', () => {
    const { listen, type } = open();
    listen();
    type('ada');
    const late: string[] = [];
    listen(late);
    expect(late).toEqual(['ada starts']);
  });

  it('are so many at most, until one of them ends', () => {
    const { told, listen, type } = open();
    listen();
    for (let number = 0; number < 2 * typingLimit; number += 1) type(`${number}`);
    expect(told).toHaveLength(typingLimit);
    type('0', false);
    type('late');
    expect(told.at(-1)).toBe('late starts');
  });

  it('is forgotten when nobody is left who listens, and no timer stays', () => {
    const { channel, listen, type } = open();
    const listener = listen();
    type('ada');
    channel.remove(listener);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is said too often', () => {
  it('is passed on once in a while, and a change at once', () => {
    const pace = new SignalPace(now);
    const says = (isTyping: boolean) => pace.take('room', 'ada', isTyping);
    expect([says(true), says(true), says(false), says(false), says(true)]).toEqual([true, false, true, false, true]);
    vi.advanceTimersByTime(repeatMilliseconds);
    expect(says(true)).toBe(true);
  });

  it('is held back however it changes, and for nobody else', () => {
    const pace = new SignalPace(now);
    const passed = Array.from({ length: 100 }, (_, number) => pace.take('room', 'ada', number % 2 === 0));
    expect(passed.filter(Boolean)).toHaveLength(changesLimit);
    expect(pace.take('another room', 'ada', true)).toBe(true);
    expect(pace.take('room', 'bob', true)).toBe(true);
  });
});

describe('signals', () => {
  it('leave the broker alone that is away, and nobody waiting', async () => {
    const logger = pino({ level: 'silent' });
    const refusal = () => Promise.reject(new Error('away'));
    const hub = new SignalHub({ engine: { publish: refusal, subscribe: refusal }, logger, now });
    expect(hub.publishTyping('room', { userId: 'ada', isTyping: true, afterSeq: 1 })).toBeInstanceOf(Date);
    const leave = await hub.followRoom('room', () => undefined);
    leave();
    hub.stop();
  });

  it('listen once for all who follow a room, and no more when the last has left', async () => {
    const engine = createMemoryEngine({ logger: pino({ level: 'silent' }) });
    const stop = vi.fn(async () => undefined);
    const subscribe = vi.fn(async () => ({ stop }));
    const hub = new SignalHub({ engine: { publish: engine.publish, subscribe }, logger: pino(), now });
    const leaves = await Promise.all([1, 2, 3].map(() => hub.followRoom('room', () => undefined)));
    expect(subscribe).toHaveBeenCalledOnce();
    for (const leave of leaves) leave();
    await Promise.resolve();
    expect(stop).toHaveBeenCalledOnce();
    await engine.stop();
  });
});
