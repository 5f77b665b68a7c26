import type { RoomEncryption } from '../encryption/room-encryption.ts';
import type { SealedPlace } from '../encryption/sealed-text.ts';
import type { WebhookRecord } from './record.ts';
import { webhookPath } from './secrets.ts';

type SealedWebhook = Pick<WebhookRecord, 'id' | 'roomId'>;

export function placeOfName({ id, roomId }: SealedWebhook): SealedPlace {
  return { roomId, field: 'webhook.name', rowId: id };
}

export function placeOfAvatarUrl({ id, roomId }: SealedWebhook): SealedPlace {
  return { roomId, field: 'webhook.avatarUrl', rowId: id };
}

export function placeOfSecret({ id, roomId }: SealedWebhook): SealedPlace {
  return { roomId, field: 'webhook.secret', rowId: id };
}

export function openWebhookName(encryption: RoomEncryption, webhook: WebhookRecord): Promise<string> {
  return encryption.open(placeOfName(webhook), webhook.sealedName);
}

export async function openWebhookAvatarUrl(encryption: RoomEncryption, webhook: WebhookRecord): Promise<string | null> {
  return webhook.sealedAvatarUrl && encryption.open(placeOfAvatarUrl(webhook), webhook.sealedAvatarUrl);
}

/** The path of the webhook's URL; null once it is revoked. */
export async function openWebhookPath(encryption: RoomEncryption, webhook: WebhookRecord): Promise<string | null> {
  if (webhook.sealedSecret === null) return null;
  return webhookPath(webhook.id, await encryption.open(placeOfSecret(webhook), webhook.sealedSecret));
}
