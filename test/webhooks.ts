import { randomUUID } from 'node:crypto';
import type { TestClient } from './client.ts';
import { mutate } from './mutations.ts';

export interface TestWebhook {
  id: string;
  path: string;
}

export const webhookFields = 'webhook { id name avatarUrl path createdAt lastUsedAt revokedAt createdBy { id } }';

/** Makes a webhook; throws when that is refused. */
export async function createWebhook(client: TestClient, roomId: string, input: object = {}): Promise<TestWebhook> {
  const named = { roomId, name: 'Builds', clientWebhookId: randomUUID(), ...input };
  const { webhook, userErrors } = await mutate(client, 'createWebhook', named, webhookFields);
  if (webhook === null) throw new Error(JSON.stringify(userErrors));
  return webhook;
}

export interface WebhookAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for.
  body: any;
  headers: Headers;
}

/** Calls a webhook as a program does. A body that is a text is sent as it is. */
export async function callWebhook(
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<WebhookAnswer> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

/** The status of a refusal and its code. */
export function refusalOf({ status, body }: WebhookAnswer): [number, string | undefined] {
  return [status, body.errors?.[0].extensions.code];
}
