/** A URL by which programs post messages to a room. */
export interface WebhookRecord {
  id: string;
  roomId: string;
  createdById: string;
  clientWebhookId: string;
  /** Opened by `encryption.open` with the field `webhook.name`, the next one with `webhook.avatarUrl`. */
  sealedName: Uint8Array;
  sealedAvatarUrl: Uint8Array | null;
  secretHash: Uint8Array;
  /** Opened with the field `webhook.secret`; null once the webhook is revoked. */
  sealedSecret: Uint8Array | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}
