import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BufferedBytes, recordBufferedBytes } from '../buffered-bytes.ts';
import type { TestClient } from '../client.ts';
import { Follower } from '../follower.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { readMetric } from '../routers.ts';

const healthyCount = 900;
const stalledCount = 100;
/** As docs/OPERATIONS.md has it. */
const bufferedLimitBytes = 1024 * 1024;
/** What the operating system takes for a socket that nobody reads is some megabytes; so many messages are more than that. */
const messagesLimit = 300;
const text = 'x'.repeat(4_000);

const light = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor }
}`;
/** The same event, of which one reader wants more: so its socket fills up while those of the others hardly notice. */
const copies = Array.from({ length: 25 }, (_, index) => `text${index}: text`).join(' ');
const heavy = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { ${copies} } }
}`;

describe('a hundred clients that stop reading, among a thousand', () => {
  let stack: TestStack;
  let buffered: BufferedBytes;
  let owner: TestClient;
  let roomId: string;
  let start: { seq: number; cursor: string };
  let healthy: Follower[];
  let stalled: Follower[];
  let sent = 0;

  beforeAll(async () => {
    stack = await startTestStack();
    buffered = recordBufferedBytes();
    owner = await stack.register('owner');
    roomId = await owner.createRoom();
    start = { seq: 1, cursor: await owner.headCursor(roomId) };
    healthy = Array.from({ length: healthyCount }, () => createFollower(light));
    stalled = Array.from({ length: stalledCount }, () => createFollower(heavy));
    for (const follower of [...healthy, ...stalled]) follower.connect(stack.url);
    await eventually(async () => expect(await count('chorus_shared_subscriptions')).toBe(1_000), 120_000);
  }, 180_000);

  afterAll(async () => {
    for (const follower of [...(healthy ?? []), ...(stalled ?? [])]) follower.cut();
    buffered?.stop();
    await stack?.stop();
  });

  const count = (name: string, labels?: Record<string, string>) => readMetric(stack.url, name, labels);

  function createFollower(query: string): Follower {
    const follower: Follower = new Follower({
      accessToken: owner.accessToken as string,
      logs: [{ query, roomId, after: start.cursor, events: [] }],
      // What a client has missed may be more than may wait for it at once: then it comes back once more.
      onClosed: () => follower.connect(stack.url),
    });
    return follower;
  }

  async function sendMessage(): Promise<void> {
    await owner.sendMessage(roomId, text);
    sent += 1;
  }

  /** Every event once, in order. */
  async function expectAll(followers: readonly Follower[]): Promise<void> {
    const expected = Array.from({ length: sent }, (_, index) => start.seq + 1 + index);
    await eventually(() => expect(followers.every(({ received }) => received >= sent)).toBe(true), 120_000);
    for (const { logs } of followers) expect(logs[0]?.events.map(({ seq }) => seq)).toEqual(expected);
  }

  it('are closed with 4413, and those who read miss nothing', async () => {
    await sendMessage();
    await expectAll([...healthy, ...stalled]);
    for (const follower of stalled) follower.stall();
    while ((await count('chorus_socket_closes_total', { code: '4413' })) < stalledCount && sent < messagesLimit) {
      await sendMessage();
      // All are in one process here: whoever reads has to get its turn.
      await eventually(() => expect(healthy.every(({ received }) => received === sent)).toBe(true), 120_000);
    }
    expect(await count('chorus_socket_closes_total', { code: '4413' })).toBe(stalledCount);
    expect(await count('chorus_socket_closes_total')).toBe(stalledCount);
    expect(await count('chorus_shared_subscriptions')).toBe(healthyCount);
    await expectAll(healthy);
  }, 180_000);

  it('never had more waiting for them than the limit and one message', () => {
    expect(buffered.highest).toBeGreaterThan(bufferedLimitBytes);
    // A large message is written in two pieces, of which the first is its beginning: a header and the operation's id.
    expect(buffered.highest).toBeLessThanOrEqual(bufferedLimitBytes + buffered.largestWrite + 200);
  });

  it('have everything when they come back with their last cursor', async () => {
    for (const follower of stalled) {
      follower.cut();
      follower.goOn();
      expect(follower.received).toBeLessThan(sent);
      follower.connect(stack.url);
    }
    await sendMessage();
    await expectAll([...healthy, ...stalled]);
  }, 180_000);
});
