import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { Follower } from '../follower.ts';
import { createDatabases, eventually, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { readMetric } from '../routers.ts';

/** As docs/OPERATIONS.md has it: a quarter of what may wait for one client. */
const behindBytes = (1024 * 1024) / 4;
/** More than the router keeps of a stream, and, with the copies, more than the operating system takes for a socket that nobody reads. */
const messageCount = 300;
const copies = Array.from({ length: 18 }, (_, index) => `text${index}: text`).join(' ');
const query = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { ${copies} } }
}`;

describe('a client that reads slowly what it has missed', () => {
  let databases: TestDatabases;
  let stack: TestStack;
  let owner: TestClient;
  let roomId: string;
  let after: string;
  const expected = Array.from({ length: messageCount }, (_, index) => index + 2);

  beforeAll(async () => {
    databases = await createDatabases();
    stack = await startTestStack({ databases });
    owner = await stack.register('owner');
    roomId = await owner.createRoom();
    after = await owner.headCursor(roomId);
    for (let sent = 0; sent < messageCount; sent += 10) {
      await Promise.all(Array.from({ length: 10 }, () => owner.sendMessage(roomId, 'x'.repeat(4_000))));
    }
  });

  afterAll(async () => {
    await stack?.stop();
    await databases?.drop();
  });

  function follow(onEvent: (follower: Follower) => void): { follower: Follower; closes: number[] } {
    const closes: number[] = [];
    const follower: Follower = new Follower({
      accessToken: owner.accessToken as string,
      logs: [{ query, roomId, after, events: [] }],
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
    await eventually(() => expect([slow.follower.received, fast.follower.received]).toEqual([301, 301]), 60_000);
    for (const { follower } of [slow, fast]) follower.cut();
  });

  it('gets all of it by one answer over HTTP', async () => {
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
