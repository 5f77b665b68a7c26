import { describe, expect, it } from 'vitest';
import { codedError } from '../../platform/errors.ts';
import { event, lease, next, openWorld, settle } from '../../test/carried-world.ts';

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
