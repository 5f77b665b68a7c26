import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';

let stack: TestStack;
let user: TestClient;

beforeAll(async () => {
  stack = await startTestStack();
  user = await stack.register();
});

afterAll(() => stack?.stop());

it('stores one message of those that are sent and forwarded at once under one name', async () => {
  const roomId = await user.createRoom();
  const { message } = await user.sendMessage(roomId, 'to forward');
  for (let round = 0; round < 25; round += 1) {
    const name = { roomId, clientMessageId: `race-${round}` };
    const results = await Promise.all(
      Array.from({ length: 4 }, () => [
        mutate(user, 'sendMessage', { ...name, text: 'sent' }, 'message { id }'),
        mutate(user, 'forwardMessage', { ...name, messageId: message.id }, 'message { id }'),
      ]).flat(),
    );
    expect(results.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(results.map((result) => result.message.id)).size).toBe(1);
  }
});
