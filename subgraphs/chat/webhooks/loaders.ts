import DataLoader from 'dataloader';
import { createPageLoader, type RoomPageKey } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import type { WebhookRecord } from './record.ts';
import { findWebhooks, pageWebhooks } from './repository.ts';

export function createWebhookLoaders(database: Database) {
  /** Webhooks that something names which may be read. */
  const webhook = new DataLoader<string, WebhookRecord | null>(async (ids) => {
    const found = new Map((await findWebhooks(database, ids)).map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });

  /** Pages of rooms whose webhooks may be managed. */
  const webhookPage = createPageLoader<RoomPageKey<string>, WebhookRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    (keys, page) =>
      pageWebhooks(
        database,
        keys.map(({ roomId }) => roomId),
        page,
      ),
  );

  return { webhook, webhookPage };
}
