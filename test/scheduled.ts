import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { TestClient } from './client.ts';
import { mutate } from './mutations.ts';

export const minute = 60_000;
/** Tokens live for an hour, in which several of these have room. */
export const quarter = 15 * minute;

const fields = 'id text sendAt state failureCode attachments { name } room { id } message { id seq text }';
const selection = `scheduledMessage { ${fields} }`;

/** Waits until what is read is as expected. */
export const until = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 10_000 });

export const inTime = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

/** Schedules a message for a quarter of an hour from now, unless the input says something else. */
export function scheduleIn(roomId: string, client: TestClient, input: object) {
  const standard = { roomId, text: 'later', sendAt: inTime(quarter), clientMessageId: randomUUID() };
  return mutate(client, 'scheduleMessage', { ...standard, ...input }, selection);
}

export function updateScheduled(client: TestClient, scheduledMessageId: string, input: object) {
  return mutate(client, 'updateScheduledMessage', { scheduledMessageId, ...input }, selection);
}

export function cancelScheduled(client: TestClient, scheduledMessageId: string) {
  return mutate(client, 'cancelScheduledMessage', { scheduledMessageId }, selection);
}

export async function listScheduled(client: TestClient, roomId: string, page = 'first: 100') {
  const query = `query ($id: ID!) { room(id: $id) {
    scheduledMessages(${page}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }
  } }`;
  return (await client.run(query, { id: roomId })).scheduledMessages;
}

/** The texts in a room, in their order. */
export async function textsIn(client: TestClient, roomId: string): Promise<string[]> {
  const query = 'query ($id: ID!) { room(id: $id) { messages(last: 100) { nodes { text } } } }';
  const { nodes } = (await client.run(query, { id: roomId })).messages;
  return nodes.map(({ text }: { text: string }) => text);
}
