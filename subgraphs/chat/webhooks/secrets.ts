import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { WebhookRecord } from './record.ts';

const secretBytes = 32;

/** 256 random bits, in characters that a path can hold as they are. */
export function createSecret(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/** What is stored of a secret. It is random, so that one round of a fast hash is enough. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}

const hashOfNothing = new Uint8Array(32);

/** Whether a secret opens a webhook that can be used. It takes as long for one that there is not. */
export function opensWebhook(webhook: WebhookRecord | null, secret: string): webhook is WebhookRecord {
  const fits = timingSafeEqual(hashSecret(secret), webhook?.secretHash ?? hashOfNothing);
  return fits && webhook !== null && webhook.revokedAt === null;
}

export const webhookRoute = '/webhooks/:id/:secret';

export function webhookPath(id: string, secret: string): string {
  return webhookRoute.replace(':id', id).replace(':secret', secret);
}
