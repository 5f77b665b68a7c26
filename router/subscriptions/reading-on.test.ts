import { describe, expect, it } from 'vitest';
import { codedError, type ErrorCode } from '../../platform/errors.ts';
import { event, lease, next, openWorld, settle } from '../../test/carried-world.ts';

type World = ReturnType<typeof openWorld>;

/** Of GraphQL servers as they are: some say that there is no data, some don't say anything of it. */
const refusal = (code: ErrorCode) => ({ data: null, errors: [codedError(code)] });
const failedEvent = (seq: number) => ({ ...event(seq), ...refusal('INTERNAL') });
const away = () => codedError('SUBGRAPH_UNAVAILABLE');
const cursorsOf = ({ opened }: World) => opened.map(({ cursor }) => cursor);

/** As GraphQL servers do it: with a result, and nothing after it. */
function refuse({ opened }: World, answer: object): Promise<unknown> {
  opened.at(-1)?.events.push(answer);
  opened.at(-1)?.events.end();
  return settle();
}

/** It has a place by now, as it has asked for, and asks the subgraph again. */
async function askAgain(world: World, kind: 'lease' | 'stream') {
  const subscription = world.start(world.planned(kind === 'lease' ? 'a1' : 'p1'));
  world.opened[0]?.events.push(kind === 'lease' ? lease(3) : event(3));
  if (kind === 'stream') await next(subscription);
  await settle();
  world.opened[0]?.events.end(away());
  await settle();
  return subscription;
}

const kinds = ['lease', 'stream'] as const;
const lastWords = ['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED', 'CURSOR_EXPIRED'] as const;

describe.each(kinds)('a subscription whose %s is asked for again and refused', (kind) => {
  it.each(lastWords)('ends with %s, once', async (code) => {
    for (const answer of [refusal(code), { errors: [codedError(code)] }]) {
      const world = openWorld();
      const subscription = await askAgain(world, kind);
      await refuse(world, answer);
      await expect(subscription.results.next()).rejects.toMatchObject({ extensions: { code } });
      expect(await subscription.results.next()).toMatchObject({ done: true });
      expect([world.opened.length, world.holders()]).toEqual([2, []]);
    }
  });

  it('goes on, and its client notices nothing, when the subgraph could not tell for a while', async () => {
    const world = openWorld();
    const subscription = await askAgain(world, kind);
    for (const code of ['INTERNAL', 'SUBGRAPH_UNAVAILABLE'] as const) await refuse(world, refusal(code));
    await refuse(world, { errors: [{ message: 'of no code' }] });
    expect(cursorsOf(world)).toEqual([null, '3', '3', '3', '3']);
    world.opened.at(-1)?.events.push(kind === 'lease' ? lease(3) : event(4));
    await settle();
    if (kind === 'lease') expect(world.joined).toHaveLength(2);
    else expect(await next(subscription)).toMatchObject({ seq: 4 });
  });

  it('ends with the code when it still can not tell after fifteen attempts', async () => {
    const world = openWorld();
    const subscription = await askAgain(world, kind);
    for (let attempt = 0; attempt < 20; attempt += 1) await refuse(world, refusal('INTERNAL'));
    await expect(subscription.results.next()).rejects.toMatchObject({ extensions: { code: 'INTERNAL' } });
    expect(world.opened).toHaveLength(16);
  });

  it('shows its client the first refusal as it is', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned(kind === 'lease' ? 'a1' : 'p1', true, '7'));
    await refuse(world, refusal('NOT_FOUND'));
    expect((await subscription.results.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    expect(await subscription.results.next()).toMatchObject({ done: true });
    expect(world.opened).toHaveLength(1);
  });
});

describe('a subscription whose subgraph completes it', () => {
  it('reads on from its place when it has told one', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('p1'));
    world.opened[0]?.events.push(event(1));
    world.opened[0]?.events.end();
    expect(await next(subscription)).toMatchObject({ seq: 1 });
    await settle();
    world.opened[1]?.events.push(event(2));
    expect(await next(subscription)).toMatchObject({ seq: 2 });
    expect(cursorsOf(world)).toEqual([null, '1']);
  });

  it('ends with a code when nothing but the end comes of that again and again', async () => {
    const world = openWorld();
    const subscription = await askAgain(world, 'stream');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      world.opened.at(-1)?.events.end();
      await settle();
    }
    const unavailable = { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'log' } };
    await expect(subscription.results.next()).rejects.toMatchObject(unavailable);
    expect(world.opened).toHaveLength(16);
  });

  it.each([true, false])('is complete when it has told none (%s: it could have)', async (isResumable) => {
    const world = openWorld();
    const subscription = world.start(world.planned('p1', isResumable));
    world.opened[0]?.events.push(event(1, false));
    world.opened[0]?.events.end();
    await next(subscription);
    expect(await subscription.results.next()).toMatchObject({ done: true });
    expect(world.opened).toHaveLength(1);
  });
});

