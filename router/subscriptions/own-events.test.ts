import { describe, expect, it } from 'vitest';
import { codedError } from '../../platform/errors.ts';
import { beginning, event, largeEvent, lease, next, openWorld, settle } from '../../test/carried-world.ts';

describe('a subscription that comes under a lease while events of its own are on their way', () => {
  /** One event waits when the lease comes by which the rest is shared. */
  async function leaseBehindAnEvent(world: ReturnType<typeof openWorld>) {
    const subscription = world.start(world.planned('a1'));
    world.opened[0]?.events.push(event(1));
    await settle();
    subscription.moveTo(world.planned('b1'));
    world.opened[1]?.events.push(lease(3));
    await settle();
    return subscription;
  }

  it('joins the stream when they are sent, by the plan that it has then', async () => {
    const world = openWorld();
    const subscription = await leaseBehindAnEvent(world);
    expect(world.joined).toEqual([]);
    expect(await next(subscription)).toEqual({ seq: 1, by: 'a1' });
    expect(world.joined).toEqual([]);
    subscription.moveTo(world.planned('b2'));
    expect(world.joined).toEqual([]);
    void subscription.results.next();
    expect(world.joined).toEqual([{ by: 'b2', seq: 1 }]);
  });

  it('joins it under the last lease, once', async () => {
    const world = openWorld();
    const subscription = await leaseBehindAnEvent(world);
    world.opened[1]?.events.push(lease(4));
    await settle();
    await next(subscription);
    void subscription.results.next();
    expect(world.joined).toEqual([{ by: 'b1', seq: 1 }]);
    expect(subscription.leasedSeq).toBe(4);
  });

  it('joins none while it asks for another lease', async () => {
    const world = openWorld();
    const subscription = await leaseBehindAnEvent(world);
    subscription.moveTo(world.planned('c1'));
    await next(subscription);
    void subscription.results.next();
    expect(world.joined).toEqual([]);
    world.opened[2]?.events.push(lease(5));
    await settle();
    expect(world.joined).toEqual([{ by: 'c1', seq: 1 }]);
  });

  it('joins it for the events up to the last one that it may have, when the lease has ended meanwhile', async () => {
    const world = openWorld();
    const subscription = await leaseBehindAnEvent(world);
    world.opened[1]?.events.push({ data: null, extensions: { chorus: { ending: { seq: 3, cursor: '3' } } } });
    world.opened[1]?.events.end(codedError('NOT_FOUND'));
    await settle();
    await next(subscription);
    const end = subscription.results.next();
    expect(world.joined).toEqual([{ by: 'b1', seq: 1 }]);
    subscription.suspend();
    await expect(end).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  it('joins none when it is left', async () => {
    const world = openWorld();
    const subscription = await leaseBehindAnEvent(world);
    await next(subscription);
    await subscription.results.return?.();
    await subscription.results.next();
    expect(world.joined).toEqual([]);
  });
});

describe('a subscription for whose client more waits than may', () => {
  const fill = ({ opened }: ReturnType<typeof openWorld>, from: number, toEvent = largeEvent) => {
    for (const seq of [from, from + 1, from + 2]) opened.at(-1)?.events.push(toEvent(seq));
    return settle();
  };

  it('closes the connection of a client that does not take what is new', async () => {
    const world = openWorld();
    world.start(world.planned('a1'));
    world.stream.writableLength = 1;
    await fill(world, 1);
    expect(world.closes()).toBe(1);
  });

  it('leaves its reading while its client takes history, and goes on after it with nothing left out', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('a1'));
    world.stream.writableLength = 1;
    const history = (seq: number) => largeEvent(seq, true, beginning - 1);
    for (const seq of [1, 2, 3]) {
      await fill(world, Math.max(1, seq - 1), history);
      expect(world.opened.map(({ isLeft }) => isLeft)).toEqual(Array(seq).fill(true));
      expect(await next(subscription)).toMatchObject({ seq });
      await settle();
    }
    expect(world.opened.map(({ cursor }) => cursor)).toEqual([null, '1', '2', '3']);
    expect([world.closes(), world.holders()]).toEqual([0, ['a1']]);
  });

  it('leaves it before the first event of history when others have filled the room, and lacks none of it', async () => {
    const world = openWorld();
    world.stream.writableLength = 8_000;
    const subscription = world.start(world.planned('a1', true, '7'));
    world.opened[0]?.events.push(largeEvent(8, true, beginning - 1));
    await settle();
    expect([subscription.place.cursor, world.opened.length]).toEqual(['', 1]);
    world.stream.take();
    await settle();
    world.opened[1]?.events.push(largeEvent(8, true, beginning - 1));
    expect(await next(subscription)).toMatchObject({ seq: 8 });
  });

  it('lets one event that nobody could find again wait in any case', async () => {
    const world = openWorld();
    world.stream.writableLength = 8_000;
    const subscription = world.start(world.planned('a1'));
    world.opened[0]?.events.push(largeEvent(8, true, beginning - 1));
    expect(await next(subscription)).toMatchObject({ seq: 8 });
  });

  it('has room for what is new beside history', async () => {
    const world = openWorld();
    world.stream.writableLength = 1;
    const subscriptions = ['a1', 'b1'].map((name) => world.start(world.planned(name)));
    world.opened[0]?.events.push(largeEvent(1, true, beginning - 1));
    world.opened[1]?.events.push(largeEvent(1));
    await settle();
    expect(world.closes()).toBe(0);
    for (const each of subscriptions) expect(await next(each)).toMatchObject({ seq: 1 });
  });

  it('leaves it as well when the client takes everything, and the router is what is slow', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('a1'));
    await fill(world, 1);
    subscription.moveTo(world.planned('b1'));
    for (const seq of [1, 2]) expect(await next(subscription)).toEqual({ seq, by: 'a1' });
    await settle();
    expect(world.opened.map(({ by, cursor }) => [by, cursor])).toEqual([
      ['a1', null],
      ['b1', '2'],
    ]);
  });

  it('ends with SLOW_CONSUMER after what waits when the router is slow and does not know the place', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('a1', false));
    await fill(world, 1, (seq) => largeEvent(seq, false));
    expect(world.opened.map(({ isLeft }) => isLeft)).toEqual([true]);
    for (const seq of [1, 2]) expect(await next(subscription)).toMatchObject({ seq });
    await expect(subscription.results.next()).rejects.toMatchObject({ extensions: { code: 'SLOW_CONSUMER' } });
  });

  it('begins nothing anew when the connection is closed meanwhile', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('a1'));
    await fill(world, 1);
    await subscription.results.return?.();
    await settle();
    expect([world.opened.length, world.backlog.bytes, world.holders()]).toEqual([1, 0, []]);
  });
});
