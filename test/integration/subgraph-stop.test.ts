import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { LogFeed } from '../../platform/log-feed/log-feed.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';

/** What they select depends on the viewer: each is read for its client alone. */
const messages = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { text room { viewerRole } } }
}`;
const notifications = `subscription ($after: String) {
  notificationAdded(after: $after) { seq cursor notification { message { text } room { viewerRole } } }
}`;

let stack: TestStack;
let owner: TestClient;
let member: TestClient;

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.register('owner');
  member = await stack.register('member');
});

afterAll(() => stack?.stop());

/** A subgraph has ended its logs for a while before it goes on stopping. */
function stopLogsSlowly(): void {
  const { stop } = LogFeed.prototype;
  onTestFinished(() => {
    LogFeed.prototype.stop = stop;
  });
  LogFeed.prototype.stop = async function stopSlowly() {
    await stop.call(this);
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
  };
}

it.each(['chat', 'notification'] as const)('ends no subscription of one viewer when %s is restarted', async (name) => {
  stopLogsSlowly();
  const roomId = await owner.createRoom();
  await member.joinRoom(roomId);
  const after = await owner.headCursor(roomId);
  const { headCursor } = (await member.run('{ viewer { notifications(first: 1) { headCursor } } }')).notifications;
  const subscriptions = [
    member.subscribe(messages, { roomId, after }),
    member.subscribe(notifications, { after: headCursor }),
  ];
  for (const text of ['before', 'after']) {
    await owner.sendMessage(roomId, `${text} @${member.username}`);
    for (const subscription of subscriptions) {
      const { message, notification } = await subscription.next();
      expect((message ?? notification.message).text).toBe(`${text} @${member.username}`);
    }
    if (text === 'after') break;
    await stack.stopSubgraph(name);
    await stack.restartSubgraph(name);
  }
  for (const { stop } of subscriptions) stop();
});
