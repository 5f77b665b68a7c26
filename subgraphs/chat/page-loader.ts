import DataLoader from 'dataloader';
import type { KeyPage } from '../../platform/connection.ts';

/** A page of a list that belongs to a room. */
export interface RoomPageKey<Place> {
  roomId: string;
  page: KeyPage<Place>;
}

/** Pages of many lists: one statement for all that have the same page arguments. */
export function createPageLoader<Key extends { page: unknown }, Row>(
  listOf: (key: Key) => string,
  listOfRow: (row: Row) => string,
  read: (keys: readonly Key[], page: Key['page']) => Promise<Row[]>,
): DataLoader<Key, Row[], string> {
  const cacheKeyFn = (key: Key) => `${listOf(key)} ${JSON.stringify(key.page)}`;
  return new DataLoader<Key, Row[], string>(
    async (keys) => {
      const groups = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
      const pages = new Map<string, Row[]>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const rows = Map.groupBy(await read(group, (group[0] as Key).page), listOfRow);
          for (const key of group) pages.set(cacheKeyFn(key), rows.get(listOf(key)) ?? []);
        }),
      );
      return keys.map((key) => pages.get(cacheKeyFn(key)) ?? []);
    },
    { cacheKeyFn },
  );
}
