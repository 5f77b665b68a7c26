import DataLoader from 'dataloader';
import type { KeyPage } from '../../../platform/connection.ts';
import type { Database } from '../repository.ts';
import type { WebhookRecord } from './record.ts';
import { findWebhooks, pageWebhooks } from './repository.ts';

export interface WebhookPageKey {
  roomId: string;
  page: KeyPage<string>;
}

export function createWebhookLoaders(database: Database) {
  /** Webhooks that something names which may be read. */
  const webhook = new DataLoader<string, WebhookRecord | null>(async (ids) => {
    const found = new Map((await findWebhooks(database, ids)).map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });

  /** Pages of rooms whose webhooks may be managed. One statement for all rooms of the same page arguments. */
  const webhookPage = new DataLoader<WebhookPageKey, WebhookRecord[], string>(
    async (keys) => {
      const groups = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
      const pages = new Map<string, WebhookRecord[]>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const page = (group[0] as WebhookPageKey).page;
          const roomIds = group.map(({ roomId }) => roomId);
          const rows = Map.groupBy(await pageWebhooks(database, roomIds, page), ({ roomId }) => roomId);
          for (const key of group) pages.set(cacheKeyOf(key), rows.get(key.roomId) ?? []);
        }),
      );
      return keys.map((key) => pages.get(cacheKeyOf(key)) ?? []);
    },
    { cacheKeyFn: cacheKeyOf },
  );

  return { webhook, webhookPage };
}

function cacheKeyOf({ roomId, page }: WebhookPageKey): string {
  return `${roomId} ${JSON.stringify(page)}`;
}
