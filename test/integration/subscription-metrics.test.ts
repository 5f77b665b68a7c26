import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { readMetric } from '../routers.ts';

const shared = `subscription ($roomId: ID!, $after: String) { messageAdded(roomId: $roomId, after: $after) { seq } }`;
const perViewer = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq message { room { viewerRole } } }
}`;

describe('the metrics of subscriptions', () => {
  let stack: TestStack;
  let people: [TestClient, TestClient, TestClient];

  beforeAll(async () => {
    stack = await startTestStack();
    people = [await stack.register(), await stack.register(), await stack.register()];
  });

  afterAll(() => stack?.stop());

  /** Waits until the router has counted this. */
  async function expectCounts(expected: Record<string, number>): Promise<void> {
    await eventually(async () => {
      const counts = await Promise.all(
        Object.keys(expected).map(async (key) => {
          const [name = '', label, value = ''] = key.split(' ');
          return [key, await readMetric(stack.url, name, label ? { [label]: value } : {})] as const;
        }),
      );
      expect(Object.fromEntries(counts)).toEqual(expected);
    });
  }

  it('count what is open, what is shared, and what was delivered', async () => {
    const [first, second, third] = people;
    const roomId = await first.createRoom();
    const start = { roomId, after: await first.headCursor(roomId) };
    const subscriptions = [
      first.subscribe(shared, start),
      second.subscribe(shared, start),
      second.subscribe(perViewer, start),
    ];
    await expectCounts({
      chorus_sockets: 2,
      chorus_subscriptions: 3,
      chorus_shared_subscriptions: 2,
      chorus_shared_streams: 1,
      chorus_socket_buffered_bytes: 0,
      'chorus_resumes_total source head': 2,
    });
    // Its subscription is under way before the next message: all three are live.
    await first.sendMessage(roomId, 'one');
    for (const subscription of subscriptions) await subscription.next();
    for (const text of ['two', 'three']) await first.sendMessage(roomId, text);
    for (const subscription of subscriptions) await subscription.take(2);
    await expectCounts({
      chorus_shared_events_total: 3,
      chorus_shared_deliveries_total: 6,
      chorus_delivery_latency_seconds_count: 3,
    });

    const late = third.subscribe(shared, start);
    await late.take(3);
    await expectCounts({
      chorus_sockets: 3,
      chorus_shared_streams: 1,
      'chorus_resumes_total source ring': 1,
      chorus_shared_events_total: 3,
      chorus_shared_deliveries_total: 9,
    });

    for (const person of people) await person.disconnect();
    await expectCounts({
      chorus_sockets: 0,
      chorus_subscriptions: 0,
      chorus_shared_subscriptions: 0,
      chorus_shared_streams: 0,
      'chorus_socket_closes_total code 1000': 3,
    });
    // Nobody follows the room any more, so its past is read; what happened before is not late.
    await first.subscribe(shared, start).take(3);
    await expectCounts({
      'chorus_resumes_total source history': 1,
      chorus_shared_events_total: 6,
      chorus_delivery_latency_seconds_count: 3,
    });
  });

  it('count a subscription that ends by an error no longer', async () => {
    const [first, , third] = people;
    const roomId = await first.createRoom('PRIVATE');
    await third.subscribe(shared, { roomId }).ended;
    await third.disconnect();
    await first.disconnect();
    await expectCounts({ chorus_subscriptions: 0, chorus_sockets: 0 });
  });
});
