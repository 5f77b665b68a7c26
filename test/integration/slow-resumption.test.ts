import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { type FollowedEvent, type FollowedLog, Follower } from '../follower.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { readMetric } from '../routers.ts';

/** More than the router keeps of a stream, and, with the copies, more than the operating system takes for a socket that nobody reads. */
const messageCount = 400;
const copies = Array.from({ length: 18 }, (_, index) => `text${index}: text`).join(' ');
const query = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { ${copies} } }
}`;
/** The same, of which each viewer has another. */
const ownQuery = query.replace('message {', 'message { room { viewerRole }');
const ownOperations = 8;
/** So many are after a place near the end. */
const laterCount = 100;
/** As docs/OPERATIONS.md has it: what may wait for one client, and the parts of it from which on history is held back, and that it may fill. */
const bufferedLimitBytes = 1024 * 1024;
const behindBytes = bufferedLimitBytes / 4;
const historyBytes = bufferedLimitBytes / 2;
/** More than one event has. */
const eventBytes = 100_000;

describe('a client that reads slowly what it has missed', () => {
  let stack: TestStack;
  let owner: TestClient;
  let roomId: string;
  let after: string;
  /** The place at which there is little left to come. */
  let later: string;
  const expected = Array.from({ length: messageCount }, (_, index) => index + 2);

  beforeAll(async () => {
    // Nobody is cut for reading nothing, however long a test takes.
    stack = await startTestStack({ environment: { SOCKET_PONG_MILLISECONDS: '600000' } });
    owner = await stack.register('owner');
    roomId = await owner.createRoom();
    after = await owner.headCursor(roomId);
    for (let sent = 0; sent < messageCount; sent += 10) {
      if (sent === messageCount - laterCount) later = await owner.headCursor(roomId);
      // Some are short, so that what waits has events of very different sizes.
      const lengths = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 1_000 : 4_000));
      await Promise.all(lengths.map((length) => owner.sendMessage(roomId, 'x'.repeat(length))));
    }
  });

  afterAll(() => stack?.stop());

  function follow(
    onEvent: (follower: Follower) => void,
    logs: FollowedLog[] = [{ query, roomId, after, events: [] }],
    { accessToken } = owner,
  ): { follower: Follower; closes: number[] } {
    const closes: number[] = [];
    const follower: Follower = new Follower({
      accessToken: accessToken as string,
      logs,
      onEvent: () => onEvent(follower),
      onClosed: (code) => closes.push(code),
    });
    follower.connect(stack.url);
    return { follower, closes };
  }

  const seqsOf = ({ logs: [log] }: Follower) => log?.events.map(({ seq }) => seq);

  it('gets all of it on one socket, and holds up nobody else', async () => {
    const slow = follow((follower) => {
      if (follower.received % 20 === 1) follower.stall();
    });
    const gone = follow((follower) => follower.stall());
    const fast = follow(() => undefined);
    await eventually(() => expect(fast.follower.received).toBe(messageCount), 60_000);
    expect(await readMetric(stack.url, 'chorus_socket_buffered_bytes')).toBeGreaterThan(behindBytes);
    gone.follower.cut();
    await eventually(async () => expect(await readMetric(stack.url, 'chorus_shared_subscriptions')).toBe(2));
    while (slow.follower.received < messageCount && slow.closes.length === 0) {
      slow.follower.goOn();
      await new Promise(setImmediate);
    }
    for (const { follower, closes } of [slow, fast]) {
      expect(seqsOf(follower)).toEqual(expected);
      expect(closes).toEqual([]);
    }
    await owner.sendMessage(roomId, 'live');
    await eventually(
      () => expect([slow.follower.received, fast.follower.received]).toEqual(Array(2).fill(messageCount + 1)),
      60_000,
    );
    for (const { follower } of [slow, fast]) follower.cut();
  });

  it('holds back nobody who comes in the same second and lacks less, whoever it is', async () => {
    const at = (place: string) => [{ query, roomId, after: place, events: [] }];
    const live = follow(() => undefined, at(await owner.headCursor(roomId)));
    await eventually(async () => expect(await readMetric(stack.url, 'chorus_shared_subscriptions')).toBe(1));
    // Its reading is the one of its second: those who come next are read for together.
    const first = follow(() => undefined, at(later));
    await eventually(() => expect(first.follower.received).toBeGreaterThanOrEqual(laterCount), 60_000);
    const visitor = await stack.register('visitor');
    const far = follow((follower) => follower.stall(), undefined, visitor);
    const near = follow(() => undefined, at(later));
    await eventually(() => expect(near.follower.received).toBeGreaterThanOrEqual(laterCount), 60_000);
    expect(seqsOf(near.follower)?.slice(0, laterCount)).toEqual(expected.slice(-laterCount));
    expect(far.follower.received).toBeLessThan(messageCount - laterCount);
    expect([...far.closes, ...near.closes]).toEqual([]);
    for (const { follower } of [live, first, far, near]) follower.cut();
  });

  it('gets all of it on one socket when it is read for that client alone, and more is there than may wait', async () => {
    const stallOnce = (follower: Follower) => {
      if (follower.received === 1) follower.stall();
    };
    const { follower, closes } = follow(stallOnce, [{ query: ownQuery, roomId, after, events: [] }]);
    await eventually(async () => {
      expect(await readMetric(stack.url, 'chorus_socket_buffered_bytes')).toBeGreaterThan(historyBytes - eventBytes);
    }, 60_000);
    follower.goOn();
    await eventually(() => expect(follower.received).toBeGreaterThanOrEqual(messageCount), 60_000);
    expect(seqsOf(follower)?.slice(0, messageCount)).toEqual(expected);
    expect(closes).toEqual([]);
    follower.cut();
  });

  it('gets all of it on one socket by several operations, and the answer of a query meanwhile', async () => {
    const own = Array.from({ length: 2 }, () => ({ query: ownQuery, roomId, after, events: [] as FollowedEvent[] }));
    const asked = { query: '{ viewer { id } }', roomId, after, events: [] as FollowedEvent[] };
    const logs = [...own];
    const stallOnce = (each: Follower) => {
      if (each.received === 2) each.stall();
    };
    const { follower, closes } = follow(stallOnce, logs);
    await eventually(async () => {
      expect(await readMetric(stack.url, 'chorus_socket_buffered_bytes')).toBeGreaterThan(historyBytes - eventBytes);
    }, 60_000);
    logs.push(asked);
    follower.subscribe(asked);
    const isDone = () => own.every(({ events }) => events.length >= messageCount);
    let highest = 0;
    while (!isDone() && closes.length === 0) {
      follower.goOn();
      await new Promise(setImmediate);
      follower.stall();
      highest = Math.max(highest, await readMetric(stack.url, 'chorus_socket_buffered_bytes'));
    }
    follower.goOn();
    expect(closes).toEqual([]);
    expect(highest).toBeLessThan(historyBytes + eventBytes);
    for (const { events } of own) expect(events.map(({ seq }) => seq).slice(0, messageCount)).toEqual(expected);
    expect(asked.events).toHaveLength(1);
    follower.cut();
  });

  it('is closed with 4413 when too much that is new waits for all of its operations together', async () => {
    const newRoomId = await owner.createRoom();
    const start = { roomId: newRoomId, after: await owner.headCursor(newRoomId) };
    const closesBefore = await readMetric(stack.url, 'chorus_socket_closes_total');
    const count = () => readMetric(stack.url, 'chorus_socket_closes_total', { code: '4413' });
    const logs = Array.from({ length: ownOperations }, () => ({ query: ownQuery, ...start, events: [] }));
    const { follower: stalled } = follow(() => undefined, logs);
    const { follower: healthy } = follow(() => undefined, [{ query, ...start, events: [] }]);
    let sent = 0;
    const send = async () => {
      await owner.sendMessage(newRoomId, 'x'.repeat(4_000));
      sent += 1;
      await eventually(() => expect(healthy.received).toBe(sent), 60_000);
    };
    await send();
    await eventually(() => expect(stalled.received).toBe(ownOperations));
    stalled.stall();
    let highest = 0;
    while ((await count()) === 0 && sent < messageCount) {
      await send();
      highest = Math.max(highest, await readMetric(stack.url, 'chorus_socket_buffered_bytes'));
    }
    // One event more, which has some seventy kilobytes.
    expect(highest).toBeLessThan(bufferedLimitBytes + 100_000);
    expect((await readMetric(stack.url, 'chorus_socket_closes_total')) - closesBefore).toBe(1);
    stalled.cut();
    stalled.goOn();
    stalled.connect(stack.url);
    await send();
    await eventually(() => expect(stalled.received).toBe(sent * ownOperations), 60_000);
    const all = Array.from({ length: sent }, (_, index) => index + 2);
    for (const { events } of [...stalled.logs, ...healthy.logs]) expect(events.map(({ seq }) => seq)).toEqual(all);
    for (const follower of [stalled, healthy]) follower.cut();
  });

  it.each([
    ['is read for many', query],
    ['is read for that client alone', ownQuery],
  ])('gets all of it by one answer over HTTP when it %s', async (_case, query) => {
    const outgoing = request(stack.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${owner.accessToken}`,
      },
    });
    outgoing.end(JSON.stringify({ query, variables: { roomId, after } }));
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    let text = '';
    const seqs: number[] = [];
    for await (const piece of response.setEncoding('utf8')) {
      text += piece;
      // It is read piece by piece, and the next is asked for when everything else has had its turn.
      await new Promise(setImmediate);
      const events = text.split('\n\n');
      text = events.pop() as string;
      for (const event of events) {
        const [, seq] = /^event: next\ndata: .*?"seq":(\d+)/.exec(event) ?? [];
        if (seq !== undefined) seqs.push(Number(seq));
        expect(event).not.toContain('SLOW_CONSUMER');
      }
      if (seqs.length >= messageCount) break;
    }
    expect(seqs.slice(0, messageCount)).toEqual(expected);
  });
});