describe('an event whose execution has failed', () => {
  it.each([null, '7'])('is read again, and does not count as delivered (from %s)', async (cursor) => {
    const world = openWorld();
    const subscription = world.start(world.planned('p1', true, cursor));
    if (cursor === null) world.opened[0]?.events.push(event(7));
    if (cursor === null) expect(await next(subscription)).toMatchObject({ seq: 7 });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      world.opened.at(-1)?.events.push(failedEvent(8));
      await settle();
    }
    for (const seq of [8, 9]) world.opened.at(-1)?.events.push(event(seq));
    for (const seq of [8, 9]) expect(await next(subscription)).toMatchObject({ seq });
    expect(cursorsOf(world)).toEqual([null, '7', '7', '7']);
  });

  it('ends the subscription with its code when it fails again and again', async () => {
    const world = openWorld();
    const subscription = await askAgain(world, 'stream');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      world.opened.at(-1)?.events.push(failedEvent(4));
      await settle();
    }
    await expect(subscription.results.next()).rejects.toMatchObject({ extensions: { code: 'INTERNAL' } });
    expect(world.opened).toHaveLength(16);
  });

  it('is delivered where it could not be found again, and where there is something in it', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('p1'));
    world.opened[0]?.events.push(failedEvent(1));
    world.opened[0]?.events.push({ ...event(2), errors: [codedError('INTERNAL')] });
    for (let seq = 1; seq <= 2; seq += 1) {
      const { value } = await subscription.results.next();
      expect(value).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL' } }] });
    }
    expect([world.opened.length, subscription.place.seq]).toEqual([1, 2]);
  });

  it('is delivered when the field takes no cursor any more', async () => {
    const world = openWorld();
    const subscription = await askAgain(world, 'stream');
    subscription.moveTo(world.planned('q1', false));
    for (const answer of [refusal('INTERNAL'), event(2, false)]) world.opened.at(-1)?.events.push(answer);
    expect((await subscription.results.next()).value).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL' } }] });
    expect(await next(subscription)).toMatchObject({ seq: 2 });
  });

  it('is delivered of a subgraph that tells no places', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('p1', true, '7'));
    for (const answer of [refusal('INTERNAL'), event(2, false)]) world.opened[0]?.events.push(answer);
    expect((await subscription.results.next()).value).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL' } }] });
    expect(await next(subscription)).toMatchObject({ seq: 2 });
  });
});

describe('a subscription that can not take its events as fast as they come from the subgraph', () => {
  it('reads on from its place', async () => {
    const world = openWorld();
    const subscription = await askAgain(world, 'stream');
    world.opened[1]?.events.push(event(4));
    world.opened[1]?.events.end(codedError('SLOW_CONSUMER'));
    await settle();
    world.opened[2]?.events.push(event(5));
    for (const seq of [4, 5]) expect(await next(subscription)).toMatchObject({ seq });
    expect(cursorsOf(world)).toEqual([null, '3', '4']);
  });
});

describe('a lease', () => {
  it('is asked for anew when another plan is there before it comes', async () => {
    const world = openWorld();
    world.start(world.planned('a1')).moveTo(world.planned('b1'));
    world.opened[0]?.events.push(lease(5));
    await settle();
    expect(world.joined).toEqual([]);
    expect(world.opened.map(({ by, cursor, isLeft }) => [by, cursor, isLeft])).toEqual([
      ['a1', null, true],
      ['b1', '5', false],
    ]);
    world.opened[1]?.events.push(lease(5));
    await settle();
    expect(world.joined).toEqual([{ by: 'b1', seq: 5 }]);
  });

  it('lets nobody follow whose operation is not the same for all any more', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('a1'));
    subscription.moveTo(world.planned('p1'));
    world.opened[0]?.events.push(lease(5));
    await settle();
    world.opened[1]?.events.push(event(6));
    expect(await next(subscription)).toEqual({ seq: 6, by: 'p1' });
    expect([world.joined, cursorsOf(world)]).toEqual([[], [null, '5']]);
  });

  it('is a fault of the subgraph when nobody has asked for it', async () => {
    for (const isResumable of [true, false]) {
      const world = openWorld();
      const subscription = world.start(world.planned('p1', isResumable));
      world.opened[0]?.events.push(lease(5));
      await expect(subscription.results.next()).rejects.toThrow('a lease that nobody has asked for');
      expect([world.joined, world.opened.length, world.holders()]).toEqual([[], 1, []]);
    }
  });

  it('that has ended lets nobody wait for a stream that sends its followers away', async () => {
    const world = openWorld();
    const subscription = world.start(world.planned('a1'));
    world.opened[0]?.events.push(lease(3));
    world.opened[0]?.events.push({ data: null, extensions: { chorus: { ending: { seq: 5, cursor: '5' } } } });
    world.opened[0]?.events.end(codedError('NOT_FOUND'));
    await settle();
    subscription.leaseAgain();
    await expect(subscription.results.next()).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });
});
