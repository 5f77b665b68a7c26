import type { ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { codedError } from '../../platform/errors.ts';
import { EventQueue } from '../../platform/event-queue.ts';
import type { Lease } from '../../platform/streams.ts';
import { CarriedSubscription } from './carried-subscription.ts';
import { ClientBacklog } from './client-backlog.ts';
import type { PlannedSubscription } from './prepare-operation.ts';

/** When every reading begins. */
const beginning = 1_000_000;

/** What is opened at a subgraph, in the order of opening. */
interface Opened {
  by: string;
  cursor: string | null;
  events: EventQueue<ExecutionResult>;
  isLeft: boolean;
}

function openWorld() {
  const opened: Opened[] = [];
  const joined: { by: string; seq: number }[] = [];
  const held = new Map<string, number>();
  const stream = { writableLength: 0 };
  let closes = 0;
  const onExceeded = () => {
    closes += 1;
  };
  const backlog = new ClientBacklog({ stream, limitBytes: 10_000, onExceeded });
  const change = (name: string, by: number) => held.set(name, (held.get(name) ?? 0) + by);

  /** A plan is named by what is read and what is made of it: `a1` and `a2` read the same. */
  const planned = (name: string, isResumable = true, cursor: string | null = null): PlannedSubscription =>
    ({
      plan: {
        key: name,
        readingKey: name[0],
        resumption: isResumable ? { cursorOf: () => cursor } : null,
        ephemeral: null,
      },
      variables: {},
      graph: {
        hold() {
          change(name, 1);
          return () => change(name, -1);
        },
      },
    }) as unknown as PlannedSubscription;

  const start = (first: PlannedSubscription) =>
    new CarriedSubscription(first, {
      userId: 'ada',
      open({ plan }, cursor) {
        const one: Opened = {
          by: plan.key,
          cursor,
          events: new EventQueue<ExecutionResult>({
            onLeave() {
              one.isLeft = true;
            },
          }),
          isLeft: false,
        };
        opened.push(one);
        return one.events;
      },
      complete: async ({ data }, { plan }) => ({ data: { seq: data?.['seq'], by: plan.key } }),
      sink: { deliver: () => undefined, isBehind: false, whenTaken: () => undefined, backlog },
      join: (_lease, { planned: { plan }, place }) => joined.push({ by: plan.key, seq: place.seq }),
      leave: () => undefined,
      onLeft: () => undefined,
      backOff: () => Promise.resolve(),
      now: () => beginning,
    });
  const holders = () => [...held].flatMap(([name, count]) => (count > 0 ? [name] : []));
  return { opened, joined, planned, start, holders, stream, backlog, closes: () => closes };
}

const event = (seq: number, hasPlace = true, at = beginning): ExecutionResult => ({
  data: { seq },
  ...(hasPlace && { extensions: { chorus: { seq, cursor: String(seq), at } } }),
});
/** Large enough that three of them are more than may wait. */
const largeEvent = (seq: number, hasPlace = true, at = beginning): ExecutionResult => ({
  ...event(seq, hasPlace, at),
  data: { seq, text: 'x'.repeat(4_000) },
});
const lease = (seq: number): ExecutionResult => {
  const place = { seq, cursor: String(seq) };
  const granted: Lease = { channel: 'room', ...place, head: place, first: 1 };
  return { data: null, extensions: { chorus: { lease: granted } } };
};
const next = async ({ results }: CarriedSubscription) => (await results.next()).value?.data;

/** Everything that waits in promises is done. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a subscription that meets another plan', () => {
  it('goes on with its reading when that is the same, and completes by each plan what was read by it', async () => {
    const { opened, planned, start, holders } = openWorld();
    const subscription = start(planned('a1'));
    opened[0]?.events.push(event(1));
    await settle();
    subscription.moveTo(planned('a2'));
    expect(holders()).toEqual(['a1', 'a2']);
    opened[0]?.events.push(event(2));
    expect([await next(subscription), await next(subscription)]).toEqual([
      { seq: 1, by: 'a1' },
      { seq: 2, by: 'a2' },
    ]);
    expect(opened).toHaveLength(1);
    expect(holders()).toEqual(['a2']);
  });

  it('reads on from its place when the reading is another one, and nothing comes twice', async () => {
    const { opened, planned, start, holders } = openWorld();
    const subscription = start(planned('a1'));
    opened[0]?.events.push(event(1));
    expect(await next(subscription)).toEqual({ seq: 1, by: 'a1' });
    subscription.moveTo(planned('b1'));
    expect(opened.map(({ by, cursor, isLeft }) => [by, cursor, isLeft])).toEqual([
      ['a1', null, true],
      ['b1', '1', false],
    ]);
    for (const seq of [1, 2]) opened[1]?.events.push(event(seq));
    expect(await next(subscription)).toEqual({ seq: 2, by: 'b1' });
    expect(holders()).toEqual(['b1']);
  });

  it('waits for its place when it has told none, and reads on from there', async () => {
    const { opened, planned, start } = openWorld();
    const subscription = start(planned('a1'));
    for (const name of ['b1', 'c1']) subscription.moveTo(planned(name));
    expect(opened).toHaveLength(1);
    opened[0]?.events.push(event(5));
    expect(await next(subscription)).toEqual({ seq: 5, by: 'a1' });
    expect(opened.map(({ by, cursor }) => [by, cursor])).toEqual([
      ['a1', null],
      ['c1', '5'],
    ]);
  });

  it('stays as it is when the plan that it waits to leave comes back', async () => {
    const { opened, planned, start, holders } = openWorld();
    const subscription = start(planned('a1'));
    for (const name of ['b1', 'a1']) subscription.moveTo(planned(name));
    opened[0]?.events.push(event(1));
    expect(await next(subscription)).toEqual({ seq: 1, by: 'a1' });
    expect(opened).toHaveLength(1);
    expect(holders()).toEqual(['a1']);
  });

  it('begins where its client wanted it to when nothing has come yet', () => {
    const { opened, planned, start } = openWorld();
    start(planned('a1', true, '7')).moveTo(planned('b1', true, '7'));
    expect(opened.map(({ isLeft }) => isLeft)).toEqual([true, false]);
  });

  it('is read by both plans until the new one has said something, when there is no place', async () => {
    const { opened, planned, start, holders } = openWorld();
    const subscription = start(planned('a1', false));
    subscription.moveTo(planned('b1', false));
    opened[0]?.events.push(event(1, false));
    expect(await next(subscription)).toEqual({ seq: 1, by: 'a1' });
    expect(opened.map(({ isLeft }) => isLeft)).toEqual([false, false]);
    opened[1]?.events.push(event(2, false));
    expect(await next(subscription)).toEqual({ seq: 2, by: 'b1' });
    expect(opened.map(({ isLeft }) => isLeft)).toEqual([true, false]);
    expect(holders()).toEqual(['b1']);
  });

  it('outlives the end of the old reading, and not that of the new one', async () => {
    const { opened, planned, start } = openWorld();
    const subscription = start(planned('a1', false));
    subscription.moveTo(planned('b1', false));
    opened[0]?.events.end(codedError('SUBGRAPH_UNAVAILABLE'));
    await settle();
    opened[1]?.events.push(event(1, false));
    expect(await next(subscription)).toEqual({ seq: 1, by: 'b1' });
    opened[1]?.events.end(codedError('SUBGRAPH_UNAVAILABLE'));
    await expect(subscription.results.next()).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
  });

  it('joins the stream of the new plan under its lease, and asks for another lease when the reading is another one', async () => {
    const { opened, joined, planned, start } = openWorld();
    const subscription = start(planned('a1'));
    opened[0]?.events.push(lease(3));
    await settle();
    subscription.place = { seq: 8, cursor: '8' };
    subscription.moveTo(planned('a2'));
    subscription.moveTo(planned('b1'));
    expect(opened.map(({ by, cursor }) => [by, cursor])).toEqual([
      ['a1', null],
      ['b1', '8'],
    ]);
    opened[1]?.events.push(lease(8));
    await settle();
    expect(joined).toEqual([
      { by: 'a1', seq: 3 },
      { by: 'a2', seq: 8 },
      { by: 'b1', seq: 8 },
    ]);
  });

  it('joins no stream while its access is in doubt', async () => {
    const { opened, joined, planned, start } = openWorld();
    const subscription = start(planned('a1'));
    opened[0]?.events.push(lease(3));
    await settle();
    subscription.suspend();
    subscription.moveTo(planned('a2'));
    expect(joined).toEqual([{ by: 'a1', seq: 3 }]);
    opened[0]?.events.push(lease(4));
    await settle();
    expect(joined.at(-1)?.by).toBe('a2');
  });

  it('goes on by it when the subgraph that was away is back', async () => {
    const { opened, planned, start } = openWorld();
    const subscription = start(planned('a1'));
    opened[0]?.events.push(event(1));
    opened[0]?.events.end(codedError('SUBGRAPH_UNAVAILABLE'));
    await settle();
    expect(opened.map(({ by, cursor }) => [by, cursor])).toEqual([
      ['a1', null],
      ['a1', '1'],
    ]);
    expect(await next(subscription)).toEqual({ seq: 1, by: 'a1' });
  });

  it('holds the graph of what still waits when it ends, until that is taken', async () => {
    const { opened, planned, start, holders } = openWorld();
    const subscription = start(planned('a1'));
    opened[0]?.events.push(event(1));
    await settle();
    subscription.fail(codedError('SUBSCRIPTION_RETIRED'));
    expect(holders()).toEqual(['a1']);
    expect(await next(subscription)).toEqual({ seq: 1, by: 'a1' });
    expect(holders()).toEqual([]);
    await expect(subscription.results.next()).rejects.toMatchObject({ extensions: { code: 'SUBSCRIPTION_RETIRED' } });
  });

  it('holds no graph when it has ended', async () => {
    const { opened, planned, start, holders } = openWorld();
    const subscription = start(planned('a1', false));
    opened[0]?.events.push(event(1, false));
    await settle();
    subscription.moveTo(planned('b1', false));
    await subscription.results.return?.();
    expect(holders()).toEqual([]);
    expect(opened.map(({ isLeft }) => isLeft)).toEqual([true, true]);
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
    await fill(world, 1, (seq) => largeEvent(seq, true, beginning - 1));
    expect(world.opened.map(({ isLeft }) => isLeft)).toEqual([true]);
    for (const seq of [1, 2, 3]) expect(await next(subscription)).toMatchObject({ seq });
    await settle();
    expect(world.opened.map(({ cursor, isLeft }) => [cursor, isLeft])).toEqual([
      [null, true],
      ['3', false],
    ]);
    expect([world.closes(), world.holders()]).toEqual([0, ['a1']]);
  });

  it('leaves it as well when the client takes everything, and the router is what is slow', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('a1'));
    await fill(world, 1);
    subscription.moveTo(world.planned('b1'));
    for (const seq of [1, 2, 3]) expect(await next(subscription)).toEqual({ seq, by: 'a1' });
    await settle();
    expect(world.opened.map(({ by, cursor }) => [by, cursor])).toEqual([
      ['a1', null],
      ['b1', '3'],
    ]);
  });

  it('ends with SLOW_CONSUMER after what waits when the router is slow and does not know the place', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('a1', false));
    await fill(world, 1, (seq) => largeEvent(seq, false));
    expect(world.opened.map(({ isLeft }) => isLeft)).toEqual([true]);
    for (const seq of [1, 2, 3]) expect(await next(subscription)).toMatchObject({ seq });
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
